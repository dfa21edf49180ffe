// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "viz/scenes/network_scene.h"

// Where the neurons of the stack are: every layer a square plane with its neurons row by row, the inputs at the bottom,
// in parallel projection from above. Planes have the side 1.
namespace dnm {

class StackGeometry {
 public:
  StackGeometry(const Network& network, double turn_degrees)
      : network_(network),
        cosine_(std::cos(turn_degrees * std::numbers::pi / 180.0)),
        sine_(std::sin(turn_degrees * std::numbers::pi / 180.0)) {
    const auto gaps = static_cast<double>(std::max<std::size_t>(network.layer_sizes().size(), 2) - 1);
    gap_ = std::clamp(1.35 / gaps, 0.15, 0.75);
  }

  /// Of the middle of a plane.
  [[nodiscard]] double height(std::size_t layer) const { return gap_ * static_cast<double>(layer); }
  /// Neurons along a side of the plane.
  [[nodiscard]] NodeIndex side(std::size_t layer) const {
    return static_cast<NodeIndex>(std::max(1.0, std::ceil(std::sqrt(network_.layer_sizes()[layer]))));
  }
  /// A place on a plane; `right` and `back` from its middle, in [-0.5, 0.5].
  [[nodiscard]] Point on_plane(std::size_t layer, double right, double back) const {
    return {right * cosine_ - back * sine_, height(layer) + flatness * (right * sine_ + back * cosine_)};
  }
  [[nodiscard]] Point neuron(std::size_t layer, NodeIndex neuron) const {
    const NodeIndex along = side(layer), rows = (network_.layer_sizes()[layer] + along - 1) / along;
    return on_plane(layer, (neuron % along + 0.5) / along - 0.5, 0.5 - (neuron / along + 0.5) / rows);
  }
  /// Around all planes at every turn.
  [[nodiscard]] Rectangle bounds() const {
    const double reach = std::numbers::sqrt2 / 2.0;
    const double top = height(network_.layer_sizes().size() - 1) + flatness * reach;
    return {-reach, -flatness * reach, 2.0 * reach, top + flatness * reach};
  }

 private:
  static constexpr double flatness = 0.4;  ///< sine of the height from which the stack is seen
  const Network& network_;
  double cosine_, sine_;
  double gap_ = 0.0;
};

}  // namespace dnm
