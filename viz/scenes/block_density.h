// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// A part of a matrix: rows [row_begin, row_end), columns [column_begin, column_end).
struct CellRange {
  NodeIndex row_begin = 0, row_end = 0;
  NodeIndex column_begin = 0, column_end = 0;
};

/// Mean density of links in each pixel of a picture of `range` with `columns` × `rows` pixels, first row on top. A cell
/// that lies over several pixels is shared out by area, so sum(density) · area of a pixel in cells = number of links,
/// and no link is lost at any zoom. O(links in the rows of `range` + pixels). Throws Cancelled.
[[nodiscard]] std::vector<float> block_density(const Mask& mask, const CellRange& range, std::uint32_t columns,
                                               std::uint32_t rows, const TaskControl& control);

}  // namespace dnm
