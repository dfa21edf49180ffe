// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/models/initialiser.h"
#include "core/models/row_drawing.h"

namespace dnm {

/// draw_rows, with each link then removed with `probability` and the same number put back at uniformly random cells
/// that are then empty (a removed link may come back; METHODS 1.7). Degrees change; the number of links does not. How
/// many links every row loses is drawn before any row is, so that rows are drawn, rewired and written one by one:
/// 4 bytes a link in all. O(links + n_out) beside what the drawers do. A probability of 0 takes no random number.
[[nodiscard]] Mask draw_rewired_rows(const LayerRequest& request, const std::vector<NodeIndex>& degrees,
                                     double probability, const std::function<RowDrawer()>& make_drawer);

}  // namespace dnm
