// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/models/row_cells.h"

namespace dnm {

/// A neuron's own position among the inputs: round(j·n_in/n_out), halves to even, in integer arithmetic; n_in itself
/// when it rounds up past the last input.
[[nodiscard]] std::int64_t place_among_inputs(NodeIndex output, NodeIndex n_in, NodeIndex n_out);

/// The receptive window of a neuron: `width` inputs from `start` on, around `centre` (manual: methods/model, "Window
/// and centres"). The coordinates are not reduced to the ring: start may be negative, and the window may extend beyond
/// n_in.
struct ReceptiveWindow {
  std::int64_t centre;
  std::int64_t start;
  NodeIndex width;
};
[[nodiscard]] ReceptiveWindow receptive_window(NodeIndex output, NodeIndex n_in, NodeIndex n_out, NodeIndex degree,
                                               double alpha);

/// g_m: the centres of the dendrites, ascending; not reduced to the ring.
void dendrite_positions(const ReceptiveWindow& window, double alpha, std::span<std::int64_t> positions);

/// Places a neuron's dendrites as blocks of consecutive inputs and fills up to its degree (manual: methods/model,
/// "Placing the blocks"). Keeps its working memory between neurons.
class BlockLayer {
 public:
  BlockLayer(Border border, Fill fill) : border_(border), fill_(fill) {}

  /// Takes exactly sum(counts) <= cells.size() cells. `left_half`: the neuron is in the first half of its layer; with a
  /// bounded border blocks are then placed from left to right, else from right to left. O(cells taken + dendrites).
  void lay(RowCells& cells, const ReceptiveWindow& window, std::span<const std::int64_t> positions,
           std::span<const NodeIndex> counts, bool left_half, Random& random);

  /// The run of inputs that the block of a dendrite holds, or its intended centre when it was dropped (size 0), and the
  /// number of cells it lacks.
  struct Block {
    std::size_t dendrite;
    std::int64_t start;
    NodeIndex size;
    NodeIndex lost;
  };
  /// Of the neuron laid last, in the order in which they were placed; with a bounded border, empty dendrites have none.
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }

 private:
  void lay_around_ring(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void lay_left_to_right(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void lay_right_to_left(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void drop(std::size_t dendrite, std::int64_t position, NodeIndex count, NodeIndex n_in);
  void fill_near_blocks(RowCells& cells, const ReceptiveWindow& window) const;

  Border border_;
  Fill fill_;
  std::vector<Block> blocks_;
};

}  // namespace dnm
