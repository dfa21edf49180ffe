// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/allocation.h"
#include "core/models/dendritic_neuron.h"
#include "core/models/dnm_blocks.h"
#include "core/models/dnm_quantities.h"
#include "core/models/dnm_synapses.h"
#include "core/models/initialiser.h"
#include "core/models/rewiring.h"
#include "core/models/row_drawing.h"
#include "core/models/uniform_cells.h"
#include "core/support/error.h"

namespace dnm {

namespace {

/// Draws neurons one after the other, with its own working memory.
class NeuronDrawer {
 public:
  NeuronDrawer(const LayerRequest& request, const DnmQuantities& quantities)
      : n_in_(request.n_in),
        n_out_(request.n_out),
        quantities_(quantities),
        sharing_(request.parameters.synapses, request.parameters.border, request.n_in),
        blocks_(request.parameters.border, request.parameters.fill) {}

  void draw(NodeIndex output, RowCells& cells, StopCheck& stop) {
    const NodeIndex degree = quantities_.degrees[output];
    const double alpha = quantities_.alpha[output];
    Random random = quantities_.streams.row(output);
    window_ = receptive_window(output, n_in_, n_out_, degree, alpha);
    positions_.resize(quantities_.dendrites[output]);
    synapses_.resize(quantities_.dendrites[output]);
    dendrite_positions(window_, alpha, positions_);
    sharing_.draw(degree, window_.centre, positions_, random, stop, synapses_);
    blocks_.lay(cells, window_, positions_, synapses_, 2 * std::uint64_t{output} < n_out_, random);
  }

  /// Of the neuron drawn last.
  [[nodiscard]] const ReceptiveWindow& window() const { return window_; }
  [[nodiscard]] std::vector<Dendrite> dendrites() const {
    std::vector<Dendrite> found;
    for (std::size_t m = 0; m < positions_.size(); ++m)
      found.push_back({positions_[m], synapses_[m], positions_[m], 0});
    for (const BlockLayer::Block& block : blocks_.blocks()) {
      if (block.size == 0) continue;
      found[block.dendrite].start = block.start;
      found[block.dendrite].size = block.size;
    }
    return found;
  }

 private:
  NodeIndex n_in_, n_out_;
  const DnmQuantities& quantities_;
  SynapseSharing sharing_;
  BlockLayer blocks_;
  ReceptiveWindow window_{};
  std::vector<std::int64_t> positions_;
  std::vector<NodeIndex> synapses_;
};

}  // namespace

DnmQuantities draw_dnm_quantities(const LayerRequest& request) {
  const LayerParameters& parameters = request.parameters;
  const NodeIndex n_in = request.n_in;
  const NodeIndex n_out = request.n_out;
  DnmQuantities drawn{LayerStreams(request.random), {}, {}, {}};
  Random degree_random = drawn.streams.quantity(0);
  Random field_random = drawn.streams.quantity(1);
  Random dendrite_random = drawn.streams.quantity(2);
  const double mean_degree = static_cast<double>(n_in) * (1.0 - parameters.sparsity);
  drawn.degrees =
      draw_degrees(parameters.degree, {n_in, n_out, request.links, mean_degree}, degree_random, request.control);
  drawn.alpha = draw_receptive_fields(parameters.receptive_field, n_out, field_random);
  drawn.dendrites = draw_dendrite_counts(parameters.dendrites, drawn.degrees, dendrite_random);
  return drawn;
}

/// The Dendritic Network Model (manual: methods/model; doi:10.20944/preprints202510.0458). O(links + dendrites +
/// neurons), 4 bytes a link.
Mask draw_dnm_layer(const LayerRequest& request) {
  report_empty_rows(request);
  const DnmQuantities quantities = draw_dnm_quantities(request);
  const auto make_drawer = [&]() -> RowDrawer {
    return [drawer = NeuronDrawer(request, quantities)](NodeIndex output, RowCells& cells, StopCheck& stop) mutable {
      drawer.draw(output, cells, stop);
    };
  };
  return draw_rewired_rows(request, quantities.degrees, request.parameters.rewiring, make_drawer);
}

DendriticNeuron draw_dendritic_neuron(const ModelParameters& parameters, std::size_t layer, NodeIndex output,
                                      const TaskControl& control) {
  if (parameters.initialiser != "dnm") {
    throw InvalidInput("the initialiser " + parameters.initialiser + " draws no dendrites; choose dnm");
  }
  check_parameters(parameters);
  if (layer >= parameters.layer_count() || output >= parameters.layer_sizes[layer + 1]) {
    throw InvalidInput("there is no neuron " + std::to_string(output) + " of layer " + std::to_string(layer + 1));
  }
  const std::uint64_t links = links_of_layers(parameters)[layer];
  const LayerParameters of_layer = layer_as_drawn(parameters, layer, links);
  Random random(parameters.seed, layer);
  std::vector<std::string> notices;
  const LayerRequest request{.n_in = parameters.layer_sizes[layer],
                             .n_out = parameters.layer_sizes[layer + 1],
                             .links = links,
                             .parameters = of_layer,
                             .random = random,
                             .notices = notices,
                             .control = control};
  const DnmQuantities quantities = draw_dnm_quantities(request);
  NeuronDrawer drawer(request, quantities);
  RowCells cells(request.n_in);
  StopCheck stop(control);
  if (quantities.degrees[output] > 0) drawer.draw(output, cells, stop);
  DendriticNeuron neuron{.degree = quantities.degrees[output],
                         .alpha = quantities.alpha[output],
                         .border = of_layer.border,
                         .rewiring = of_layer.rewiring,
                         .window = drawer.window(),
                         .dendrites = drawer.dendrites()};
  neuron.inputs.resize(cells.taken());
  cells.move_to(neuron.inputs);
  return neuron;
}

}  // namespace dnm
