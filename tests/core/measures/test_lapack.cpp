// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>
#include <stop_token>

#include "core/network/random.h"
#include "core/support/error.h"
#include "core/support/lapack.h"
#include "tests/core/measures/dense_reference.h"
#include "tests/support/test_class.h"

using dnm::DenseMatrix;
using dnm::multiply;
using dnm::Random;
using dnm::symmetric_eigen;
using dnm::SymmetricEigen;
using dnm::Transposed;
using dnm::test::product;

namespace {

Eigen::Map<const Eigen::MatrixXd> view(const DenseMatrix& matrix) {
  return {matrix.column(0), static_cast<Eigen::Index>(matrix.rows()), static_cast<Eigen::Index>(matrix.columns())};
}

DenseMatrix random_matrix(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Random random(seed);
  DenseMatrix matrix(rows, columns);
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t r = 0; r < rows; ++r) matrix(r, c) = random.normal();
  }
  return matrix;
}

/// Residual and orthogonality, both relative to machine accuracy times size.
void check(const DenseMatrix& matrix, const SymmetricEigen& eigen) {
  const auto n = static_cast<Eigen::Index>(matrix.rows());
  const Eigen::MatrixXd a = view(matrix).selfadjointView<Eigen::Lower>();
  const Eigen::MatrixXd v = view(eigen.vectors);
  const Eigen::Map<const Eigen::VectorXd> values(eigen.values.data(), n);
  const double scale = std::max(1e-300, values.cwiseAbs().maxCoeff());
  const double tolerance = 1e-15 * 20.0 * static_cast<double>(n);
  QVERIFY((product(a, v) - v * values.asDiagonal()).cwiseAbs().maxCoeff() <= tolerance * scale);
  QVERIFY((product(v.transpose(), v) - Eigen::MatrixXd::Identity(n, n)).cwiseAbs().maxCoeff() <= tolerance);
  QVERIFY(std::is_sorted(eigen.values.begin(), eigen.values.end()));
}

}  // namespace

class TestLapack : public QObject {
  Q_OBJECT

  dnm::SingleThreadedBlas alone_;

 private Q_SLOTS:
  void random_matrices() {
    // Below, at and above the sizes at which the solver changes its ways.
    for (const std::size_t n : {1U, 2U, 3U, 33U, 64U, 65U, 200U, 384U, 385U, 400U, 801U}) {
      const DenseMatrix matrix = random_matrix(n, n, n);
      const SymmetricEigen eigen = symmetric_eigen(matrix, {});
      check(matrix, eigen);
      const Eigen::VectorXd other = dnm::test::eigen_pairs(view(matrix)).values;
      for (std::size_t k = 0; k < n; ++k) {
        QVERIFY(std::abs(eigen.values[k] - other(static_cast<Eigen::Index>(k))) < 1e-11);
      }
    }
  }

  void known_spectra() {
    const std::size_t n = 500;
    DenseMatrix path(n, n);  // 2 cos(πk/(n+1))
    for (std::size_t i = 0; i + 1 < n; ++i) path(i + 1, i) = 1.0;
    const SymmetricEigen of_path = symmetric_eigen(path, {});
    check(path, of_path);
    for (std::size_t k = 0; k < n; ++k) {
      const double exact = -2.0 * std::cos(std::numbers::pi * static_cast<double>(k + 1) / static_cast<double>(n + 1));
      QVERIFY(std::abs(of_path.values[k] - exact) < 1e-12);
    }
    DenseMatrix ones(n, n);  // one eigenvalue n, all others 0: everything deflates
    for (std::size_t c = 0; c < n; ++c) std::fill_n(ones.column(c), n, 1.0);
    const SymmetricEigen of_ones = symmetric_eigen(ones, {});
    check(ones, of_ones);
    QVERIFY(std::abs(of_ones.values.back() - static_cast<double>(n)) < 1e-9);
    check(DenseMatrix(n, n), symmetric_eigen(DenseMatrix(n, n), {}));
    DenseMatrix diagonal(n, n);
    for (std::size_t i = 0; i < n; ++i) diagonal(i, i) = static_cast<double>((i * 37) % n);
    check(diagonal, symmetric_eigen(diagonal, {}));
    // Equal blocks: every eigenvalue repeated.
    DenseMatrix blocks(n, n);
    for (std::size_t c = 0; c < n; ++c) {
      for (std::size_t r = c + 1; r < n; ++r) {
        if (r / 6 == c / 6 && (r + c) % 3 != 0) blocks(r, c) = 1.0;
      }
    }
    check(blocks, symmetric_eigen(blocks, {}));
    // Glued Wilkinson matrices: eigenvalues that agree to many digits.
    DenseMatrix wilkinson(n, n);
    for (std::size_t i = 0; i < n; ++i) {
      wilkinson(i, i) = std::abs(static_cast<double>(i % 21) - 10.0);
      if (i + 1 < n) wilkinson(i + 1, i) = (i + 1) % 21 == 0 ? 1e-8 : 1.0;
    }
    check(wilkinson, symmetric_eigen(wilkinson, {}));
  }

