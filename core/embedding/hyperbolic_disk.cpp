// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/hyperbolic_disk.h"

#include <algorithm>
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
  const double poincare = std::tanh(0.5 * radius), native = radius / projection.extent;
  switch (projection.kind) {
    case DiskProjection::Kind::poincare:
      return poincare;
    case DiskProjection::Kind::native:
      return native;
    case DiskProjection::Kind::between:
      return projection.poincare * poincare + (1.0 - projection.poincare) * native;
  }
  return native;
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

/// A point of the geodesic as a combination of its ends on the hyperboloid, drawn in any disk.
class ProjectedGeodesic {
 public:
  ProjectedGeodesic(const PolarPoint& first, const PolarPoint& second, const DiskProjection& projection)
      : a_(at(std::sinh(bounded(first.radius)), first.theta)),
        b_(at(std::sinh(bounded(second.radius)), second.theta)),
        length_(hyperbolic_distance(first, second)),
        projection_(projection) {}

  [[nodiscard]] double length() const { return length_; }
  [[nodiscard]] DiskPoint point(double t) const {
    const double scale = std::sinh(length_);
    const double weight_a = std::sinh((1.0 - t) * length_) / scale, weight_b = std::sinh(t * length_) / scale;
    const DiskPoint p{weight_a * a_.x + weight_b * b_.x, weight_a * a_.y + weight_b * b_.y};
    const double sinh_radius = std::hypot(p.x, p.y);
    const double stretch = sinh_radius > 0.0 ? rho_of(std::asinh(sinh_radius), projection_) / sinh_radius : 0.0;
    return {p.x * stretch, p.y * stretch};
  }

 private:
  DiskPoint a_, b_;
  double length_;
  DiskProjection projection_;
};

void refine(std::vector<DiskPoint>& polyline, const ProjectedGeodesic& geodesic, double from, DiskPoint start,
            double to, DiskPoint end, double tolerance, int depth) {
  const double middle = 0.5 * (from + to);
  const DiskPoint point = geodesic.point(middle);
  const double dx = end.x - start.x, dy = end.y - start.y;
  const double chord = std::hypot(dx, dy);
  const double off = chord > 0.0 ? std::abs(dx * (point.y - start.y) - dy * (point.x - start.x)) / chord
                                 : std::hypot(point.x - start.x, point.y - start.y);
  // A symmetric curve can cross its chord in the middle, so a long piece is halved at least twice.
  if (depth >= 8 || (off <= tolerance && depth >= 2)) return;
  refine(polyline, geodesic, from, start, middle, point, tolerance, depth + 1);
  polyline.push_back(point);
  refine(polyline, geodesic, middle, point, to, end, tolerance, depth + 1);
}

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
  // Straight through or along the origin: nothing to refine, and sinh(0) would divide by zero for equal points.
  const ProjectedGeodesic geodesic(first, second, projection);
  const bool radial =
      first.radius <= 0.0 || second.radius <= 0.0 || std::abs(std::sin(second.theta - first.theta)) < 1e-12;
  if (!radial && geodesic.length() > 1e-9) refine(polyline, geodesic, 0.0, start, 1.0, end, tolerance, 0);
  polyline.push_back(end);
}

}  // namespace dnm
