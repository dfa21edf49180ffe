// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_blocks.h"
#include "core/models/dnm_quantities.h"
#include "core/models/dnm_synapses.h"
#include "core/models/initialisers.h"
#include "core/models/rewiring.h"
#include "core/models/row_cells.h"
#include "core/models/uniform_cells.h"

namespace dnm {

Mask draw_dnm_layer(const LayerRequest& request) {
  const LayerParameters& parameters = request.parameters;
  const NodeIndex n_in = request.n_in;
  const NodeIndex n_out = request.n_out;
  if (request.links < n_out) {
    request.notices.push_back("there are only " + std::to_string(request.links) + " links for " +
                              std::to_string(n_out) + " output neurons, so " + std::to_string(n_out - request.links) +
                              " of them have none");
  }

  const LayerStreams streams(request.random);
  Random degree_random = streams.quantity(0);
  Random field_random = streams.quantity(1);
  Random dendrite_random = streams.quantity(2);
  const double mean_degree = static_cast<double>(n_in) * (1.0 - parameters.sparsity);
  const std::vector<NodeIndex> degrees =
      draw_degrees(parameters.degree, {n_in, n_out, request.links, mean_degree}, degree_random, request.control);
  const std::vector<double> alpha = draw_receptive_fields(parameters.receptive_field, n_out, field_random);
  const std::vector<NodeIndex> dendrites = draw_dendrite_counts(parameters.dendrites, degrees, dendrite_random);

  Mask mask{n_in, n_out, {}, {}};
  mask.row_begin.resize(std::size_t{n_out} + 1);
  mask.columns.reserve(request.links);
  RowCells cells(n_in);
  SynapseSharing sharing(parameters.synapses, parameters.border, n_in);
  BlockLayer blocks(parameters.border, parameters.fill);
  StopCheck stop(request.control);
  std::vector<std::int64_t> positions;
  std::vector<NodeIndex> synapses;
  std::uint64_t begin = 0;
  for (NodeIndex output = 0; output < n_out; ++output) {
    const NodeIndex degree = degrees[output];
    mask.row_begin[output] = begin;
    stop.worked(4 * std::uint64_t{degree} + 1);
    if (degree == 0) continue;
    Random random = streams.row(output);
    const ReceptiveWindow window = receptive_window(output, n_in, n_out, degree, alpha[output]);
    positions.resize(dendrites[output]);
    synapses.resize(dendrites[output]);
    dendrite_positions(window, alpha[output], positions);
    sharing.draw(degree, window.centre, positions, random, stop, synapses);
    blocks.lay(cells, window, positions, synapses, 2 * std::uint64_t{output} < n_out, random);
    mask.columns.resize(begin + degree);
    cells.move_to(std::span(mask.columns).subspan(begin, degree));
    begin += degree;
  }
  mask.row_begin[n_out] = begin;
  if (parameters.rewiring > 0.0) return rewire(std::move(mask), parameters.rewiring, request.random, request.control);
  return mask;
}

}  // namespace dnm
