// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/block_krylov.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include <Eigen/Dense>

#include "core/network/random.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::size_t block = 8;
constexpr std::size_t kept_blocks = 4;  // Ritz vectors that survive a restart, in blocks
constexpr std::size_t extra_values = 3;
constexpr std::size_t smallest_sparse = 128;
constexpr int most_products = 6000;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

using Small = Eigen::MatrixXd;

std::size_t basis_capacity(std::size_t n) {
  constexpr std::size_t most = 400, least = 80, most_doubles = 80'000'000;
  return std::min(std::clamp(most_doubles / n, least, most), n / 2) / block * block;
}

/// Positions of the values by descending magnitude; of two alike the positive one first.
std::vector<std::size_t> by_magnitude(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return std::abs(values[a]) > std::abs(values[b]); });
  constexpr double alike = 1e-10;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const double before = values[order[i - 1]], here = values[order[i]];
    if (before < 0.0 && here > 0.0 && here + before > alike * before) std::swap(order[i - 1], order[i]);
  }
  return order;
}

std::span<double> column(DenseMatrix& matrix, std::size_t index) { return {matrix.column(index), matrix.rows()}; }

double dot(std::span<const double> a, std::span<const double> b) {
  return Eigen::Map<const Eigen::VectorXd>(a.data(), static_cast<Eigen::Index>(a.size()))
      .dot(Eigen::Map<const Eigen::VectorXd>(b.data(), static_cast<Eigen::Index>(b.size())));
}

void subtract(std::span<double> from, double factor, std::span<const double> what) {
  Eigen::Map<Eigen::VectorXd>(from.data(), static_cast<Eigen::Index>(from.size())) -=
      factor * Eigen::Map<const Eigen::VectorXd>(what.data(), static_cast<Eigen::Index>(what.size()));
}

void scale(std::span<double> vector, double factor) {
  for (double& value : vector) value *= factor;
}

/// The result of leading_pairs(), from all or some eigenvalues and the vectors of the wanted ones.
LeadingPairs finished(std::span<const double> values, const std::vector<std::size_t>& order, DenseMatrix vectors,
                      int products) {
  LeadingPairs pairs{{}, std::move(vectors), products};
  const double negligible = 4.0 * epsilon * static_cast<double>(pairs.vectors.rows()) * std::abs(values[order.front()]);
  for (std::size_t i = 0; i < std::min(order.size(), pairs.vectors.columns() + extra_values); ++i) {
    const double value = values[order[i]];
    pairs.values.push_back(std::abs(value) > negligible ? value : 0.0);
  }
  for (std::size_t i = 0; i < pairs.vectors.columns(); ++i) {
    const std::span<double> vector = column(pairs.vectors, i);
    // Among entries of equal magnitude the choice of the largest must not vary.
    const double largest = std::abs(*std::ranges::max_element(vector, {}, [](double x) { return std::abs(x); }));
    const auto first = std::ranges::find_if(vector, [&](double x) { return std::abs(x) > (1.0 - 1e-9) * largest; });
    if (*first < 0.0) scale(vector, -1.0);
  }
  return pairs;
}

LeadingPairs solve_dense(std::size_t n, std::size_t wanted, const SymmetricOperator& apply,
                         const TaskControl& control) {
  DenseMatrix identity(n, n), matrix(n, n);
  for (std::size_t i = 0; i < n; ++i) identity(i, i) = 1.0;
  apply(identity, matrix);
  const SingleThreadedBlas single_threaded;
  const SymmetricEigen eigen = symmetric_eigen(std::move(matrix), control);
  const std::vector<std::size_t> order = by_magnitude(eigen.values);
  DenseMatrix vectors(n, wanted);
  for (std::size_t i = 0; i < wanted; ++i) {
    std::ranges::copy(std::span(eigen.vectors.column(order[i]), n), vectors.column(i));
  }
  return finished(eigen.values, order, std::move(vectors), 0);
}

class Iteration {
 public:
  Iteration(std::size_t n, std::size_t wanted, const SymmetricOperator& apply, const TaskControl& control)
      : n_(n),
        wanted_(wanted),
        apply_(apply),
        control_(control),
        basis_(n, basis_capacity(n)),
        next_(n, block),
        projected_(
            Small::Zero(static_cast<Eigen::Index>(basis_.columns()), static_cast<Eigen::Index>(basis_.columns()))) {}

  LeadingPairs run() {
    const SingleThreadedBlas single_threaded;
    for (std::size_t j = 0; j < block; ++j) fill_with_noise(j);
    make_orthonormal();
    while (true) {
      extend();
      const bool full = size_ + block > basis_.columns();
      if (!full && products_ % check_interval() != 0) continue;
      solve_projected();
      if (converged()) break;
      if (products_ >= most_products) {
        throw NumericalError("the embedding's eigenvectors did not converge after " + std::to_string(products_) +
                             " steps; try another reduction or other link weights");
      }
      if (full) restart();
    }
    return finished({ritz_values_.data(), size_}, order_, ritz_vectors(wanted_), products_);
  }

