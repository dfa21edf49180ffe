// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// Neighbouring neurons of one side of a layer, or neighbouring links.
struct Block {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// A layer cut into blocks for threads: all of its output neurons (what `forward` writes), of its input neurons (what
/// `input_gradient` writes) and of its links (what `gradient` and `update` write), each of about the same work. It
/// follows from the layer alone.
struct LayerBlocks {
  LayerBlocks() = default;
  /// O(neurons).
  explicit LayerBlocks(const LinkIndex& index);

  std::vector<Block> outputs;
  std::vector<Block> inputs;
  std::vector<Block> links;  ///< each begins at a multiple of 16, the kernels' widest register
};

// Parts of a layer as the kernels take them; they give the same bits for each number as over the whole. Where a kernel
// takes arrays of the neurons or links of a block, the caller passes those of the first one.

/// Some output neurons, for `forward`; and, since it counts no links, for the biases of `gradient` and `update`.
[[nodiscard]] LinkIndex part_of_outputs(const LinkIndex& index, Block outputs);
/// Some input neurons, for `input_gradient`.
[[nodiscard]] LinkIndex part_of_inputs(const LinkIndex& index, Block inputs);
/// Some links without biases, for `gradient` and `update`.
[[nodiscard]] LinkIndex part_of_links(const LinkIndex& index, Block links);

}  // namespace dnm
