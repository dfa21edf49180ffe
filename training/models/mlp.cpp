// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/mlp.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "core/support/error.h"

namespace dnm {
namespace {

// Of a step at the paper's size, batch 32, it is 14 times as much.
constexpr std::uint64_t visits_worth_sharing = 1'000'000;

std::size_t tiles_of(std::size_t images) { return (images + tile_width - 1) / tile_width; }

}  // namespace

unsigned threads_worth(std::uint64_t links, std::size_t images, unsigned threads) {
  return links * tiles_of(images) >= visits_worth_sharing ? threads : 1;
}

std::size_t tiles_at_once(std::uint64_t links, std::size_t images) {
  const std::uint64_t enough = (visits_worth_sharing - 1) / std::max<std::uint64_t>(links, 1) + 1;
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(tiles_of(images), 1, enough));
}

void check_state(std::span<const NamedMask> layers, const ModelState& state) {
  const auto require = [](bool fitting) {
    if (!fitting) throw InvalidInput("the weights do not fit the network; train the network that they were made for");
  };
  require(!layers.empty() && state.size() == 2 * layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto& [name, mask, dense] = layers[i];
    const ParameterState& weights = state[2 * i];
    const ParameterState& biases = state[2 * i + 1];
    require(weights.name == name + ".weight" && biases.name == name + ".bias");
    check_layer(mask, weights, biases, i == 0 ? mask.n_in : layers[i - 1].mask.n_out, mask.n_out);
  }
}

void add_named(ModelState& state, const std::string& layer, LayerState parameters) {
  parameters.weights.name = layer + ".weight";
  parameters.biases.name = layer + ".bias";
  state.push_back(std::move(parameters.weights));
  state.push_back(std::move(parameters.biases));
}

Dropout dropout_of(const MlpSettings& settings, const LearningStep& step) {
  return {static_cast<float>(settings.dropout), settings.seed, step.examples_before};
}

}  // namespace dnm
