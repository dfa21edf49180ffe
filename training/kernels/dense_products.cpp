// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/dense_products.h"

#include <limits>

#include "core/support/error.h"

// Fortran passes the length of each character argument after all the others.
extern "C" void sgemm_(  // NOLINT(readability-identifier-naming)
    const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*, const float*,
    const int*, const float*, float*, const int*, std::size_t, std::size_t);

namespace dnm {
namespace {

int as_int(std::size_t size) {
  if (size > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw ResourceError("a matrix of this size is beyond what BLAS can count; choose smaller layers");
  }
  return static_cast<int>(size);
}

}  // namespace

void multiply(const FloatMatrix& a, Factor as_a, const FloatMatrix& b, Factor as_b, float* target, std::size_t stride,
              bool add) {
  // BLAS thinks in columns, for which a row-major matrix is its transpose: (a·b)ᵀ = bᵀ·aᵀ.
  const int rows = as_int(as_a == Factor::transposed ? a.columns : a.rows);
  const int inner = as_int(as_a == Factor::transposed ? a.rows : a.columns);
  const int columns = as_int(as_b == Factor::transposed ? b.rows : b.columns);
  const int a_stride = as_int(a.stride);
  const int b_stride = as_int(b.stride);
  const int c_stride = as_int(stride);
  const float one = 1.0F;
  const float keep = add ? 1.0F : 0.0F;
  if (rows == 0 || columns == 0) return;
  sgemm_(as_b == Factor::transposed ? "T" : "N", as_a == Factor::transposed ? "T" : "N", &columns, &rows, &inner, &one,
         b.data, &b_stride, a.data, &a_stride, &keep, target, &c_stride, 1, 1);
}

}  // namespace dnm
