// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "training/engine/tiles.h"

namespace dnm {

/// Which hidden neurons a training step leaves out, drawn for every image by itself. What is drawn depends on the seed,
/// the layer, and how many images of the run came before, alone; so it is the same with every engine and after a
/// resume.
struct Dropout {
  float probability = 0.0F;  ///< 0: nobody is left out; below 1
  std::uint64_t seed = 0;
  std::uint64_t images_before = 0;  ///< seen in the run before this batch

  /// What the outputs that stay are multiplied with, so that sums keep their mean.
  [[nodiscard]] float scale() const { return 1.0F / (1.0F - probability); }
};

/// Multiplies the outputs of a hidden layer by 0 or the scale. `first`: number of the first image within the batch, a
/// multiple of the tile width.
void drop(const Dropout& dropout, std::size_t layer, std::size_t first, Tiles<float> outputs);

}  // namespace dnm
