// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_quality.h"

#include <atomic>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "core/support/error.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

constexpr NodeIndex unreached = 0xFFFFFFFFU;

/// The embedded nodes in polar form, ready for many distances.
class Places {
 public:
  explicit Places(const Embedding& embedding) {
    constexpr double full_turn = 2.0 * std::numbers::pi;
    const double stretch = full_turn / embedding.arc;
    for (std::size_t u = 0; u < embedding.theta.size(); ++u) {
      // Rounding may leave the first node just before the arc: split the gap behind the arc between its two ends.
      const double along = std::remainder(embedding.theta[u] - embedding.arc_begin - 0.5 * embedding.arc, full_turn);
      const double angle = (along + 0.5 * embedding.arc) * stretch;
      const double radius = std::min(embedding.radius[u], 300.0);
      cosine_.push_back(std::cos(angle));
      sine_.push_back(std::sin(angle));
      radius_.push_back(radius);
      // Half the exponential and the smaller half: differences of radii without a call per pair.
      sinh_.push_back(std::sinh(radius));
      rise_.push_back(std::exp(0.5 * radius));
    }
  }

  /// sinh²(d/2), which rises with the distance d and does not cancel for near points.
  [[nodiscard]] double separation(NodeIndex u, NodeIndex v) const {
    const double ratio = rise_[u] / rise_[v];
    const double radial = 0.5 * (ratio - 1.0 / ratio);
    const double dx = cosine_[u] - cosine_[v], dy = sine_[u] - sine_[v];
    return radial * radial + sinh_[u] * sinh_[v] * 0.25 * (dx * dx + dy * dy);
  }
  static double distance(double separation) { return 2.0 * std::asinh(std::sqrt(separation)); }

 private:
  std::vector<double> cosine_, sine_, radius_, sinh_, rise_;
};

/// Sums over all sources of one destination.
struct Sums {
  double score = 0.0;
  double length = 0.0;
  double congruence = 0.0;
  std::uint64_t arrived = 0;
  std::uint64_t unlinked = 0;
};

/// Everything about one destination: working memory of one thread.
class Destination {
 public:
  Destination(const Graph& graph, const Embedding& embedding, const Places& places)
      : graph_(graph), embedding_(embedding), places_(places), separation_(graph.node_count()) {}

  Sums sums(NodeIndex target) {
    for (NodeIndex u = 0; u < graph_.node_count(); ++u) {
      if (embedding_.component[u] == 0) separation_[u] = places_.separation(u, target);
    }
    shortest_paths(target);
    greedy_paths(target);
    Sums total;
    for (const NodeIndex u : order_) {
      if (u == target) continue;
      if (greedy_[u] != unreached) {
        total.score += static_cast<double>(distance_[u]) / greedy_[u];
        total.length += greedy_[u];
        ++total.arrived;
      }
      if (distance_[u] > 1) {
        total.congruence += Places::distance(separation_[u]) / (drawn_[u] / paths_[u]);
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
      for (const NodeIndex v : graph_.neighbours(u)) {
        if (distance_[v] == unreached) {
          distance_[v] = distance_[u] + 1;
          order_.push_back(v);
        }
        if (distance_[v] == distance_[u] + 1) {
          paths_[v] += paths_[u];
          drawn_[v] += drawn_[u] + paths_[u] * Places::distance(places_.separation(u, v));
        }
      }
    }
  }

  /// Follows each packet until it meets one whose fate is known. A packet can only ever be sent back and forth
  /// between two nodes, since the neighbour's neighbours include the node it came from.
  void greedy_paths(NodeIndex target) {
    next_.assign(graph_.node_count(), unreached);
    greedy_.assign(graph_.node_count(), unreached);
    for (const NodeIndex u : order_) {
      for (const NodeIndex v : graph_.neighbours(u)) {
        if (next_[u] == unreached || separation_[v] < separation_[next_[u]]) next_[u] = v;
      }
    }
    known_.assign(graph_.node_count(), false);
    known_[target] = true;
    greedy_[target] = 0;
    for (const NodeIndex source : order_) {
      walk_.clear();
      for (NodeIndex u = source; !known_[u]; u = next_[u]) {
        known_[u] = true;  // met again on this walk: it goes round, and stays unreached
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
  const Places& places_;
  std::vector<double> separation_, paths_, drawn_;
  std::vector<NodeIndex> distance_, greedy_, next_, order_, walk_;
  std::vector<bool> known_;
};

}  // namespace

std::optional<EmbeddingQuality> embedding_quality(const Graph& graph, const Embedding& embedding, unsigned threads,
                                                  const TaskControl& control) {
  if (embedding.theta.size() != graph.node_count()) {
    throw InvalidInput("the embedding has " + std::to_string(embedding.theta.size()) + " nodes and the network " +
                       std::to_string(graph.node_count()) + "; embed this network first");
  }
  std::vector<NodeIndex> targets;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (embedding.component[u] == 0) targets.push_back(u);
  }
  if (targets.size() < 2) return std::nullopt;

  const Places places(embedding);
  std::vector<Sums> sums(targets.size());
  constexpr std::size_t targets_at_once = 16;
  const std::size_t batches = (targets.size() + targets_at_once - 1) / targets_at_once;
  std::atomic<std::size_t> done{0};
  parallel_for(batches, threads, [&](std::size_t batch) {
    Destination destination(graph, embedding, places);
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
    total.arrived += part.arrived;
    total.unlinked += part.unlinked;
  }
  const auto count = static_cast<double>(targets.size());
  const double pairs = count * (count - 1.0);
  const auto arrived = static_cast<double>(total.arrived);
  EmbeddingQuality quality{{total.score / pairs, arrived / pairs, total.arrived > 0 ? total.length / arrived : 0.0},
                           {}};
  if (total.unlinked > 0) quality.geometrical_congruence = total.congruence / static_cast<double>(total.unlinked);
  return quality;
}

}  // namespace dnm
