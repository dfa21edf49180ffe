// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/mlp.h"

#include "core/support/error.h"

namespace dnm {

namespace {

bool fits(const Mask& mask, const LayerState& state) {
  const auto has_all = [&](const LayerValues& values) {
    return values.weights.size() == mask.link_count() && values.biases.size() == mask.n_out;
  };
  return has_all(state.values) && has_all(state.momentum);
}

void require(bool fitting) {
  if (!fitting) throw InvalidInput("the weights do not fit the network; train the network that they were made for");
}

}  // namespace

void check_state(const std::vector<Mask>& masks, const ModelState& state) {
  require(masks.size() == state.size() && !masks.empty());
  for (std::size_t i = 0; i < masks.size(); ++i) {
    require(fits(masks[i], state[i]) && (i == 0 || masks[i].n_in == masks[i - 1].n_out));
  }
}

void check_layer(const Mask& mask, const LayerState& state, NodeIndex n_in, NodeIndex n_out) {
  require(mask.n_in == n_in && mask.n_out == n_out && fits(mask, state));
}

}  // namespace dnm
