// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/modularity.h"

#include <algorithm>
#include <cmath>

#include "core/measures/igraph_adapter.h"
#include "core/network/random.h"
#include "core/support/error.h"

namespace dnm {

double modularity_of(const Graph& graph, std::span<const std::int32_t> community_of) {
  if (graph.link_count() == 0) throw InvalidInput("modularity is not defined for a network without links");
  if (community_of.size() != graph.node_count()) {
    throw InvalidInput("the partition has " + std::to_string(community_of.size()) + " entries for " +
                       std::to_string(graph.node_count()) + " nodes; give one community number per node");
  }
  std::int32_t largest = 0;
  for (const std::int32_t community : community_of) {
    if (community < 0) throw InvalidInput("a community number is negative; number communities from 0");
    largest = std::max(largest, community);
  }
  // Both counts run over link ends, so that they stay exact integers.
  std::vector<std::uint64_t> inside(static_cast<std::size_t>(largest) + 1, 0);
  std::vector<std::uint64_t> total(inside.size(), 0);
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    const auto own = static_cast<std::size_t>(community_of[u]);
    total[own] += graph.degree(u);
    for (const NodeIndex v : graph.neighbours(u)) {
      if (community_of[v] == community_of[u]) ++inside[own];
    }
  }
  const double ends = 2.0 * static_cast<double>(graph.link_count());
  double q = 0.0;
  for (std::size_t c = 0; c < inside.size(); ++c) {
    const double share = static_cast<double>(total[c]) / ends;
    q += static_cast<double>(inside[c]) / ends - share * share;
  }
  return q;
}

void ModularityRuns::add(const Graph& graph, std::vector<std::int32_t> community_of) {
  const double q = modularity_of(graph, community_of);
  if (values_.empty() || q > best_.best) {
    best_.best = q;
    best_.communities = *std::max_element(community_of.begin(), community_of.end()) + 1;
    best_.community_of = std::move(community_of);
  }
  values_.push_back(q);
}

Modularity ModularityRuns::summary() const {
  Modularity result = best_;
  const auto count = static_cast<double>(values_.size());
  double sum = 0.0;
  for (const double value : values_) sum += value;
  result.mean = sum / count;
  double squares = 0.0;
  for (const double value : values_) squares += (value - result.mean) * (value - result.mean);
  result.deviation = values_.size() > 1 ? std::sqrt(squares / (count - 1.0)) : 0.0;
  result.runs = static_cast<int>(values_.size());
  return result;
}

Modularity maximise_modularity(const Graph& graph, ModularityMethod method, int runs, std::uint64_t seed,
                               const TaskControl& control, const std::function<void(const Modularity&)>& partial) {
  if (runs < 1) throw InvalidInput("modularity needs at least one run, not " + std::to_string(runs));
  if (graph.link_count() == 0) throw InvalidInput("modularity is not defined for a network without links");
  if (method == ModularityMethod::spectral) throw InvalidInput("igraph runs Leiden and Louvain; choose one of them");
  const IgraphGraph copy(graph, control);
  ModularityRuns found;
  for (int run = 0; run < runs; ++run) {
    control.check();
    const std::uint64_t run_seed = Random(seed, static_cast<std::uint64_t>(run)).next64();
    IgraphGraph::Partition partition =
        method == ModularityMethod::leiden ? copy.leiden(run_seed, control) : copy.louvain(run_seed, control);
    found.add(graph, std::move(partition.community_of));
    control.report(static_cast<double>(run + 1) / static_cast<double>(runs));
    if (partial && run + 1 < runs) partial(found.summary());
  }
  return found.summary();
}

}  // namespace dnm
