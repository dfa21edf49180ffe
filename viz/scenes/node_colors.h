// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// ", community 2 of 57 neurons", or nothing when there is none to tell.
[[nodiscard]] std::string community_words(const SceneInput& input, NodeIndex node);

/// The colours of the neurons and links of one picture, and what they mean.
class NodeColors {
 public:
  /// O(nodes), O(links) for degrees.
  NodeColors(const SceneInput& input, const SceneOptions& options);

  [[nodiscard]] Color of(NodeIndex node) const { return colors_[node]; }
  /// A link whose colour is `by_layer` where neurons are coloured by layer. Within a community it has the community's
  /// colour; else it is grey, so that the neurons stand out.
  [[nodiscard]] Color of_link(NodeIndex from, NodeIndex to, Color by_layer) const;
  /// Neurons of one layer can differ.
  [[nodiscard]] bool differ_within_layers() const { return coloring_ != NodeColoring::layer; }
  /// True while the wanted colouring is not to be had; every neuron is then grey, and the legend says why.
  [[nodiscard]] bool is_missing() const { return missing_; }
  /// Empty for the colours of layers: pictures name those in their own ways.
  [[nodiscard]] const Legend& legend() const { return legend_; }

 private:
  void color_by_layer(const Network& network);
  void color_by_community(const SceneInput& input, const SceneOptions& options);
  [[nodiscard]] Color color_of(std::size_t rank) const;
  void color_by_degree(const Network& network);
  void color_by_angle(const SceneInput& input);

  NodeColoring coloring_;
  bool dark_;
  bool stale_;  // the communities are
  bool missing_ = false;
  Color aside_;
  std::vector<Color> colors_;
  std::vector<std::int32_t> ranks_;  // of communities
  Legend legend_;
};

}  // namespace dnm
