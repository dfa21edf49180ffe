// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/tile_kernels.h"
#include "training/kernels/token_tile_kernels.h"

namespace dnm {
namespace {

/// Eight floats of AVX2 with fused multiply-add.
struct Register {
  static constexpr std::size_t lanes = 8;
  static constexpr unsigned registers = 16;
  using Vector [[gnu::vector_size(32)]] = float;
  using Loose [[gnu::vector_size(32), gnu::aligned(4), gnu::may_alias]] = float;

  template <std::size_t count>
  static Vector fold(Vector a, Vector b) {
    if constexpr (count == 2) {
      return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13) +
             __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
    } else if constexpr (count == 4) {
      return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
             __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    } else {
      return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
             __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
    }
  }
};

using Kernels = TileKernels<Register>;

}  // namespace

extern const SparseKernels avx2_kernels;
const SparseKernels avx2_kernels{
    "avx2", "AVX2", 8 * Register::lanes, Kernels::forward, Kernels::input_gradient, Kernels::gradient, Kernels::update,
};

extern const TokenKernels avx2_token_kernels;
const TokenKernels avx2_token_kernels = TokenTileKernels<Register>::table;

}  // namespace dnm