  void only_the_lower_triangle_counts() {
    DenseMatrix matrix = random_matrix(450, 450, 1);
    const SymmetricEigen first = symmetric_eigen(matrix, {});
    for (std::size_t c = 0; c < 450; ++c) {
      for (std::size_t r = 0; r < c; ++r) matrix(r, c) = 1e6;
    }
    const SymmetricEigen second = symmetric_eigen(matrix, {});
    QCOMPARE(second.values, first.values);
  }

  void products() {
    const DenseMatrix a = random_matrix(37, 53, 1);
    const DenseMatrix b = random_matrix(53, 41, 2);
    const DenseMatrix a_transposed = random_matrix(53, 37, 3);
    const DenseMatrix b_transposed = random_matrix(41, 53, 4);
    for (const Transposed ta : {Transposed::no, Transposed::yes}) {
      for (const Transposed tb : {Transposed::no, Transposed::yes}) {
        const DenseMatrix& left = ta == Transposed::yes ? a_transposed : a;
        const DenseMatrix& right = tb == Transposed::yes ? b_transposed : b;
        DenseMatrix target = random_matrix(50, 41, 5);
        const Eigen::MatrixXd before = view(target);
        multiply(2.0, left.all(), ta, right.all(), tb, 0.5, &target(3, 0), 50, {});
        const Eigen::MatrixXd x = ta == Transposed::yes ? Eigen::MatrixXd(view(left).transpose()) : view(left);
        const Eigen::MatrixXd y = tb == Transposed::yes ? Eigen::MatrixXd(view(right).transpose()) : view(right);
        Eigen::MatrixXd expected = before;
        expected.middleRows(3, 37) = 2.0 * product(x, y) + 0.5 * before.middleRows(3, 37);
        QVERIFY((view(target) - expected).cwiseAbs().maxCoeff() < 1e-12);
      }
    }
  }

  void singular_values() {
    const DenseMatrix matrix = random_matrix(40, 70, 8);
    const dnm::ThinSvd svd = dnm::thin_svd(matrix);
    const Eigen::Map<const Eigen::VectorXd> values(svd.values.data(), 40);
    const Eigen::MatrixXd left = view(svd.left);
    const Eigen::MatrixXd rebuilt = product(left * values.asDiagonal(), view(svd.right_transposed));
    QVERIFY((rebuilt - view(matrix)).cwiseAbs().maxCoeff() < 1e-12);
    QVERIFY((product(left.transpose(), left) - Eigen::MatrixXd::Identity(40, 40)).cwiseAbs().maxCoeff() < 1e-12);
  }

  void a_stop_ends_it() {
    std::stop_source source;
    source.request_stop();
    const dnm::TaskControl control{source.get_token(), {}};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(symmetric_eigen(random_matrix(500, 500, 1), control)), dnm::Cancelled);
    DenseMatrix target(500, 500);
    const DenseMatrix factor = random_matrix(500, 500, 2);
    QVERIFY_EXCEPTION_THROWN(
        multiply(1.0, factor.all(), Transposed::no, factor.all(), Transposed::no, 0.0, target.column(0), 500, control),
        dnm::Cancelled);
  }

  void numbers_that_are_none_are_an_error_not_a_crash() {
    DenseMatrix matrix(500, 500);
    for (std::size_t c = 0; c < 500; ++c) std::fill_n(matrix.column(c), 500, std::nan(""));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(symmetric_eigen(matrix, {})), dnm::NumericalError);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(symmetric_eigen(DenseMatrix(2, 3), {})), dnm::InvalidInput);
  }
};

DNM_TEST(TestLapack)
#include "test_lapack.moc"
