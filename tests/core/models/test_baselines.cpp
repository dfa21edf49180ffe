// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/models/initialiser.h"
#include "core/models/nearby_draw.h"
#include "core/models/singular_value.h"
#include "core/support/error.h"
#include "core/support/lapack.h"
#include "tests/core/models/model_helpers.h"
#include "tests/support/test_class.h"

namespace {

using dnm::Mask;
using dnm::ModelParameters;
using dnm::NodeIndex;
using dnm::test::input_degrees;
using dnm::test::output_degrees;
using dnm::test::with;

bool is_even(const std::vector<NodeIndex>& degrees) {
  const auto [least, most] = std::ranges::minmax(degrees);
  return most - least <= 1;
}

/// Singular values of the mask as a dense matrix, falling, by LAPACK.
std::vector<double> singular_values(const Mask& mask) {
  dnm::DenseMatrix matrix(mask.n_out, mask.n_in);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) matrix(output, input) = 1.0;
  }
  return dnm::thin_svd(std::move(matrix)).values;
}

/// How often each cell of the first layer is linked over `draws` seeds.
std::vector<double> occupancy(ModelParameters parameters, int draws) {
  std::vector<double> counts(std::size_t{parameters.layer_sizes[0]} * parameters.layer_sizes[1], 0.0);
  for (parameters.seed = 0; parameters.seed < static_cast<std::uint64_t>(draws); ++parameters.seed) {
    const auto network = dnm::generate(parameters).network;
    const Mask& mask = network->masks()[0];
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) ++counts[std::size_t{output} * mask.n_in + input];
    }
  }
  return counts;
}

/// Chi-square of equal occupancy, scaled so that its mean is cells - 1 for a fixed number of links.
double occupancy_chi_square(const std::vector<double>& counts, int draws) {
  const double cells = static_cast<double>(counts.size());
  const double mean = std::accumulate(counts.begin(), counts.end(), 0.0) / cells;
  double sum = 0.0;
  for (const double count : counts) sum += (count - mean) * (count - mean) / mean;
  return sum / (1.0 - mean / draws) * (cells - 1.0) / cells;
}

/// The probability of every set of `count` of the places 0 … size-1 of a ring when they are drawn one by one from place
/// 0 with probability ∝ (1+t)^-exponent: by going through all orders of drawing.
std::map<std::vector<NodeIndex>, double> probabilities_of_sets(NodeIndex size, std::size_t count, double exponent) {
  std::vector<double> weights(size);
  for (NodeIndex place = 0; place < size; ++place) {
    weights[place] = std::pow(1.0 + std::min(place, size - place), -exponent);
  }
  std::map<std::vector<NodeIndex>, double> sets;
  std::vector<NodeIndex> drawn;
  const auto draw = [&](const auto& self, double probability, double left) -> void {
    if (drawn.size() == count) {
      std::vector<NodeIndex> set = drawn;
      std::ranges::sort(set);
      sets[set] += probability;
      return;
    }
    for (NodeIndex place = 0; place < size; ++place) {
      if (std::ranges::find(drawn, place) != drawn.end()) continue;
      drawn.push_back(place);
      self(self, probability * weights[place] / left, left - weights[place]);
      drawn.pop_back();
    }
  };
  draw(draw, 1.0, std::accumulate(weights.begin(), weights.end(), 0.0));
  return sets;
}

}  // namespace

class TestBaselines : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void exactly_the_allocated_links_data();
  void exactly_the_allocated_links();
  void small_world_without_randomness_is_a_band();
  void small_world_without_randomness_is_the_fixed_dendritic_model();
  void small_world_moves_the_stated_share();
  void small_world_all_random_is_random();
  void nearest_receptive_fields();
  void receptive_fields_of_the_smaller_side();
  void unlimited_receptive_fields_are_uniform();
  void receptive_fields_follow_their_distribution();
  void places_far_out_follow_their_distribution();
  void second_singular_value_of_any_mask();
  void ramanujan_meets_the_bound_data();
  void ramanujan_meets_the_bound();
  void ramanujan_says_when_it_does_not();
  void ramanujan_is_random();
  void stops_soon();
};

void TestBaselines::exactly_the_allocated_links_data() {
  QTest::addColumn<QString>("model");
  QTest::addColumn<QString>("layers");
  QTest::addColumn<QString>("sparsity");
  for (const dnm::Initialiser& row : dnm::initialiser_table()) {
    if (row.draw_layer == nullptr || !row.meets_sparsity) continue;
    const std::string model(row.id);
    for (const char* layers : {"98,196,196", "7,50,3", "1,9", "9,1", "64,64,65"}) {
      for (const char* sparsity : {"0", "0.13", "0.5", "0.77", "0.9"}) {
        QTest::addRow("%s %s %s", model.c_str(), layers, sparsity)
            << QString::fromStdString(model) << QString(layers) << QString(sparsity);
      }
    }
  }
}

