// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/models/row_cells.h"
#include "core/models/uniform_cells.h"
#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// Takes the cells of one row.
using RowDrawer = std::function<void(NodeIndex output, RowCells& cells, StopCheck& stop)>;

/// Draws a mask row by row, each row directly into its place, on several threads where that pays off: rows must depend
/// on nothing but their number. `make_drawer` returns one drawer per thread and may be called by several threads at the
/// same time; a drawer takes exactly degrees[output] cells. O(links + neurons) besides the cost of the drawers; 4 bytes
/// a link. Throws Cancelled.
[[nodiscard]] Mask draw_rows(NodeIndex n_in, const std::vector<NodeIndex>& degrees,
                             const std::function<RowDrawer()>& make_drawer, unsigned threads,
                             const TaskControl& control);

}  // namespace dnm
