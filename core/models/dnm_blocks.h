// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/models/row_cells.h"

namespace dnm {

/// A neuron's own place: round(j·n_in/n_out), halves to even, in whole numbers; n_in itself when it rounds up past the
/// last input.
[[nodiscard]] std::int64_t place_among_inputs(NodeIndex output, NodeIndex n_in, NodeIndex n_out);

/// Where a neuron may link: `width` inputs from `start` on, around `centre` (METHODS 1.4). In coordinates that are not
/// reduced to the ring: start may be negative, and the window may reach beyond n_in.
struct ReceptiveWindow {
  std::int64_t centre;
  std::int64_t start;
  NodeIndex width;
};
[[nodiscard]] ReceptiveWindow receptive_window(NodeIndex output, NodeIndex n_in, NodeIndex n_out, NodeIndex degree,
                                               double alpha);

/// g_m: the places of the dendrites, rising; not reduced to the ring.
void dendrite_positions(const ReceptiveWindow& window, double alpha, std::span<std::int64_t> positions);

/// Lays a neuron's dendrites as blocks of consecutive inputs and fills up to its degree (METHODS 1.6).
/// Keeps its working memory between neurons.
class BlockLayer {
 public:
  BlockLayer(Border border, Fill fill) : border_(border), fill_(fill) {}

  /// Takes exactly sum(counts) <= cells.size() cells. `left_half`: the neuron stands in the first half of its layer;
  /// a bounded border then lays from left to right, else from right to left. O(cells taken + dendrites).
  void lay(RowCells& cells, const ReceptiveWindow& window, std::span<const std::int64_t> positions,
           std::span<const NodeIndex> counts, bool left_half, Random& random);

 private:
  /// The stretch of inputs a block holds, or the single place it aimed at when it was dropped (size 0), and how many
  /// cells it is short of.
  struct Block {
    std::int64_t start;
    NodeIndex size;
    NodeIndex lost;
  };

  void lay_around_ring(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void lay_left_to_right(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void lay_right_to_left(RowCells& cells, std::span<const std::int64_t> positions, std::span<const NodeIndex> counts);
  void drop(std::int64_t position, NodeIndex count, NodeIndex n_in);
  void fill_near_blocks(RowCells& cells, const ReceptiveWindow& window) const;

  Border border_;
  Fill fill_;
  std::vector<Block> blocks_;
};

}  // namespace dnm
