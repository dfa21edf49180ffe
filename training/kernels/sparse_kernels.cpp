// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/sparse_kernels.h"

#include <vector>

namespace dnm {

extern const SparseKernels portable_kernels;
#ifdef DNM_X86_KERNELS
extern const SparseKernels avx2_kernels;
extern const SparseKernels avx512_kernels;
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

}  // namespace dnm
