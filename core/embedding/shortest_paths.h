// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/embedding/link_weights.h"
#include "core/support/lapack.h"
#include "core/support/task_control.h"

namespace dnm {

/// Weighted distances from one node at a time (Dijkstra's algorithm with a bucket queue; Denardo and Fox, Oper. Res.
/// 27:161, 1979, doi:10.1287/opre.27.1.161). A bucket is as wide as the lightest link, so that its nodes cannot shorten
/// each other's distances and need no order, and with equal weights it is breadth-first search; where weights spread
/// over more than a few thousand buckets the current one is kept as a heap. Working memory of one thread; the graph
/// must outlive it.
class ShortestPathSearch {
 public:
  /// Weights must be finite and >= 0.
  explicit ShortestPathSearch(const WeightedGraph& graph);

  /// Sets one distance per node, infinity where there is no path. O(links + nodes), with a factor log nodes on a heap.
  void distances_from(NodeIndex source, std::span<double> distances);

 private:
  struct Entry {
    double distance;
    NodeIndex node;
  };

  void push(double distance, NodeIndex node);
  /// False when nothing is waiting.
  bool next_bucket();
  Entry pop();

  const WeightedGraph& graph_;
  std::vector<std::vector<Entry>> buckets_;  ///< a ring; a power of two in number
  std::vector<std::uint64_t> filled_;        ///< one bit per bucket
  double buckets_per_length_ = 1.0;
  std::size_t current_ = 0;
  bool ordered_ = false;  ///< links shorter than a bucket is wide exist
};

/// Distances between all pairs, column u those from node u, or their squares. O(nodes · links) time on `threads`
/// threads (0: all available), nodes² doubles (ResourceError with the estimate when that is too much). The graph must
/// be connected. Throws Cancelled.
enum class DistancePower { one, two };
[[nodiscard]] DenseMatrix all_shortest_paths(const WeightedGraph& graph, DistancePower power, unsigned threads,
                                             const TaskControl& control);

}  // namespace dnm
