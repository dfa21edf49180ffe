// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/workspace/drawn_histogram.h"
#include "core/parameters/parameter_table.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

/// Layers without links, of these degrees.
std::vector<LayerDraws> layers_of(std::vector<std::vector<NodeIndex>> degrees) {
  std::vector<LayerDraws> layers;
  for (auto& own : degrees) layers.push_back({.degrees = std::move(own)});
  return layers;
}

}  // namespace

/// The numbers and bins of what was drawn, counted by hand.
class TestDrawnHistogram : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_numbers_are_those_of_the_values() {
    const auto draws = layers_of({{2, 4, 4}, {100}, {4, 5, 5, 7, 9}});
    const auto found = drawn_histogram("degree", draws, {0, 2});
    QVERIFY(found);
    // The textbook's 2, 4, 4, 4, 5, 5, 7, 9: mean 5, standard deviation 2.
    QCOMPARE(found->count, std::uint64_t{8});
    QCOMPARE(found->mean, 5.0);
    QCOMPARE(found->standard_deviation, 2.0);
    QCOMPARE(found->minimum, 2.0);
    QCOMPARE(found->maximum, 9.0);
    QCOMPARE(found->text,
             "k_j as drawn in layers 1 and 3: N = 8 neurons, mean 5, standard deviation 2, minimum 2, maximum 9");
    // From 0 to 10, a bin for each number.
    QVERIFY(found->bins == (std::vector<std::uint64_t>{0, 0, 1, 0, 3, 2, 0, 1, 0, 1, 0}));
    QCOMPARE(found->low, -0.5);
    QCOMPARE(found->high, 10.5);
    QCOMPARE(found->last_label, "10");
  }

  void wide_bins_hold_as_many_numbers_each() {
    std::vector<NodeIndex> degrees(5000);
    std::iota(degrees.begin(), degrees.end(), 0U);
    const auto found = drawn_histogram("degree", layers_of({degrees}), {0});
    QVERIFY(found && found->bins.size() > 20 && found->bins.size() <= 61);
    const double width = (found->high - found->low) / static_cast<double>(found->bins.size());
    QCOMPARE(width, std::round(width));
    QCOMPARE(found->bins.front(), static_cast<std::uint64_t>(width));
    QCOMPARE(std::accumulate(found->bins.begin(), found->bins.end(), std::uint64_t{0}), std::uint64_t{5000});
    QVERIFY(found->high > 4999.0 && found->high < 1.7 * 5000.0);
    QVERIFY(QString::fromStdString(found->text).endsWith("maximum 4,999"));
  }

  void fractions_are_between_0_and_1() {
    std::vector<LayerDraws> draws(2);
    draws[1].alpha = {0.0, 0.5, 1.0, 1.0};
    const auto found = drawn_histogram("receptive-field", draws, {1});
    QVERIFY(found && found->low == 0.0 && found->high == 1.0);
    QCOMPARE(found->bins.front(), std::uint64_t{1});
    QCOMPARE(found->bins.back(), std::uint64_t{2});
    QCOMPARE(found->mean, 0.625);
    QVERIFY(QString::fromStdString(found->text).startsWith("α_j as drawn in layer 2: N = 4 neurons"));
  }

  void neurons_without_links_draw_no_dendrites() {
    std::vector<LayerDraws> draws(1);
    draws[0].dendrites = {0, 3, 5, 0};
    draws[0].synapse_counts = {1, 0, 7};
    draws[0].rewiring = 0.1;
    const auto dendrites = drawn_histogram("dendrites", draws, {0});
    QVERIFY(dendrites && dendrites->count == 2 && dendrites->mean == 4.0 && dendrites->minimum == 3.0);
    const auto synapses = drawn_histogram("synapses", draws, {0});
    QVERIFY(synapses && synapses->count == 8 && synapses->mean == 14.0 / 8.0 && synapses->minimum == 0.0);
    QVERIFY(QString::fromStdString(synapses->text).contains("N = 8 dendrites"));
    QVERIFY(QString::fromStdString(synapses->text).endsWith("before links were rewired"));
  }

  void what_draws_nothing_has_none() {
    const auto draws = layers_of({{1, 2}});
    for (const auto& row : model_parameter_table()) {
      const bool is_drawn = row.info.kind == ParameterKind::distribution;
      QCOMPARE(is_drawn_quantity(row.info.id), is_drawn);
      QVERIFY(is_drawn || !drawn_histogram(row.info.id, draws, {0}));
    }
    QVERIFY(!drawn_histogram("degree", draws, {}));
    QVERIFY(!drawn_histogram("synapses", draws, {0}));
  }

  void a_row_speaks_for_the_layers_without_a_value_of_their_own() {
    ModelParameters parameters;
    parameters.layer_sizes = {10, 20, 30, 40};
    set_from_text(parameters, "degree", "2=uniform");
    using Layers = std::vector<std::size_t>;
    QVERIFY(layers_set_by(parameters, "degree", {}) == (Layers{0, 2}));
    QVERIFY(layers_set_by(parameters, "dendrites", {}) == (Layers{0, 1, 2}));
    QVERIFY(layers_set_by(parameters, "degree", 1) == Layers{1});
  }
};

DNM_TEST(TestDrawnHistogram)
#include "test_drawn_histogram.moc"
