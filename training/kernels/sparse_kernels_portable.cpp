// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/tile_kernels.h"
#include "training/kernels/token_tile_kernels.h"

namespace dnm {
namespace {

/// Four floats: what every x86-64 and ARM64 processor has.
struct Register {
  static constexpr std::size_t lanes = 4;
  static constexpr unsigned registers = 16;
  using Vector [[gnu::vector_size(16)]] = float;
  using Loose [[gnu::vector_size(16), gnu::aligned(4), gnu::may_alias]] = float;

  template <std::size_t count>
  static Vector fold(Vector a, Vector b) {
    if constexpr (count == 2) {
      return __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    } else {
      return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
    }
  }
};

using Kernels = TileKernels<Register>;

}  // namespace

extern const SparseKernels portable_kernels;
const SparseKernels portable_kernels{
    "portable",        "Portable",      8 * Register::lanes, Kernels::forward, Kernels::input_gradient,
    Kernels::gradient, Kernels::update,
};

extern const TokenKernels portable_token_kernels;
const TokenKernels portable_token_kernels = TokenTileKernels<Register>::table;

}  // namespace dnm
