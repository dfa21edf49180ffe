// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/lapack.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "core/support/error.h"

// Fortran passes the length of each character argument after all the others. NOLINTBEGIN(readability-identifier-naming)
extern "C" {
using Length = std::size_t;
void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*,
            const double*, const int*, const double*, double*, const int*, Length, Length);
void dsyr2k_(const char*, const char*, const int*, const int*, const double*, const double*, const int*, const double*,
             const int*, const double*, double*, const int*, Length, Length);
void dgemv_(const char*, const int*, const int*, const double*, const double*, const int*, const double*, const int*,
            const double*, double*, const int*, Length);
void dsymv_(const char*, const int*, const double*, const double*, const int*, const double*, const int*, const double*,
            double*, const int*, Length);
double ddot_(const int*, const double*, const int*, const double*, const int*);
void daxpy_(const int*, const double*, const double*, const int*, double*, const int*);
void dlarfg_(const int*, double*, double*, const int*, double*);
void dsytd2_(const char*, const int*, double*, const int*, double*, double*, double*, int*, Length);
void dlarft_(const char*, const char*, const int*, const int*, const double*, const int*, const double*, double*,
             const int*, Length, Length);
void dlarfb_(const char*, const char*, const char*, const char*, const int*, const int*, const int*, const double*,
             const int*, const double*, const int*, double*, const int*, double*, const int*, Length, Length, Length,
             Length);
void dstedc_(const char*, const int*, double*, double*, double*, const int*, double*, const int*, int*, const int*,
             int*, Length);
void dlaed2_(int*, const int*, const int*, double*, double*, const int*, int*, double*, double*, double*, double*,
             double*, int*, int*, int*, int*, int*);
void dlaed4_(const int*, const int*, const double*, const double*, double*, const double*, double*, int*);
void dlamrg_(const int*, const int*, const double*, const int*, const int*, int*);
void dgesdd_(const char*, const int*, const int*, double*, const int*, double*, double*, const int*, double*,
             const int*, double*, const int*, int*, int*, Length);

// Present when BLAS is built with OpenMP, where the number of threads is a setting of each thread.
[[gnu::weak]] int omp_get_max_threads();
[[gnu::weak]] void omp_set_num_threads(int);
}
// NOLINTEND(readability-identifier-naming)

