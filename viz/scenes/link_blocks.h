// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "viz/scenes/scene.h"

// The one rule by which links become ink in a matrix, on every device (manual: using/figures, "Ink of the matrix").
namespace dnm {

/// A part of a matrix: rows [row_begin, row_end), columns [column_begin, column_end).
struct CellRange {
  NodeIndex row_begin = 0, row_end = 0;
  NodeIndex column_begin = 0, column_end = 0;
};

/// How many cells along a side are drawn as one block, which is filled where it holds a link. 1, so that ink is
/// density, from 4.5 % of linked cells on; in sparser networks as many as bring independent links to about that cover,
/// or as are a point wide. Follows from the network and its size on the page alone, not from the device: 20 million
/// links in 20,000² cells would else be white, since a pixel has 255 shades.
[[nodiscard]] NodeIndex block_side(const Network& network, double points_per_cell);

/// What is drawn of a matrix: a link's cell, or a block of cells with a link.
struct LinkBlock {
  NodeIndex row, column;    ///< its first cell
  NodeIndex rows, columns;  ///< less than a whole block at the end of the matrix
  Color color;              ///< of its first link that is not `aside`
};

/// Calls visit(LinkBlock) row by row for all blocks that touch `range`; color_of(row, link) is the colour of the link
/// to *link in the mask's row. O(links in the rows of `range`). Throws Cancelled.
template <class ColorOf, class Visit>
void for_each_block(const Mask& mask, const CellRange& range, NodeIndex side, Color aside, const TaskControl& control,
                    const ColorOf& color_of, const Visit& visit) {
  constexpr NodeIndex rows_between_looks = 256;
  const NodeIndex first_block = range.column_begin / side;
  const NodeIndex begin = first_block * side;
  const NodeIndex end = std::min((range.column_end + side - 1) / side * side, mask.n_in);
  struct Filled {
    bool is_filled = false;
    Color color{};
  };
  std::vector<Filled> blocks(side == 1 || end <= begin ? 0 : (end - begin + side - 1) / side);
  for (NodeIndex top = range.row_begin / side * side; top < range.row_end; top += side) {
    const NodeIndex bottom = std::min(top + side, mask.n_out);
    for (NodeIndex row = top; row < bottom; ++row) {
      if (row % rows_between_looks == 0) control.check();
      const auto links = mask.row(row);
      auto link = std::lower_bound(links.begin(), links.end(), begin);
      if (side == 1) {
        for (; link != links.end() && *link < end; ++link) visit(LinkBlock{row, *link, 1, 1, color_of(row, link)});
        continue;
      }
      std::size_t block = 0;
      for (; link != links.end() && *link < end; ++link) {
        while (*link >= begin + (block + 1) * side) ++block;
        Filled& filled = blocks[block];
        if (filled.is_filled && !(filled.color == aside)) continue;
        filled = {true, color_of(row, link)};
      }
    }
    for (std::size_t block = 0; block < blocks.size(); ++block) {
      if (!blocks[block].is_filled) continue;
      const auto column = static_cast<NodeIndex>(begin + block * side);
      visit(LinkBlock{top, column, bottom - top, std::min(side, mask.n_in - column), blocks[block].color});
      blocks[block].is_filled = false;
    }
  }
}

}  // namespace dnm
