// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/integer_shares.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/support/portable_math.h"

namespace dnm {

void IntegerShares::draw(std::span<const double> shares, NodeIndex lower, NodeIndex upper, std::uint64_t total,
                         Random& random, StopCheck& stop, std::span<NodeIndex> result) {
  const auto size = static_cast<std::uint32_t>(shares.size());
  std::uint64_t sum = 0;
  keys_.clear();
  for (std::uint32_t i = 0; i < size; ++i) {
    const double share = std::clamp(shares[i], static_cast<double>(lower), static_cast<double>(upper));
    result[i] = static_cast<NodeIndex>(share);
    sum += result[i];
  }
  if (sum < total) {
    for (std::uint32_t i = 0; i < size; ++i) {
      if (result[i] >= upper) continue;
      const double fraction = shares[i] - static_cast<double>(result[i]);
      if (fraction > 0.0) keys_.emplace_back(-portable_log(1.0 - random.uniform()) / fraction, i);
    }
    const auto units = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(total - sum, keys_.size()));
    std::nth_element(keys_.begin(), keys_.begin() + units, keys_.end());
    for (std::ptrdiff_t i = 0; i < units; ++i) ++result[keys_[static_cast<std::size_t>(i)].second];
    sum += static_cast<std::uint64_t>(units);
    stop.worked(size);
  }
  if (sum == total) return;

  // One unit at a time from or to a random entry that can still move.
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
