// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/structural_consistency.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/measures/consistency_routes.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "core/support/lapack.h"
#include "core/support/memory.h"
#include "core/support/ordered_results.h"

namespace dnm {

namespace {

std::string named(const NodePair& pair) {
  return "(" + std::to_string(pair.first) + ", " + std::to_string(pair.second) + ")";
}

RemovedLinks checked(const Graph& graph, std::span<const NodePair> removed) {
  if (removed.empty()) throw InvalidInput("the list of links to remove is empty; name at least one link");
  RemovedLinks result{&graph, {}};
  result.pairs.reserve(removed.size());
  for (const NodePair& pair : removed) {
    const auto [u, v] = std::minmax(pair.first, pair.second);
    if (v >= graph.node_count() || !graph.has_link(u, v)) {
      throw InvalidInput("the pair " + named(pair) + " in the list of links to remove is not a link of this network");
    }
    result.pairs.emplace_back(u, v);
  }
  std::sort(result.pairs.begin(), result.pairs.end());
  const auto twice = std::adjacent_find(result.pairs.begin(), result.pairs.end());
  if (twice != result.pairs.end()) {
    throw InvalidInput("the pair " + named(*twice) + " appears twice in the list of links to remove");
  }
  return result;
}

ConsistencyRoute resolved(const Graph& graph, ConsistencyRoute route) {
  if (route == ConsistencyRoute::automatic) {
    return graph.is_layered() ? ConsistencyRoute::bipartite : ConsistencyRoute::general;
  }
  if (route != ConsistencyRoute::general && !graph.is_layered()) {
    throw InvalidInput("the bipartite route to structural consistency needs a network with layers");
  }
  return route;
}

std::uint64_t memory_of(const Graph& graph, ConsistencyRoute route) {
  return route == ConsistencyRoute::general ? general_memory(graph) : bipartite_memory(graph);
}

ConsistencyDraw run_draw(const RemovedLinks& removed, ConsistencyRoute route, const TaskControl& control) {
  const SingleThreadedBlas alone;
  ConsistencyDraw draw;
  draw.removed = removed.pairs.size();
  switch (route) {
    case ConsistencyRoute::bipartite:
      draw.hits = bipartite_hits(removed, control);
      break;
    case ConsistencyRoute::bipartite_svd:
      draw.hits = bipartite_svd_hits(removed, control);
      break;
    default:
      draw.hits = general_hits(removed, control);
  }
  return draw;
}

/// Mean and standard error of the draws collected in `result`.
void summarise(StructuralConsistency& result) {
  const auto count = static_cast<double>(result.values.size());
  double sum = 0.0;
  for (const double value : result.values) sum += value;
  result.mean = sum / count;
  if (result.values.size() < 2) return;
  double squares = 0.0;
  for (const double value : result.values) squares += (value - result.mean) * (value - result.mean);
  result.standard_error = std::sqrt(squares / (count - 1.0) / count);
}

}  // namespace

ConsistencyDraw consistency_of_removal(const Graph& graph, std::span<const NodePair> removed, ConsistencyRoute route,
                                       const TaskControl& control) {
  const RemovedLinks links = checked(graph, removed);
  route = resolved(graph, route);
  require_memory(memory_of(graph, route), "structural consistency");
  return run_draw(links, route, control);
}

std::uint64_t removal_size(const Graph& graph) { return (graph.link_count() + 5) / 10; }

std::vector<NodePair> draw_removal(const Graph& graph, std::uint64_t seed, std::uint64_t draw) {
  const std::vector<NodePair> links = graph.links();
  Random random(seed, draw);
  std::vector<NodePair> removed;
  for (const std::uint64_t index : random.sample(links.size(), removal_size(graph))) removed.push_back(links[index]);
  return removed;
}

std::vector<double> perturbed_matrix(const Graph& graph, std::span<const NodePair> removed,
                                     const TaskControl& control) {
  const RemovedLinks links = checked(graph, removed);
  require_memory(general_memory(graph), "the perturbed matrix");
  const SingleThreadedBlas alone;
  const std::size_t nodes = graph.node_count();
  std::vector<double> matrix(nodes * nodes, 0.0);
  general_scores(links, control, [&](NodeIndex v, std::span<const double> scores) {
    for (std::size_t u = 0; u < scores.size(); ++u) {
      matrix[u * nodes + v] = scores[u];
      matrix[v * nodes + u] = scores[u];
    }
  });
  for (const auto& [u, v] : graph.links()) {
    if (links.contains(u, v)) continue;
    matrix[u * nodes + v] += 1.0;
    matrix[v * nodes + u] += 1.0;
  }
  return matrix;
}

StructuralConsistency structural_consistency(const Graph& graph, int draws, std::uint64_t seed, unsigned threads,
                                             const TaskControl& control,
                                             const std::function<void(const StructuralConsistency&)>& partial,
                                             double error_goal) {
  if (!(error_goal >= 0.0)) throw InvalidInput("the standard error to stop at must be 0 or more");
  if (draws < 1) throw InvalidInput("structural consistency needs at least one draw, not " + std::to_string(draws));
  if (graph.link_count() < fewest_links_for_consistency) {
    throw InvalidInput("structural consistency needs at least " + std::to_string(fewest_links_for_consistency) +
                       " links");
  }
  const ConsistencyRoute route = resolved(graph, ConsistencyRoute::automatic);
  threads = threads_that_fit(threads, memory_of(graph, route), "structural consistency");

  StructuralConsistency found;
  found.removed = removal_size(graph);
  found.baseline = consistency_baseline(graph, found.removed);
  const auto count = static_cast<std::size_t>(draws);
  found.values.reserve(count);
  ordered_results<double>(
      count, threads, control,
      [&](std::size_t draw, const TaskControl& own) {
        const RemovedLinks removed{&graph, draw_removal(graph, seed, draw)};
        return run_draw(removed, route, own).value();
      },
      [&](std::size_t draw, double value) {
        found.values.push_back(value);
        summarise(found);
        const std::size_t finished = draw + 1;
        found.reached_error = error_goal > 0.0 && finished >= fewest_draws_for_error &&
                              found.standard_error.value_or(error_goal + 1.0) <= error_goal;
        control.report(found.reached_error ? 1.0 : static_cast<double>(finished) / static_cast<double>(count));
        if (partial && finished < count && !found.reached_error) partial(found);
        return !found.reached_error;
      });
  return found;
}

double consistency_baseline(const Graph& graph, std::uint64_t removed) {
  const auto nodes = static_cast<double>(graph.node_count());
  const double left = static_cast<double>(graph.link_count()) - static_cast<double>(removed);
  return static_cast<double>(removed) / (nodes * (nodes - 1.0) / 2.0 - left);
}

}  // namespace dnm
