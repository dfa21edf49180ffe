// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/edge_betweenness.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <span>

#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

/// Sources are divided into a number of groups that depends on the graph alone, and the sums of the groups are added in
/// order, so that rounding is the same for any number of threads.
std::size_t group_count(const Graph& graph) {
  constexpr std::uint64_t most_bytes = std::uint64_t{256} << 20U;
  const std::uint64_t bytes_each = std::max<std::uint64_t>(1, graph.adjacency().size() * sizeof(double));
  const std::uint64_t fitting = std::clamp<std::uint64_t>(most_bytes / bytes_each, 1, 32);
  return static_cast<std::size_t>(std::min<std::uint64_t>(fitting, std::max<NodeIndex>(1, graph.node_count())));
}

/// Brandes' two sweeps for one source at a time. Neither compares distances in its inner loop: both multiply by an
/// array that is zero outside the one level that counts.
class Sweeps {
 public:
  explicit Sweeps(const Graph& graph)
      : graph_(graph),
        paths_(graph.node_count()),
        front_paths_(graph.node_count(), 0.0),
        from_below_(graph.node_count(), 0.0),
        reached_(graph.node_count()) {}

  /// Adds the contribution of the shortest paths from `source` to each link, in the direction in which they run.
  void add(NodeIndex source, std::span<double> sums) {
    find_levels(source);
    gather(sums);
  }

 private:
  /// Breadth first, level by level: the nodes in order_, the beginning of each level, and the number of paths.
  void find_levels(NodeIndex source) {
    std::ranges::fill(reached_, std::uint8_t{0});
    order_.assign(1, source);
    level_begin_.assign(1, 0);
    paths_[source] = 1.0;
    reached_[source] = 1;
    unreached_arcs_ = graph_.adjacency().size() - graph_.degree(source);
    while (level_begin_.back() < order_.size()) {
      const std::size_t begin = level_begin_.back(), end = order_.size();
      std::uint64_t front_arcs = 0;
      for (std::size_t i = begin; i < end; ++i) front_arcs += graph_.degree(order_[i]);
      2 * front_arcs > unreached_arcs_ ? pull_level(begin, end) : push_level(begin, end);
      for (std::size_t i = end; i < order_.size(); ++i) {
        reached_[order_[i]] = 1;
        unreached_arcs_ -= graph_.degree(order_[i]);
      }
      level_begin_.push_back(end);
    }
  }

  /// From each node of the level to the nodes it reaches. Whether a neighbour is in the next level enters as a factor
  /// instead of a branch.
  void push_level(std::size_t begin, std::size_t end) {
    constexpr std::array<double, 3> counts{0.0, 0.0, 1.0};
    for (std::size_t i = begin; i < end; ++i) {
      const double paths = paths_[order_[i]];
      for (const NodeIndex v : graph_.neighbours(order_[i])) {
        if (reached_[v] == 0) {
          reached_[v] = 2;  // in the next level
          paths_[v] = 0.0;
          order_.push_back(v);
        }
        paths_[v] += counts[reached_[v]] * paths;
      }
    }
  }

  /// From each node not yet reached to its neighbours in the current level.
  void pull_level(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) front_paths_[order_[i]] = paths_[order_[i]];
    for (NodeIndex v = 0; v < graph_.node_count(); ++v) {
      if (reached_[v] != 0) continue;
      double sum = 0.0;
      for (const NodeIndex u : graph_.neighbours(v)) sum += front_paths_[u];
      if (sum > 0.0) {
        paths_[v] = sum;
        order_.push_back(v);
      }
    }
    for (std::size_t i = begin; i < end; ++i) front_paths_[order_[i]] = 0.0;
  }

  /// Back from the last level: a node's dependency is the sum of its successors' shares, in proportion to paths.
  void gather(std::span<double> sums) {
    const std::span<const std::uint64_t> offsets = graph_.offsets();
    const std::span<const NodeIndex> neighbours = graph_.adjacency();
    for (std::size_t level = level_begin_.size() - 1; level-- > 0;) {
      const std::size_t begin = level_begin_[level], end = level_begin_[level + 1];
      shares_.resize(end - begin);
      for (std::size_t i = begin; i < end; ++i) {
        const NodeIndex u = order_[i];
        const double paths = paths_[u];
        double dependency = 0.0;
        for (std::uint64_t k = offsets[u]; k < offsets[u + 1]; ++k) {
          const double share = paths * from_below_[neighbours[k]];
          sums[k] += share;
          dependency += share;
        }
        shares_[i - begin] = (1.0 + dependency) / paths;
      }
      const std::size_t below_end = level + 2 < level_begin_.size() ? level_begin_[level + 2] : end;
      for (std::size_t i = end; i < below_end; ++i) from_below_[order_[i]] = 0.0;
      for (std::size_t i = begin; i < end; ++i) from_below_[order_[i]] = shares_[i - begin];
    }
    from_below_[order_.front()] = 0.0;
  }

  const Graph& graph_;
  std::vector<double> paths_;        ///< number of shortest paths from the source
  std::vector<double> front_paths_;  ///< the same on the level that is pulled from, else 0
  std::vector<double> from_below_;   ///< (1 + dependency) / paths on the level below the one at work, else 0
  std::vector<double> shares_;
  std::vector<std::uint8_t> reached_;
  std::vector<NodeIndex> order_;
  std::vector<std::size_t> level_begin_;  ///< ends with the number of nodes reached
  std::uint64_t unreached_arcs_ = 0;
};

}  // namespace

std::vector<double> edge_betweenness(const Graph& graph, unsigned threads, const TaskControl& control) {
  control.check();
  const std::size_t arcs = graph.adjacency().size();
  const std::size_t groups = group_count(graph);
  require_memory((groups + 1) * arcs * sizeof(double) + std::uint64_t{graph.node_count()} * 40 * available_threads(),
                 "the betweenness of the links");
  std::vector<std::vector<double>> sums(groups);
  std::atomic<NodeIndex> done{0};
  parallel_for(groups, threads, [&](std::size_t group) {
    sums[group].assign(arcs, 0.0);
    Sweeps sweeps(graph);
    for (auto source = static_cast<NodeIndex>(group); source < graph.node_count();
         source += static_cast<NodeIndex>(groups)) {
      control.check();
      sweeps.add(source, sums[group]);
      control.report(static_cast<double>(++done) / graph.node_count());
    }
  });

  // Every path is counted from both of its ends, once along each direction of the link.
  std::vector<double> along(arcs, 0.0);
  for (const std::vector<double>& part : sums) {
    control.check();
    for (std::size_t k = 0; k < arcs; ++k) along[k] += part[k];
  }
  std::vector<double> betweenness(arcs);
  std::vector<std::uint64_t> next(graph.offsets().begin(), graph.offsets().end());
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = graph.offsets()[u]; k < graph.offsets()[u + 1]; ++k) {
      // Neighbours are sorted, so the links into a node are met in the order in which it stores them.
      betweenness[k] = 0.5 * (along[k] + along[next[graph.adjacency()[k]]++]);
      if (!std::isfinite(betweenness[k])) {
        throw NumericalError(
            "there are more shortest paths between two nodes than numbers can count; choose other link weights");
      }
    }
  }
  return betweenness;
}

}  // namespace dnm
