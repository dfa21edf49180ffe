// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace dnm {

/// A row-major matrix of floats as it lies in memory: rows that start `stride` floats apart.
struct FloatMatrix {
  const float* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t stride = 0;
};

/// How a factor enters a product.
enum class Factor : bool { as_it_lies, transposed };

/// target = a·b, or target + a·b with `add`, where each factor may be transposed first; `target` has rows `stride`
/// floats apart (sgemm of the BLAS that LibTorch uses too). On this thread alone, as long as a SingleThreadedBlas
/// (core/support/lapack.h) or prepare_training_thread() says so. Throws ResourceError for sizes beyond 2^31.
void multiply(const FloatMatrix& a, Factor as_a, const FloatMatrix& b, Factor as_b, float* target, std::size_t stride,
              bool add);

}  // namespace dnm
