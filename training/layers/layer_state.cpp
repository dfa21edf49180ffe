// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/layer_state.h"

#include "core/support/error.h"

namespace dnm {

void check_layer(const Mask& mask, const LayerState& state, NodeIndex n_in, NodeIndex n_out) {
  const auto has_all = [&](const LayerValues& values) {
    return values.weights.size() == mask.link_count() && values.biases.size() == mask.n_out;
  };
  if (mask.n_in != n_in || mask.n_out != n_out || !has_all(state.values) || !has_all(state.momentum)) {
    throw InvalidInput("the weights do not fit the network; train the network that they were made for");
  }
}

}  // namespace dnm
