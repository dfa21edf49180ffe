// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/modularity.h"

#include <algorithm>
#include <cmath>

#include "core/measures/igraph_adapter.h"
#include "core/measures/leiden.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "core/support/ordered_results.h"

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

bool calls_igraph(const ModularitySearch& search) {
  return search.method == ModularityMethod::leiden && search.leiden == LeidenEngine::igraph;
}

Modularity maximise_modularity(const Graph& graph, const ModularitySearch& search, const TaskControl& control,
                               const std::function<void(const Modularity&)>& partial) {
  if (search.runs < 1) throw InvalidInput("modularity needs at least one run, not " + std::to_string(search.runs));
  if (graph.link_count() == 0) throw InvalidInput("modularity is not defined for a network without links");
  if (search.method == ModularityMethod::spectral) {
    throw InvalidInput("the spectral method does not search; choose leiden or louvain");
  }
  const auto count = static_cast<std::size_t>(search.runs);
  ModularityRuns found;
  const auto take = [&](std::size_t run, std::vector<std::int32_t> community_of) {
    found.add(graph, std::move(community_of));
    control.report(static_cast<double>(run + 1) / static_cast<double>(count));
    if (partial && run + 1 < count) partial(found.summary());
    return true;
  };
  if (!calls_igraph(search)) {
    const unsigned threads = threads_that_fit(search.threads, leiden_bytes(graph), "modularity");
    ordered_results<std::vector<std::int32_t>>(
        count, threads, control,
        [&](std::size_t run, const TaskControl& own) {
          Random random(search.seed, run);
          return search.method == ModularityMethod::louvain ? louvain_communities(graph, random, own)
                                                            : leiden_communities(graph, search.passes, random, own);
        },
        take);
    return found.summary();
  }
  const IgraphGraph copy(graph, control);
  for (std::size_t run = 0; run < count; ++run) {
    control.check();
    const std::uint64_t seed = Random(search.seed, run).next64();
    take(run, copy.leiden(seed, search.passes, control).community_of);
  }
  return found.summary();
}

}  // namespace dnm
