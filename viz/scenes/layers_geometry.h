// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

#include "viz/scenes/network_scene.h"

// Where the neurons of the picture of the layers are: every layer a row, inputs at the bottom (or a column, inputs on
// the left); data coordinates are the unit square.
namespace dnm {

[[nodiscard]] inline Point neuron_place(const Network& network, Orientation orientation, std::size_t layer,
                                        NodeIndex neuron) {
  const auto& sizes = network.layer_sizes();
  const double along = (neuron + 0.5) / sizes[layer];
  const double across = static_cast<double>(layer) / static_cast<double>(std::max<std::size_t>(sizes.size() - 1, 1));
  return orientation == Orientation::rows ? Point{along, across} : Point{across, 1.0 - along};
}

}  // namespace dnm