void TestBaselines::exactly_the_allocated_links() {
  QFETCH(const QString, model);
  QFETCH(const QString, layers);
  QFETCH(const QString, sparsity);
  const double kept = 1.0 - sparsity.toDouble();
  for (const char* allocation : {"uniform", "er"}) {
    for (const char* strength : {"0", "0.3", "1"}) {
      const auto parameters = with({{"model", model.toStdString()},
                                    {"layers", layers.toStdString()},
                                    {"sparsity", sparsity.toStdString()},
                                    {"allocation", allocation},
                                    {"beta", strength},
                                    {"range", strength},
                                    {"rewiring", strength},
                                    {"seed", "3"}});
      // Network::layered has checked that rows are sorted, distinct and in range.
      const auto network = dnm::generate(parameters).network;
      double all = 0.0;
      for (const Mask& mask : network->masks()) {
        const double wanted = std::nearbyint(kept * mask.n_in * mask.n_out);
        all += wanted;
        if (allocation == std::string("uniform")) QCOMPARE(static_cast<double>(mask.link_count()), wanted);
      }
      QCOMPARE(static_cast<double>(network->link_count()), all);
    }
  }
}

void TestBaselines::small_world_without_randomness_is_a_band() {
  for (const char* layers : {"98,196,196", "64,48", "7,50,3", "31,1"}) {
    const auto network = dnm::generate(with({{"model", "bsw"}, {"beta", "0"}, {"layers", layers}})).network;
    for (const Mask& mask : network->masks()) {
      if (mask.link_count() >= mask.n_out) QVERIFY(is_even(output_degrees(mask)));
      for (NodeIndex output = 0; output < mask.n_out; ++output) {
        const auto degree = static_cast<std::int64_t>(mask.row(output).size());
        if (degree == 0) continue;
        const double start = static_cast<double>(output) * mask.n_in / mask.n_out - static_cast<double>(degree) / 2.0;
        // int(): toward zero; a quotient that should be whole may be a last digit below it.
        const double whole = std::trunc(std::abs(start - std::round(start)) < 1e-9 ? std::round(start) : start);
        std::vector<NodeIndex> band;
        for (std::int64_t i = 0; i < degree; ++i) {
          band.push_back(static_cast<NodeIndex>((static_cast<std::int64_t>(whole) + i + mask.n_in) % mask.n_in));
        }
        std::ranges::sort(band);
        QVERIFY(std::ranges::equal(band, mask.row(output)));
      }
    }
  }
}

void TestBaselines::small_world_without_randomness_is_the_fixed_dendritic_model() {
  for (const char* layers : {"98,196,196", "784,1568"}) {
    const auto band = dnm::generate(with({{"model", "bsw"}, {"beta", "0"}, {"layers", layers}})).network;
    const auto dendrites = dnm::generate(with({{"dendrites", "fixed:1"}, {"layers", layers}})).network;
    for (std::size_t layer = 0; layer < band->masks().size(); ++layer) {
      const Mask& a = band->masks()[layer];
      const Mask& b = dendrites->masks()[layer];
      QCOMPARE(a.row_begin, b.row_begin);  // degrees of the same stream
      for (NodeIndex output = 0; output < a.n_out; ++output) {
        bool equal = false;
        for (const NodeIndex shift : {a.n_in - 1, a.n_in, a.n_in + 1}) {
          std::vector<NodeIndex> moved;
          for (const NodeIndex input : a.row(output)) moved.push_back((input + shift) % a.n_in);
          std::ranges::sort(moved);
          equal |= std::ranges::equal(moved, b.row(output));
        }
        QVERIFY(equal);
      }
    }
  }
}

void TestBaselines::small_world_moves_the_stated_share() {
  const auto band = dnm::generate(with({{"model", "bsw"}, {"beta", "0"}, {"layers", "400,500"}})).network;
  const auto mixed = dnm::generate(with({{"model", "bsw"}, {"beta", "0.25"}, {"layers", "400,500"}})).network;
  double kept = 0.0;
  for (NodeIndex output = 0; output < 500; ++output) {
    std::vector<NodeIndex> both;
    std::ranges::set_intersection(band->masks()[0].row(output), mixed->masks()[0].row(output),
                                  std::back_inserter(both));
    kept += static_cast<double>(both.size());
  }
  // Three quarters stay, and of the quarter put back some fall on cells of the band that had become free: a share
  // β·d of the (1 - d·(1-β)) empty cells, d = 0.1.
  const double links = 20000.0;
  const double expected = 0.75 + 0.25 * (0.25 * 0.1) / (1.0 - 0.1 * 0.75);
  QVERIFY2(std::abs(kept - links * expected) < 4.5 * std::sqrt(links * expected * (1.0 - expected)),
           qPrintable(QString::number(kept)));
}

