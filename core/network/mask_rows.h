// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// Sorts every row of a mask, removes duplicate links and returns how many there were. O(links · log links per neuron).
std::uint64_t sort_rows(Mask& mask);

/// The mask of cells (output, input) in any order, all in range; duplicates are removed and their number added to
/// `doubles`. O(links · log links per neuron).
[[nodiscard]] Mask mask_of_cells(NodeIndex n_in, NodeIndex n_out,
                                 std::span<const std::pair<NodeIndex, NodeIndex>> cells, std::uint64_t& doubles);

/// The mask with inputs and outputs exchanged. O(links + neurons). Throws Cancelled.
[[nodiscard]] Mask transposed(const Mask& mask, const TaskControl& control = {});

/// Degree of every node: its links to the previous and to the next layer together. O(nodes + links).
[[nodiscard]] std::vector<NodeIndex> node_degrees(const Network& network);

}  // namespace dnm
