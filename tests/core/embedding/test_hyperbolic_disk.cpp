// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>

#include "core/embedding/hyperbolic_disk.h"
#include "core/network/random.h"
#include "tests/support/test_class.h"

using dnm::append_geodesic;
using dnm::DiskPoint;
using dnm::DiskProjection;
using dnm::hyperbolic_distance;
using dnm::PolarPoint;
using dnm::to_disk;

namespace {

constexpr double pi = std::numbers::pi;
constexpr DiskProjection native{DiskProjection::Kind::native, 20.0};

std::vector<DiskPoint> geodesic(const PolarPoint& a, const PolarPoint& b, const DiskProjection& projection = {}) {
  std::vector<DiskPoint> points;
  append_geodesic(points, a, b, projection);
  return points;
}

PolarPoint from_disk(const DiskPoint& point, const DiskProjection& projection) {
  const double rho = std::hypot(point.x, point.y);
  const bool poincare = projection.kind == DiskProjection::Kind::poincare;
  return {std::atan2(point.y, point.x), poincare ? 2.0 * std::atanh(rho) : rho * projection.extent};
}

/// The textbook formula, on numbers where it does not cancel.
double arcosh_distance(const PolarPoint& a, const PolarPoint& b) {
  return std::acosh(std::cosh(a.radius) * std::cosh(b.radius) -
                    std::sinh(a.radius) * std::sinh(b.radius) * std::cos(a.theta - b.theta));
}

/// Pairs of points from the middle to near the rim, their angles from opposite down to a millionth apart.
std::vector<std::pair<PolarPoint, PolarPoint>> pairs(double largest_radius) {
  dnm::Random random(1);
  std::vector<std::pair<PolarPoint, PolarPoint>> list;
  for (int i = 0; i < 4000; ++i) {
    const PolarPoint a{random.uniform(0.0, 2.0 * pi), random.uniform(0.0, largest_radius)};
    const double turn = random.uniform(-pi, pi) * std::pow(10.0, random.uniform(-6.0, 0.0));
    list.push_back({a, {a.theta + turn, random.uniform(0.0, largest_radius)}});
  }
  return list;
}

}  // namespace