void TestBaselines::small_world_all_random_is_random() {
  constexpr int draws = 4000;
  double degree_variance[2] = {0.0, 0.0};
  int which = 0;
  for (const char* model : {"bsw", "random"}) {
    auto parameters = with({{"model", model}, {"beta", "1"}, {"layers", "20,30"}, {"sparsity", "0.8"}});
    const double chi_square = occupancy_chi_square(occupancy(parameters, draws), draws);
    QVERIFY2(std::abs(chi_square - 599.0) < 5.0 * std::sqrt(2.0 * 599.0), qPrintable(QString::number(chi_square)));
    for (parameters.seed = 0; parameters.seed < 1000; ++parameters.seed) {
      for (const NodeIndex degree : output_degrees(dnm::generate(parameters).network->masks()[0])) {
        degree_variance[which] += (degree - 4.0) * (degree - 4.0) / 30000.0;
      }
    }
    ++which;
  }
  // Hypergeometric: 20·(120/600)·(480/600)·(580/599); a band of even degrees would have none.
  const double expected = 20.0 * 0.2 * 0.8 * 580.0 / 599.0;
  for (const double variance : degree_variance) {
    QVERIFY2(std::abs(variance - expected) < 0.04 * expected, qPrintable(QString::number(variance)));
  }
}

void TestBaselines::nearest_receptive_fields() {
  int left = 0;
  int right = 0;
  for (const char* layers : {"98,196,196", "50,20", "9,31", "20,60"}) {
    const auto network = dnm::generate(with({{"model", "brf"}, {"range", "0"}, {"layers", layers}})).network;
    for (const Mask& mask : network->masks()) {
      if (mask.link_count() >= mask.n_out) QVERIFY(is_even(output_degrees(mask)));
      const auto n_in = static_cast<std::int64_t>(mask.n_in);
      for (NodeIndex output = 0; output < mask.n_out; ++output) {
        const auto place =
            static_cast<std::int64_t>(std::nearbyint(static_cast<double>(output) * mask.n_in / mask.n_out));
        const auto distance_of = [&](std::int64_t input) {
          const std::int64_t apart = std::abs(input - place % n_in);
          return std::min(apart, n_in - apart);
        };
        std::vector<std::int64_t> distances;
        for (const NodeIndex input : mask.row(output)) distances.push_back(distance_of(input));
        std::vector<std::int64_t> all;
        for (std::int64_t input = 0; input < n_in; ++input) all.push_back(distance_of(input));
        std::ranges::sort(all);
        std::ranges::sort(distances);
        QVERIFY(std::equal(distances.begin(), distances.end(), all.begin()));
        if (distances.size() == 2) {
          const std::int64_t other = (place + 1) % n_in;
          ++(std::ranges::binary_search(mask.row(output), static_cast<NodeIndex>(other)) ? right : left);
        }
      }
    }
  }
  // Where two are as near, either is taken now and then.
  QVERIFY(left > 0 && right > 0);
}

void TestBaselines::receptive_fields_of_the_smaller_side() {
  auto parameters = with({{"model", "brf"}, {"layers", "60,200,80"}, {"side", "smaller"}, {"range", "0.3"}});
  const auto network = dnm::generate(parameters).network;
  QVERIFY(is_even(input_degrees(network->masks()[0])));
  QVERIFY(!is_even(output_degrees(network->masks()[0])));
  QVERIFY(is_even(output_degrees(network->masks()[1])));
  // Where the output side is the smaller one, the option changes nothing.
  parameters.shared.side = dnm::Side::output;
  QCOMPARE(dnm::generate(parameters).network->masks()[1], network->masks()[1]);
  QVERIFY(is_even(output_degrees(dnm::generate(parameters).network->masks()[0])));
  // r = 0: input i takes the outputs around i·n_out/n_in.
  parameters.shared.side = dnm::Side::smaller;
  parameters.shared.range = 0.0;
  const auto near = dnm::generate(parameters).network;
  for (NodeIndex output = 0; output < 200; ++output) {
    for (const NodeIndex input : near->masks()[0].row(output)) {
      const double apart = std::abs(output - std::nearbyint(input * 200.0 / 60.0));
      QVERIFY(std::min(apart, 200.0 - apart) <= 10.0);
    }
  }
}

