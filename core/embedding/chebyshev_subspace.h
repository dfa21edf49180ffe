// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <Eigen/Dense>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// A sparse matrix by rows.
struct SparseRows {
  std::vector<std::uint64_t> begin;  ///< rows + 1 offsets
  std::vector<NodeIndex> columns;
  std::vector<double> values;
  NodeIndex column_count = 0;
  [[nodiscard]] Eigen::Index row_count() const { return static_cast<Eigen::Index>(begin.size()) - 1; }
};

/// Vectors that are iterated together, in one pass over the matrix.
inline constexpr int dominant_block = 8;
using DominantBlock = Eigen::Matrix<double, Eigen::Dynamic, dominant_block, Eigen::RowMajor>;

/// A symmetric operator: `first` alone, or `second` · `first` (a matrix times its transpose).
struct SymmetricProduct {
  const SparseRows* first;
  const SparseRows* second;
};

struct DominantPairs {
  Eigen::MatrixXd vectors;  ///< n x 2, orthonormal
  Eigen::VectorXd values;   ///< all `dominant_block` Ritz values, largest first; the first two are accurate to rounding
  int products = 0;
  bool converged = false;
};

/// Amplifies the wanted directions of the vectors, in place of the polynomial filter.
using Amplifier = std::function<void(DominantBlock&)>;

/// The two largest eigenvalues, other than the known one of the unit vector `known`, of a symmetric operator whose
/// spectrum lies in [`lowest`, 1]. Subspace iteration: a Chebyshev polynomial damps [lowest, smallest Ritz value],
/// Rayleigh-Ritz separates the rest, near-equal eigenvalues included. Deterministic. n >= 4 · dominant_block. Returned
/// unconverged after `most_products` applications. Throws Cancelled.
[[nodiscard]] DominantPairs dominant_pairs(const SymmetricProduct& matrix, double lowest, const Eigen::VectorXd& known,
                                           int most_products, const TaskControl& control,
                                           const Amplifier& amplifier = {});

/// matrix · vectors, for any number of columns. O(entries · columns).
[[nodiscard]] Eigen::MatrixXd multiplied(const SparseRows& matrix, const Eigen::MatrixXd& vectors);

}  // namespace dnm
