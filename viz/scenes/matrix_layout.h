// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "viz/scenes/legend.h"
#include "viz/scenes/network_scene.h"

// Where the matrices of a network stand; one data unit is one cell.
namespace dnm {

/// The strips along the axes that show the colours of the neurons, in points: from the matrix, and how wide.
inline constexpr double color_strip_gap = 1.0, color_strip_width = 3.0;

struct MatrixLayout {
  std::vector<Rectangle> areas;  ///< one per mask
  Rectangle bounds;
  Margins margins;
  double below;  ///< room for the numbers under a matrix, in points
};

/// The masks in their order in lines, with room for axes and legend, broken where that shows the cells largest.
[[nodiscard]] MatrixLayout arrange_matrices(const Network& network, const SceneOptions& options, const Legend& legend);

/// Room for the strips of colours between a matrix and its numbers, in points.
[[nodiscard]] double strip_room(const SceneOptions& options);
/// Whether the names of the layers fit beside the numbers.
[[nodiscard]] bool has_axis_names(const Network& network, const SceneOptions& options);
/// Of the largest number along a side of `size` neurons.
[[nodiscard]] std::size_t digits_of(NodeIndex size);

}  // namespace dnm
