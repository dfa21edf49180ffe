// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/network/network.h"

namespace dnm {

/// One layer's trainable numbers: one weight per link in the mask's order, one bias per output neuron, or their
/// gradients.
struct LayerValues {
  std::vector<float> weights;
  std::vector<float> biases;
  bool operator==(const LayerValues&) const = default;
};

/// All that learning changes in a layer, whatever the engine.
struct LayerState {
  LayerValues values;
  LayerValues momentum;
  bool operator==(const LayerState&) const = default;
};

/// Throws InvalidInput unless the mask joins n_in to n_out neurons and the state has one weight per link and one bias
/// per output neuron. O(1).
void check_layer(const Mask& mask, const LayerState& state, NodeIndex n_in, NodeIndex n_out);

}  // namespace dnm
