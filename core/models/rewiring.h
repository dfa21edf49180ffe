// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/uniform_cells.h"
#include "core/network/network.h"

namespace dnm {

/// Removes each link with `probability` and puts the same number back at uniformly random cells that are then empty
/// (a removed link may come back; METHODS 1.7). Degrees change; the number of links does not. O(links + n_out)
/// time, 4 more bytes a link while it runs.
[[nodiscard]] Mask rewire(Mask mask, double probability, Random& random, const TaskControl& control);

}  // namespace dnm
