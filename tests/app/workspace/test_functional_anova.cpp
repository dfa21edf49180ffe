// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "app/workspace/search/functional_anova.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

struct Sample {
  std::vector<std::vector<double>> points;
  std::vector<double> values;
};

template <class Function>
Sample sample(std::size_t count, std::size_t axes, Function function, std::uint64_t seed = 1) {
  Random random(seed);
  Sample made;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double>& point = made.points.emplace_back();
    for (std::size_t axis = 0; axis < axes; ++axis) point.push_back(random.uniform());
    made.values.push_back(function(point));
  }
  return made;
}

double value_at(const std::vector<TreeLeaf>& leaves, const std::vector<double>& point, int& hits) {
  double value = 0.0;
  hits = 0;
  for (const TreeLeaf& leaf : leaves) {
    bool inside = true;
    for (std::size_t axis = 0; axis < point.size(); ++axis)
      inside = inside && point[axis] >= leaf.lower[axis] && point[axis] < leaf.upper[axis];
    if (!inside) continue;
    ++hits;
    value = leaf.value;
  }
  return value;
}

}  // namespace

/// Variances of trees against sums over a fine grid, and shares of functions whose shares are known.
class TestFunctionalAnova : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void leaves_fill_the_cube_once() {
    const Sample data = sample(120, 3, [](const auto& x) { return x[0] * x[1] - x[2]; });
    Random random(4);
    const std::vector<TreeLeaf> leaves = grow_tree(data.points, data.values, 3, random);
    QVERIFY(leaves.size() > 10);
    Random places(9);
    for (int i = 0; i < 500; ++i) {
      int hits = 0;
      static_cast<void>(value_at(leaves, {places.uniform(), places.uniform(), places.uniform()}, hits));
      QCOMPARE(hits, 1);
    }
  }

  /// Every boundary of a leaf is moved to a grid of 16 parts, so that sums over the grid are the integrals.
  void variances_are_those_of_a_grid() {
    constexpr std::size_t parts = 16;
    constexpr double width = 1.0 / parts, cell = width * width;
    const Sample data = sample(60, 2, [](const auto& x) { return std::sin(6.0 * x[0]) + x[0] * x[1]; });
    Sample rounded = data;
    // Splits lie halfway between neighbours: points in the middles of double cells give boundaries at those of cells.
    for (auto& point : rounded.points)
      for (double& place : point) place = (std::floor(place / (2.0 * width)) + 0.5) * 2.0 * width;
    Random random(2);
    const std::vector<TreeLeaf> leaves = grow_tree(rounded.points, rounded.values, 2, random);
    std::vector<std::vector<double>> values(parts, std::vector<double>(parts));
    double mean = 0.0;
    int hits = 0;
    for (std::size_t i = 0; i < parts; ++i)
      for (std::size_t j = 0; j < parts; ++j) {
        const std::vector<double> middle{(static_cast<double>(i) + 0.5) * width,
                                         (static_cast<double>(j) + 0.5) * width};
        values[i][j] = value_at(leaves, middle, hits);
        mean += values[i][j] * cell;
      }
    double whole = 0.0, first = 0.0, second = 0.0;
    for (std::size_t i = 0; i < parts; ++i) {
      double of_row = 0.0, of_column = 0.0;
      for (std::size_t j = 0; j < parts; ++j) {
        whole += (values[i][j] - mean) * (values[i][j] - mean) * cell;
        of_row += values[i][j] * width;
        of_column += values[j][i] * width;
      }
      first += (of_row - mean) * (of_row - mean) * width;
      second += (of_column - mean) * (of_column - mean) * width;
    }
    QVERIFY(std::abs(tree_variance(leaves) - whole) < 1e-9);
    QVERIFY(std::abs(group_variance(leaves, {true, false}) - first) < 1e-9);
    QVERIFY(std::abs(group_variance(leaves, {false, true}) - second) < 1e-9);
    QVERIFY(std::abs(group_variance(leaves, {true, true}) - whole) < 1e-9);
    QVERIFY(std::abs(group_variance(leaves, {false, false})) < 1e-12);
  }

  /// 3x + y: variances 9/12 and 1/12.
  void shares_of_a_sum() {
    const Sample data = sample(600, 3, [](const auto& x) { return 3.0 * x[0] + x[1]; });
    const std::vector<std::size_t> groups{0, 1, 2};
    const std::vector<double> shares = main_effects(data.points, data.values, groups, 3, 5);
    QVERIFY(std::abs(shares[0] - 0.9) < 0.05);
    QVERIFY(std::abs(shares[1] - 0.1) < 0.05);
    QVERIFY(shares[2] < 0.02);
  }

  /// Of an exclusive or, no parameter explains anything alone, and both together all of it.
  void shares_of_an_exclusive_or() {
    const Sample data = sample(800, 2, [](const auto& x) { return (x[0] < 0.5) == (x[1] < 0.5) ? 1.0 : 0.0; });
    const std::vector<double> alone = main_effects(data.points, data.values, std::vector<std::size_t>{0, 1}, 2, 5);
    QVERIFY(alone[0] < 0.1 && alone[1] < 0.1);
    const std::vector<double> together = main_effects(data.points, data.values, std::vector<std::size_t>{0, 0}, 1, 5);
    QVERIFY(std::abs(together[0] - 1.0) < 1e-9);
  }

  void equal_values_have_no_shares() {
    const Sample data = sample(30, 2, [](const auto&) { return 0.7; });
    const std::vector<double> shares = main_effects(data.points, data.values, std::vector<std::size_t>{0, 1}, 2, 5);
    QCOMPARE(shares, (std::vector<double>{0.0, 0.0}));
  }
};

DNM_TEST(TestFunctionalAnova)
#include "test_functional_anova.moc"
