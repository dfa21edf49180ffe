// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// The links of a chain of layers that lie on a path from an input of the first mask to an output of the last: one
/// backward sweep takes the links into neurons without a way out, one forward sweep those from neurons without a way in
/// (chain removal; Zhang et al., ICLR 2024; manual: methods/rewiring, "Dead ends"). A second application takes
/// nothing; it may take everything. masks[i+1].n_in = masks[i].n_out. O(links + neurons).
[[nodiscard]] std::vector<Mask> without_dead_ends(std::span<const Mask> masks);

/// The same of a layered network, with its names. Throws InvalidInput for a graph without layers.
[[nodiscard]] Network without_dead_ends(const Network& network);

}  // namespace dnm
