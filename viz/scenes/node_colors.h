// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "viz/scenes/legend.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

/// Communities by falling size (ties: the one with the lowest node first), whatever their numbers.
struct CommunityRanks {
  std::vector<std::int32_t> rank_of;  ///< one per node; -1 for a node without community
  std::vector<std::uint32_t> sizes;   ///< falling
};
/// O(nodes log nodes).
[[nodiscard]] CommunityRanks community_ranks(std::span<const std::int32_t> communities);

/// ", community 2 of 57 neurons", or nothing where the node has none.
[[nodiscard]] std::string community_words(const SceneInput& input, NodeIndex node);

/// The colours of the neurons and links of one picture, and what they mean. Both follow from the values of the nodes
/// and their kind, whatever quantity it is.
class NodeColors {
 public:
  /// By the quantity that the options name. O(nodes log nodes), and O(links) for degrees.
  NodeColors(const SceneInput& input, const SceneOptions& options);
  /// By any quantity. `values` holds one for each of `nodes` nodes, or says why there are none.
  NodeColors(const NodeQuantity& quantity, const NodeValues& values, std::size_t nodes, const SceneOptions& options);

  [[nodiscard]] Color of(NodeIndex node) const { return colors_[node]; }
  /// A link whose colour is `by_layer` where neurons are coloured by layer. Within a group of nodes it has the group's
  /// colour; else it is grey, so that the neurons stand out.
  [[nodiscard]] Color of_link(NodeIndex from, NodeIndex to, Color by_layer) const;
  /// Neurons of one layer can differ.
  [[nodiscard]] bool differ_within_layers() const { return kind_ != NodeValueKind::layer; }
  /// Colours stand for groups of nodes other than layers, and links within a group have its colour.
  [[nodiscard]] bool show_groups() const { return kind_ == NodeValueKind::category; }
  /// True while there are no values to colour by; every neuron is then grey, and the legend says why.
  [[nodiscard]] bool is_missing() const { return missing_; }
  /// Empty for the colours of layers: pictures name those in their own ways.
  [[nodiscard]] const Legend& legend() const { return legend_; }

 private:
  void color_layers(const NodeValues& values);
  void color_groups(const NodeValues& values, const NodeQuantity& quantity, bool with_sizes);
  void color_amounts(const NodeValues& values, const NodeQuantity& quantity);
  void color_angles(const NodeValues& values, const NodeQuantity& quantity);
  /// Paler while the values are stale.
  [[nodiscard]] Color shown(Color color) const;

  NodeValueKind kind_;
  bool dark_;
  bool stale_;
  bool missing_;
  Color aside_;
  std::vector<Color> colors_;
  std::vector<std::int32_t> ranks_;  // of groups, by size
  Legend legend_;
};

/// Whether the colours of neurons can differ within a layer under these options.
[[nodiscard]] bool colors_differ_within_layers(const PictureOptions& options);

}  // namespace dnm
