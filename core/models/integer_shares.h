// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/models/uniform_cells.h"
#include "core/network/random.h"

namespace dnm {

/// Turns real shares into whole numbers inside [lower, upper] with an exact sum (METHODS 1.1): shares are floored (none
/// below 0); missing units are handed out one by one with probability proportional to the fractional parts, as many as
/// those are worth together; entries below `lower` are lifted to it; units then too many are taken from random entries
/// above `lower`, units still missing go to random entries below `upper`. Keeps its working memory between calls.
class IntegerShares {
 public:
  /// Sizes of `shares` and `result` are equal; lower·size <= total <= upper·size. O((size + units moved)·log size).
  void draw(std::span<const double> shares, NodeIndex lower, NodeIndex upper, std::uint64_t total, Random& random,
            StopCheck& stop, std::span<NodeIndex> result);

 private:
  /// Returns how many units found an entry below `upper`.
  std::uint64_t hand_out_fractions(std::span<const double> shares, NodeIndex upper, std::uint64_t missing,
                                   Random& random, std::span<NodeIndex> result);

  std::vector<double> cumulative_;
  std::vector<std::uint32_t> open_;  ///< entries that may still give or take a unit
};

/// The `count` indices with the smallest keys -ln(u)/w, that is: drawn one by one without replacement with probability
/// proportional to w (Efraimidis and Spirakis 2006). Takes ln w so that tiny weights stay apart; -infinity is drawn
/// last.
[[nodiscard]] std::vector<std::uint32_t> draw_by_weight(std::span<const double> log_weights, std::size_t count,
                                                        Random& random);

}  // namespace dnm
