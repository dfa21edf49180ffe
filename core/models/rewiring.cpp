// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/rewiring.h"

#include "core/models/row_cells.h"

namespace dnm {

Mask rewire(Mask mask, double probability, Random& random, const TaskControl& control) {
  const LayerStreams streams(random);
  StopCheck stop(control);

  // The surviving links are packed at the front of mask.columns, row after row.
  Random removal = streams.quantity(0);
  std::vector<NodeIndex> kept(mask.n_out, 0);
  std::size_t packed = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex column : mask.row(output)) {
      if (removal.uniform() < probability) continue;
      mask.columns[packed++] = column;
      ++kept[output];
    }
    stop.worked(mask.row(output).size() + 1);
  }
  Random regrowth = streams.quantity(1);
  const std::vector<NodeIndex> added =
      uniform_row_counts(mask.n_in, kept, mask.link_count() - packed, regrowth, control);

  Mask rewired{mask.n_in, mask.n_out, {}, {}};
  rewired.row_begin.resize(mask.row_begin.size());
  rewired.columns.reserve(mask.columns.size());
  RowCells cells(mask.n_in);
  std::size_t next = 0;
  std::uint64_t begin = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (NodeIndex i = 0; i < kept[output]; ++i) cells.take(mask.columns[next++]);
    Random row_random = streams.row(output);
    cells.take_at_random(added[output], row_random);
    const NodeIndex degree = cells.taken();
    rewired.row_begin[output] = begin;
    rewired.columns.resize(begin + degree);
    cells.move_to(std::span(rewired.columns).subspan(begin, degree));
    begin += degree;
    stop.worked(std::uint64_t{degree} + 1);
  }
  rewired.row_begin[mask.n_out] = begin;
  return rewired;
}

}  // namespace dnm
