// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/models/uniform_cells.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Draws positions on a ring one by one without replacement, with probability proportional to (1 + t)^(-exponent), t
/// being the distance from position 0. Every position has an exponentially distributed arrival time of that rate, and
/// the first `count` to arrive are drawn (Efraimidis and Spirakis, Inf. Process. Lett. 97:181, 2006,
/// doi:10.1016/j.ipl.2005.11.003); positions are visited outwards, and those that arrive too late are skipped in jumps,
/// so that a draw costs O(count) and not O(size). One object serves all rows of a layer and several threads.
class NearbyDraw {
 public:
  /// `counts`: the numbers of positions that will be requested. Exponents from `steep` on take the nearest positions.
  /// O(size · distinct counts).
  NearbyDraw(NodeIndex size, double exponent, std::span<const NodeIndex> counts, const TaskControl& control = {});

  static constexpr double steep = 1e9;

  /// Working memory of a thread between draws.
  struct Scratch {
    std::vector<std::pair<double, std::uint32_t>> arrivals;
  };

  /// The positions as offsets in (-size/2, size/2], in no order; valid until the next draw with the same scratch.
  template <class Take>
  void draw(NodeIndex count, Random& random, Scratch& scratch, Take take) const {
    choose(count, random, scratch);
    for (NodeIndex i = 0; i < count; ++i) take(offset(scratch.arrivals[i].second));
  }

 private:
  /// For all positions at distance t: their rate, in units of the time window.
  struct Reach {
    NodeIndex count;
    bool all;                      ///< every position is visited, however late it arrives
    std::vector<double> rate;      ///< expected arrivals, may be infinite
    std::vector<double> log_rate;  ///< its logarithm, finite
    std::vector<double> chance;    ///< of arriving at all: 1 - e^-rate
  };

  /// Positions by distance: 0, +1, -1, +2, -2, …
  [[nodiscard]] static std::int64_t offset(std::uint32_t place) {
    const std::int64_t distance = (std::int64_t{place} + 1) / 2;
    return place % 2 == 1 ? distance : -distance;
  }
  [[nodiscard]] static std::size_t distance(std::uint64_t place) { return static_cast<std::size_t>((place + 1) / 2); }

  [[nodiscard]] Reach reach_for(NodeIndex count, StopCheck& stop) const;
  void choose(NodeIndex count, Random& random, Scratch& scratch) const;
  /// Arrival time (or its logarithm) of a position at distance t for a given number of expected arrivals.
  [[nodiscard]] double time_of(double waited, const Reach& reach, std::size_t t) const;
  void choose_nearest(NodeIndex count, Random& random, Scratch& scratch) const;
  void walk_outwards(const Reach& reach, Random& random, Scratch& scratch) const;
  void add_late_arrivals(const Reach& reach, Random& random, Scratch& scratch) const;

  NodeIndex size_;
  double exponent_;
  std::vector<double> log_weight_;  ///< by distance
  std::vector<Reach> reaches_;      ///< by ascending count
};

}  // namespace dnm
