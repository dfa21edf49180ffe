// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/models/uniform_cells.h"
#include "core/network/random.h"

namespace dnm {

/// Rounds real shares to integers inside [lower, upper] with an exact sum (manual: methods/model, "Degrees"): shares
/// are floored (none below 0); missing units are assigned one by one with probability proportional to the fractional
/// parts, at most the sum of those parts; entries below `lower` are raised to it; surplus units are taken from random
/// entries above `lower`, units still missing go to random entries below `upper`. Keeps its working memory between
/// calls.
class IntegerShares {
 public:
  /// Sizes of `shares` and `result` are equal; lower·size <= total <= upper·size. O((size + units moved)·log size).
  void draw(std::span<const double> shares, NodeIndex lower, NodeIndex upper, std::uint64_t total, Random& random,
            StopCheck& stop, std::span<NodeIndex> result);

 private:
  /// Returns how many units could be assigned to an entry below `upper`.
  std::uint64_t assign_fractions(std::span<const double> shares, NodeIndex upper, std::uint64_t missing, Random& random,
                                 std::span<NodeIndex> result);

  std::vector<double> cumulative_;
  std::vector<std::uint32_t> open_;  ///< entries that can still change by one unit
};

/// The `count` indices with the smallest keys -ln(u)/w, that is: drawn one by one without replacement with probability
/// proportional to w (Efraimidis and Spirakis, Inf. Process. Lett. 97:181, 2006, doi:10.1016/j.ipl.2005.11.003). Takes
/// ln w so that tiny weights stay distinct; -infinity is drawn last.
[[nodiscard]] std::vector<std::uint32_t> draw_by_weight(std::span<const double> log_weights, std::size_t count,
                                                        Random& random);

}  // namespace dnm
