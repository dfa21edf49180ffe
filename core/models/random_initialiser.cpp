// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/initialiser.h"
#include "core/models/row_drawing.h"
#include "core/models/uniform_cells.h"

namespace dnm {

/// T distinct cells, every set of them equally likely (manual: methods/baselines, "Random"). O(links + neurons), 4
/// bytes a link.
Mask draw_random_layer(const LayerRequest& request) {
  const LayerStreams streams(request.random);
  Random row_count_random = streams.quantity(0);
  const std::vector<NodeIndex> counts = uniform_row_counts(request.n_in, std::vector<NodeIndex>(request.n_out, 0),
                                                           request.links, row_count_random, request.control);
  const auto make_drawer = [&]() -> RowDrawer {
    return [&](NodeIndex output, RowCells& cells, StopCheck&) {
      Random random = streams.row(output);
      cells.take_at_random(counts[output], random);
    };
  };
  return draw_rows(request.n_in, counts, make_drawer, request.threads, request.control);
}

}  // namespace dnm
