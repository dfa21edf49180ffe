// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/topology_change.h"

#include <cstddef>
#include <cstdint>

#include "core/support/error.h"
#include "training/layers/linear_layer.h"

namespace dnm {

ParameterState carried_over(const Mask& from, const ParameterState& weights, const Mask& to) {
  check_weights(from, weights, from.n_in, from.n_out);
  if (from.n_in != to.n_in || from.n_out != to.n_out) {
    throw InvalidInput("links can be rewired between the same neurons alone; keep the layers' sizes");
  }
  const std::vector<float> zeros(to.link_count(), 0.0F);
  ParameterState carried{weights.name, zeros, {weights.slots.size(), zeros}};
  for (NodeIndex output = 0; output < to.n_out; ++output) {
    std::uint64_t old = from.row_begin[output];
    const std::uint64_t old_end = from.row_begin[output + 1];
    for (std::uint64_t link = to.row_begin[output]; link < to.row_begin[output + 1]; ++link) {
      while (old < old_end && from.columns[old] < to.columns[link]) ++old;
      if (old == old_end) break;
      if (from.columns[old] != to.columns[link]) continue;
      carried.values[link] = weights.values[old];
      for (std::size_t slot = 0; slot < carried.slots.size(); ++slot) {
        carried.slots[slot][link] = weights.slots[slot][old];
      }
    }
  }
  return carried;
}

}  // namespace dnm