 private:
  [[nodiscard]] int check_interval() const { return products_ < 16 ? 4 : 8; }

  void fill_with_noise(std::size_t j) {
    for (double& value : column(next_, j)) value = random_.uniform(-1.0, 1.0);
  }

  /// The first `count` vectors of the basis.
  [[nodiscard]] MatrixView basis(std::size_t count) const { return basis_.part(0, 0, n_, count); }

  /// next -= basis · (basisᵀ · next); returns basisᵀ · next as it was.
  Small project_out() {
    Small shares = Small::Zero(static_cast<Eigen::Index>(size_), static_cast<Eigen::Index>(block));
    if (size_ == 0) return shares;
    multiply(1.0, basis(size_), Transposed::yes, next_.all(), Transposed::no, 0.0, shares.data(), size_, control_);
    const MatrixView view{shares.data(), size_, block, size_};
    multiply(-1.0, basis(size_), Transposed::no, view, Transposed::no, 1.0, next_.column(0), n_, control_);
    return shares;
  }

  /// Orthonormal columns in place of next (Gram-Schmidt); returns the triangle R with old = new · R. A column that
  /// depends on the others is replaced by noise, its row of R is 0.
  Small make_orthonormal() {
    Small triangle = Small::Zero(static_cast<Eigen::Index>(block), static_cast<Eigen::Index>(block));
    bool replaced = false;
    for (std::size_t j = 0; j < block; ++j) {
      const std::span<double> vector = column(next_, j);
      const auto at = static_cast<Eigen::Index>(j);
      for (int repeat = 0; repeat < 2; ++repeat) {
        for (std::size_t i = 0; i < j; ++i) {
          const double share = dot(column(next_, i), vector);
          subtract(vector, share, column(next_, i));
          triangle(static_cast<Eigen::Index>(i), at) += share;
        }
      }
      const double norm = std::sqrt(dot(vector, vector));
      if (norm > 8.0 * epsilon * scale_) {
        triangle(at, at) = norm;
        scale(vector, 1.0 / norm);
      } else {
        fill_with_noise(j);
        scale(vector, 1.0 / std::sqrt(dot(vector, vector)));
        replaced = true;
      }
    }
    // Rescaling short columns amplifies what rounding left of the basis in them: orthogonalise once more, without
    // changing R.
    for (int repeat = 0; repeat < (replaced ? 2 : 1); ++repeat) {
      project_out();
      for (std::size_t j = 0; j < block; ++j) {
        const std::span<double> vector = column(next_, j);
        for (std::size_t i = 0; i < j; ++i) subtract(vector, dot(column(next_, i), vector), column(next_, i));
        scale(vector, 1.0 / std::sqrt(dot(vector, vector)));
      }
    }
    return triangle;
  }

  /// Adds the next block to the basis; its image under the operator, orthogonalised to the basis, becomes the next
  /// block.
  void extend() {
    control_.check();
    for (std::size_t j = 0; j < block; ++j) std::ranges::copy(column(next_, j), basis_.column(size_ + j));
    DenseMatrix image(n_, block);
    apply_(next_, image);
    ++products_;
    std::swap(next_, image);
    size_ += block;
    Small shares = project_out();
    shares += project_out();
    const auto all = static_cast<Eigen::Index>(size_), width = static_cast<Eigen::Index>(block);
    projected_.block(0, all - width, all, width) = shares;
    projected_.block(all - width, 0, width, all) = shares.transpose();
    const Small corner = projected_.block(all - width, all - width, width, width);
    projected_.block(all - width, all - width, width, width) = 0.5 * (corner + corner.transpose());
    scale_ = std::max(scale_, shares.norm());
    outside_ = make_orthonormal();
  }

  void solve_projected() {
    const auto all = static_cast<Eigen::Index>(size_);
    DenseMatrix matrix(size_, size_);
    for (Eigen::Index j = 0; j < all; ++j) {
      for (Eigen::Index i = 0; i < all; ++i) {
        matrix(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) = projected_(i, j);
      }
    }
    SymmetricEigen eigen = symmetric_eigen(std::move(matrix), control_);
    ritz_values_ = std::move(eigen.values);
    coordinates_ = std::move(eigen.vectors);
    order_ = by_magnitude(ritz_values_);
  }

