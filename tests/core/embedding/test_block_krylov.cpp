// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numeric>
#include <span>

#include "core/embedding/block_krylov.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using dnm::DenseMatrix;
using dnm::LeadingPairs;

namespace {

/// Q · diag(values) · Qᵀ with Q a product of random reflections: every eigenpair is known.
class KnownMatrix {
 public:
  explicit KnownMatrix(std::vector<double> values) : values_(std::move(values)) {
    dnm::Random random(11);
    for (std::vector<double>& mirror : mirrors_) {
      for (std::size_t i = 0; i < values_.size(); ++i) mirror.push_back(random.normal());
      const double norm = std::sqrt(std::inner_product(mirror.begin(), mirror.end(), mirror.begin(), 0.0));
      for (double& entry : mirror) entry /= norm;
    }
  }

  [[nodiscard]] dnm::SymmetricOperator as_operator() const {
    return [this](const DenseMatrix& vectors, DenseMatrix& product) {
      for (std::size_t j = 0; j < vectors.columns(); ++j) {
        std::vector<double> x = back({vectors.column(j), vectors.rows()});
        for (std::size_t i = 0; i < x.size(); ++i) x[i] *= values_[i];
        for (std::size_t m = mirrors_.size(); m-- > 0;) reflect(mirrors_[m], x);
        std::ranges::copy(x, product.column(j));
      }
    };
  }

  /// Length of the part of `vector` that lies in the eigenspaces of values near `value`.
  [[nodiscard]] double part_in(double value, std::span<const double> vector) const {
    const std::vector<double> x = back(vector);
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (std::abs(values_[i] - value) < 1e-9) sum += x[i] * x[i];
    }
    return std::sqrt(sum);
  }

 private:
  static void reflect(const std::vector<double>& mirror, std::vector<double>& x) {
    const double share = 2.0 * std::inner_product(mirror.begin(), mirror.end(), x.begin(), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= share * mirror[i];
  }
  [[nodiscard]] std::vector<double> back(std::span<const double> vector) const {
    std::vector<double> x(vector.begin(), vector.end());
    for (const std::vector<double>& mirror : mirrors_) reflect(mirror, x);
    return x;
  }

  std::vector<double> values_;
  std::array<std::vector<double>, 3> mirrors_;
};

/// The first values as given, the rest spread evenly between ±`bulk`.
std::vector<double> spectrum(std::size_t n, std::vector<double> leading, double bulk) {
  while (leading.size() < n) {
    const double t = static_cast<double>(leading.size()) / static_cast<double>(n);
    leading.push_back((leading.size() % 2 == 0 ? bulk : -bulk) * (1.0 - t));
  }
  return leading;
}

/// Both routes find the given leading values, in this order, and vectors that belong to them.
void check(const std::vector<double>& values, const std::vector<double>& expected, double vector_accuracy = 1e-10) {
  const KnownMatrix matrix(values);
  for (const std::size_t dense_limit : {std::size_t{10000}, std::size_t{0}}) {
    const LeadingPairs pairs =
        dnm::leading_pairs(values.size(), expected.size(), matrix.as_operator(), {}, dense_limit);
    QCOMPARE(pairs.products == 0, dense_limit > 0);
    const double norm = std::abs(expected.front());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      QVERIFY(std::abs(pairs.values[i] - expected[i]) < 1e-12 * norm);
      const std::span<const double> vector(pairs.vectors.column(i), values.size());
      QVERIFY(matrix.part_in(expected[i], vector) > 1.0 - vector_accuracy);
      for (std::size_t j = 0; j <= i; ++j) {
        const double product = std::inner_product(vector.begin(), vector.end(), pairs.vectors.column(j), 0.0);
        QVERIFY(std::abs(product - (i == j ? 1.0 : 0.0)) < 1e-12);
      }
    }
  }
}

}  // namespace

