// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/initialisers.h"
#include "core/models/row_cells.h"
#include "core/models/uniform_cells.h"

namespace dnm {

Mask draw_random_layer(const LayerRequest& request) {
  const LayerStreams streams(request.random);
  Random row_count_random = streams.quantity(0);
  const std::vector<NodeIndex> counts = uniform_row_counts(request.n_in, std::vector<NodeIndex>(request.n_out, 0),
                                                           request.links, row_count_random, request.control);
  Mask mask{request.n_in, request.n_out, {}, {}};
  mask.row_begin.resize(std::size_t{request.n_out} + 1);
  mask.columns.reserve(request.links);
  RowCells cells(request.n_in);
  StopCheck stop(request.control);
  std::uint64_t begin = 0;
  for (NodeIndex output = 0; output < request.n_out; ++output) {
    Random random = streams.row(output);
    cells.take_at_random(counts[output], random);
    mask.row_begin[output] = begin;
    mask.columns.resize(begin + counts[output]);
    cells.move_to(std::span(mask.columns).subspan(begin, counts[output]));
    begin += counts[output];
    stop.worked(std::uint64_t{counts[output]} + 1);
  }
  mask.row_begin[request.n_out] = begin;
  return mask;
}

}  // namespace dnm
