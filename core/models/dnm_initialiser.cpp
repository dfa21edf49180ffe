// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

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
    Random random = quantities_.streams.row(output);
    share(output, random, stop);
    blocks_.lay(cells, window_, positions_, synapses_, 2 * std::uint64_t{output} < n_out_, random);
  }
  /// The synapses of its dendrites alone, without the blocks that they become.
  std::span<const NodeIndex> draw_synapses(NodeIndex output, StopCheck& stop) {
    Random random = quantities_.streams.row(output);
    share(output, random, stop);
    return synapses_;
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
  void share(NodeIndex output, Random& random, StopCheck& stop) {
    const NodeIndex degree = quantities_.degrees[output];
    const double alpha = quantities_.alpha[output];
    window_ = receptive_window(output, n_in_, n_out_, degree, alpha);
    positions_.resize(quantities_.dendrites[output]);
    synapses_.resize(quantities_.dendrites[output]);
    dendrite_positions(window_, alpha, positions_);
    sharing_.draw(degree, window_.centre, positions_, random, stop, synapses_);
  }

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

namespace {

/// A layer of the model drawn once more: the request that generate() makes of its parameters.
class LayerAgain {
 public:
  LayerAgain(const ModelParameters& parameters, std::size_t layer, const TaskControl& control)
      : links_(links_of_layers(checked(parameters, layer))[layer]),
        parameters_(layer_as_drawn(parameters, layer, links_)),
        random_(parameters.seed, layer),
        request_{.n_in = parameters.layer_sizes[layer],
                 .n_out = parameters.layer_sizes[layer + 1],
                 .links = links_,
                 .parameters = parameters_,
                 .random = random_,
                 .notices = notices_,
                 .control = control} {}

  [[nodiscard]] const LayerRequest& request() const { return request_; }

 private:
  static const ModelParameters& checked(const ModelParameters& parameters, std::size_t layer) {
    if (parameters.initialiser != "dnm")
      throw InvalidInput("the initialiser " + parameters.initialiser + " draws no dendrites; choose dnm");
    check_parameters(parameters);
    if (layer >= parameters.layer_count())
      throw InvalidInput("there is no layer " + std::to_string(layer + 1) + "; the network has " +
                         std::to_string(parameters.layer_count()));
    return parameters;
  }

  std::uint64_t links_;
  LayerParameters parameters_;
  Random random_;
  std::vector<std::string> notices_;
  LayerRequest request_;
};

}  // namespace

LayerDraws draws_of_layer(const ModelParameters& parameters, std::size_t layer, const TaskControl& control) {
  const LayerAgain again(parameters, layer, control);
  const LayerRequest& request = again.request();
  DnmQuantities quantities = draw_dnm_quantities(request);
  LayerDraws draws{.rewiring = request.parameters.rewiring};
  NeuronDrawer drawer(request, quantities);
  StopCheck stop(control);
  for (NodeIndex output = 0; output < request.n_out; ++output) {
    stop.worked(std::uint64_t{quantities.degrees[output]} + 1);
    if (quantities.degrees[output] == 0) continue;
    for (const NodeIndex synapses : drawer.draw_synapses(output, stop)) {
      if (synapses >= draws.synapse_counts.size()) draws.synapse_counts.resize(std::size_t{synapses} + 1);
      ++draws.synapse_counts[synapses];
    }
  }
  draws.degrees = std::move(quantities.degrees);
  draws.dendrites = std::move(quantities.dendrites);
  draws.alpha = std::move(quantities.alpha);
  return draws;
}

DendriticNeuron draw_dendritic_neuron(const ModelParameters& parameters, std::size_t layer, NodeIndex output,
                                      const TaskControl& control) {
  const LayerAgain again(parameters, layer, control);
  const LayerRequest& request = again.request();
  if (output >= request.n_out)
    throw InvalidInput("there is no neuron " + std::to_string(output) + " of layer " + std::to_string(layer + 1));
  const DnmQuantities quantities = draw_dnm_quantities(request);
  NeuronDrawer drawer(request, quantities);
  RowCells cells(request.n_in);
  StopCheck stop(control);
  if (quantities.degrees[output] > 0) drawer.draw(output, cells, stop);
  DendriticNeuron neuron{.degree = quantities.degrees[output],
                         .alpha = quantities.alpha[output],
                         .border = request.parameters.border,
                         .rewiring = request.parameters.rewiring,
                         .window = drawer.window(),
                         .dendrites = drawer.dendrites()};
  neuron.inputs.resize(cells.taken());
  cells.move_to(neuron.inputs);
  return neuron;
}

}  // namespace dnm
