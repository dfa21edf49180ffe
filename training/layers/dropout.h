// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "training/layers/tiles.h"

namespace dnm {

/// Which hidden neurons a training step leaves out (Hinton et al., 2012, arXiv:1207.0580; Srivastava et al., JMLR
/// 15:1929, 2014, without a DOI), drawn for every image separately. The draw depends only on the seed, the layer, and
/// how many images of the run came before, so it is the same with every engine and after a resume.
struct Dropout {
  float probability = 0.0F;  ///< of each neuron, in [0, 1); 0: none is left out
  std::uint64_t seed = 0;
  std::uint64_t images_before = 0;  ///< seen in the run before this batch

  /// Factor of the outputs that stay, so that sums keep their mean.
  [[nodiscard]] float scale() const { return 1.0F / (1.0F - probability); }
};

/// Multiplies the outputs of a hidden layer by 0 or the scale. `layer` counts from 0; `first`: number of the first
/// image within the batch, a multiple of the tile width. O(neurons·images), allocates nothing.
void drop(const Dropout& dropout, std::size_t layer, std::size_t first, Tiles<float> outputs);

}  // namespace dnm
