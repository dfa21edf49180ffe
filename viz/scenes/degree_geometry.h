// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "core/measures/degree_distribution.h"
#include "viz/scenes/scene.h"
#include "viz/scenes/scene_input.h"

// Where degrees are in the picture of their distribution; data coordinates are decimal logarithms of both axes.
namespace dnm {

[[nodiscard]] inline Point degree_place(double degree, double probability) {
  return {std::log10(degree), std::log10(probability)};
}

/// The degrees that γ is fitted to: of the whole network, or of the layer of links that is measured.
[[nodiscard]] inline DegreeDistribution measured_degrees(const SceneInput& input) {
  return input.measured_layer ? mask_degree_distribution(*input.network, *input.measured_layer)
                              : degree_distribution(*input.network, DegreeSide::all);
}

}  // namespace dnm
