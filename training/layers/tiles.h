// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// The width of a tile of `examples`, at least one: the narrowest that holds them, at most `full`.
[[nodiscard]] constexpr unsigned tile_width_for(std::size_t examples, unsigned full) {
  unsigned width = half_tile_width;
  while (width < examples && width < full) width *= 2;
  return width;
}

/// A view of some examples' values at one layer, cut into tiles: neurons × `full` floats each, all examples of one
/// neuron side by side, and the last one as narrow as its examples let it be.
template <class Float>
struct Tiles {
  Float* data = nullptr;
  std::uint32_t neurons = 0;
  std::size_t images = 0;
  unsigned full = tile_width;  ///< examples of a full tile: 16, 32, 64 or 128

  [[nodiscard]] std::size_t count() const { return (images + full - 1) / full; }
  [[nodiscard]] Float* tile(std::size_t t) const { return data + t * neurons * full; }
  [[nodiscard]] unsigned width(std::size_t t) const { return tile_width_for(images - t * full, full); }
  /// Columns of all tiles side by side, empty places counted.
  [[nodiscard]] std::size_t columns() const { return (count() - 1) * full + width(count() - 1); }
  /// One of the tiles alone.
  [[nodiscard]] Tiles one(std::size_t t) const {
    return {tile(t), neurons, std::min<std::size_t>(full, images - t * full), full};
  }

  operator Tiles<const Float>() const  // NOLINT(google-explicit-constructor): as from float* to const float*
      requires(!std::is_const_v<Float>) {
    return {data, neurons, images, full};
  }
};

}  // namespace dnm
