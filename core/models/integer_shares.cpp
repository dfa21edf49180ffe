// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/integer_shares.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/support/portable_math.h"

namespace dnm {

std::uint64_t IntegerShares::assign_fractions(std::span<const double> shares, NodeIndex upper, std::uint64_t missing,
                                              Random& random, std::span<NodeIndex> result) {
  cumulative_.clear();
  double worth = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (result[i] < upper) worth += std::max(0.0, shares[i] - static_cast<double>(result[i]));
    cumulative_.push_back(worth);
  }
  if (worth <= 0.0) return 0;
  // Where clipping leaves more missing than the sum of the fractions, the rest must not accumulate on those entries.
  const auto units = std::min(missing, static_cast<std::uint64_t>(round_half_even(worth)));
  std::uint64_t assigned = 0;
  for (std::uint64_t unit = 0; unit < units; ++unit) {
    const auto chosen = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, random.uniform() * worth);
    NodeIndex& entry = result[static_cast<std::size_t>(chosen - cumulative_.begin())];
    if (entry == upper) continue;
    ++entry;
    ++assigned;
  }
  return assigned;
}

void IntegerShares::draw(std::span<const double> shares, NodeIndex lower, NodeIndex upper, std::uint64_t total,
                         Random& random, StopCheck& stop, std::span<NodeIndex> result) {
  const auto size = static_cast<std::uint32_t>(shares.size());
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    result[i] = static_cast<NodeIndex>(std::clamp(shares[i], 0.0, static_cast<double>(upper)));
    sum += result[i];
  }
  if (sum < total) sum += assign_fractions(shares, upper, total - sum, random, result);
  for (NodeIndex& entry : result) {
    if (entry >= lower) continue;
    sum += lower - entry;
    entry = lower;
  }
  stop.worked(size);
  if (sum == total) return;

  // One unit at a time from or to a random entry that can still change.
  const bool too_many = sum > total;
  open_.clear();
  for (std::uint32_t i = 0; i < size; ++i) {
    if (too_many ? result[i] > lower : result[i] < upper) open_.push_back(i);
  }
  for (std::uint64_t units = too_many ? sum - total : total - sum; units > 0; --units) {
    const std::size_t at = random.below(open_.size());
    NodeIndex& entry = result[open_[at]];
    entry = too_many ? entry - 1 : entry + 1;
    if (entry == (too_many ? lower : upper)) {
      open_[at] = open_.back();
      open_.pop_back();
    }
    stop.worked(1);
  }
}

std::vector<std::uint32_t> draw_by_weight(std::span<const double> log_weights, std::size_t count, Random& random) {
  std::vector<std::pair<double, std::uint32_t>> keys;
  keys.reserve(log_weights.size());
  for (std::uint32_t i = 0; i < log_weights.size(); ++i) {
    const double log_waiting_time = portable_log(-portable_log(1.0 - random.uniform()));
    const bool possible = log_weights[i] > -std::numeric_limits<double>::infinity();
    keys.emplace_back(possible ? log_waiting_time - log_weights[i] : std::numeric_limits<double>::infinity(), i);
  }
  std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count), keys.end());
  std::vector<std::uint32_t> chosen(count);
  for (std::size_t i = 0; i < count; ++i) chosen[i] = keys[i].second;
  return chosen;
}

}  // namespace dnm
