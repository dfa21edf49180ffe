// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/row_drawing.h"

#include <algorithm>

#include "core/support/parallel.h"

namespace dnm {

namespace {

/// Number of cells and links below which another thread costs more than it saves.
constexpr std::uint64_t work_of_a_part = std::uint64_t{1} << 19;
constexpr std::uint64_t most_parts = 256;

}  // namespace

Mask draw_rows(NodeIndex n_in, const std::vector<NodeIndex>& degrees, const std::function<RowDrawer()>& make_drawer,
               unsigned threads, const TaskControl& control) {
  const auto n_out = static_cast<NodeIndex>(degrees.size());
  Mask mask{n_in, n_out, {}, {}};
  mask.row_begin.resize(degrees.size() + 1);
  for (std::size_t output = 0; output < degrees.size(); ++output) {
    mask.row_begin[output + 1] = mask.row_begin[output] + degrees[output];
  }
  resize_in_steps(mask.columns, mask.row_begin.back(), control);

  const std::uint64_t parts = std::clamp<std::uint64_t>(mask.row_begin.back() / work_of_a_part, 1, most_parts);
  const auto draw_part = [&](std::size_t part) {
    // Rows whose links begin in this part of all links; rows without links belong to the part of their neighbours.
    const auto first_row = [&](std::uint64_t number) {
      const auto place = std::ranges::lower_bound(mask.row_begin.begin(), mask.row_begin.end() - 1,
                                                  mask.row_begin.back() * number / parts);
      return number == 0 ? NodeIndex{0} : static_cast<NodeIndex>(place - mask.row_begin.begin());
    };
    const NodeIndex end = part + 1 == parts ? n_out : first_row(part + 1);
    RowCells cells(n_in);
    StopCheck stop(control);
    const RowDrawer draw = make_drawer();
    for (NodeIndex output = first_row(part); output < end; ++output) {
      stop.worked(4 * std::uint64_t{degrees[output]} + 1);
      if (degrees[output] == 0) continue;
      draw(output, cells, stop);
      cells.move_to(std::span(mask.columns).subspan(mask.row_begin[output], degrees[output]));
    }
  };
  if (parts == 1) {
    draw_part(0);
  } else {
    parallel_for(parts, threads, draw_part);
  }
  return mask;
}

}  // namespace dnm
