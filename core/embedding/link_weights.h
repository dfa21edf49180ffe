// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// A connected undirected graph with one positive weight per link, each link stored from both ends.
struct WeightedGraph {
  std::vector<std::uint64_t> begin;   ///< node_count + 1 offsets
  std::vector<NodeIndex> neighbours;  ///< sorted within a node
  std::vector<double> weights;        ///< parallel to `neighbours`, symmetric

  [[nodiscard]] NodeIndex node_count() const { return static_cast<NodeIndex>(begin.size() - 1); }
};

/// Assigns a weight to each link of `graph` (manual: methods/embedding, "Link weights"): the larger, the greater the
/// assumed distance of the two nodes. With c common neighbours and e_i = d_i - c - 1: RA1 = (d_i + d_j + d_i·d_j) / (1
/// + c); RA2 = (1 + e_i)(1 + e_j) / (1 + c); EBC = edge betweenness. O(links) without triangles, else O(sum over links
/// of both degrees); EBC O(nodes · links) on `threads` threads (0: all available).
[[nodiscard]] WeightedGraph weighted_graph(const Graph& graph, LinkWeights weights, const TaskControl& control,
                                           unsigned threads = 0);

/// The side of each node when the graph is bipartite (layered networks always are), else empty. `graph` must be
/// connected. O(nodes + links).
[[nodiscard]] std::vector<std::uint8_t> two_sides(const WeightedGraph& graph);

}  // namespace dnm
