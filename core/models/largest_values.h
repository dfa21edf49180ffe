// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "core/network/random.h"

namespace dnm {

/// Maps floats to integers in the same order; values not above 0 (NaN included) count as 0.
[[nodiscard]] inline std::uint32_t order_key(float value) {
  return value > 0.0F ? std::bit_cast<std::uint32_t>(value) : 0;
}

/// The threshold of the `count` largest values: all with a larger key belong to them, and as many with this key as are
/// still missing.
struct Cut {
  std::uint32_t key = 0;
  std::uint64_t above = 0;  ///< values with a larger key
  std::uint64_t ties = 0;   ///< values with this key
};

/// `for_each(visit)` calls visit(value, times) for every value and how often it occurs, in two passes; there are at
/// least `count` of them. O(values), without sorting.
template <class ForEach>
[[nodiscard]] Cut cut_of_largest(const ForEach& for_each, std::uint64_t count) {
  constexpr unsigned half = 16;
  std::vector<std::uint64_t> histogram(std::size_t{1} << half, 0);
  // The last bin from the top that the count extends into; `above` grows by the bins over it.
  const auto reach = [&](std::uint64_t& above) {
    std::size_t bin = histogram.size() - 1;
    while (bin > 0 && above + histogram[bin] < count) above += histogram[bin--];
    return static_cast<std::uint32_t>(bin);
  };
  for_each([&](float value, std::uint64_t times) { histogram[order_key(value) >> half] += times; });
  Cut cut;
  const std::uint32_t high = reach(cut.above);
  histogram.assign(histogram.size(), 0);
  for_each([&](float value, std::uint64_t times) {
    const std::uint32_t key = order_key(value);
    if (key >> half == high) histogram[key & 0xFFFFU] += times;
  });
  const std::uint32_t low = reach(cut.above);
  cut.key = (high << half) | low;
  cut.ties = histogram[low];
  return cut;
}

/// Decides tie by tie which of them are chosen: `wanted` of `ties`, every set equally likely.
class TieBreaker {
 public:
  TieBreaker(std::uint64_t ties, std::uint64_t wanted, Random& random) : chosen_(random.sample(ties, wanted)) {}
  [[nodiscard]] bool takes_next() {
    if (next_ == chosen_.size() || chosen_[next_] != seen_++) return false;
    ++next_;
    return true;
  }

 private:
  std::vector<std::uint64_t> chosen_;
  std::size_t next_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace dnm
