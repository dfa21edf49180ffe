// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

/// A part of a column-major matrix, read-only. `leading` is the distance between two columns.
struct MatrixView {
  const double* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t leading = 0;
};

/// Allocates zeroed memory from the system without touching it: a large matrix costs no time until it is used.
template <class T>
struct ZeroedAllocator {
  using value_type = T;
  ZeroedAllocator() = default;
  template <class U>
  explicit ZeroedAllocator(const ZeroedAllocator<U>& /*other*/) {}
  // NOLINTBEGIN(cppcoreguidelines-owning-memory): an allocator is what owns on behalf of others.
  [[nodiscard]] T* allocate(std::size_t count) {
    void* memory = std::calloc(count, sizeof(T));
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t /*count*/) noexcept { std::free(memory); }
  // NOLINTEND(cppcoreguidelines-owning-memory)
  void construct(T* /*place*/) noexcept {}
  template <class U>
  void construct(T* place, U&& value) {
    ::new (static_cast<void*>(place)) T(std::forward<U>(value));
  }
  bool operator==(const ZeroedAllocator&) const = default;
};

/// Construct it at its size; growing it later would leave the new entries unset.
using ZeroedVector = std::vector<double, ZeroedAllocator<double>>;

/// A dense column-major matrix of doubles, the layout of LAPACK.
class DenseMatrix {
 public:
  DenseMatrix() = default;
  DenseMatrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns) {}

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] double& operator()(std::size_t row, std::size_t column) { return values_[column * rows_ + row]; }
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const { return values_[column * rows_ + row]; }
  [[nodiscard]] double* column(std::size_t index) { return values_.data() + index * rows_; }
  [[nodiscard]] const double* column(std::size_t index) const { return values_.data() + index * rows_; }
  /// `row_count` rows from `row`, `column_count` columns from `column`.
  [[nodiscard]] MatrixView part(std::size_t row, std::size_t column, std::size_t row_count,
                                std::size_t column_count) const {
    return {values_.data() + column * rows_ + row, row_count, column_count, rows_};
  }
  [[nodiscard]] MatrixView all() const { return part(0, 0, rows_, columns_); }

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  ZeroedVector values_;
};

/// While it lives, BLAS calls of this thread use this thread alone. Needed wherever work is distributed over threads
/// here: oversubscribed BLAS is a hundred times slower.
class SingleThreadedBlas {
 public:
  SingleThreadedBlas();
  ~SingleThreadedBlas();
  SingleThreadedBlas(const SingleThreadedBlas&) = delete;
  SingleThreadedBlas& operator=(const SingleThreadedBlas&) = delete;
  SingleThreadedBlas(SingleThreadedBlas&&) = delete;
  SingleThreadedBlas& operator=(SingleThreadedBlas&&) = delete;

 private:
  int previous_ = 0;
};

enum class Transposed : bool { no, yes };

/// target = factor · op(a) · op(b) + keep · target, in steps short enough to end soon after a stop (dgemm).
/// `target` points to the first entry of a block of column distance `target_leading`.
void multiply(double factor, const MatrixView& a, Transposed transpose_a, const MatrixView& b, Transposed transpose_b,
              double keep, double* target, std::size_t target_leading, const TaskControl& control);

/// Eigenvalues in ascending order, eigenvectors as columns.
struct SymmetricEigen {
  std::vector<double> values;
  DenseMatrix vectors;
};

/// All eigenvalues and eigenvectors of a symmetric matrix, of which only the lower triangle is read: Householder
/// tridiagonalisation, divide and conquer (Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16:172, 1995,
/// doi:10.1137/S0895479892241287) and back transformation, as in LAPACK's dsyevd and built from LAPACK's own routines,
/// but with a check of the stop token between them, as no single step takes long. O(n³) time, 4 n² doubles beside the
/// argument. Throws NumericalError, Cancelled.
[[nodiscard]] SymmetricEigen symmetric_eigen(DenseMatrix matrix, const TaskControl& control);

/// matrix = left · diag(values) · right_transposed, min(rows, columns) values in descending order.
struct ThinSvd {
  DenseMatrix left;
  std::vector<double> values;
  DenseMatrix right_transposed;
};

/// LAPACK's dgesdd; cannot be stopped, so keep it to small matrices. O(rows · columns · min). Throws NumericalError.
[[nodiscard]] ThinSvd thin_svd(DenseMatrix matrix);

}  // namespace dnm
