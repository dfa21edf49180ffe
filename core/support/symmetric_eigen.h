// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace dnm {

/// All eigenvalues of a symmetric matrix, in increasing order, and their orthonormal vectors as columns.
struct SymmetricEigen {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;
  bool converged = false;
};

/// Only the lower triangle is read. O(n³). The only place that instantiates Eigen's solver for matrices of any size,
/// which takes seconds to compile.
[[nodiscard]] SymmetricEigen symmetric_eigen(const Eigen::Ref<const Eigen::MatrixXd>& matrix);

}  // namespace dnm
