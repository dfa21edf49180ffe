// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/models/row_cells.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Counts work and checks the stop token at intervals, so that inner loops stay cheap.
class StopCheck {
 public:
  explicit StopCheck(const TaskControl& control) : control_(control) {}
  void worked(std::uint64_t amount) {
    done_ += amount;
    if (done_ < interval) return;
    done_ = 0;
    control_.check();
  }

 private:
  static constexpr std::uint64_t interval = std::uint64_t{1} << 18;  // a few milliseconds
  const TaskControl& control_;
  std::uint64_t done_ = 0;
};

/// Resizes the array to `size` zeros, in steps short enough to end soon after a stop: the system provides large memory
/// page by page as it is first touched. Throws Cancelled.
void resize_in_steps(std::vector<NodeIndex>& array, std::uint64_t size, const TaskControl& control);

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
