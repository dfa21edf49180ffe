// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/link_blocks.h"

#include <cmath>

namespace dnm {

NodeIndex block_side(const Network& network, double points_per_cell) {
  constexpr double least_cover = 0.045;
  constexpr double largest_block = 1.0;  // points
  double cells = 0.0, links = 0.0;
  for (const Mask& mask : network.masks()) {
    cells += static_cast<double>(mask.n_in) * mask.n_out;
    links += static_cast<double>(mask.link_count());
  }
  if (links == 0.0) return 1;
  const double side = std::min(std::sqrt(least_cover * cells / links), largest_block / points_per_cell);
  // No matrix has 2³⁰ cells along a side.
  return static_cast<NodeIndex>(std::clamp(std::floor(side), 1.0, 1073741824.0));
}

}  // namespace dnm
