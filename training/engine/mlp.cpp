// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/mlp.h"

#include "core/support/error.h"

namespace dnm {

void check_state(const std::vector<Mask>& masks, const ModelState& state) {
  bool fits = masks.size() == state.size() && !masks.empty();
  for (std::size_t i = 0; fits && i < masks.size(); ++i) {
    for (const LayerValues* values : {&state[i].values, &state[i].momentum}) {
      fits = fits && values->weights.size() == masks[i].link_count() && values->biases.size() == masks[i].n_out;
    }
    fits = fits && (i == 0 || masks[i].n_in == masks[i - 1].n_out);
  }
  if (!fits) throw InvalidInput("the weights do not fit the network; train the network that they were made for");
}

}  // namespace dnm
