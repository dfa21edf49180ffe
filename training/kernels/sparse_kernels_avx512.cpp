// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/tile_kernels.h"
#include "training/kernels/token_tile_kernels.h"

namespace dnm {
namespace {

/// Sixteen floats of AVX-512.
struct Register {
  static constexpr std::size_t lanes = 16;
  static constexpr unsigned registers = 32;
  using Vector [[gnu::vector_size(64)]] = float;
  using Loose [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;

  template <std::size_t count>
  static Vector fold(Vector a, Vector b) {
    if constexpr (count == 2) {
      return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29) +
             __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    } else if constexpr (count == 4) {
      return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
             __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    } else if constexpr (count == 8) {
      return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
             __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    } else {
      return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
             __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
    }
  }
};

using Kernels = TileKernels<Register>;

}  // namespace

extern const SparseKernels avx512_kernels;
const SparseKernels avx512_kernels{
    "avx512",          "AVX-512",       8 * Register::lanes, Kernels::forward, Kernels::input_gradient,
    Kernels::gradient, Kernels::update,
};

extern const TokenKernels avx512_token_kernels;
const TokenKernels avx512_token_kernels = TokenTileKernels<Register>::table;

}  // namespace dnm
