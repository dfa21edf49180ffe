// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/mlp.h"

#include "core/support/error.h"

namespace dnm {

void check_state(const std::vector<Mask>& masks, const ModelState& state) {
  if (masks.empty() || masks.size() != state.size()) {
    throw InvalidInput("the weights do not fit the network; train the network that they were made for");
  }
  for (std::size_t i = 0; i < masks.size(); ++i) {
    check_layer(masks[i], state[i], i == 0 ? masks[i].n_in : masks[i - 1].n_out, masks[i].n_out);
  }
}

}  // namespace dnm
