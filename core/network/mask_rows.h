// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// Sorts every row of a mask and takes out doubles, which are counted. O(links · log links per neuron).
std::uint64_t sort_rows(Mask& mask);

/// The mask of cells (output, input) in any order, all in range; doubles are taken out and added to `doubles`.
/// O(links · log links per neuron).
[[nodiscard]] Mask mask_of_cells(NodeIndex n_in, NodeIndex n_out,
                                 std::span<const std::pair<NodeIndex, NodeIndex>> cells, std::uint64_t& doubles);

/// Links of every node, to the layer before and the layer after together. O(nodes + links).
[[nodiscard]] std::vector<NodeIndex> node_degrees(const Network& network);

}  // namespace dnm
