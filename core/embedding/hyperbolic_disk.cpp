// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/hyperbolic_disk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace dnm {
namespace {

constexpr double largest_radius = 300.0;
constexpr int most_segments = 256;

double bounded(double radius) { return std::clamp(radius, 0.0, largest_radius); }

DiskPoint at(double rho, double theta) { return {rho * std::cos(theta), rho * std::sin(theta)}; }

/// Distance from the middle of the picture for a hyperbolic one.
double rho_of(double radius, const DiskProjection& projection) {
  const double native = radius / projection.extent;
  if (projection.kind == DiskProjection::Kind::native) return native;
  const double poincare = std::tanh(0.5 * radius);
  if (projection.kind == DiskProjection::Kind::poincare) return poincare;
  return projection.poincare * poincare + (1.0 - projection.poincare) * native;
}

/// The arc is written about the middle of its chord, with the sine of half its opening angle from
///   sin φ = |a × b| / sqrt((1-|a|²)(1-|b|²) + |a-b|²),
/// a sum of positive terms: nothing cancels near the rim, near the origin or for near points, and φ = 0 is the straight
/// line.
void append_arc(std::vector<DiskPoint>& polyline, const PolarPoint& first, const PolarPoint& second, double tolerance) {
  const double rho_a = std::tanh(0.5 * bounded(first.radius)), rho_b = std::tanh(0.5 * bounded(second.radius));
  const DiskPoint a = at(rho_a, first.theta), b = at(rho_b, second.theta);
  const double turn = second.theta - first.theta;
  const double cross = rho_a * rho_b * std::sin(turn);
  const double half_sine = std::sin(0.5 * turn);
  const double chord_squared = (rho_a - rho_b) * (rho_a - rho_b) + 4.0 * rho_a * rho_b * half_sine * half_sine;
  const double defect_a = 1.0 / std::cosh(0.5 * bounded(first.radius));
  const double defect_b = 1.0 / std::cosh(0.5 * bounded(second.radius));
  const double norm = std::sqrt(defect_a * defect_a * defect_b * defect_b + chord_squared);

  polyline.push_back(a);
  const double sine = norm > 0.0 ? std::min(1.0, std::abs(cross) / norm) : 0.0;
  const double phi = std::asin(sine);
  if (phi > 1e-9) {
    const double chord = std::sqrt(chord_squared);
    const double circle_radius = 0.5 * chord / sine;
    const double wanted = phi * std::sqrt(0.5 * circle_radius / tolerance);
    const int segments =
        std::clamp(static_cast<int>(std::ceil(std::min(wanted, 1.0 * most_segments))), 1, most_segments);
    const double middle_x = 0.5 * (a.x + b.x), middle_y = 0.5 * (a.y + b.y);
    const double side = cross > 0.0 ? 1.0 : -1.0;  // geodesics bow towards the origin
    for (int i = 1; i < segments; ++i) {
      const double s = -1.0 + 2.0 * i / segments;
      const double along = 0.5 * std::sin(s * phi) / sine;
      const double across = side * std::sin(0.5 * (1.0 + s) * phi) * std::sin(0.5 * (1.0 - s) * phi) / sine;
      polyline.push_back({middle_x + along * (b.x - a.x) - across * (b.y - a.y),
                          middle_y + along * (b.y - a.y) + across * (b.x - a.x)});
    }
  }
  polyline.push_back(b);
}

/// The geodesic between two points of the hyperboloid, drawn in any disk. The middle of two of its points is their sum
/// over 2·cosh(d/2), d being their distance: each halving of the geodesic takes one square root, and each point a
/// logarithm.
class ProjectedGeodesic {
 public:
  ProjectedGeodesic(const DiskProjection& projection, double length, double tolerance, std::vector<DiskPoint>& polyline)
      : projection_(projection), tolerance_(tolerance), polyline_(polyline) {
    double cosh = std::cosh(length);
    for (double& factor : factors_) {
      cosh = std::sqrt(0.5 * (1.0 + cosh));
      factor = 0.5 / cosh;
    }
  }

