// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/uniform_cells.h"

#include <algorithm>
#include <numeric>

namespace dnm {

namespace {

/// Draws `count` of the units held by the rows, one by one, all equally likely; returns how many came from each row. No
/// row holds more than `most`.
std::vector<NodeIndex> draw_units(NodeIndex most, std::vector<NodeIndex> held, std::uint64_t count, Random& random,
                                  const TaskControl& control) {
  std::vector<NodeIndex> drawn(held.size(), 0);
  StopCheck stop(control);
  while (count > 0) {
    // A uniform cell of the matrix hits a unit of its row with probability held / most; a miss is drawn again.
    const auto row = static_cast<std::size_t>(random.below(held.size()));
    stop.worked(1);
    if (random.below(most) >= held[row]) continue;
    --held[row];
    ++drawn[row];
    --count;
  }
  return drawn;
}

}  // namespace

std::vector<NodeIndex> uniform_row_counts(NodeIndex n_in, const std::vector<NodeIndex>& taken, std::uint64_t count,
                                          Random& random, const TaskControl& control) {
  std::vector<NodeIndex> free_cells(taken.size());
  for (std::size_t row = 0; row < taken.size(); ++row) free_cells[row] = n_in - taken[row];
  const std::uint64_t all_free = std::accumulate(free_cells.begin(), free_cells.end(), std::uint64_t{0});
  // Drawing the smaller of the two sides (cells that become taken, cells that stay free) keeps the number of misses
  // small.
  if (count <= all_free / 2) return draw_units(n_in, std::move(free_cells), count, random, control);
  std::vector<NodeIndex> left = draw_units(n_in, free_cells, all_free - count, random, control);
  for (std::size_t row = 0; row < left.size(); ++row) left[row] = free_cells[row] - left[row];
  return left;
}

}  // namespace dnm
