// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

/// Dense linear algebra by Eigen, a route apart from the core's LAPACK. Compiled once: in each test that names Eigen's
/// decompositions and products they take ten seconds and more.
namespace dnm::test {

struct EigenPairs {
  Eigen::VectorXd values;   ///< smallest first
  Eigen::MatrixXd vectors;  ///< orthonormal columns
};
/// Of a symmetric matrix, whose lower triangle alone is read.
[[nodiscard]] EigenPairs eigen_pairs(const Eigen::MatrixXd& symmetric);

/// Largest first.
[[nodiscard]] Eigen::VectorXd singular_values(const Eigen::MatrixXd& matrix);

[[nodiscard]] Eigen::MatrixXd product(const Eigen::MatrixXd& left, const Eigen::MatrixXd& right);

}  // namespace dnm::test
