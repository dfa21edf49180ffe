// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// The weights that the lost links of a layer had when they went (manual: methods/rewiring, "Weights of new links").
class LastWeights {
 public:
  /// A layer's links become others: keeps the weights of those that go, and returns those that the new ones start with,
  /// in the order of `after`: what they last had, 0 where there never was a link. `weights`: of `before`, in its order.
  /// O(links + lost links).
  [[nodiscard]] std::vector<float> exchange(const Mask& before, std::span<const float> weights, const Mask& after);

  /// As a rule's memory: cell and bits of the weight of each lost link, one after the other.
  [[nodiscard]] std::vector<std::int64_t> numbers() const;
  /// Throws InvalidInput for what numbers() does not give.
  [[nodiscard]] static LastWeights from_numbers(std::span<const std::int64_t> numbers);

 private:
  struct Lost {
    std::uint64_t cell;
    float weight;
  };
  std::vector<Lost> lost_{};  ///< ascending
};

}  // namespace dnm
