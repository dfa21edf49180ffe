// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/layer_blocks.h"

#include <algorithm>

namespace dnm {
namespace {

// Some 20 µs of one tile: far more than it costs to take a block, and enough blocks of a large layer for many threads.
constexpr std::uint32_t work_of_block = 8192;  // links
constexpr std::uint32_t work_of_neuron = 2;    // to write it, in links
constexpr std::uint32_t widest_register = 16;
static_assert(work_of_block % widest_register == 0);

/// `begin`: where the links of each of `neurons` neurons begin, and the end of the last.
std::vector<Block> blocks_of_neurons(const std::uint32_t* begin, std::uint32_t neurons) {
  std::vector<Block> blocks;
  std::uint32_t first = 0;
  for (std::uint32_t next = 1; next <= neurons; ++next) {
    const std::uint64_t work = std::uint64_t{begin[next]} - begin[first] + std::uint64_t{next - first} * work_of_neuron;
    if (work < work_of_block && next < neurons) continue;
    blocks.push_back({first, next - first});
    first = next;
  }
  return blocks;
}

}  // namespace

LayerBlocks::LayerBlocks(const LinkIndex& index)
    : outputs(blocks_of_neurons(index.row_begin, index.n_out)),
      inputs(blocks_of_neurons(index.column_begin, index.n_in)) {
  for (std::uint32_t first = 0; first < index.links;) {
    links.push_back({first, std::min(work_of_block, index.links - first)});
    first += links.back().count;
  }
}

LinkIndex part_of_outputs(const LinkIndex& index, Block outputs) {
  LinkIndex part = index;
  part.n_out = outputs.count;
  part.links = 0;
  part.row_begin += outputs.first;
  return part;
}

LinkIndex part_of_inputs(const LinkIndex& index, Block inputs) {
  LinkIndex part = index;
  part.n_in = inputs.count;
  part.column_begin += inputs.first;
  return part;
}

LinkIndex part_of_links(const LinkIndex& index, Block links) {
  LinkIndex part = index;
  part.n_out = 0;
  part.links = links.count;
  part.row += links.first;
  part.column += links.first;
  return part;
}

}  // namespace dnm
