// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace dnm {

/// A model's scores for some examples, and their targets.
struct ScoreTile {
  std::uint32_t outputs = 0;      ///< scores of each example
  std::size_t width = 0;          ///< floats from one output to the next, at least as many as there are examples
  const float* scores = nullptr;  ///< outputs × width, the examples of one output side by side
  std::span<const std::uint32_t> targets;  ///< one for each example
};
using UseScores = std::function<void(const ScoreTile&)>;

}  // namespace dnm
