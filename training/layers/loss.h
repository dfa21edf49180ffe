// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "training/layers/batch_sums.h"

namespace dnm {

/// What a model is trained to make small: the head that a task puts on a model's outputs. Without state; thread-safe.
class Loss {
 public:
  virtual ~Loss() = default;
  /// The loss of one tile of scores (outputs × width, see Tiles), examples 0 … targets.size()-1 of it, summed over
  /// them. `gradient`, where not null, becomes scale·∂loss/∂scores of the same shape, 0 in empty places, and may be
  /// `scores` itself. O(outputs·width), allocates nothing.
  virtual BatchSums operator()(std::uint32_t outputs, unsigned width, const float* scores,
                               std::span<const std::uint32_t> targets, float scale, float* gradient) const = 0;
};

}  // namespace dnm
