// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/initialiser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/models/allocation.h"
#include "core/models/data_of_request.h"
#include "core/models/layer_notices.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {

// Each in the file of its initialiser.
DrawLayer draw_dnm_layer, draw_random_layer, draw_bsw_layer, draw_brf_layer, draw_ramanujan_layer, draw_dense_layer;
DrawNetwork draw_csti_network, draw_snip_network, draw_dense_equal_network;

namespace {

// Upper bounds of the memory, in bytes, that drawing one layer takes besides its mask.

std::uint64_t memory_by_rows(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t /*links*/,
                             const LayerParameters& parameters) {
  return 40 * n_out + n_in + (parameters.rewiring > 0.0 ? 16 * n_out : 0);
}
std::uint64_t memory_of_bsw(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t, const LayerParameters&) {
  return 20 * n_out + n_in;
}
std::uint64_t memory_of_brf(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t links,
                            const LayerParameters& parameters) {
  const bool by_inputs = parameters.side == Side::smaller && n_in < n_out;
  return 8 * n_out + 64 * (by_inputs ? n_out : n_in) + (by_inputs ? 4 * links + 24 * n_in : 0);
}
std::uint64_t memory_of_ramanujan(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t links,
                                  const LayerParameters&) {
  // The graph that is switched and its table of cells, of at most 4 bytes a link; another attempt; vectors over the
  // inputs.
  return 8 * std::min(links, n_in * n_out - links + 1) + 4 * links + 24 * n_out + 120 * n_in;
}
std::uint64_t memory_of_csti(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t links, const LayerParameters&) {
  return 8 * links + 4 * (n_in + n_out);
}
std::uint64_t memory_of_snip(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t links, const LayerParameters&) {
  // The dense network's weights, gradients and cells while its saliency is computed.
  return 48 * n_in * n_out + 8 * links;
}

constexpr Initialiser table[] = {
    {.id = "dnm",
     .label = "Dendritic Network Model",
     .meaning = "Every output neuron has dendrites, each a run of consecutive inputs inside a receptive window around "
                "its place.",
     .draw_layer = draw_dnm_layer,
     .working_memory = memory_by_rows},
    {.id = "random",
     .label = "Random",
     .meaning = "The links of each layer are drawn uniformly among all possible ones.",
     .draw_layer = draw_random_layer,
     .working_memory = memory_by_rows},
    {.id = "bsw",
     .label = "Bipartite small world",
     .meaning = "Every output neuron is linked to the inputs around its place; a share of the links is then moved at "
                "random.",
     .draw_layer = draw_bsw_layer,
     .working_memory = memory_of_bsw},
    {.id = "brf",
     .label = "Bipartite receptive field",
     .meaning =
         "Every output neuron draws its inputs with a probability that falls with their distance from its place.",
     .draw_layer = draw_brf_layer,
     .working_memory = memory_of_brf},
    {.id = "ramanujan",
     .label = "Ramanujan graph",
     .meaning = "A random graph of even degrees on both sides whose second singular value meets the Ramanujan bound.",
     .draw_layer = draw_ramanujan_layer,
     .working_memory = memory_of_ramanujan},
    {.id = "csti",
     .label = "Correlated (CSTI)",
     .meaning = "The links join the inputs whose values correlate most over the training images of a data set.",
     .draw_network = draw_csti_network,
     .working_memory = memory_of_csti,
     .learns_from_data = true},
    {.id = "snip",
     .label = "SNIP",
     .meaning = "The links of a dense network that the loss on one batch of training images depends on most.",
     .draw_network = draw_snip_network,
     .working_memory = memory_of_snip,
     .learns_from_data = true},
    {.id = "dense",
     .label = "Dense",
     .meaning = "Every neuron is linked to all neurons of the layer before.",
     .draw_layer = draw_dense_layer,
     .working_memory = memory_of_bsw,
     .meets_sparsity = false},
    {.id = "dense-equal",
     .label = "Dense, equal weights",
     .meaning = "A dense network of the same depth, made so narrow that it has as many weights as the sparse one.",
     .draw_network = draw_dense_equal_network,
     .working_memory = memory_of_bsw},
};

/// Below this the system is not queried, as a slider drag would do it 60 times a second.
constexpr std::uint64_t always_there = std::uint64_t{16} << 20;

/// Memory of the finished masks in bytes, plus the most that drawing takes on top: layer by layer, or all at once.
std::uint64_t memory_estimate(const ModelParameters& parameters, const std::vector<std::uint64_t>& links,
                              const Initialiser& chosen) {
  std::uint64_t kept = 0;
  std::uint64_t working = 0;
  for (std::size_t layer = 0; layer < links.size(); ++layer) {
    const std::uint64_t n_in = parameters.layer_sizes[layer];
    const std::uint64_t n_out = parameters.layer_sizes[layer + 1];
    kept += 4 * links[layer] + 8 * (n_out + 1);
    const std::uint64_t here = chosen.working_memory(n_in, n_out, links[layer], parameters.of_layer(layer));
    working = chosen.draw_network == nullptr ? std::max(working, here) : working + here;
  }
  return kept + working;
}

std::vector<Mask> draw_layers(const Initialiser& chosen, const ModelParameters& parameters,
                              const std::vector<std::uint64_t>& links, const DrawingContext& context,
                              const TaskControl& control, std::vector<std::string>& notices) {
  std::vector<Mask> masks;
  LayerNotices of_layers;
  for (std::size_t layer = 0; layer < links.size(); ++layer) {
    control.check();
    const LayerParameters of_layer = layer_as_drawn(parameters, layer, links[layer]);
    Random random(parameters.seed, layer);
    std::vector<std::string> of_this;
    masks.push_back(chosen.draw_layer({.n_in = parameters.layer_sizes[layer],
                                       .n_out = parameters.layer_sizes[layer + 1],
                                       .links = links[layer],
                                       .parameters = of_layer,
                                       .random = random,
                                       .notices = of_this,
                                       .control = control,
                                       .threads = context.threads}));
    for (const std::string& notice : of_this) of_layers.add(layer, notice);
    control.report(static_cast<double>(layer + 1) / static_cast<double>(links.size()));
  }
  of_layers.append_to(notices);
  return masks;
}

}  // namespace