class TestBlockKrylov : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void finds_values_of_both_signs_by_magnitude() {
    check(spectrum(300, {9.0, -12.0, 7.0, -8.0}, 1.0), {-12.0, 9.0, -8.0, 7.0});
    check(spectrum(500, {1e6, -2e4, -1.9e4, -1.8e4}, 1.7e4), {1e6, -2e4, -1.9e4});
  }

  void tells_near_equal_magnitudes_of_opposite_sign_apart() {
    check(spectrum(300, {-5.0, 5.0 - 1e-6, 4.0}, 1.0), {-5.0, 5.0 - 1e-6, 4.0});
    check(spectrum(300, {-5.0, 5.0, 4.0}, 1.0), {5.0, -5.0, 4.0});
  }

  void finds_multiple_values_as_often_as_they_occur() {
    check(spectrum(300, {7.0, 7.0, 7.0, -6.0}, 1.0), {7.0, 7.0, 7.0, -6.0});
    check(spectrum(300, {3.0, -7.0, -7.0}, 1.0), {-7.0, -7.0, 3.0});
    check(spectrum(300, std::vector<double>(8, 2.0), 1.0), {2.0, 2.0, 2.0, 2.0});
  }

  void finds_crowded_values_across_restarts() {
    // Evenly spaced right up to the largest: a Krylov space of the whole basis is not enough.
    std::vector<double> values;
    for (int i = 0; i < 3000; ++i) values.push_back((i % 2 == 0 ? 1.0 : -1.0) * (1.0 - i / 3000.0));
    const KnownMatrix matrix(values);
    const LeadingPairs pairs = dnm::leading_pairs(values.size(), 3, matrix.as_operator(), {}, 0);
    QVERIFY(pairs.products > 50);
    for (std::size_t i = 0; i < 3; ++i) {
      QVERIFY(std::abs(pairs.values[i] - values[i]) < 1e-13);
      QVERIFY(matrix.part_in(values[i], {pairs.vectors.column(i), values.size()}) > 1.0 - 1e-10);
    }
  }

  void few_values_that_are_not_zero() {
    for (const std::vector<double>& leading : {std::vector<double>{3.0}, {-3.0, 1.0}, {}}) {
      std::vector<double> values = leading;
      values.resize(200, 0.0);
      const KnownMatrix matrix(values);
      for (const std::size_t dense_limit : {std::size_t{1000}, std::size_t{0}}) {
        const LeadingPairs pairs = dnm::leading_pairs(200, 3, matrix.as_operator(), {}, dense_limit);
        for (std::size_t i = 0; i < 3; ++i) {
          QVERIFY(std::abs(pairs.values[i] - values[i]) < 1e-13);
          if (values[i] == 0.0) QCOMPARE(pairs.values[i], 0.0);
        }
      }
    }
  }

  void the_same_bits_each_time() {
    const KnownMatrix matrix(spectrum(300, {9.0, -8.0}, 1.0));
    const LeadingPairs first = dnm::leading_pairs(300, 2, matrix.as_operator(), {}, 0);
    const LeadingPairs second = dnm::leading_pairs(300, 2, matrix.as_operator(), {}, 0);
    QCOMPARE(first.values, second.values);
    for (std::size_t i = 0; i < 300; ++i) QCOMPARE(first.vectors(i, 1), second.vectors(i, 1));
  }

  void progress_rises_and_a_stop_ends_it() {
    std::vector<double> values;
    for (int i = 0; i < 2000; ++i) values.push_back(1.0 - i / 2000.0);
    const KnownMatrix matrix(values);
    std::stop_source stop;
    int reports = 0;
    const dnm::TaskControl control{stop.get_token(), [&](double fraction) {
                                     QVERIFY(fraction >= 0.0 && fraction <= 1.0);
                                     if (++reports == 3) stop.request_stop();
                                   }};
    QVERIFY_EXCEPTION_THROWN((void)dnm::leading_pairs(2000, 2, matrix.as_operator(), control, 0), dnm::Cancelled);
    QVERIFY_EXCEPTION_THROWN((void)dnm::leading_pairs(2, 3, matrix.as_operator(), {}, 0), dnm::InvalidInput);
  }
};

DNM_TEST(TestBlockKrylov)
#include "test_block_krylov.moc"
