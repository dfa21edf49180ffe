// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/sparse_layer.h"

namespace dnm {

SparseLayer::SparseLayer(const Mask& mask, const LayerState& state)
    : index_(mask),
      weights_(state.values.weights.begin(), state.values.weights.end()),
      weight_momentum_(state.momentum.weights.begin(), state.momentum.weights.end()),
      biases_(state.values.biases.begin(), state.values.biases.end()),
      bias_momentum_(state.momentum.biases.begin(), state.momentum.biases.end()) {}

LayerState SparseLayer::state() const {
  return {{{weights_.begin(), weights_.end()}, {biases_.begin(), biases_.end()}},
          {{weight_momentum_.begin(), weight_momentum_.end()}, {bias_momentum_.begin(), bias_momentum_.end()}}};
}

}  // namespace dnm
