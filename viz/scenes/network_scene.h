// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/measures/measure.h"
#include "core/network/network.h"
#include "core/support/task_control.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// One network and all that its pictures are made of. The same input gives every view: one network, drawn everywhere.
struct SceneInput {
  NetworkPointer network{};
  std::shared_ptr<const Embedding> embedding{};  ///< null while there is none; the disk then says so
  /// One community number per node, -1 for a node that was not looked at; null while there are none.
  std::shared_ptr<const std::vector<std::int32_t>> communities{};
  bool communities_are_stale = false;  ///< of another network or setting, until those that are computing are there
  std::string communities_note{};      ///< why there are none ("computing …", "the network has no links")
  /// The fit of γ, drawn into the degree distribution; null while there is none.
  std::shared_ptr<const Measurement> degree_fit{};
  bool operator==(const SceneInput&) const = default;  ///< the same objects, not equal ones
};

/// What the colour of a neuron tells.
enum class NodeColoring { layer, community, degree, angle };
struct NodeColoringOption {
  NodeColoring coloring;
  std::string_view id;  ///< as in `dnm figure --color`
  std::string_view label;
  std::string_view meaning;
};
/// In the order of the enumeration.
inline constexpr std::array<NodeColoringOption, 4> node_coloring_options{{
    {NodeColoring::layer, "layer", "Layer", "Every layer has its colour."},
    {NodeColoring::community, "community", "Community",
     "The communities that Q found, the largest first; links within one have its colour, links between two are grey."},
    {NodeColoring::degree, "degree", "Degree", "From few links (dark) to many (bright), on a logarithmic scale."},
    {NodeColoring::angle, "angle", "Angle", "The angle in the hyperbolic disk, round the circle of hues."},
}};

/// layer: by layer, or as the colouring of neurons asks; dendrite: by dendrite, where a picture can show them.
enum class LinkColoring { layer, dendrite };
enum class Orientation { rows, columns };

struct SceneOptions {
  std::size_t link_limit = 20000;  ///< more links are thinned out evenly, and the scene's note says so
  NodeColoring node_coloring = NodeColoring::layer;
  LinkColoring link_coloring = LinkColoring::layer;
  bool order_by_community = false;  ///< rows and columns of the matrix stand together by community
  bool legend = true;               ///< say what the colours mean, where the picture alone does not
  Orientation orientation = Orientation::rows;
  bool dark = false;               ///< screen palette; paper is always light
  bool native_disk = false;        ///< native hyperbolic radius instead of the Poincaré disk
  Rectangle viewport{0, 0, 0, 0};  ///< visible part in data coordinates (zero: all) …
  double pixels_across = 800.0;    ///< … and its width on the device: the matrix shows density or single links by it
  /// The area the picture fills on the screen or page, in points: layouts, gaps, node sizes and transparency follow it.
  double width_points = 600.0;
  double height_points = 450.0;
  double text_size = 7.0;  ///< of titles, in points; tick labels are 1/7 smaller
};

/// A picture of a network. Add one: one file, one row in network_scene.cpp.
struct NetworkScene {
  std::string_view id;     ///< "matrix", "layers", "disk", "degree": as in `dnm figure --panel`
  std::string_view title;  ///< "Adjacency"
  bool depends_on_viewport;
  Scene (*build)(const SceneInput&, const SceneOptions&, const TaskControl&);
  /// What lies under a point in data coordinates, in words ("input 12 → output 40, layer 1: link"); empty for nothing.
  std::string (*describe)(const SceneInput&, const SceneOptions&, Point, double radius);
};
/// The pictures of the network itself, as the window shows them side by side.
[[nodiscard]] std::span<const NetworkScene> network_scene_table();
/// These, and the charts of its figures: all that `dnm figure` can draw.
[[nodiscard]] std::span<const NetworkScene> figure_scene_table();
/// Of figure_scene_table(). Throws InvalidInput for another id.
[[nodiscard]] const NetworkScene& network_scene(std::string_view id);

}  // namespace dnm
