// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// The undirected, unweighted simple graph that all measures and embeddings work on: every neuron a node, all layers
/// stitched together (manual: methods/measures, "The graph"). Compressed adjacency, neighbours sorted.
class Graph {
 public:
  /// O(nodes + links).
  explicit Graph(const Network& network, const TaskControl& control = {});
  /// From node pairs; self-loops and duplicates are dropped. Throws InvalidInput for a node out of range.
  Graph(NodeIndex node_count, std::span<const std::pair<NodeIndex, NodeIndex>> links);

  [[nodiscard]] NodeIndex node_count() const { return static_cast<NodeIndex>(begin_.size() - 1); }
  [[nodiscard]] std::uint64_t link_count() const { return neighbours_.size() / 2; }
  [[nodiscard]] std::span<const NodeIndex> neighbours(NodeIndex node) const {
    return std::span(neighbours_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  [[nodiscard]] NodeIndex degree(NodeIndex node) const {
    return static_cast<NodeIndex>(begin_[node + 1] - begin_[node]);
  }
  [[nodiscard]] bool has_link(NodeIndex u, NodeIndex v) const;
  /// Every link once as (u, v) with u < v, in ascending order.
  [[nodiscard]] std::vector<std::pair<NodeIndex, NodeIndex>> links() const;
  /// Layer sizes of the network it came from; {N} when it has no layers.
  [[nodiscard]] const std::vector<NodeIndex>& layer_sizes() const { return layer_sizes_; }
  [[nodiscard]] bool is_layered() const { return layer_sizes_.size() > 1; }

  [[nodiscard]] std::span<const std::uint64_t> offsets() const { return begin_; }
  [[nodiscard]] std::span<const NodeIndex> adjacency() const { return neighbours_; }

 private:
  std::vector<std::uint64_t> begin_;
  std::vector<NodeIndex> neighbours_;
  std::vector<NodeIndex> layer_sizes_;
};

/// The bipartite graph of one mask alone: its n_in inputs first, then its n_out outputs, both as layers. A general
/// graph is its own layer 0. Throws InvalidInput when there is no such layer. O(nodes + links) of that layer.
[[nodiscard]] Graph layer_graph(const Network& network, std::size_t layer, const TaskControl& control = {});

/// Connected components. Component 0 is the largest (ties: the one with the lowest node), then by descending size.
struct Components {
  std::vector<NodeIndex> component_of;  ///< one per node
  std::vector<NodeIndex> sizes;         ///< descending
  [[nodiscard]] NodeIndex isolated() const;
};
/// O(nodes + links).
[[nodiscard]] Components connected_components(const Graph& graph);

}  // namespace dnm
