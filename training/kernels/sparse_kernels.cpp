// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/sparse_kernels.h"

#include <vector>

#include "training/kernels/token_kernels.h"

namespace dnm {

extern const SparseKernels portable_kernels;
extern const TokenKernels portable_token_kernels;
#ifdef DNM_X86_KERNELS
extern const SparseKernels avx2_kernels;
extern const TokenKernels avx2_token_kernels;
extern const SparseKernels avx512_kernels;
extern const TokenKernels avx512_token_kernels;
#endif

std::span<const SparseKernels* const> available_kernels() {
  static const std::vector<const SparseKernels*> available = [] {
    std::vector<const SparseKernels*> found{&portable_kernels};
#ifdef DNM_X86_KERNELS
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) found.push_back(&avx2_kernels);
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
        __builtin_cpu_supports("avx512vl") != 0) {
      found.push_back(&avx512_kernels);
    }
#endif
    return found;
  }();
  return available;
}

const SparseKernels& best_kernels() { return *available_kernels().back(); }

std::span<const TokenKernels* const> available_token_kernels() {
  static const TokenKernels* const all[] = {
      &portable_token_kernels,
#ifdef DNM_X86_KERNELS
      &avx2_token_kernels,
      &avx512_token_kernels,
#endif
  };
  return std::span(all).first(available_kernels().size());
}

const TokenKernels& best_token_kernels() { return *available_token_kernels().back(); }

}  // namespace dnm
