// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_quantities.h"
#include "core/models/initialiser.h"
#include "core/models/rewiring.h"

namespace dnm {

namespace {

/// int(j·n_in/n_out - k/2) without rounding errors: rounds toward zero, so that neurons at the ring's start may begin
/// one later.
std::int64_t first_input(NodeIndex output, NodeIndex n_in, NodeIndex n_out, NodeIndex degree) {
  const std::int64_t place = 2 * std::int64_t{output} * n_in;
  return (place - std::int64_t{degree} * n_out) / (2 * std::int64_t{n_out});
}

}  // namespace

/// Bipartite small world (manual: methods/baselines, "Bipartite small world"): k_j consecutive inputs from
/// int(j·n_in/n_out - k_j/2) on, around the ring, then a fraction beta of the links moved at random. O(links +
/// neurons), 4 bytes a link.
Mask draw_bsw_layer(const LayerRequest& request) {
  report_empty_rows(request);
  const LayerStreams streams(request.random);
  Random degree_random = streams.quantity(0);
  const std::vector<NodeIndex> degrees = draw_even_degrees(request.n_out, request.links, degree_random);
  const auto make_drawer = [&]() -> RowDrawer {
    return [&](NodeIndex output, RowCells& cells, StopCheck&) {
      const NodeIndex degree = degrees[output];
      cells.take_run(first_input(output, request.n_in, request.n_out, degree), degree);
    };
  };
  return draw_rewired_rows(request, degrees, request.parameters.beta, make_drawer);
}

}  // namespace dnm
