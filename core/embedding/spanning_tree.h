// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/embedding/link_weights.h"
#include "core/embedding/shortest_paths.h"
#include "core/support/task_control.h"

namespace dnm {

/// A weighted spanning tree, rooted at node 0.
struct SpanningTree {
  std::vector<NodeIndex> order;   ///< every node after its parent; node 0 first
  std::vector<NodeIndex> parent;  ///< of node 0: itself
  std::vector<double> length;     ///< of the link to the parent; of node 0: 0
  bool unique = true;             ///< no other spanning tree has the same weight
};

/// The spanning tree of least weight (Kruskal). Weights that agree to ten digits count as equal, so that rounding does
/// not choose between them; among equals the link with the lower nodes wins. `graph` must be connected and not empty.
/// O(links log links). Throws Cancelled.
[[nodiscard]] SpanningTree minimum_spanning_tree(const WeightedGraph& graph, const TaskControl& control);

/// result[u] = Σ over v of d(u, v)^power · values[v], d the length of the way along the tree: one sweep up and one
/// down, O(nodes), where the matrix itself would take nodes² numbers.
void multiply_tree_distances(const SpanningTree& tree, DistancePower power, std::span<const double> values,
                             std::span<double> result);

}  // namespace dnm
