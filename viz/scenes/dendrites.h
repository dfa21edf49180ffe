// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// The dendrites of one output neuron as they can be read from its links: runs of consecutive inputs. One entry per
/// link: the rank of its run, from 0. A run over the border (inputs n_in-1 and 0 both linked) is one run, rank 0.
/// `row`: sorted inputs. O(links).
[[nodiscard]] std::vector<std::uint32_t> dendrite_ranks(std::span<const NodeIndex> row, NodeIndex n_in);

}  // namespace dnm
