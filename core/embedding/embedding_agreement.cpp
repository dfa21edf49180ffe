// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_agreement.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "core/embedding/disk_places.h"
#include "core/embedding/full_turn.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

struct Side {
  explicit Side(std::span<const PolarPoint> points) : places({}, {}) {
    std::vector<double> radius;
    for (const PolarPoint& point : points) {
      theta.push_back(point.theta);
      radius.push_back(point.radius);
    }
    places = DiskPlaces(theta, radius);
  }
  std::vector<double> theta;
  DiskPlaces places;
};

/// Direction of the shorter way: 1, -1, or 0 at the same angle and 2 at the opposite one.
int turn(double from, double to) {
  constexpr double rounding = 1e-9;
  const double angle = std::remainder(to - from, full_turn);
  if (std::abs(angle) < rounding) return 0;
  if (std::abs(angle) > std::numbers::pi - rounding) return 2;
  return angle > 0.0 ? 1 : -1;
}

/// Sums over the pairs of one node with those after it; distances less `shift`, so that squares do not cancel.
struct Sums {
  double x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
  std::uint64_t same_turn = 0, opposite_turn = 0;
  void add(const Sums& other) {
    x += other.x, y += other.y, xx += other.xx, yy += other.yy, xy += other.xy;
    same_turn += other.same_turn, opposite_turn += other.opposite_turn;
  }
};

Sums sums_of(NodeIndex u, const Side& first, const Side& second, double first_shift, double second_shift) {
  Sums sums;
  for (NodeIndex v = u + 1; v < first.theta.size(); ++v) {
    const double x = first.places.distance(u, v) - first_shift, y = second.places.distance(u, v) - second_shift;
    sums.x += x, sums.y += y, sums.xx += x * x, sums.yy += y * y, sums.xy += x * y;
    const int a = turn(first.theta[u], first.theta[v]), b = turn(second.theta[u], second.theta[v]);
    const bool special = a == 0 || a == 2;
    sums.same_turn += a == b ? 1 : 0;
    sums.opposite_turn += (special ? a == b : a == -b) ? 1 : 0;
  }
  return sums;
}

}  // namespace

std::optional<EmbeddingAgreement> embedding_agreement(std::span<const PolarPoint> first,
                                                      std::span<const PolarPoint> second, unsigned threads,
                                                      const TaskControl& control) {
  if (first.size() != second.size()) {
    throw InvalidInput("one embedding has " + std::to_string(first.size()) + " nodes and the other " +
                       std::to_string(second.size()) + "; compare embeddings of the same network");
  }
  const std::size_t n = first.size();
  if (n < 2) return std::nullopt;
  const Side one(first), other(second);
  const Sums of_first_node = sums_of(0, one, other, 0.0, 0.0);
  const double one_shift = of_first_node.x / static_cast<double>(n - 1);
  const double other_shift = of_first_node.y / static_cast<double>(n - 1);
  std::vector<Sums> parts(n);
  std::atomic<std::size_t> done{0};
  parallel_for(n, threads, [&](std::size_t u) {
    control.check();
    parts[u] = sums_of(static_cast<NodeIndex>(u), one, other, one_shift, other_shift);
    if (++done % 64 == 0) control.report(static_cast<double>(done) / static_cast<double>(n));
  });
  Sums sums;
  for (const Sums& part : parts) sums.add(part);

  const double pairs = 0.5 * static_cast<double>(n) * static_cast<double>(n - 1);
  EmbeddingAgreement agreement;
  agreement.c_score = static_cast<double>(std::max(sums.same_turn, sums.opposite_turn)) / pairs;
  const double xx = sums.xx - sums.x * sums.x / pairs, yy = sums.yy - sums.y * sums.y / pairs;
  const double negligible = 1e-20 * pairs;
  if (xx > negligible && yy > negligible) {
    agreement.hd_correlation = std::clamp((sums.xy - sums.x * sums.y / pairs) / std::sqrt(xx * yy), -1.0, 1.0);
  }
  return agreement;
}

}  // namespace dnm
