// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/topology_change.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/support/error.h"
#include "training/layers/linear_layer.h"

namespace dnm {

ParameterState carried_over(const Mask& from, const ParameterState& weights, const Mask& to,
                            std::span<const float> grown) {
  check_weights(from, weights, from.n_in, from.n_out);
  if (from.n_in != to.n_in || from.n_out != to.n_out) {
    throw InvalidInput("links can be rewired between the same neurons alone; keep the layers' sizes");
  }
  const std::vector<float> zeros(to.link_count(), 0.0F);
  ParameterState carried{weights.name, zeros, {weights.slots.size(), zeros}};
  std::size_t grown_before = 0;
  for (NodeIndex output = 0; output < to.n_out; ++output) {
    std::uint64_t old = from.row_begin[output];
    const std::uint64_t old_end = from.row_begin[output + 1];
    for (std::uint64_t link = to.row_begin[output]; link < to.row_begin[output + 1]; ++link) {
      while (old < old_end && from.columns[old] < to.columns[link]) ++old;
      if (old == old_end || from.columns[old] != to.columns[link]) {
        if (grown_before < grown.size()) carried.values[link] = grown[grown_before];
        ++grown_before;
        continue;
      }
      carried.values[link] = weights.values[old];
      for (std::size_t slot = 0; slot < carried.slots.size(); ++slot) {
        carried.slots[slot][link] = weights.slots[slot][old];
      }
    }
  }
  if (!grown.empty() && grown.size() != grown_before) {
    throw InvalidInput("there are weights for " + std::to_string(grown.size()) + " new links, and " +
                       std::to_string(grown_before) + " links are new");
  }
  return carried;
}

}  // namespace dnm