  /// Norm of K·x - θ·x for the Ritz pair at place i of the order: only the image of the last block has a part outside
  /// the basis.
  [[nodiscard]] double residual(std::size_t i) const {
    const Eigen::Map<const Eigen::VectorXd> last(coordinates_.column(order_[i]) + size_ - block,
                                                 static_cast<Eigen::Index>(block));
    return (outside_ * last).norm();
  }

  /// The error of a vector is its residual over the distance to the nearest other eigenvalue. Below rounding it cannot
  /// improve: for near-equal eigenvalues any basis of their space is accepted. That floor is reached when the residual
  /// stops decreasing.
  [[nodiscard]] bool converged() {
    constexpr double accuracy = 1e-13, good_enough = 1e-12;
    const double norm = std::abs(ritz_values_[order_.front()]);
    if (norm <= std::numeric_limits<double>::min()) return true;
    double worst = 0.0, worst_residual = 0.0;
    for (std::size_t i = 0; i < wanted_; ++i) {
      double gap = norm;
      for (std::size_t j = 0; j < std::min(order_.size(), wanted_ + 2 * block); ++j) {
        if (j != i) gap = std::min(gap, std::abs(ritz_values_[order_[i]] - ritz_values_[order_[j]]));
      }
      worst_residual = std::max(worst_residual, residual(i));
      worst = std::max(worst, residual(i) / std::max(accuracy * gap, 0.5 * epsilon * norm));
    }
    without_gain_ = worst < 0.5 * best_ ? 0 : without_gain_ + 1;
    best_ = std::min(best_, worst);
    first_worst_ = std::max({first_worst_, worst, 10.0});
    control_.report(std::clamp(1.0 - std::log(std::max(best_, 1.0)) / std::log(first_worst_), 0.0, 1.0));
    return worst <= 1.0 || (without_gain_ >= 2 && worst_residual <= good_enough * norm);
  }

  [[nodiscard]] DenseMatrix ritz_vectors(std::size_t count) const {
    DenseMatrix chosen(size_, count), vectors(n_, count);
    for (std::size_t i = 0; i < count; ++i) {
      std::ranges::copy(std::span(coordinates_.column(order_[i]), size_), chosen.column(i));
    }
    multiply(1.0, basis(size_), Transposed::no, chosen.all(), Transposed::no, 0.0, vectors.column(0), n_, control_);
    return vectors;
  }

  /// The leading Ritz vectors become the basis. Their coupling to the next block follows when the operator is applied
  /// to it.
  void restart() {
    const std::size_t count = kept_blocks * block;
    const DenseMatrix kept = ritz_vectors(count);
    projected_.setZero();
    for (std::size_t i = 0; i < count; ++i) {
      std::ranges::copy(std::span(kept.column(i), n_), basis_.column(i));
      projected_(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) = ritz_values_[order_[i]];
    }
    size_ = count;
  }

  std::size_t n_;
  std::size_t wanted_;
  const SymmetricOperator& apply_;
  const TaskControl& control_;
  DenseMatrix basis_;
  DenseMatrix next_;
  std::size_t size_ = 0;  ///< vectors in the basis
  Small projected_;       ///< basisᵀ · K · basis
  Small outside_;         ///< K · last block of the basis = basis · … + next · outside
  double scale_ = 0.0;    ///< about the norm of K
  std::vector<double> ritz_values_;
  DenseMatrix coordinates_;  ///< of the Ritz vectors in the basis
  std::vector<std::size_t> order_;
  int products_ = 0;
  double first_worst_ = 0.0, best_ = std::numeric_limits<double>::infinity();
  int without_gain_ = 0;
  Random random_{20210};
};

}  // namespace

LeadingPairs leading_pairs(std::size_t n, std::size_t wanted, const SymmetricOperator& apply,
                           const TaskControl& control, std::size_t dense_limit) {
  if (wanted == 0 || wanted > n) throw InvalidInput("an n x n matrix has between one and n eigenvalues to ask for");
  LeadingPairs pairs = n <= std::max(dense_limit, smallest_sparse) ? solve_dense(n, wanted, apply, control)
                                                                   : Iteration(n, wanted, apply, control).run();
  for (std::size_t i = 0; i < wanted; ++i) {
    const std::span<const double> vector(pairs.vectors.column(i), n);
    if (!std::ranges::all_of(vector, [](double x) { return std::isfinite(x); })) {
      throw NumericalError("the embedding has no finite coordinates; try other link weights");
    }
  }
  return pairs;
}

std::uint64_t leading_pairs_memory(std::size_t n, std::size_t dense_limit) {
  const std::uint64_t columns = n <= std::max(dense_limit, smallest_sparse) ? 6 * n : basis_capacity(n) + 6 * block;
  return std::uint64_t{n} * columns * sizeof(double);
}

}  // namespace dnm