class TestHyperbolicDisk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void distance_equals_the_textbook_formula() {
    for (const auto& [a, b] : pairs(8.0)) {
      const double expected = arcosh_distance(a, b);
      if (expected > 0.1) QVERIFY(std::abs(hyperbolic_distance(a, b) - expected) < 1e-6);
    }
    QCOMPARE(hyperbolic_distance({1.0, 3.0}, {1.0, 3.0}), 0.0);
    QVERIFY(std::abs(hyperbolic_distance({1.0, 3.0}, {1.0 + pi, 4.0}) - 7.0) < 1e-12);
    // Where the textbook formula has lost every digit: an arc of length sinh(r)·Δθ is as good as straight.
    QVERIFY(std::abs(hyperbolic_distance({0.0, 5.0}, {1e-10, 5.0}) / (std::sinh(5.0) * 1e-10) - 1.0) < 1e-9);
  }

  void geodesics_pass_through_both_ends() {
    for (const DiskProjection& projection : {DiskProjection{}, native}) {
      for (const auto& [a, b] : pairs(18.0)) {
        const auto line = geodesic(a, b, projection);
        QVERIFY(line.size() >= 2);
        QCOMPARE(line.front().x, to_disk(a, projection).x);
        QCOMPARE(line.front().y, to_disk(a, projection).y);
        QCOMPARE(line.back().x, to_disk(b, projection).x);
        QCOMPARE(line.back().y, to_disk(b, projection).y);
      }
    }
  }

  void no_way_is_shorter() {
    // On the geodesic, and nowhere else, the distances to both ends add up to the distance of the ends.
    for (const DiskProjection& projection : {DiskProjection{}, native}) {
      for (const auto& [a, b] : pairs(14.0)) {
        for (const DiskPoint& point : geodesic(a, b, projection)) {
          const PolarPoint at = from_disk(point, projection);
          const double way = hyperbolic_distance(a, at) + hyperbolic_distance(at, b);
          QVERIFY(std::abs(way - hyperbolic_distance(a, b)) < 1e-7);
        }
      }
    }
  }

  void poincare_geodesics_lie_on_circles_orthogonal_to_the_rim() {
    // |center|² = 1 + radius² for the circle through the first, middle and last point.
    for (const auto& [a, b] : pairs(10.0)) {
      const auto line = geodesic(a, b);
      if (line.size() < 5) continue;
      const DiskPoint p = line.front(), q = line[line.size() / 2], r = line.back();
      const double d = 2.0 * (p.x * (q.y - r.y) + q.x * (r.y - p.y) + r.x * (p.y - q.y));
      if (std::abs(d) < 1e-3) continue;
      const double pp = p.x * p.x + p.y * p.y, qq = q.x * q.x + q.y * q.y, rr = r.x * r.x + r.y * r.y;
      const double x = (pp * (q.y - r.y) + qq * (r.y - p.y) + rr * (p.y - q.y)) / d;
      const double y = (pp * (r.x - q.x) + qq * (p.x - r.x) + rr * (q.x - p.x)) / d;
      const double radius_squared = (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y);
      QVERIFY(std::abs(x * x + y * y - 1.0 - radius_squared) < 1e-8 * (1.0 + radius_squared));
    }
  }

  void polylines_keep_to_the_curve() {
    // The middle of each piece, moved onto the true curve by a far finer sampling, is within the tolerance.
    for (const auto& [a, b] : pairs(12.0)) {
      std::vector<DiskPoint> coarse, fine;
      append_geodesic(coarse, a, b, {}, 1e-3);
      append_geodesic(fine, a, b, {}, 1e-7);
      for (const DiskPoint& point : fine) {
        double nearest = 10.0;
        for (std::size_t i = 1; i < coarse.size(); ++i) {
          const DiskPoint u = coarse[i - 1], v = coarse[i];
          const double dx = v.x - u.x, dy = v.y - u.y, length = dx * dx + dy * dy;
          const double t =
              length > 0.0 ? std::clamp(((point.x - u.x) * dx + (point.y - u.y) * dy) / length, 0.0, 1.0) : 0.0;
          nearest = std::min(nearest, std::hypot(point.x - u.x - t * dx, point.y - u.y - t * dy));
        }
        QVERIFY(nearest < 1.05e-3);
      }
    }
  }

  void is_straight_through_the_origin() {
    for (const DiskProjection& projection : {DiskProjection{}, native}) {
      QCOMPARE(geodesic({0.3, 4.0}, {0.3, 9.0}, projection).size(), std::size_t{2});
      QCOMPARE(geodesic({0.3, 4.0}, {0.3 + pi, 9.0}, projection).size(), std::size_t{2});
      QCOMPARE(geodesic({0.0, 0.0}, {2.0, 5.0}, projection).size(), std::size_t{2});
      QCOMPARE(geodesic({1.0, 5.0}, {1.0, 5.0}, projection).size(), std::size_t{2});
    }
  }

  void stays_finite_and_inside_at_the_rim() {
    for (const DiskProjection& projection : {DiskProjection{}, DiskProjection{DiskProjection::Kind::native, 1e6}}) {
      for (const double radius : {36.0, 40.0, 100.0, 299.0, 1e5}) {
        for (const double turn : {0.0, 1e-16, 1e-12, 1e-6, 0.1, 1.0, pi - 1e-9, pi}) {
          for (const double other : {0.0, 1e-300, 1.0, radius}) {
            const auto line = geodesic({1.0, radius}, {1.0 + turn, other}, projection);
            QVERIFY(line.size() <= 300);
            for (const DiskPoint& point : line) {
              QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
              QVERIFY(std::hypot(point.x, point.y) <= 1.0 + 1e-12);
            }
          }
        }
      }
    }
  }
};

DNM_TEST(TestHyperbolicDisk)
#include "test_hyperbolic_disk.moc"
