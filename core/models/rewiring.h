// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/models/initialiser.h"
#include "core/models/row_drawing.h"

namespace dnm {

/// draw_rows, with each link then removed with `probability` and the same number put back at uniformly random cells
/// that are then empty (a removed link may return; manual: methods/model, "Random rewiring"). Degrees change; the
/// number of links does not. The number of links each row loses is drawn before any row, so that rows are drawn,
/// rewired and written one by one: 4 bytes a link in all. O(links + n_out) besides the cost of the drawers. A
/// probability of 0 takes no random number.
[[nodiscard]] Mask draw_rewired_rows(const LayerRequest& request, const std::vector<NodeIndex>& degrees,
                                     double probability, const std::function<RowDrawer()>& make_drawer);

}  // namespace dnm
