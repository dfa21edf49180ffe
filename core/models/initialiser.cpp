// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/initialiser.h"

#include <algorithm>
#include <array>

#include "core/models/initialisers.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {

namespace {

constexpr std::array<Initialiser, 2> table{{
    {"dnm", "Dendritic Network Model",
     "Every output neuron has dendrites, each a run of consecutive inputs inside a receptive window around its place.",
     draw_dnm_layer},
    {"random", "Random", "The links of each layer are drawn uniformly among all possible ones.", draw_random_layer},
}};

/// Not worth asking the system about, 60 times a second while a slider is dragged.
constexpr std::uint64_t always_there = std::uint64_t{16} << 20;

/// Bytes that the finished masks take, and the most that drawing one of them takes on top.
std::uint64_t memory_estimate(const ModelParameters& parameters) {
  std::uint64_t kept = 0;
  std::uint64_t working = 0;
  for (std::size_t layer = 0; layer < parameters.layer_count(); ++layer) {
    const LayerParameters of_layer = parameters.of_layer(layer);
    const std::uint64_t n_in = parameters.layer_sizes[layer];
    const std::uint64_t n_out = parameters.layer_sizes[layer + 1];
    const std::uint64_t links =
        link_count_of_layer(of_layer.sparsity, parameters.layer_sizes[layer], parameters.layer_sizes[layer + 1]);
    kept += 4 * links + 8 * (n_out + 1);
    working = std::max(working, 40 * n_out + n_in + (of_layer.rewiring > 0.0 ? 4 * links : 0));
  }
  return kept + working;
}

}  // namespace

std::span<const Initialiser> initialiser_table() { return table; }

const Initialiser& initialiser(std::string_view id) {
  std::vector<std::string_view> known;
  for (const Initialiser& row : table) {
    if (row.id == id) return row;
    known.push_back(row.id);
  }
  std::string message = "there is no initialiser \"" + std::string(id) + "\"";
  const std::string_view near = nearest(id, known);
  throw InvalidInput(near.empty() ? message : message + "; did you mean \"" + std::string(near) + "\"?");
}

Generated generate(const ModelParameters& parameters, const TaskControl& control) {
  check_parameters(parameters);
  const Initialiser& chosen = initialiser(parameters.initialiser);
  const std::uint64_t bytes = memory_estimate(parameters);
  if (bytes > always_there) require_memory(bytes, "drawing this network");

  Generated generated;
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer < parameters.layer_count(); ++layer) {
    control.check();
    const LayerParameters of_layer = parameters.of_layer(layer);
    const NodeIndex n_in = parameters.layer_sizes[layer];
    const NodeIndex n_out = parameters.layer_sizes[layer + 1];
    Random random(parameters.seed, layer);
    std::vector<std::string> notices;
    masks.push_back(chosen.draw_layer({.n_in = n_in,
                                       .n_out = n_out,
                                       .links = link_count_of_layer(of_layer.sparsity, n_in, n_out),
                                       .parameters = of_layer,
                                       .random = random,
                                       .notices = notices,
                                       .control = control}));
    for (const std::string& notice : notices) {
      generated.notices.push_back("layer " + std::to_string(layer + 1) + ": " + notice);
    }
    control.report(static_cast<double>(layer + 1) / static_cast<double>(parameters.layer_count()));
  }
  generated.network = std::make_shared<const Network>(Network::layered(parameters.layer_sizes, std::move(masks)));
  return generated;
}

}  // namespace dnm
