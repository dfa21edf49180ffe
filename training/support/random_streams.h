// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dnm {

// The streams of one training seed, apart from each other and from those the models draw their layers from, so that
// the same seed may serve both. A random number depends on its stream alone: a resumed run needs no generator state.

enum class TrainingStream : std::uint64_t {
  weights = 1,
  validation = 2,
  epoch_order = 3,
  saliency = 4,
  augmentation = 5,
  dropout = 6,
  rewiring = 7,
  test_part = 8,
  matrices = 9
};

/// `item`: the layer, the epoch, the image or the step; below 2^32.
[[nodiscard]] constexpr std::uint64_t training_stream(TrainingStream purpose, std::uint64_t item) {
  return (std::uint64_t{0xD4A1} << 48) | (static_cast<std::uint64_t>(purpose) << 32) | item;
}

}  // namespace dnm
