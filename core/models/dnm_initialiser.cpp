// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_blocks.h"
#include "core/models/dnm_quantities.h"
#include "core/models/dnm_synapses.h"
#include "core/models/initialiser.h"
#include "core/models/rewiring.h"
#include "core/models/row_drawing.h"
#include "core/models/uniform_cells.h"

namespace dnm {

/// The Dendritic Network Model (manual: methods/model; doi:10.20944/preprints202510.0458). O(links + dendrites +
/// neurons), 4 bytes a link.
Mask draw_dnm_layer(const LayerRequest& request) {
  const LayerParameters& parameters = request.parameters;
  const NodeIndex n_in = request.n_in;
  const NodeIndex n_out = request.n_out;
  report_empty_rows(request);

  const LayerStreams streams(request.random);
  Random degree_random = streams.quantity(0);
  Random field_random = streams.quantity(1);
  Random dendrite_random = streams.quantity(2);
  const double mean_degree = static_cast<double>(n_in) * (1.0 - parameters.sparsity);
  const std::vector<NodeIndex> degrees =
      draw_degrees(parameters.degree, {n_in, n_out, request.links, mean_degree}, degree_random, request.control);
  const std::vector<double> alpha = draw_receptive_fields(parameters.receptive_field, n_out, field_random);
  const std::vector<NodeIndex> dendrites = draw_dendrite_counts(parameters.dendrites, degrees, dendrite_random);

  const auto make_drawer = [&]() -> RowDrawer {
    return [&, sharing = SynapseSharing(parameters.synapses, parameters.border, n_in),
            blocks = BlockLayer(parameters.border, parameters.fill), positions = std::vector<std::int64_t>(),
            synapses = std::vector<NodeIndex>()](NodeIndex output, RowCells& cells, StopCheck& stop) mutable {
      const NodeIndex degree = degrees[output];
      Random random = streams.row(output);
      const ReceptiveWindow window = receptive_window(output, n_in, n_out, degree, alpha[output]);
      positions.resize(dendrites[output]);
      synapses.resize(dendrites[output]);
      dendrite_positions(window, alpha[output], positions);
      sharing.draw(degree, window.centre, positions, random, stop, synapses);
      blocks.lay(cells, window, positions, synapses, 2 * std::uint64_t{output} < n_out, random);
    };
  };
  return draw_rewired_rows(request, degrees, parameters.rewiring, make_drawer);
}

}  // namespace dnm
