// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/network/network.h"
#include "core/support/task_control.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// One network and all that its pictures are made of. The same input gives every view: one network, drawn everywhere.
struct SceneInput {
  NetworkPointer network{};
  std::shared_ptr<const Embedding> embedding{};  ///< null while there is none; the disk then says so
};

enum class LinkColoring { layer, dendrite };
enum class Orientation { rows, columns };

struct SceneOptions {
  std::size_t link_limit = 20000;  ///< more links are thinned out evenly, and the scene's note says so
  LinkColoring link_coloring = LinkColoring::layer;
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
  std::string_view id;     ///< "matrix", "layers", "disk": as in `dnm figure --panel`
  std::string_view title;  ///< "Adjacency"
  bool depends_on_viewport;
  Scene (*build)(const SceneInput&, const SceneOptions&, const TaskControl&);
  /// What lies under a point in data coordinates, in words ("input 12 → output 40, layer 1: link"); empty for nothing.
  std::string (*describe)(const SceneInput&, const SceneOptions&, Point, double radius);
};
[[nodiscard]] std::span<const NetworkScene> network_scene_table();
[[nodiscard]] const NetworkScene& network_scene(std::string_view id);

}  // namespace dnm