namespace dnm {

namespace {

int as_int(std::size_t size) {
  if (size > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw ResourceError("a matrix of this size is beyond what LAPACK can count; choose smaller layers");
  }
  return static_cast<int>(size);
}

void require_success(int info, const char* what) {
  if (info != 0) {
    throw NumericalError(std::string("LAPACK could not finish ") + what + " (code " + std::to_string(info) +
                         "); change the network slightly, for instance its seed, and try again");
  }
}

/// A symmetric matrix reduced to tridiagonal form Q T Qᵀ; the reflectors that make up Q stay in `reflectors`.
struct Tridiagonal {
  DenseMatrix reflectors;
  std::vector<double> diagonal;
  std::vector<double> off_diagonal;
  std::vector<double> scales;
};

/// target += sign · op(m) · x for a column-major m of the given size.
void add_product(double sign, Transposed transpose, std::size_t rows, std::size_t columns, const double* m, int leading,
                 const double* x, int x_step, double* target) {
  if (rows == 0 || columns == 0) return;
  const int r = as_int(rows);
  const int c = as_int(columns);
  const double one = 1.0;
  const int step = 1;
  dgemv_(transpose == Transposed::yes ? "T" : "N", &r, &c, &sign, m, &leading, x, &x_step, &one, target, &step, 1);
}

/// Turns columns [first, first + width) of `form` tridiagonal and collects in `updates` what the columns after them
/// have to be corrected by: A - V Wᵀ - W Vᵀ, V the reflectors, W (n x width) the updates.
void reduce_columns(Tridiagonal& form, DenseMatrix& updates, std::size_t first, std::size_t width,
                    const TaskControl& control) {
  DenseMatrix& a = form.reflectors;
  const std::size_t n = a.rows();
  const int leading = as_int(n);
  const int step = 1;
  std::vector<double> overlap(width);
  for (std::size_t done = 0; done < width; ++done) {
    control.check();
    const std::size_t j = first + done;
    // Bring this column up to date with the reflectors of the panel so far.
    add_product(-1.0, Transposed::no, n - j, done, &a(j, first), leading, &updates(j, 0), leading, &a(j, j));
    add_product(-1.0, Transposed::no, n - j, done, &updates(j, 0), leading, &a(j, first), leading, &a(j, j));
    form.diagonal[j] = a(j, j);

    const std::size_t below = n - j - 1;
    const int count = as_int(below);
    double* reflector = &a(j + 1, j);
    dlarfg_(&count, reflector, reflector + 1, &step, &form.scales[j]);
    form.off_diagonal[j] = *reflector;
    *reflector = 1.0;

    double* update = &updates(j + 1, done);
    const double scale = form.scales[j];
    const double none = 0.0;
    dsymv_("L", &count, &scale, &a(j + 1, j + 1), &leading, reflector, &step, &none, update, &step, 1);
    const auto correct = [&](const DenseMatrix& inner, std::size_t inner_column, const DenseMatrix& outer,
                             std::size_t outer_column) {
      std::fill(overlap.begin(), overlap.end(), 0.0);
      add_product(scale, Transposed::yes, below, done, inner.column(inner_column) + j + 1, leading, reflector, step,
                  overlap.data());
      add_product(-1.0, Transposed::no, below, done, outer.column(outer_column) + j + 1, leading, overlap.data(), step,
                  update);
    };
    correct(updates, 0, a, first);
    correct(a, first, updates, 0);
    const double share = -0.5 * scale * ddot_(&count, update, &step, reflector, &step);
    daxpy_(&count, &share, reflector, &step, update, &step);
  }
}

Tridiagonal tridiagonalise(DenseMatrix matrix, const TaskControl& control) {
  const std::size_t n = matrix.rows();
  Tridiagonal result{std::move(matrix), std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
  DenseMatrix& a = result.reflectors;
  const int leading = as_int(n);
  constexpr std::size_t width = 32;
  DenseMatrix updates(n, width);
  std::size_t first = 0;
  for (; n - first > 2 * width; first += width) {
    reduce_columns(result, updates, first, width, control);
    const std::size_t next = first + width;
    const int remaining = as_int(n - next);
    const int panel = as_int(width);
    const double minus_one = -1.0;
    const double one = 1.0;
    dsyr2k_("L", "N", &remaining, &panel, &minus_one, &a(next, first), &leading, &updates(next, 0), &leading, &one,
            &a(next, next), &leading, 1, 1);
  }
  const int rest = as_int(n - first);
  int info = 0;
  dsytd2_("L", &rest, &a(first, first), &leading, &result.diagonal[first], &result.off_diagonal[first],
          &result.scales[first], &info, 1);
  require_success(info, "a tridiagonal form");
  return result;
}

/// Divide and conquer on a symmetric tridiagonal matrix.
class TridiagonalSolver {
 public:
  TridiagonalSolver(std::vector<double> diagonal, std::vector<double> off_diagonal, const TaskControl& control)
      : size_(diagonal.size()),
        values_(std::move(diagonal)),
        off_diagonal_(std::move(off_diagonal)),
        vectors_(size_, size_),
        order_(size_),
        control_(control) {}

  SymmetricEigen solve() {
    if (size_ > largest_leaf) {
      kept_ = ZeroedVector(size_ * size_);
      small_ = ZeroedVector(size_ * size_);
      z_.resize(size_);
      poles_.resize(size_);
      weights_.resize(size_);
      column_.resize(size_);
      for (auto& list : lists_) list.resize(size_);
    }
    solve_block(0, size_);
    if (size_ <= largest_leaf) return {std::move(values_), std::move(vectors_)};
    kept_ = {};
    small_ = {};
    // The merged lists are sorted except where values differ in the last digit alone.
    std::stable_sort(order_.begin(), order_.end(), [this](int a, int b) {
      return values_[static_cast<std::size_t>(a - 1)] < values_[static_cast<std::size_t>(b - 1)];
    });
    SymmetricEigen result{std::vector<double>(size_), DenseMatrix(size_, size_)};
    for (std::size_t k = 0; k < size_; ++k) {
      if (k % 256 == 0) control_.check();
      const auto from = static_cast<std::size_t>(order_[k] - 1);
      result.values[k] = values_[from];
      std::copy_n(vectors_.column(from), size_, result.vectors.column(k));
    }
    return result;
  }

 private:
  static constexpr std::size_t largest_leaf = 384;

  void solve_block(std::size_t first, std::size_t size) {
    control_.check();
    if (size <= largest_leaf) {
      solve_leaf(first, size);
      return;
    }
    const std::size_t half = size / 2;
    const double coupling = off_diagonal_[first + half - 1];
    values_[first + half - 1] -= std::abs(coupling);
    values_[first + half] -= std::abs(coupling);
    solve_block(first, half);
    solve_block(first + half, size - half);
    merge(first, size, half, coupling);
  }

  void solve_leaf(std::size_t first, std::size_t size) {
    const int n = as_int(size);
    const int leading = as_int(size_);
    const int work_size = as_int(1 + 4 * size + size * size);
    const int integer_size = as_int(3 + 5 * size);
    std::vector<double> work(static_cast<std::size_t>(work_size));
    std::vector<int> integers(static_cast<std::size_t>(integer_size));
    int info = 0;
    dstedc_("I", &n, &values_[first], &off_diagonal_[first], &vectors_(first, first), &leading, work.data(), &work_size,
            integers.data(), &integer_size, &info, 1);
    require_success(info, "the eigenvalues of a tridiagonal matrix");
    for (std::size_t i = 0; i < size; ++i) order_[first + i] = static_cast<int>(i) + 1;
  }

  /// Joins the eigensystems of the two halves: diag(D1, D2) + ρ z zᵀ by its secular equation.
  void merge(std::size_t first, std::size_t size, std::size_t half, double coupling) {
    for (std::size_t k = 0; k < half; ++k) z_[k] = vectors_(first + half - 1, first + k);
    for (std::size_t k = half; k < size; ++k) z_[k] = vectors_(first + half, first + k);
    auto& [index, by_type, deflation, types] = lists_;
    const int n = as_int(size);
    const int cut = as_int(half);
    const int leading = as_int(size_);
    int rank = 0;
    int info = 0;
    dlaed2_(&rank, &n, &cut, &values_[first], &vectors_(first, first), &leading, &order_[first], &coupling, z_.data(),
            poles_.data(), weights_.data(), kept_.data(), index.data(), by_type.data(), deflation.data(), types.data(),
            &info);
    require_success(info, "the deflation of a tridiagonal matrix");
    if (rank == 0) {
      for (std::size_t i = 0; i < size; ++i) order_[first + i] = static_cast<int>(i) + 1;
      return;
    }
    const auto count = static_cast<std::size_t>(rank);
    solve_secular_equation(first, count, coupling, by_type);

    // Columns of the first half only, of both, of the second half only: products skip the empty parts.
    const auto upper_only = static_cast<std::size_t>(types[0]);
    const auto both = static_cast<std::size_t>(types[1]);
    const auto lower_only = static_cast<std::size_t>(types[2]);
    const std::size_t upper = upper_only + both;
    const std::size_t lower = both + lower_only;
    expand(first, half, size - half, upper_only, lower, count, half * upper);
    expand(first, 0, half, 0, upper, count, 0);

    const int deflated = n - rank;
    const int rising = 1;
    const int falling = -1;
    dlamrg_(&rank, &deflated, &values_[first], &rising, &falling, &order_[first]);
  }

  /// Eigenvalues between the poles, and the eigenvectors in the basis of the deflated columns, left in the first
  /// `count` rows of the block. Vectors come from weights recomputed so that the roots found are exact (Gu and
  /// Eisenstat).
  void solve_secular_equation(std::size_t first, std::size_t count, double coupling, const std::vector<int>& by_type) {
    const int rank = as_int(count);
    for (std::size_t j = 0; j < count; ++j) {
      if (j % 256 == 0) control_.check();
      const int root = static_cast<int>(j) + 1;
      int info = 0;
      dlaed4_(&rank, &root, poles_.data(), weights_.data(), &vectors_(first, first + j), &coupling, &values_[first + j],
              &info);
      require_success(info, "a secular equation");
    }
    if (count == 1) return;
    if (count > 2) {
      std::vector<double> product(count);
      for (std::size_t i = 0; i < count; ++i) product[i] = vectors_(first + i, first + i);
      for (std::size_t j = 0; j < count; ++j) {
        if (j % 256 == 0) control_.check();
        const double* difference = &vectors_(first, first + j);
        for (std::size_t i = 0; i < j; ++i) product[i] *= difference[i] / (poles_[i] - poles_[j]);
        for (std::size_t i = j + 1; i < count; ++i) product[i] *= difference[i] / (poles_[i] - poles_[j]);
      }
      for (std::size_t i = 0; i < count; ++i) weights_[i] = std::copysign(std::sqrt(-product[i]), weights_[i]);
    }
    for (std::size_t j = 0; j < count; ++j) {
      if (j % 256 == 0) control_.check();
      double* vector = &vectors_(first, first + j);
      // For two roots dlaed4 has already returned the normalised vectors.
      double squares = 0.0;
      for (std::size_t i = 0; i < count; ++i) {
        column_[i] = count == 2 ? vector[i] : weights_[i] / vector[i];
        squares += column_[i] * column_[i];
      }
      const double norm = count == 2 ? 1.0 : std::sqrt(squares);
      for (std::size_t i = 0; i < count; ++i) vector[i] = column_[static_cast<std::size_t>(by_type[i] - 1)] / norm;
    }
  }

  /// Rows [row, row + rows) of the merged eigenvectors: the old ones (in kept_ from `offset`) times the rows
  /// [small_row, small_row + inner) of the small problem's.
  void expand(std::size_t first, std::size_t row, std::size_t rows, std::size_t small_row, std::size_t inner,
              std::size_t count, std::size_t offset) {
    if (inner == 0) {
      for (std::size_t j = 0; j < count; ++j) std::fill_n(&vectors_(first + row, first + j), rows, 0.0);
      return;
    }
    for (std::size_t j = 0; j < count; ++j) {
      std::copy_n(&vectors_(first + small_row, first + j), inner, &small_[j * inner]);
    }
    multiply(1.0, {&kept_[offset], rows, inner, rows}, Transposed::no, {small_.data(), inner, count, inner},
             Transposed::no, 0.0, &vectors_(first + row, first), size_, control_);
  }

  std::size_t size_;
  std::vector<double> values_;
  std::vector<double> off_diagonal_;
  DenseMatrix vectors_;
  std::vector<int> order_;  ///< sorts each block's eigenvalues, from 1
  const TaskControl& control_;
  ZeroedVector kept_;
  ZeroedVector small_;
  std::vector<double> z_;
  std::vector<double> poles_;
  std::vector<double> weights_;
  std::vector<double> column_;
  std::array<std::vector<int>, 4> lists_;
};

/// vectors = Q · vectors.
void apply_reflectors(const Tridiagonal& form, DenseMatrix& vectors, const TaskControl& control) {
  const std::size_t n = vectors.rows();
  if (n < 2) return;
  constexpr std::size_t width = 32;
  constexpr std::size_t columns_at_once = 512;
  const std::size_t reflectors = n - 1;
  const int leading = as_int(n);
  const int triangle_leading = as_int(width);
  std::vector<double> triangle(width * width);
  std::vector<double> work(columns_at_once * width);
  for (std::size_t block = (reflectors + width - 1) / width; block-- > 0;) {
    const std::size_t i = block * width;
    const int count = as_int(std::min(width, reflectors - i));
    const int rows = as_int(n - 1 - i);
    const double* reflector = form.reflectors.column(i) + i + 1;
    dlarft_("F", "C", &rows, &count, reflector, &leading, &form.scales[i], triangle.data(), &triangle_leading, 1, 1);
    for (std::size_t first = 0; first < n; first += columns_at_once) {
      control.check();
      const int columns = as_int(std::min(columns_at_once, n - first));
      dlarfb_("L", "N", "F", "C", &rows, &columns, &count, reflector, &leading, triangle.data(), &triangle_leading,
              &vectors(i + 1, first), &leading, work.data(), &columns, 1, 1, 1, 1);
    }
  }
}

}  // namespace

SingleThreadedBlas::SingleThreadedBlas() {
  if (&omp_get_max_threads == nullptr || &omp_set_num_threads == nullptr) return;
  previous_ = omp_get_max_threads();
  omp_set_num_threads(1);
}

SingleThreadedBlas::~SingleThreadedBlas() {
  if (previous_ > 0) omp_set_num_threads(previous_);
}

void multiply(double factor, const MatrixView& a, Transposed transpose_a, const MatrixView& b, Transposed transpose_b,
              double keep, double* target, std::size_t target_leading, const TaskControl& control) {
  const std::size_t rows = transpose_a == Transposed::yes ? a.columns : a.rows;
  const std::size_t inner = transpose_a == Transposed::yes ? a.rows : a.columns;
  const std::size_t columns = transpose_b == Transposed::yes ? b.rows : b.columns;
  if (rows == 0 || columns == 0) return;
  constexpr double operations_per_step = 1e9;
  const double per_column = 2.0 * static_cast<double>(rows) * static_cast<double>(std::max<std::size_t>(inner, 1));
  const std::size_t step = std::clamp(static_cast<std::size_t>(operations_per_step / per_column), std::size_t{16},
                                      std::max<std::size_t>(columns, 16));
  const int m = as_int(rows);
  const int k = as_int(inner);
  const int leading_a = as_int(std::max<std::size_t>(a.leading, 1));
  const int leading_b = as_int(std::max<std::size_t>(b.leading, 1));
  const int leading_target = as_int(target_leading);
  for (std::size_t first = 0; first < columns; first += step) {
    control.check();
    const int n = as_int(std::min(step, columns - first));
    const double* b_part = b.data + (transpose_b == Transposed::yes ? first : first * b.leading);
    dgemm_(transpose_a == Transposed::yes ? "T" : "N", transpose_b == Transposed::yes ? "T" : "N", &m, &n, &k, &factor,
           a.data, &leading_a, b_part, &leading_b, &keep, target + first * target_leading, &leading_target, 1, 1);
  }
}

SymmetricEigen symmetric_eigen(DenseMatrix matrix, const TaskControl& control) {
  if (matrix.rows() != matrix.columns()) throw InvalidInput("only a square matrix has eigenvalues");
  if (matrix.rows() == 0) return {};
  Tridiagonal form = tridiagonalise(std::move(matrix), control);
  SymmetricEigen result = TridiagonalSolver(std::move(form.diagonal), std::move(form.off_diagonal), control).solve();
  apply_reflectors(form, result.vectors, control);
  return result;
}

ThinSvd thin_svd(DenseMatrix matrix) {
  const std::size_t rank = std::min(matrix.rows(), matrix.columns());
  ThinSvd result{DenseMatrix(matrix.rows(), rank), std::vector<double>(rank), DenseMatrix(rank, matrix.columns())};
  if (rank == 0) return result;
  const int m = as_int(matrix.rows());
  const int n = as_int(matrix.columns());
  const int k = as_int(rank);
  std::vector<int> integers(8 * rank);
  int info = 0;
  int work_size = -1;
  double best_size = 0.0;
  dgesdd_("S", &m, &n, matrix.column(0), &m, result.values.data(), result.left.column(0), &m,
          result.right_transposed.column(0), &k, &best_size, &work_size, integers.data(), &info, 1);
  require_success(info, "a singular value decomposition");
  work_size = static_cast<int>(best_size);
  std::vector<double> work(static_cast<std::size_t>(work_size));
  dgesdd_("S", &m, &n, matrix.column(0), &m, result.values.data(), result.left.column(0), &m,
          result.right_transposed.column(0), &k, work.data(), &work_size, integers.data(), &info, 1);
  require_success(info, "a singular value decomposition");
  return result;
}

}  // namespace dnm