std::span<const Initialiser> initialiser_table() { return table; }

const Initialiser& initialiser(std::string_view id) { return look_up(table, id, "initialiser"); }

void report_empty_rows(const LayerRequest& request) {
  if (request.links >= request.n_out) return;
  request.notices.push_back("there are only " + std::to_string(request.links) + " links for " +
                            std::to_string(request.n_out) + " output neurons, so " +
                            std::to_string(request.n_out - request.links) + " of them have none");
}

DataInUse data_of(const NetworkRequest& request) {
  const ModelParameters& parameters = request.parameters;
  if (!request.context.data) {
    throw ResourceError("the initialiser " + parameters.initialiser +
                        " learns from a data set, and nothing here can read one; choose another initialiser");
  }
  DataSource& source = request.context.data();
  DataChoice choice{parameters.data_set, parameters.data_folder};
  check_first_layer(parameters.layer_sizes, source.inputs_of(choice));
  return {source, std::move(choice)};
}

Generated generate(const ModelParameters& parameters, const TaskControl& control, const DrawingContext& context) {
  check_parameters(parameters);
  const Initialiser& chosen = initialiser(parameters.initialiser);
  const std::vector<std::uint64_t> links = links_of_layers(parameters);
  const std::uint64_t bytes = memory_estimate(parameters, links, chosen);
  if (bytes > always_there) require_memory(bytes, "drawing this network");

  Generated generated;
  std::optional<Network> network;
  if (chosen.draw_network != nullptr) {
    control.check();
    network = chosen.draw_network({.parameters = parameters,
                                   .links = links,
                                   .context = context,
                                   .notices = generated.notices,
                                   .control = control});
  } else {
    std::vector<Mask> masks = draw_layers(chosen, parameters, links, context, control, generated.notices);
    network = Network::layered(parameters.layer_sizes, std::move(masks));
  }
  generated.network = std::make_shared<const Network>(std::move(*network));
  return generated;
}

}  // namespace dnm
