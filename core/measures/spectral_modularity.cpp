// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/spectral_modularity.h"

#include <algorithm>
#include <string>

#include "core/measures/modularity_group.h"
#include "core/support/error.h"
#include "core/support/ordered_results.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_links = std::uint64_t{1} << 30;
/// Bytes of the Lanczos basis per node.
constexpr std::uint64_t bytes_per_node = 48 * sizeof(double);

void check_links(const Graph& graph) {
  if (graph.link_count() == 0) throw InvalidInput("modularity is not defined for a network without links");
  if (graph.link_count() > most_links) {
    throw InvalidInput(
        "spectral modularity takes at most 2^30 links; choose Leiden by igraph (--leiden-engine igraph)");
  }
}

/// The two sides of a group; empty when dividing it does not increase Q.
Sides divided(const ModularityGroup& group, Random& random, const TaskControl& control) {
  if (group.size() < 2) return {};
  const std::vector<double> vector = leading_vector(group, random, control);
  Sides sides(group.size());
  for (std::size_t i = 0; i < sides.size(); ++i) sides[i] = vector[i] < 0.0 ? -1 : 1;
  const std::int64_t gain = division_gain(group, sides);
  if (gain <= 0) return {};
  sides = fine_tuned(group, sides, gain, random, control);
  return division_gain(group, sides) > 0 ? sides : Sides{};
}

void renumber_by_first_node(std::vector<std::int32_t>& community_of, std::size_t communities) {
  std::vector<std::int32_t> number(communities, -1);
  std::int32_t next = 0;
  for (std::int32_t& community : community_of) {
    std::int32_t& own = number[static_cast<std::size_t>(community)];
    if (own < 0) own = next++;
    community = own;
  }
}

}  // namespace

std::vector<std::int32_t> spectral_communities(const Graph& graph, Random& random, const TaskControl& control) {
  check_links(graph);
  std::vector<std::int32_t> community_of(graph.node_count(), 0);
  std::vector<ModularityGroup> waiting;
  waiting.push_back(whole_group(graph));
  std::int32_t communities = 0;
  while (!waiting.empty()) {
    const ModularityGroup group = std::move(waiting.back());
    waiting.pop_back();
    const Sides sides = divided(group, random, control);
    if (sides.empty()) {
      for (const NodeIndex node : group.node) community_of[node] = communities;
      ++communities;
    } else {
      waiting.push_back(part_of(group, sides, -1));
      waiting.push_back(part_of(group, sides, 1));
    }
  }
  renumber_by_first_node(community_of, static_cast<std::size_t>(communities));
  return community_of;
}

Modularity spectral_modularity(const Graph& graph, int orders, std::uint64_t seed, unsigned threads,
                               const TaskControl& control, const std::function<void(const Modularity&)>& partial) {
  if (orders < 1) throw InvalidInput("modularity needs at least one node order, not " + std::to_string(orders));
  check_links(graph);
  const std::uint64_t bytes = bytes_per_node * graph.node_count() + 32 * graph.link_count();
  threads = threads_that_fit(threads, bytes, "spectral modularity");
  const auto count = static_cast<std::size_t>(orders);
  ModularityRuns runs;
  ordered_results<std::vector<std::int32_t>>(
      count, threads, control,
      [&](std::size_t order, const TaskControl& own) {
        Random random(seed, order);
        return spectral_communities(graph, random, own);
      },
      [&](std::size_t order, std::vector<std::int32_t> community_of) {
        runs.add(graph, std::move(community_of));
        control.report(static_cast<double>(order + 1) / static_cast<double>(count));
        if (partial && order + 1 < count) partial(runs.summary());
        return true;
      });
  return runs.summary();
}

}  // namespace dnm
