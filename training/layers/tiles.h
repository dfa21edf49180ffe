// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// A view of some images' values at one layer, cut into tiles as in Batch: neurons × 32 floats each, the last one
/// neurons × 16 when it holds at most 16 images.
template <class Float>
struct Tiles {
  Float* data = nullptr;
  std::uint32_t neurons = 0;
  std::size_t images = 0;

  [[nodiscard]] std::size_t count() const { return (images + tile_width - 1) / tile_width; }
  [[nodiscard]] Float* tile(std::size_t t) const { return data + t * neurons * tile_width; }
  [[nodiscard]] unsigned width(std::size_t t) const {
    return std::min<std::size_t>(tile_width, images - t * tile_width) > half_tile_width ? tile_width : half_tile_width;
  }
  /// Columns of all tiles side by side, empty places counted.
  [[nodiscard]] std::size_t columns() const { return (count() - 1) * tile_width + width(count() - 1); }

  operator Tiles<const Float>() const  // NOLINT(google-explicit-constructor): as from float* to const float*
      requires(!std::is_const_v<Float>) {
    return {data, neurons, images};
  }
};

}  // namespace dnm