  /// A point of the hyperboloid without its height, and where it is drawn.
  struct Place {
    DiskPoint on_hyperboloid, drawn;
  };
  [[nodiscard]] static Place end_at(const PolarPoint& point, DiskPoint drawn) {
    return {at(std::sinh(bounded(point.radius)), point.theta), drawn};
  }

  /// Appends what is needed between two points that a halving of this depth made.
  void refine(const Place& start, const Place& end, std::size_t depth) const {
    const Place middle = middle_of(start, end, depth);
    const double dx = end.drawn.x - start.drawn.x, dy = end.drawn.y - start.drawn.y;
    const double mx = middle.drawn.x - start.drawn.x, my = middle.drawn.y - start.drawn.y;
    const double chord_squared = dx * dx + dy * dy, cross = dx * my - dy * mx;
    const double off_squared = chord_squared > 0.0 ? cross * cross / chord_squared : mx * mx + my * my;
    // A symmetric curve can cross its chord in the middle, so a long piece is halved at least twice.
    if (depth >= deepest || (off_squared <= tolerance_ * tolerance_ && depth >= 2)) return;
    refine(start, middle, depth + 1);
    polyline_.push_back(middle.drawn);
    refine(middle, end, depth + 1);
  }

 private:
  static constexpr std::size_t deepest = 8;

  [[nodiscard]] Place middle_of(const Place& start, const Place& end, std::size_t depth) const {
    const double factor = factors_[depth];
    const DiskPoint p{factor * (start.on_hyperboloid.x + end.on_hyperboloid.x),
                      factor * (start.on_hyperboloid.y + end.on_hyperboloid.y)};
    const double sinh_radius = std::sqrt(p.x * p.x + p.y * p.y);
    const double stretch = sinh_radius > 0.0 ? rho_of(std::asinh(sinh_radius), projection_) / sinh_radius : 0.0;
    return {p, {p.x * stretch, p.y * stretch}};
  }

  const DiskProjection& projection_;
  double tolerance_;
  std::vector<DiskPoint>& polyline_;
  std::array<double, deepest + 1> factors_{};  ///< 1/(2·cosh(d/2)) of a piece by depth
};

}  // namespace

DiskPoint to_disk(const PolarPoint& point, const DiskProjection& projection) {
  return at(rho_of(bounded(point.radius), projection), point.theta);
}

double hyperbolic_distance(const PolarPoint& first, const PolarPoint& second) {
  const double r1 = bounded(first.radius), r2 = bounded(second.radius);
  const double radial = std::sinh(0.5 * (r1 - r2)), angular = std::sin(0.5 * (first.theta - second.theta));
  return 2.0 * std::asinh(std::sqrt(radial * radial + std::sinh(r1) * std::sinh(r2) * angular * angular));
}

void append_geodesic(std::vector<DiskPoint>& polyline, const PolarPoint& first, const PolarPoint& second,
                     const DiskProjection& projection, double tolerance) {
  if (projection.kind == DiskProjection::Kind::poincare) return append_arc(polyline, first, second, tolerance);
  const DiskPoint start = to_disk(first, projection), end = to_disk(second, projection);
  polyline.push_back(start);
  // Straight through or along the origin: nothing to refine.
  const bool radial =
      first.radius <= 0.0 || second.radius <= 0.0 || std::abs(std::sin(second.theta - first.theta)) < 1e-12;
  const double length = radial ? 0.0 : hyperbolic_distance(first, second);
  if (length > 1e-9) {
    using Geodesic = ProjectedGeodesic;
    Geodesic(projection, length, tolerance, polyline)
        .refine(Geodesic::end_at(first, start), Geodesic::end_at(second, end), 0);
  }
  polyline.push_back(end);
}

}  // namespace dnm
