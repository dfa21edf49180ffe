// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/chebyshev_subspace.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/network/random.h"

namespace dnm {
namespace {

using Block = DominantBlock;
using BlockRow = Eigen::Array<double, 1, dominant_block>;
using Small = Eigen::Matrix<double, dominant_block, dominant_block>;

constexpr double tolerance = 1e-14;               // of the residual; the operator's norm is 1
constexpr double good_enough = 1e-11;             // accepted when rounding prevents a smaller one
constexpr std::uint64_t check_every = 1U << 20U;  // entries between two checks of the stop token

/// out = matrix · in
void multiply(const SparseRows& matrix, const Block& in, Block& out, const TaskControl& control) {
  out.resize(matrix.row_count(), dominant_block);
  std::uint64_t next_check = check_every;
  for (Eigen::Index row = 0; row < matrix.row_count(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    BlockRow sum = BlockRow::Zero();
    for (std::uint64_t k = matrix.begin[r]; k < matrix.begin[r + 1]; ++k) {
      sum += matrix.values[k] * in.row(matrix.columns[k]).array();
    }
    out.row(row) = sum.matrix();
    if (matrix.begin[r + 1] >= next_check) {
      control.check();
      next_check = matrix.begin[r + 1] + check_every;
    }
  }
}

class Iteration {
 public:
  Iteration(const SymmetricProduct& matrix, double lowest, const Eigen::VectorXd& known, const TaskControl& control)
      : matrix_(matrix), lowest_(lowest), known_(known), control_(control), basis_(known.size(), dominant_block) {
    Random random(20210);
    for (Eigen::Index i = 0; i < basis_.size(); ++i) basis_.data()[i] = random.uniform(-1.0, 1.0);
  }

  DominantPairs run(int most_products, const Amplifier& amplifier) {
    double best = 1.0;
    int without_gain = 0;
    while (true) {
      rayleigh_ritz();
      const double residual = std::max(residual_of(0), residual_of(1));
      // Rounding limits the residual from below; after two rounds without improvement that limit is reached.
      without_gain = residual < 0.5 * best ? 0 : without_gain + 1;
      best = std::min(best, residual);
      const bool converged = residual <= tolerance || (best <= good_enough && without_gain >= 2);
      if (converged || products_ >= most_products) return {basis_.leftCols<2>(), values_, products_, converged};
      control_.check();
      amplifier ? amplifier(basis_) : filter(most_products);
    }
  }

 private:
  /// out = (operator - known · knownᵀ) · in: the known vector is moved to eigenvalue 0, where the filter damps it.
  void apply(const Block& in, Block& out) {
    control_.check();
    ++products_;
    if (matrix_.second != nullptr) {
      multiply(*matrix_.first, in, between_, control_);
      multiply(*matrix_.second, between_, out, control_);
    } else {
      multiply(*matrix_.first, in, out, control_);
    }
    const Eigen::Matrix<double, 1, dominant_block> share = known_.transpose() * in;
    out.noalias() -= known_ * share;
  }

  void rayleigh_ritz() {
    basis_ -= known_ * (known_.transpose() * basis_).eval();
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(basis_);
    basis_ = qr.householderQ() * Eigen::MatrixXd::Identity(basis_.rows(), dominant_block);
    apply(basis_, image_);
    const Small projected = basis_.transpose() * image_;
    const Eigen::SelfAdjointEigenSolver<Small> solver(Small(0.5 * (projected + projected.transpose())));
    const Small rotation = solver.eigenvectors().rowwise().reverse();
    values_ = solver.eigenvalues().reverse();
    basis_ = (basis_ * rotation).eval();
    image_ = (image_ * rotation).eval();
  }

  [[nodiscard]] double residual_of(Eigen::Index i) const { return (image_.col(i) - values_[i] * basis_.col(i)).norm(); }

  /// How far below the largest Ritz value the damped part of the spectrum begins: at the smallest one. Where an
  /// eigenvalue fills the whole block, that would damp what is wanted, and none of the others is known. A Ritz vector
  /// that lies short of eigenvalue a by the share c² of one that is g below has the Ritz value a - c²g and the residual
  /// cg, and the two give g.
  [[nodiscard]] double damped_below() const {
    constexpr double nearly_converged = 1e-2, one_eigenvalue = 30.0, smallest = 1e-15;
    const double spread = values_[0] - values_[dominant_block - 1], residual = residual_of(dominant_block - 1);
    if (residual > nearly_converged || residual < one_eigenvalue * spread) return spread;
    return std::clamp(0.5 * residual * residual / std::max(spread, smallest), spread, 0.5 * (values_[0] - lowest_));
  }

  /// Replaces the basis by p(operator) · basis, p the scaled Chebyshev polynomial that is small on
  /// [lowest, smallest Ritz value] and 1 at the largest.
  void filter(int most_products) {
    const double upper = std::clamp(values_[0] - damped_below(), lowest_ + 1e-3, 1.0 - 1e-15);
    const double center = 0.5 * (lowest_ + upper), half_width = 0.5 * (upper - lowest_);
    const double target = std::max((values_[0] - center) / half_width, 1.0);
    // Growth of the wanted directions over the damped ones per degree; beyond e^23 per round the block's columns
    // would all turn into the same vector.
    const double growth = std::acosh(target);
    const double most = std::min(4.0 + 2.0 * products_, std::max(4.0, 1.0 * most_products - products_));
    const int degree = static_cast<int>(std::clamp(23.0 / std::max(growth, 1e-3), 4.0, most));

    double sigma = 1.0 / target;
    const double first_sigma = sigma;
    Block& previous = basis_;
    Block& current = image_;  // operator · basis is known from Rayleigh-Ritz
    current = (current - center * previous) * (sigma / half_width);
    for (int k = 2; k <= degree; ++k) {
      const double next_sigma = 1.0 / (2.0 / first_sigma - sigma);
      apply(current, next_);
      next_ = (next_ - center * current) * (2.0 * next_sigma / half_width) - (sigma * next_sigma) * previous;
      previous.swap(current);
      current.swap(next_);
      sigma = next_sigma;
    }
    basis_.swap(current);
  }

  SymmetricProduct matrix_;
  double lowest_;
  const Eigen::VectorXd& known_;
  const TaskControl& control_;
  Block basis_, image_, next_, between_;
  Eigen::VectorXd values_;
  int products_ = 0;
};

}  // namespace

DominantPairs dominant_pairs(const SymmetricProduct& matrix, double lowest, const Eigen::VectorXd& known,
                             int most_products, const TaskControl& control, const Amplifier& amplifier) {
  return Iteration(matrix, lowest, known, control).run(most_products, amplifier);
}

Eigen::MatrixXd multiplied(const SparseRows& matrix, const Eigen::MatrixXd& vectors) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(matrix.row_count(), vectors.cols());
  for (Eigen::Index row = 0; row < matrix.row_count(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    for (std::uint64_t k = matrix.begin[r]; k < matrix.begin[r + 1]; ++k) {
      result.row(row) += matrix.values[k] * vectors.row(matrix.columns[k]);
    }
  }
  return result;
}

}  // namespace dnm
