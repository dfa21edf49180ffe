// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/symmetric_eigen.h"

#include <Eigen/Eigenvalues>

namespace dnm {

SymmetricEigen symmetric_eigen(const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  return {solver.eigenvalues(), solver.eigenvectors(), solver.info() == Eigen::Success};
}

}  // namespace dnm
