// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// One trainable array of a model, known by its name: "layer1.weight".
struct ParameterState {
  std::string name;
  std::vector<float> values;              ///< of a masked weight one per link, in the mask's order
  std::vector<std::vector<float>> slots;  ///< what the optimiser keeps beside it, each as long (see Optimiser::slots)
  bool operator==(const ParameterState&) const = default;
};

/// All that learning changes in a model, in an order of the model's own: what a checkpoint keeps besides the masks.
using ModelState = std::vector<ParameterState>;

/// Throws InvalidInput when there is none of this name. Linear.
[[nodiscard]] const ParameterState& parameter_of(const ModelState& state, std::string_view name);

/// A linear layer's own: weights "NAME.weight", one per link in the mask's order, and biases "NAME.bias", one per
/// output neuron.
struct LayerState {
  ParameterState weights;
  ParameterState biases;
  bool operator==(const LayerState&) const = default;
};

}  // namespace dnm
