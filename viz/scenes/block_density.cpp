// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/block_density.h"

#include <algorithm>
#include <cmath>

namespace dnm {

namespace {

/// The pixels that one row (or column) of cells falls on, and how much of each pixel's height (width) it covers.
struct Shares {
  std::vector<std::uint32_t> first;  ///< pixel, one per cell
  std::vector<std::uint32_t> begin;  ///< cell -> offset into `part`
  std::vector<float> part;

  Shares(NodeIndex cells, std::uint32_t pixels) {
    const double per_cell = static_cast<double>(pixels) / cells;
    begin.push_back(0);
    for (NodeIndex cell = 0; cell < cells; ++cell) {
      const double low = cell * per_cell, high = std::min((cell + 1) * per_cell, static_cast<double>(pixels));
      const auto start = std::min(static_cast<std::uint32_t>(low), pixels - 1);
      first.push_back(start);
      for (std::uint32_t pixel = start; pixel < pixels && pixel < high; ++pixel) {
        const double covered = std::min(high, pixel + 1.0) - std::max(low, static_cast<double>(pixel));
        part.push_back(static_cast<float>(std::max(covered, 0.0)));
      }
      begin.push_back(static_cast<std::uint32_t>(part.size()));
    }
  }
};

}  // namespace

std::vector<float> block_density(const Mask& mask, const CellRange& range, std::uint32_t columns, std::uint32_t rows,
                                 const TaskControl& control) {
  std::vector<float> density(std::size_t{columns} * rows, 0.0F);
  if (density.empty() || range.row_end <= range.row_begin || range.column_end <= range.column_begin) return density;
  const Shares across(range.column_end - range.column_begin, columns);
  const Shares down(range.row_end - range.row_begin, rows);
  for (NodeIndex row = range.row_begin; row < range.row_end; ++row) {
    if (row % 256 == 0) control.check();
    const auto links = mask.row(row);
    const NodeIndex row_cell = row - range.row_begin;
    for (auto link = std::lower_bound(links.begin(), links.end(), range.column_begin);
         link != links.end() && *link < range.column_end; ++link) {
      const NodeIndex cell = *link - range.column_begin;
      for (std::uint32_t y = down.begin[row_cell]; y < down.begin[row_cell + 1]; ++y) {
        const std::size_t line = std::size_t{down.first[row_cell] + (y - down.begin[row_cell])} * columns;
        for (std::uint32_t x = across.begin[cell]; x < across.begin[cell + 1]; ++x) {
          density[line + across.first[cell] + (x - across.begin[cell])] += down.part[y] * across.part[x];
        }
      }
    }
  }
  return density;
}

}  // namespace dnm
