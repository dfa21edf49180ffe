// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/embedding/full_turn.h"

namespace dnm {

/// Angles along the embedded component's arc, stretched to the whole circle, in [0, 2π] up to rounding; meaningless for
/// nodes of other components.
[[nodiscard]] inline std::vector<double> stretched_angles(const Embedding& embedding) {
  std::vector<double> angles;
  angles.reserve(embedding.theta.size());
  for (const double theta : embedding.theta) {
    // Rounding may leave the first node just before the arc: split the gap after the arc between its two ends.
    const double along = std::remainder(theta - embedding.arc_begin - 0.5 * embedding.arc, full_turn);
    angles.push_back((along + 0.5 * embedding.arc) * (full_turn / embedding.arc));
  }
  return angles;
}

/// Points of the hyperbolic plane, prepared for many distances. Radii beyond 300 count as 300.
class DiskPlaces {
 public:
  DiskPlaces(const std::vector<double>& theta, const std::vector<double>& radius) {
    for (std::size_t u = 0; u < theta.size(); ++u) {
      const double bounded = std::min(radius[u], 300.0);
      cosine_.push_back(std::cos(theta[u]));
      sine_.push_back(std::sin(theta[u]));
      // The hyperbolic sine, and half the exponential: differences of radii need no function call per pair.
      sinh_.push_back(std::sinh(bounded));
      rise_.push_back(std::exp(0.5 * bounded));
    }
  }

  /// sinh²(d/2), which increases with the distance d and does not suffer cancellation for near points.
  [[nodiscard]] double separation(NodeIndex u, NodeIndex v) const {
    const double ratio = rise_[u] / rise_[v];
    const double radial = 0.5 * (ratio - 1.0 / ratio);
    const double dx = cosine_[u] - cosine_[v], dy = sine_[u] - sine_[v];
    return radial * radial + sinh_[u] * sinh_[v] * 0.25 * (dx * dx + dy * dy);
  }
  [[nodiscard]] static double distance(double separation) { return 2.0 * std::asinh(std::sqrt(separation)); }
  [[nodiscard]] double distance(NodeIndex u, NodeIndex v) const { return distance(separation(u, v)); }

 private:
  std::vector<double> cosine_, sine_, sinh_, rise_;
};

}  // namespace dnm
