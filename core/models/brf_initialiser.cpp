// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_blocks.h"
#include "core/models/dnm_quantities.h"
#include "core/models/initialiser.h"
#include "core/models/nearby_draw.h"
#include "core/models/row_drawing.h"
#include "core/network/mask_rows.h"

namespace dnm {

namespace {

/// (1-r)/r, capped at the exponent that takes the nearest inputs.
double exponent_of(double range) {
  return range * NearbyDraw::steep <= 1.0 ? NearbyDraw::steep : (1.0 - range) / range;
}

Mask draw_fields(NodeIndex n_in, NodeIndex n_out, const LayerRequest& request) {
  const LayerStreams streams(request.random);
  Random degree_random = streams.quantity(0);
  const std::vector<NodeIndex> degrees = draw_even_degrees(n_out, request.links, degree_random);
  const NearbyDraw nearby(n_in, exponent_of(request.parameters.range), degrees, request.control);
  const auto make_drawer = [&]() -> RowDrawer {
    return [&, scratch = NearbyDraw::Scratch()](NodeIndex output, RowCells& cells, StopCheck& stop) mutable {
      Random random = streams.row(output);
      const std::int64_t place = place_among_inputs(output, n_in, n_out);
      nearby.draw(degrees[output], random, scratch, [&](std::int64_t offset) { cells.take_on_ring(place + offset); });
      stop.worked(scratch.arrivals.size());
    };
  };
  return draw_rows(n_in, degrees, make_drawer, request.threads, request.control);
}

}  // namespace

/// Bipartite receptive field (manual: methods/baselines, "Bipartite receptive field"): k_j inputs drawn without
/// replacement with p ∝ (1+t)^(-(1-r)/r), t the ring distance from round(j·n_in/n_out); r = 0: the nearest, ties at
/// random. The draw is exact and costs O(links), not O(n_in) a row. 4 bytes a link, 8 with fields on the input side.
Mask draw_brf_layer(const LayerRequest& request) {
  if (request.parameters.side == Side::smaller && request.n_in < request.n_out) {
    return transposed(draw_fields(request.n_out, request.n_in, request), request.control);
  }
  report_empty_rows(request);
  return draw_fields(request.n_in, request.n_out, request);
}

}  // namespace dnm
