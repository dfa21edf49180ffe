// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_quality.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/embedding/disk_places.h"
#include "core/embedding/link_weights.h"
#include "core/embedding/shortest_paths.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

constexpr NodeIndex unreached = 0xFFFFFFFFU;

/// The graph with each link as long as its geodesic.
WeightedGraph drawn_graph(const Graph& graph, const DiskPlaces& places) {
  WeightedGraph drawn{{graph.offsets().begin(), graph.offsets().end()},
                      {graph.adjacency().begin(), graph.adjacency().end()},
                      std::vector<double>(graph.adjacency().size())};
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = drawn.begin[u]; k < drawn.begin[u + 1]; ++k) {
      // Computed once for both ends, since rounding depends on their order.
      const NodeIndex v = drawn.neighbours[k];
      drawn.weights[k] = places.distance(std::min(u, v), std::max(u, v));
    }
  }
  return drawn;
}

/// Sums of one destination over all sources.
struct Sums {
  double score = 0.0;
  double length = 0.0;
  double congruence = 0.0;
  double path_congruence = 0.0;
  std::uint64_t arrived = 0;
  std::uint64_t unlinked = 0;
};

/// Everything about one destination: working memory of one thread.
class Destination {
 public:
  Destination(const Graph& graph, const Embedding& embedding, const DiskPlaces& places, const WeightedGraph& drawn)
      : graph_(graph),
        embedding_(embedding),
        places_(places),
        links_(drawn),
        search_(drawn),
        separation_(graph.node_count()),
        shortest_drawn_(graph.node_count()) {}

  Sums sums(NodeIndex target) {
    for (NodeIndex u = 0; u < graph_.node_count(); ++u) {
      if (embedding_.component[u] == 0) separation_[u] = places_.separation(u, target);
    }
    shortest_paths(target);
    greedy_paths(target);
    search_.distances_from(target, shortest_drawn_);
    Sums total;
    for (const NodeIndex u : order_) {
      if (u == target) continue;
      if (greedy_[u] != unreached) {
        total.score += static_cast<double>(distance_[u]) / greedy_[u];
        total.length += greedy_[u];
        ++total.arrived;
      }
      if (distance_[u] > 1) {
        const double mean_drawn = drawn_[u] / paths_[u];
        // Nodes that all lie on one point have links of length zero, which is congruent.
        total.congruence += mean_drawn > 0.0 ? DiskPlaces::distance(separation_[u]) / mean_drawn : 1.0;
        total.path_congruence += mean_drawn > 0.0 ? shortest_drawn_[u] / mean_drawn : 1.0;
        ++total.unlinked;
      }
    }
    return total;
  }

 private:
  /// Breadth first: number of links, number of shortest paths, and the sum of their drawn lengths.
  void shortest_paths(NodeIndex target) {
    distance_.assign(graph_.node_count(), unreached);
    paths_.assign(graph_.node_count(), 0.0);
    drawn_.assign(graph_.node_count(), 0.0);
    order_.assign(1, target);
    distance_[target] = 0;
    paths_[target] = 1.0;
    for (std::size_t head = 0; head < order_.size(); ++head) {
      const NodeIndex u = order_[head];
      for (std::uint64_t k = links_.begin[u]; k < links_.begin[u + 1]; ++k) {
        const NodeIndex v = links_.neighbours[k];
        if (distance_[v] == unreached) {
          distance_[v] = distance_[u] + 1;
          order_.push_back(v);
        }
        if (distance_[v] == distance_[u] + 1) {
          paths_[v] += paths_[u];
          drawn_[v] += drawn_[u] + paths_[u] * links_.weights[k];
        }
      }
    }
  }

  /// Follows each packet until it reaches a node with a known result. A packet can only loop between two nodes, since
  /// the neighbour's neighbours include the node it came from.
  void greedy_paths(NodeIndex target) {
    next_.assign(graph_.node_count(), unreached);
    greedy_.assign(graph_.node_count(), unreached);
    for (const NodeIndex u : order_) {
      NodeIndex nearest = unreached;
      double least = std::numeric_limits<double>::infinity();
      for (const NodeIndex v : graph_.neighbours(u)) {
        const bool nearer = separation_[v] < least || nearest == unreached;
        nearest = nearer ? v : nearest;
        least = nearer ? separation_[v] : least;
      }
      next_[u] = nearest;
    }
    known_.assign(graph_.node_count(), false);
    known_[target] = true;
    greedy_[target] = 0;
    for (const NodeIndex source : order_) {
      walk_.clear();
      for (NodeIndex u = source; !known_[u]; u = next_[u]) {
        known_[u] = true;  // visited before on this walk: a loop, so the destination stays unreached
        walk_.push_back(u);
      }
      for (std::size_t i = walk_.size(); i-- > 0;) {
        const NodeIndex after = greedy_[next_[walk_[i]]];
        greedy_[walk_[i]] = after == unreached ? unreached : after + 1;
      }
    }
  }

