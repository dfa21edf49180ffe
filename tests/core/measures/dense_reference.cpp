// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/measures/dense_reference.h"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

namespace dnm::test {

EigenPairs eigen_pairs(const Eigen::MatrixXd& symmetric) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

Eigen::VectorXd singular_values(const Eigen::MatrixXd& matrix) {
  return Eigen::JacobiSVD<Eigen::MatrixXd>(matrix).singularValues();
}

Eigen::MatrixXd product(const Eigen::MatrixXd& left, const Eigen::MatrixXd& right) { return left * right; }

}  // namespace dnm::test
