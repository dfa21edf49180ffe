// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/support/lapack.h"
#include "core/support/task_control.h"

namespace dnm {

/// A symmetric n x n matrix K as an operator: sets `product` = K · `vectors` (both n rows, equally many columns).
using SymmetricOperator = std::function<void(const DenseMatrix& vectors, DenseMatrix& product)>;

/// The eigenvalues of largest magnitude, whatever their sign.
struct LeadingPairs {
  /// By descending magnitude; of two that agree in magnitude to ten digits the positive one first. The first `wanted`
  /// are accurate, up to three more follow, accurate to about two digits. Those below rounding are 0.
  std::vector<double> values;
  DenseMatrix vectors;  ///< n x wanted, orthonormal; the largest entry of each is positive
  int products = 0;     ///< blocks of vectors the operator was applied to
};

/// The `wanted` leading eigenpairs (1 <= wanted <= min(n, 4)) of a symmetric operator. Up to `dense_limit` nodes the
/// whole matrix is formed and solved; beyond, a block Krylov space of eight vectors per step is built with full
/// orthogonalisation and restarted from its leading Ritz vectors when it is full (thick restart; Wu and Simon, SIAM J.
/// Matrix Anal. Appl. 22:602, 2000, doi:10.1137/S0895479898334605). An eigenvalue may be eightfold and is still found.
/// Deterministic. Each step costs one application to eight vectors and O(8 · n · basis); memory n · 400 doubles, fewer
/// for n > 200,000. Throws NumericalError when it does not converge, Cancelled.
[[nodiscard]] LeadingPairs leading_pairs(std::size_t n, std::size_t wanted, const SymmetricOperator& apply,
                                         const TaskControl& control, std::size_t dense_limit = 256);

/// Memory of leading_pairs() in bytes, besides the operator.
[[nodiscard]] std::uint64_t leading_pairs_memory(std::size_t n, std::size_t dense_limit = 256);

}  // namespace dnm