void TestBaselines::unlimited_receptive_fields_are_uniform() {
  constexpr int draws = 3000;
  const auto parameters = with({{"model", "brf"}, {"range", "1"}, {"layers", "40,10"}, {"sparsity", "0.9"}});
  QCOMPARE(output_degrees(dnm::generate(parameters).network->masks()[0]), std::vector<NodeIndex>(10, 4));
  const double chi_square = occupancy_chi_square(occupancy(parameters, draws), draws);
  // 39 degrees of freedom in each of 10 rows.
  QVERIFY2(std::abs(chi_square - 390.0) < 5.0 * std::sqrt(2.0 * 390.0), qPrintable(QString::number(chi_square)));
}

void TestBaselines::receptive_fields_follow_their_distribution() {
  // One output neuron at place 0 with 3 of 7 inputs: the frequency of each of the 35 sets.
  constexpr int draws = 20000;
  for (const double range : {0.08, 0.25, 0.5, 0.9}) {
    auto parameters = with({{"model", "brf"}, {"layers", "7,1"}, {"sparsity", std::to_string(4.0 / 7.0)}});
    parameters.shared.range = range;
    const auto expected = probabilities_of_sets(7, 3, (1.0 - range) / range);
    std::map<std::vector<NodeIndex>, int> counts;
    for (parameters.seed = 0; parameters.seed < draws; ++parameters.seed) {
      ++counts[dnm::generate(parameters).network->masks()[0].columns];
    }
    double chi_square = 0.0;
    double cells = 0.0;
    double rare = 0.0;
    double rare_expected = 0.0;
    for (const auto& [set, probability] : expected) {
      const double wanted = probability * draws;
      const double count = counts.contains(set) ? counts[set] : 0;
      if (wanted < 8.0) {
        rare += count;
        rare_expected += wanted;
        continue;
      }
      chi_square += (count - wanted) * (count - wanted) / wanted;
      ++cells;
    }
    QVERIFY2(std::abs(chi_square - (cells - 1.0)) < 5.0 * std::sqrt(2.0 * cells),
             qPrintable(QString::number(chi_square)));
    QVERIFY2(std::abs(rare - rare_expected) < 5.0 * std::sqrt(rare_expected) + 1.0, qPrintable(QString::number(rare)));
  }
}

void TestBaselines::places_far_out_follow_their_distribution() {
  // 3 of 40 places: how often each pair is drawn together, against all orders of drawing gone through.
  constexpr NodeIndex size = 40;
  constexpr int draws = 60000;
  for (const double exponent : {0.0, 1.0, 3.0, 30.0}) {
    std::vector<double> pairs(size * size, 0.0);
    for (const auto& [set, probability] : probabilities_of_sets(size, 3, exponent)) {
      for (const NodeIndex a : set) {
        for (const NodeIndex b : set) pairs[a * size + b] += probability;
      }
    }
    const NodeIndex count = 3;
    const dnm::NearbyDraw nearby(size, exponent, std::span(&count, 1));
    dnm::NearbyDraw::Scratch scratch;
    dnm::Random random(12);
    std::vector<double> counts(size * size, 0.0);
    for (int draw = 0; draw < draws; ++draw) {
      std::vector<std::size_t> set;
      nearby.draw(count, random, scratch,
                  [&](std::int64_t offset) { set.push_back(static_cast<std::size_t>((offset + size) % size)); });
      QCOMPARE(set.size(), std::size_t{3});
      for (const std::size_t a : set) {
        for (const std::size_t b : set) ++counts[a * size + b];
      }
    }
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const double wanted = pairs[pair] * draws;
      QVERIFY2(std::abs(counts[pair] - wanted) < 5.0 * std::sqrt(wanted * (1.0 - pairs[pair])) + 3.0,
               qPrintable(
                   QString("exponent %1, pair %2: %3, not %4").arg(exponent).arg(pair).arg(counts[pair]).arg(wanted)));
    }
  }
}

void TestBaselines::second_singular_value_of_any_mask() {
  // Masks whose leading singular vector is far from constant.
  for (const char* degree : {"fixed", "spatial-gaussian:1", "gaussian:6"}) {
    for (const char* layers : {"60,90", "90,60", "40,2", "2,40"}) {
      const auto network = dnm::generate(with({{"degree", degree}, {"layers", layers}, {"sparsity", "0.8"}})).network;
      const Mask& mask = network->masks()[0];
      dnm::Random random(4);
      const double value = dnm::second_singular_value(mask, 1.0, random, 1, {});
      const double expected = singular_values(mask)[1];
      QVERIFY2(std::abs(value - expected) < 1e-5 * expected + 1e-7,
               qPrintable(QString("%1, not %2").arg(value, 0, 'g', 12).arg(expected, 0, 'g', 12)));
    }
  }
}

