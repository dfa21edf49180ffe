// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/topology_change.h"

#include "core/support/error.h"

namespace dnm {

LayerState carried_over(const Mask& from, const LayerState& state, const Mask& to) {
  check_layer(from, state, from.n_in, from.n_out);
  if (from.n_in != to.n_in || from.n_out != to.n_out) {
    throw InvalidInput("links can be rewired between the same neurons alone; keep the layers' sizes");
  }
  LayerState carried{{std::vector<float>(to.link_count(), 0.0F), state.values.biases},
                     {std::vector<float>(to.link_count(), 0.0F), state.momentum.biases}};
  for (NodeIndex output = 0; output < to.n_out; ++output) {
    std::uint64_t old = from.row_begin[output];
    const std::uint64_t old_end = from.row_begin[output + 1];
    for (std::uint64_t link = to.row_begin[output]; link < to.row_begin[output + 1]; ++link) {
      while (old < old_end && from.columns[old] < to.columns[link]) ++old;
      if (old == old_end) break;
      if (from.columns[old] != to.columns[link]) continue;
      carried.values.weights[link] = state.values.weights[old];
      carried.momentum.weights[link] = state.momentum.weights[old];
    }
  }
  return carried;
}

}  // namespace dnm
