// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace dnm {

/// A point of the hyperbolic plane (curvature -1) in polar form: angle in radians, distance from the origin >= 0. Radii
/// above 300 count as 300.
struct PolarPoint {
  double theta = 0.0;
  double radius = 0.0;
};

/// A point of the picture: the whole hyperbolic plane (Poincaré) or its part inside `extent` (native, between) is the
/// unit disk.
struct DiskPoint {
  double x = 0.0, y = 0.0;
};

/// How the hyperbolic plane is drawn. Poincaré: ρ = tanh(r/2), angles are true. Native: ρ = r / extent, distances from
/// the origin are true; `extent` is the hyperbolic radius drawn at the rim (> 0). Between: the mean of both radii, with
/// the weight `poincare` in [0, 1] for that of Poincaré.
struct DiskProjection {
  enum class Kind { poincare, native, between } kind = Kind::poincare;
  double extent = 1.0;
  double poincare = 0.5;
};

[[nodiscard]] DiskPoint to_disk(const PolarPoint& point, const DiskProjection& projection = {});

/// Hyperbolic distance, from sinh²(d/2) = sinh²((r₁-r₂)/2) + sinh r₁ sinh r₂ sin²((θ₁-θ₂)/2), which stays accurate for
/// near points where the usual arcosh suffers cancellation.
[[nodiscard]] double hyperbolic_distance(const PolarPoint& first, const PolarPoint& second);

/// Appends the geodesic from `first` to `second` as a polyline, both ends included: in the Poincaré disk an arc of the
/// circle orthogonal to the rim, a straight segment when collinear with the origin. The polyline keeps within
/// `tolerance` (in disk radii) of the true curve. At least 2, at most about 260 points; finite for any finite input.
void append_geodesic(std::vector<DiskPoint>& polyline, const PolarPoint& first, const PolarPoint& second,
                     const DiskProjection& projection = {}, double tolerance = 5e-4);

}  // namespace dnm