  const Graph& graph_;
  const Embedding& embedding_;
  const DiskPlaces& places_;
  const WeightedGraph& links_;
  ShortestPathSearch search_;  ///< along links of drawn length
  std::vector<double> separation_, shortest_drawn_, paths_, drawn_;
  std::vector<NodeIndex> distance_, greedy_, next_, order_, walk_;
  std::vector<bool> known_;
};

/// The layer of each node.
std::vector<std::int32_t> graph_layers(const Graph& graph) {
  std::vector<std::int32_t> layers;
  for (std::size_t layer = 0; layer < graph.layer_sizes().size(); ++layer) {
    layers.insert(layers.end(), graph.layer_sizes()[layer], static_cast<std::int32_t>(layer));
  }
  return layers;
}

/// Restricted to the embedded nodes.
std::optional<AngularSeparation> separation_of(std::span<const std::int32_t> groups, const Embedding& embedding,
                                               const std::vector<double>& angles, unsigned threads,
                                               const TaskControl& control) {
  std::vector<double> embedded_angles;
  std::vector<std::int32_t> embedded_groups;
  for (std::size_t u = 0; u < groups.size(); ++u) {
    if (embedding.component[u] != 0) continue;
    embedded_angles.push_back(angles[u]);
    embedded_groups.push_back(groups[u]);
  }
  return angular_separation(embedded_angles, embedded_groups, 1000, 0, threads, {control.stop, {}});
}

}  // namespace

std::optional<EmbeddingQuality> embedding_quality(const Graph& graph, const Embedding& embedding, unsigned threads,
                                                  const TaskControl& control,
                                                  std::span<const std::int32_t> communities) {
  if (!communities.empty() && communities.size() != graph.node_count()) {
    throw InvalidInput("there are communities for " + std::to_string(communities.size()) +
                       " nodes, but the network has " + std::to_string(graph.node_count()) +
                       "; find the communities of this network first");
  }
  if (embedding.theta.size() != graph.node_count()) {
    throw InvalidInput("the embedding has " + std::to_string(embedding.theta.size()) + " nodes and the network " +
                       std::to_string(graph.node_count()) + "; embed this network first");
  }
  std::vector<NodeIndex> targets;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (embedding.component[u] == 0) targets.push_back(u);
  }
  if (targets.size() < 2) return std::nullopt;

  const std::vector<double> angles = stretched_angles(embedding);
  const DiskPlaces places(angles, embedding.radius);
  const WeightedGraph drawn = drawn_graph(graph, places);
  std::vector<Sums> sums(targets.size());
  constexpr std::size_t targets_at_once = 16;
  const std::size_t batches = (targets.size() + targets_at_once - 1) / targets_at_once;
  std::atomic<std::size_t> done{0};
  parallel_for(batches, threads, [&](std::size_t batch) {
    Destination destination(graph, embedding, places, drawn);
    for (std::size_t i = batch * targets_at_once; i < std::min(targets.size(), (batch + 1) * targets_at_once); ++i) {
      control.check();
      sums[i] = destination.sums(targets[i]);
    }
    control.report(static_cast<double>(++done) / static_cast<double>(batches));
  });

  Sums total;
  for (const Sums& part : sums) {
    total.score += part.score;
    total.length += part.length;
    total.congruence += part.congruence;
    total.path_congruence += part.path_congruence;
    total.arrived += part.arrived;
    total.unlinked += part.unlinked;
  }
  const auto count = static_cast<double>(targets.size());
  const double pairs = count * (count - 1.0);
  const auto arrived = static_cast<double>(total.arrived);
  EmbeddingQuality quality;
  quality.greedy_routing = {total.score / pairs, arrived / pairs, total.arrived > 0 ? total.length / arrived : 0.0};
  if (total.unlinked > 0) {
    quality.geometrical_congruence = total.congruence / static_cast<double>(total.unlinked);
    quality.geometrical_path_congruence = total.path_congruence / static_cast<double>(total.unlinked);
  }
  quality.layer_separation = separation_of(graph_layers(graph), embedding, angles, threads, control);
  quality.community_separation = separation_of(communities, embedding, angles, threads, control);
  return quality;
}

}  // namespace dnm