void TestBaselines::ramanujan_meets_the_bound_data() {
  QTest::addColumn<QString>("layers");
  QTest::addColumn<QString>("sparsity");
  QTest::newRow("regular") << QString("100,100") << QString("0.94");
  QTest::newRow("biregular") << QString("60,120") << QString("0.9");
  QTest::newRow("degrees not whole") << QString("98,196") << QString("0.93");
  QTest::newRow("wide to narrow") << QString("150,40") << QString("0.85");
  QTest::newRow("more than half") << QString("80,100") << QString("0.3");
  QTest::newRow("full") << QString("30,20") << QString("0");
}

void TestBaselines::ramanujan_meets_the_bound() {
  QFETCH(const QString, layers);
  QFETCH(const QString, sparsity);
  for (const char* seed : {"0", "1", "2"}) {
    const auto generated = dnm::generate(with({{"model", "ramanujan"},
                                               {"layers", layers.toStdString()},
                                               {"sparsity", sparsity.toStdString()},
                                               {"seed", seed}}));
    const Mask& mask = generated.network->masks()[0];
    QVERIFY(is_even(output_degrees(mask)));
    QVERIFY(is_even(input_degrees(mask)));
    const double links = static_cast<double>(mask.link_count());
    const double bound = std::sqrt(links / mask.n_out - 1.0) + std::sqrt(links / mask.n_in - 1.0);
    const double value = singular_values(mask)[1];
    QVERIFY2(value <= bound * (1.0 + 1e-6), qPrintable(QString("%1 > %2").arg(value).arg(bound)));
    QCOMPARE(generated.notices.size(), std::size_t{1});
    const QString notice = QString::fromStdString(generated.notices[0]);
    QVERIFY2(notice.startsWith("layer 1: σ₂ = ") && notice.endsWith(": Ramanujan"), qPrintable(notice));
    const double reported = notice.section(' ', 4, 4).toDouble();
    QVERIFY2(std::abs(reported - value) < 2e-5 * value + 1e-6, qPrintable(notice + QString::number(value)));
  }
}

void TestBaselines::ramanujan_says_when_it_does_not() {
  // Degrees of 1 and 2: paths and rings, whose second singular value is near 2, above 2·√0.5.
  const auto sparse = dnm::generate(with({{"model", "ramanujan"}, {"layers", "40,40"}, {"sparsity", "0.9625"}}));
  const double value = singular_values(sparse.network->masks()[0])[1];
  QVERIFY(value > 2.0 * std::sqrt(0.5));
  QVERIFY(sparse.notices[0].find("is above the bound") != std::string::npos);
  QVERIFY(sparse.notices[0].find("not Ramanujan") != std::string::npos);
  // Rings meet the bound 1 + 1 exactly.
  const auto rings = dnm::generate(with({{"model", "ramanujan"}, {"layers", "40,40"}, {"sparsity", "0.95"}}));
  QVERIFY(singular_values(rings.network->masks()[0])[1] <= 2.0 + 1e-9);
  QVERIFY(rings.notices[0].ends_with(": Ramanujan"));
  // Below one link a neuron there is no bound.
  const auto few = dnm::generate(with({{"model", "ramanujan"}, {"layers", "40,40"}, {"sparsity", "0.99"}}));
  QCOMPARE(few.network->link_count(), std::uint64_t{16});
  QVERIFY(few.notices.back().find("below 1") != std::string::npos);
}

void TestBaselines::ramanujan_is_random() {
  constexpr int draws = 3000;
  const auto parameters = with({{"model", "ramanujan"}, {"layers", "12,12"}, {"sparsity", "0.75"}});
  const double chi_square = occupancy_chi_square(occupancy(parameters, draws), draws);
  // Rows and columns have three links each: 11·11 degrees of freedom of 144 are left.
  QVERIFY2(std::abs(chi_square - 121.0) < 6.0 * std::sqrt(2.0 * 143.0), qPrintable(QString::number(chi_square)));
}

void TestBaselines::stops_soon() {
  for (const dnm::Initialiser& row : dnm::initialiser_table()) {
    if (row.learns_from_data) continue;
    const auto parameters = with({{"model", std::string(row.id)}, {"layers", "3000,3000"}, {"sparsity", "0.8"}});
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(dnm::generate(parameters, {source.get_token(), {}})));
  }
}

DNM_TEST(TestBaselines)
#include "test_baselines.moc"
