// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "viz/scenes/community_order.h"
#include "viz/scenes/link_blocks.h"
#include "viz/scenes/node_colors.h"

// What stands around the cells of a matrix; one data unit is one cell.
namespace dnm {

/// The network of a picture in the order of its rows and columns, and the colours of its neurons.
struct DrawnMatrices {
  const CommunityOrder& order;
  const Network& original;
  const NodeColors& colors;
  [[nodiscard]] const Network& network() const { return *order.input.network; }
  [[nodiscard]] NodeIndex column_node(std::size_t mask, NodeIndex column) const {
    return network().first_node(mask) + column;
  }
  [[nodiscard]] NodeIndex row_node(std::size_t mask, NodeIndex row) const {
    return network().first_node(network().is_layered() ? mask + 1 : mask) + row;
  }
};

/// What is visible, and how large a point and a pixel are in cells.
struct MatrixView {
  Rectangle visible;
  double point;
  double pixel;
};

/// Of a part of the matrix that lies in `area`.
[[nodiscard]] Rectangle area_of(const CellRange& range, const Rectangle& area);

/// Lines between cells that are large enough to be told apart by them.
void add_grid(Scene& scene, const CellRange& range, const Rectangle& area, const MatrixView& view, bool dark);

/// Frame, title, the colours of the neurons and their numbers along two sides. When a side of the matrix lies outside
/// the visible part, its numbers stand on a strip along the border of the view instead, so that the visible neurons are
/// always named.
void add_axes(Scene& scene, const DrawnMatrices& drawn, std::size_t index, const CellRange& range,
              const Rectangle& area, const MatrixView& view, const SceneOptions& options);

}  // namespace dnm
