// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/models/row_cells.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/network/stop_check.h"
#include "core/support/task_control.h"

namespace dnm {

/// `count` cells of an n_out x n_in matrix are to be chosen uniformly among its free ones, `taken[row]` of each row
/// being taken already. Returns how many fall into each row (multivariate hypergeometric, exactly); which cells of the
/// row they are is then uniform and independent (RowCells::take_at_random). count <= free cells.
/// O(n_out + count + taken links): drawn cell by cell, without a list of cells.
[[nodiscard]] std::vector<NodeIndex> uniform_row_counts(NodeIndex n_in, const std::vector<NodeIndex>& taken,
                                                        std::uint64_t count, Random& random,
                                                        const TaskControl& control);

/// The streams of random numbers of one layer: one for each quantity and one for each row, so that changing one
/// parameter leaves the draws of the others unchanged.
class LayerStreams {
 public:
  explicit LayerStreams(Random& random) : seed_(random.next64()) {}
  [[nodiscard]] Random quantity(unsigned number) const { return Random(seed_, number); }
  [[nodiscard]] Random row(NodeIndex output) const { return Random(seed_, first_row + output); }

 private:
  static constexpr std::uint64_t first_row = 16;
  std::uint64_t seed_;
};

}  // namespace dnm
