// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/models/dnm_quantities.h"
#include "core/models/dnm_synapses.h"
#include "core/models/integer_shares.h"
#include "core/models/uniform_cells.h"
#include "tests/support/test_class.h"

// What the Dendritic Network Model draws for each neuron, against the distributions (manual: methods/model) computed
// here independently. Seeds are fixed; bounds are at least four standard errors wide.

namespace {

using dnm::Distribution;
using dnm::Family;
using dnm::NodeIndex;

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

template <class T>
Moments moments(const std::vector<T>& values) {
  const auto n = static_cast<double>(values.size());
  Moments result;
  for (const T value : values) result.mean += static_cast<double>(value) / n;
  double squares = 0.0;
  for (const T value : values) squares += std::pow(static_cast<double>(value) - result.mean, 2);
  result.deviation = std::sqrt(squares / (n - 1.0));
  return result;
}

void check_between(double value, double low, double high) {
  QVERIFY2(value >= low && value <= high, qPrintable(QString("%1 outside %2..%3").arg(value).arg(low).arg(high)));
}

/// Pearson's test: `counts` against `expected`; bound at five standard deviations of the chi-square distribution.
void check_chi_square(const std::vector<double>& counts, const std::vector<double>& expected) {
  double chi_square = 0.0;
  double freedom = -1.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (expected[i] < 5.0) continue;
    chi_square += std::pow(counts[i] - expected[i], 2) / expected[i];
    freedom += 1.0;
  }
  QVERIFY(freedom >= 1.0);
  QVERIFY2(chi_square < freedom + 5.0 * std::sqrt(2.0 * freedom),
           qPrintable(QString("chi-square %1 with %2 degrees of freedom").arg(chi_square).arg(freedom)));
}

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

std::vector<NodeIndex> degrees_of(Family family, std::optional<double> spread, NodeIndex n_in, NodeIndex n_out,
                                  std::uint64_t links, std::uint64_t seed) {
  dnm::Random random(seed);
  const double mean = static_cast<double>(links) / n_out;
  auto degrees = dnm::draw_degrees({family, 0.0, spread}, {n_in, n_out, links, mean}, random);
  if (std::accumulate(degrees.begin(), degrees.end(), std::uint64_t{0}) != links) degrees.clear();
  return degrees;
}

}  // namespace

class TestDnmDraws : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fixed_degrees();
  void gaussian_degrees();
  void uniform_degrees();
  void wide_uniform_degrees_are_clipped();
  void spatial_degrees();
  void clipped_spatial_degrees();
  void receptive_fields();
  void dendrite_counts();
  void spatial_dendrite_counts();
  void dendrites_never_outnumber_synapses();
  void fixed_synapses();
  void gaussian_synapses();
  void uniform_synapses();
  void spatial_synapses();
  void integer_shares_keep_sum_and_bounds();
  void weighted_draws();
  void row_counts_are_hypergeometric();
};

void TestDnmDraws::fixed_degrees() {
  const auto degrees = degrees_of(Family::fixed, {}, 98, 196, 1921, 0);
  QCOMPARE(std::count(degrees.begin(), degrees.end(), 9U), 39);
  QCOMPARE(std::count(degrees.begin(), degrees.end(), 10U), 157);
  // Shuffled: each neuron is short of a link in 39 of 196 draws.
  std::vector<double> counts(196, 0.0);
  constexpr int draws = 4000;
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    const auto drawn = degrees_of(Family::fixed, {}, 98, 196, 1921, seed);
    for (std::size_t j = 0; j < 196; ++j) counts[j] += drawn[j] == 9 ? 1.0 : 0.0;
  }
  check_chi_square(counts, std::vector<double>(196, draws * 39.0 / 196.0));
}

void TestDnmDraws::gaussian_degrees() {
  for (const double deviation : {2.0, 6.0}) {
    const std::optional<double> spread = deviation == 2.0 ? std::nullopt : std::optional(deviation);
    const auto degrees = degrees_of(Family::gaussian, spread, 500, 40000, 40000 * 50, 1);
    QCOMPARE(degrees.size(), std::size_t{40000});
    // Units handed out at random by the fractional parts add one half to the variance.
    const double expected = std::sqrt(deviation * deviation + 0.5);
    const double error = expected / std::sqrt(2.0 * 40000.0);
    check_between(moments(degrees).deviation, expected - 4.0 * error, expected + 4.0 * error);
    const double above = static_cast<double>(
        std::count_if(degrees.begin(), degrees.end(), [&](NodeIndex k) { return k > 50.0 + 2.0 * deviation; }));
    check_between(above / 40000.0, 0.6 * normal_below(-2.0), 1.2 * normal_below(-2.0));
  }
}

void TestDnmDraws::uniform_degrees() {
  // U(30, 70): five bins of eight away from the ends.
  const auto degrees = degrees_of(Family::uniform, 0.4, 500, 20000, 20000 * 50, 2);
  const auto [least, most] = std::minmax_element(degrees.begin(), degrees.end());
  QVERIFY(*least >= 28 && *most <= 77);                   // units handed out may pile up a little on one neuron
  check_between(moments(degrees).deviation, 11.4, 11.8);  // 40 / sqrt(12) = 11.55
  std::vector<double> counts(4, 0.0);
  double inside = 0.0;
  for (const NodeIndex k : degrees) {
    if (k < 34 || k >= 66) continue;
    counts[(k - 34) / 8] += 1.0;
    inside += 1.0;
  }
  check_chi_square(counts, std::vector<double>(4, inside / 4.0));
}

void TestDnmDraws::wide_uniform_degrees_are_clipped() {
  // The default half width is four times the mean: U(-3k̄, 5k̄), clipped to [1, n_in] and brought back to the sum.
  const auto degrees = degrees_of(Family::uniform, {}, 100, 2000, 20000, 3);
  QCOMPARE(degrees.size(), std::size_t{2000});
  const auto [least, most] = std::minmax_element(degrees.begin(), degrees.end());
  QCOMPARE(*least, 1U);
  QVERIFY(*most > 30 && *most <= 50);
  // Three eighths fall below 0 and stay at one link.
  check_between(static_cast<double>(std::count(degrees.begin(), degrees.end(), 1U)), 750.0, 1100.0);
  const auto narrow = degrees_of(Family::uniform, {}, 15, 2000, 20000, 3);
  QCOMPARE(*std::max_element(narrow.begin(), narrow.end()), 15U);
}

void TestDnmDraws::spatial_degrees() {
  for (const Family family : {Family::spatial_gaussian, Family::spatial_inverse_gaussian}) {
    for (const NodeIndex n_out : {101U, 196U}) {
      const double sigma = 2.0 * 20.0;
      std::vector<double> weights(n_out);
      for (NodeIndex j = 0; j < n_out; ++j) {
        const double d = std::abs(j - (n_out - 1) / 2.0);
        const double bell = std::exp(-d * d / (2.0 * sigma * sigma));
        weights[j] = family == Family::spatial_gaussian ? bell : 1.0 - bell;
      }
      const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
      const std::uint64_t links = 20ULL * n_out;
      std::vector<double> mean(n_out, 0.0);
      constexpr int draws = 400;
      for (std::uint64_t seed = 0; seed < draws; ++seed) {
        const auto degrees = degrees_of(family, {}, 500, n_out, links, seed);
        QCOMPARE(degrees.size(), std::size_t{n_out});
        for (NodeIndex j = 0; j < n_out; ++j) mean[j] += degrees[j] / static_cast<double>(draws);
      }
      for (NodeIndex j = 0; j < n_out; ++j) {
        // Not shuffled: every place has its own mean. Where clipping at 1 takes hold, units come off elsewhere.
        const double share = weights[j] * static_cast<double>(links) / sum;
        check_between(mean[j], std::max(1.0, share - 0.75) - 1e-9, std::max(1.0, share) + 0.75);
      }
    }
  }
}

void TestDnmDraws::clipped_spatial_degrees() {
  // A bell of σ = 2 neurons whose peak would be far above n_in: clipped there, the rest spread at random, sum exact.
  const auto degrees = degrees_of(Family::spatial_gaussian, 0.1, 30, 200, 4000, 4);
  QCOMPARE(degrees.size(), std::size_t{200});
  for (NodeIndex j = 98; j < 102; ++j) QCOMPARE(degrees[j], 30U);
  QVERIFY(*std::min_element(degrees.begin(), degrees.end()) >= 1);
  QVERIFY(*std::max_element(degrees.begin(), degrees.end()) <= 30);
  // A single neuron, in the dead middle of an inverse bell, still gets all links.
  QCOMPARE(degrees_of(Family::spatial_inverse_gaussian, {}, 30, 1, 7, 0), std::vector<NodeIndex>{7});
  // Full: nothing left to choose.
  QCOMPARE(degrees_of(Family::uniform, {}, 5, 4, 20, 0), std::vector<NodeIndex>(4, 5));
}

void TestDnmDraws::receptive_fields() {
  constexpr NodeIndex n = 40001;
  const auto draw = [](Family family, double mean, std::optional<double> spread) {
    dnm::Random random(6);
    return dnm::draw_receptive_fields({family, mean, spread}, n, random);
  };
  QCOMPARE(draw(Family::fixed, 0.3, {}), std::vector<double>(n, 0.3));

  const Moments gaussian = moments(draw(Family::gaussian, 0.5, {}));
  check_between(gaussian.mean, 0.499, 0.501);
  check_between(gaussian.deviation, 0.0493, 0.0507);

  const auto uniform = draw(Family::uniform, 0.5, {});
  std::vector<double> counts(10, 0.0);
  for (const double alpha : uniform) {
    QVERIFY(alpha >= 0.25 && alpha < 0.75);
    counts[static_cast<std::size_t>((alpha - 0.25) * 20.0)] += 1.0;
  }
  check_chi_square(counts, std::vector<double>(10, n / 10.0));

  // Clipped to [0, 1]: at alpha = 1 half of the draws stand at 1 exactly.
  const auto clipped = draw(Family::gaussian, 1.0, 0.2);
  check_between(static_cast<double>(std::count(clipped.begin(), clipped.end(), 1.0)) / n, 0.49, 0.51);
  QVERIFY(*std::max_element(clipped.begin(), clipped.end()) == 1.0);

  // A tent for the spatial Gaussian (the mean is not used), a valley of height alpha for its inverse.
  const auto tent = draw(Family::spatial_gaussian, 0.123, {});
  const auto valley = draw(Family::spatial_inverse_gaussian, 0.8, {});
  for (const NodeIndex centre : {4000U, 10000U, 30000U}) {
    double tent_mean = 0.0;
    double valley_mean = 0.0;
    for (NodeIndex j = centre - 500; j < centre + 500; ++j) {
      tent_mean += tent[j] / 1000.0;
      valley_mean += valley[j] / 1000.0;
    }
    const double relative_distance = std::abs(centre - 20000.0) / 20000.0;
    check_between(tent_mean, 1.0 - relative_distance - 0.008, 1.0 - relative_distance + 0.008);
    check_between(valley_mean, 0.8 * relative_distance - 0.008, 0.8 * relative_distance + 0.008);
  }
  dnm::Random random(7);
  QVERIFY(dnm::draw_receptive_fields({Family::spatial_gaussian, 1.0, 0.0}, 1, random).front() == 1.0);
}

void TestDnmDraws::dendrite_counts() {
  const std::vector<NodeIndex> degrees(40000, 100);
  const auto draw = [&](Family family, double mean, std::optional<double> spread) {
    dnm::Random random(8);
    return dnm::draw_dendrite_counts({family, mean, spread}, degrees, random);
  };
  QCOMPARE(draw(Family::fixed, 3.0, {}), std::vector<NodeIndex>(40000, 3));
  QCOMPARE(draw(Family::fixed, 2.5, {}).front(), 2U);  // halves to even
  QCOMPARE(draw(Family::fixed, 3.5, {}).front(), 4U);

  // N(8, 2), rounded: the share of each whole number is the mass of the bell around it.
  std::vector<double> counts(20, 0.0);
  std::vector<double> expected(20, 0.0);
  for (const NodeIndex count : draw(Family::gaussian, 8.0, {})) counts[std::min(count, 19U)] += 1.0;
  for (int m = 1; m < 20; ++m) {
    const double low = m == 1 ? 0.0 : normal_below((m - 0.5 - 8.0) / 2.0);
    const double high = m == 19 ? 1.0 : normal_below((m + 0.5 - 8.0) / 2.0);
    expected[static_cast<std::size_t>(m)] = 40000.0 * (high - low);
  }
  check_chi_square(counts, expected);

  // U(0, 2M), rounded: half a share at each end, and what rounds to 0 counts as 1.
  counts.assign(17, 0.0);
  for (const NodeIndex count : draw(Family::uniform, 8.0, {})) counts[count] += 1.0;
  expected.assign(17, 40000.0 / 16.0);
  expected[0] = 0.0;
  expected[1] *= 1.5;
  expected[16] *= 0.5;
  QCOMPARE(counts[0], 0.0);
  check_chi_square(counts, expected);
}

void TestDnmDraws::spatial_dendrite_counts() {
  constexpr NodeIndex n = 1001;
  const std::vector<NodeIndex> degrees(n, 1000);
  for (const Family family : {Family::spatial_gaussian, Family::spatial_inverse_gaussian}) {
    dnm::Random random(9);
    const auto counts = dnm::draw_dendrite_counts({family, 40.0, {}}, degrees, random);
    std::vector<double> weights(n);
    for (NodeIndex j = 0; j < n; ++j) {
      const double bell = std::exp(-std::pow(j - 500.0, 2) / (2.0 * std::pow(0.14 * n, 2)));
      weights[j] = family == Family::spatial_gaussian ? bell : 1.0 - 0.9 * bell;
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (NodeIndex j = 0; j < n; ++j) {
      const double wanted = std::nearbyint(40.0 * n * weights[j] / sum);
      QCOMPARE(static_cast<double>(counts[j]), std::clamp(wanted, 1.0, 1000.0));
    }
    // The mean stays M, but for what lifting to one dendrite adds.
    check_between(moments(counts).mean, 39.9, 40.3);
  }
}

void TestDnmDraws::dendrites_never_outnumber_synapses() {
  const std::vector<NodeIndex> degrees{0, 1, 2, 5, 100};
  for (const Family family :
       {Family::fixed, Family::gaussian, Family::uniform, Family::spatial_gaussian, Family::spatial_inverse_gaussian}) {
    dnm::Random random(10);
    const auto counts = dnm::draw_dendrite_counts({family, 1000.0, {}}, degrees, random);
    QCOMPARE(counts[0], 0U);
    for (std::size_t j = 1; j < degrees.size(); ++j) QVERIFY(counts[j] >= 1 && counts[j] <= degrees[j]);
  }
}

namespace {

/// Synapses per dendrite over many neurons of the same kind; empty when a sum is wrong.
std::vector<std::vector<NodeIndex>> synapses_of(const Distribution& synapses, dnm::Border border, NodeIndex n_in,
                                                NodeIndex degree, std::int64_t centre,
                                                const std::vector<std::int64_t>& positions, int neurons) {
  dnm::SynapseSharing sharing(synapses, border, n_in);
  const dnm::TaskControl control;
  dnm::StopCheck stop(control);
  std::vector<std::vector<NodeIndex>> all;
  for (int i = 0; i < neurons; ++i) {
    dnm::Random random(12, static_cast<std::uint64_t>(i));
    std::vector<NodeIndex> counts(positions.size());
    sharing.draw(degree, centre, positions, random, stop, counts);
    if (std::accumulate(counts.begin(), counts.end(), 0U) != degree) return {};
    all.push_back(counts);
  }
  return all;
}

std::vector<NodeIndex> flat(const std::vector<std::vector<NodeIndex>>& nested) {
  std::vector<NodeIndex> values;
  for (const auto& inner : nested) values.insert(values.end(), inner.begin(), inner.end());
  return values;
}

}  // namespace

void TestDnmDraws::fixed_synapses() {
  const std::vector<std::int64_t> positions{10, 20, 30, 40, 50};
  std::vector<double> extra(5, 0.0);
  const auto all = synapses_of({}, dnm::Border::wrap, 100, 17, 50, positions, 5000);
  QCOMPARE(all.size(), std::size_t{5000});
  for (const auto& counts : all) {
    for (std::size_t m = 0; m < 5; ++m) {
      QVERIFY(counts[m] == 3 || counts[m] == 4);
      extra[m] += counts[m] - 3.0;
    }
  }
  // The remainder of 2 goes to random dendrites.
  check_chi_square(extra, std::vector<double>(5, 2000.0));
}

void TestDnmDraws::gaussian_synapses() {
  const std::vector<std::int64_t> positions(10, 0);
  const auto all = synapses_of({Family::gaussian, 0.0, {}}, dnm::Border::wrap, 1000, 400, 0, positions, 2000);
  const Moments found = moments(flat(all));
  QCOMPARE(found.mean, 40.0);
  // N(40, 10) brought to the sum loses a tenth of the variance: 10·sqrt(0.9) = 9.5.
  check_between(found.deviation, 9.2, 9.8);
  const auto narrow = synapses_of({Family::gaussian, 0.0, 0.0}, dnm::Border::wrap, 1000, 403, 0, positions, 10);
  for (const NodeIndex n : flat(narrow)) QVERIFY(n >= 40 && n <= 43);
}

void TestDnmDraws::uniform_synapses() {
  const std::vector<std::int64_t> positions(10, 0);
  // w = 0.5: U(20, 60), standard deviation 11.5, less a tenth of the variance.
  const auto all = synapses_of({Family::uniform, 0.0, 0.5}, dnm::Border::wrap, 1000, 400, 0, positions, 2000);
  check_between(moments(flat(all)).deviation, 10.6, 11.3);
  // The default w = 2: U(1, 3μ); no dendrite above 3 / (sum of ten draws), none empty for long.
  const auto wide = flat(synapses_of({Family::uniform, 0.0, {}}, dnm::Border::wrap, 1000, 400, 0, positions, 2000));
  QCOMPARE(wide.size(), std::size_t{20000});
  check_between(moments(wide).deviation, 20.0, 23.5);
  check_between(static_cast<double>(std::count_if(wide.begin(), wide.end(), [](NodeIndex n) { return n < 20; })),
                3800.0, 5400.0);
}

void TestDnmDraws::spatial_synapses() {
  // 100 inputs, σ = 10: distances of the places 35, 45, 52, 95 from 50 are 15, 5, 2, 45; and on the ring, with 5 as the
  // centre, those of 0, 15, 98 (= -2) and 160 are 5, 10, 7 and 45.
  struct Case {
    dnm::Border border;
    std::int64_t centre;
    std::vector<std::int64_t> positions;
    std::vector<double> distances;
  };
  const std::vector<Case> cases{{dnm::Border::bounded, 50, {35, 45, 52, 95}, {15, 5, 2, 45}},
                                {dnm::Border::wrap, 5, {0, 15, 98, 160}, {5, 10, 7, 45}},
                                {dnm::Border::bounded, 5, {0, 15, 98, 160}, {5, 10, 93, 155}}};
  for (const Case& one : cases) {
    for (const Family family : {Family::spatial_gaussian, Family::spatial_inverse_gaussian}) {
      const double farthest = *std::max_element(one.distances.begin(), one.distances.end());
      std::vector<double> expected;
      for (const double distance : one.distances) {
        const double shown = family == Family::spatial_gaussian ? distance : farthest - distance;
        expected.push_back(std::exp(-shown * shown / 200.0));
      }
      const double sum = std::accumulate(expected.begin(), expected.end(), 0.0);
      for (double& value : expected) value *= 40000.0 / sum;
      const auto all = synapses_of({family, 0.0, {}}, one.border, 100, 20, one.centre, one.positions, 2000);
      QCOMPARE(all.size(), std::size_t{2000});
      std::vector<double> counts(4, 0.0);
      for (const auto& neuron : all) {
        for (std::size_t m = 0; m < 4; ++m) counts[m] += neuron[m];
      }
      const auto likely = std::count_if(expected.begin(), expected.end(), [](double value) { return value >= 5.0; });
      if (likely > 1) {
        check_chi_square(counts, expected);
      } else {
        QCOMPARE(*std::max_element(counts.begin(), counts.end()), 40000.0);
      }
    }
  }
  // A bell too narrow to hold a number still has a largest weight.
  const auto narrow =
      synapses_of({Family::spatial_gaussian, 0.0, 0.001}, dnm::Border::wrap, 1000, 9, 500, {100, 300, 900}, 10);
  for (const auto& counts : narrow) QCOMPARE(counts, (std::vector<NodeIndex>{0, 9, 0}));
}

void TestDnmDraws::integer_shares_keep_sum_and_bounds() {
  const dnm::TaskControl control;
  dnm::StopCheck stop(control);
  dnm::IntegerShares integer_shares;
  dnm::Random random(13);
  for (int round = 0; round < 3000; ++round) {
    const auto size = 1 + random.below(12);
    const auto lower = static_cast<NodeIndex>(random.below(3));
    const auto upper = lower + static_cast<NodeIndex>(random.below(20));
    const std::uint64_t total = lower * size + random.below((upper - lower) * size + 1);
    std::vector<double> shares(size);
    for (double& share : shares) share = random.uniform(-5.0, 25.0);
    std::vector<NodeIndex> whole(size);
    integer_shares.draw(shares, lower, upper, total, random, stop, whole);
    QCOMPARE(std::accumulate(whole.begin(), whole.end(), std::uint64_t{0}), total);
    for (const NodeIndex value : whole) QVERIFY(value >= lower && value <= upper);
  }
  // Whole shares stay; missing units follow the fractions.
  std::vector<double> hits(4, 0.0);
  for (int round = 0; round < 8000; ++round) {
    const std::vector<double> shares{3.0, 1.1, 2.3, 4.6};
    std::vector<NodeIndex> whole(4);
    integer_shares.draw(shares, 0, 10, 11, random, stop, whole);
    QCOMPARE(whole[0], 3U);
    for (std::size_t i = 0; i < 4; ++i) hits[i] += whole[i] - std::floor(shares[i]);
  }
  check_chi_square(hits, {0.0, 800.0, 2400.0, 4800.0});
}

void TestDnmDraws::weighted_draws() {
  // Two of four without replacement, weights 1:2:3:4: the chance of each pair is w_i w_j (1/(10-w_i) + 1/(10-w_j))
  // / 10.
  const std::vector<double> weights{1, 2, 3, 4};
  std::vector<double> log_weights;
  for (const double weight : weights) log_weights.push_back(std::log(weight) - 700.0);
  dnm::Random random(14);
  std::vector<double> counts(16, 0.0);
  std::vector<double> expected(16, 0.0);
  constexpr int draws = 20000;
  for (int i = 0; i < draws; ++i) {
    auto pair = dnm::draw_by_weight(log_weights, 2, random);
    std::sort(pair.begin(), pair.end());
    counts[pair[0] * 4 + pair[1]] += 1.0;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = i + 1; j < 4; ++j) {
      const double share = weights[i] * weights[j] / 10.0 * (1.0 / (10.0 - weights[i]) + 1.0 / (10.0 - weights[j]));
      expected[i * 4 + j] = draws * share;
    }
  }
  check_chi_square(counts, expected);
  log_weights[1] = -std::numeric_limits<double>::infinity();
  for (int i = 0; i < 100; ++i) {
    const auto three = dnm::draw_by_weight(log_weights, 3, random);
    QVERIFY(std::find(three.begin(), three.end(), 1U) == three.end());
  }
}

void TestDnmDraws::row_counts_are_hypergeometric() {
  // 6 of the 9 free cells of two rows of 8 with 3 and 4 taken: the first row (5 free, the second 4) gets k with
  // probability C(5,k)·C(4,6-k)/C(9,6). Once as drawn, once through the complement (2 of 9).
  const auto choose = [](int n, int k) {
    double value = 1.0;
    for (int i = 0; i < k; ++i) value *= static_cast<double>(n - i) / (k - i);
    return k < 0 || k > n ? 0.0 : value;
  };
  dnm::Random random(15);
  for (const int count : {6, 2}) {
    std::vector<double> counts(6, 0.0);
    std::vector<double> expected(6, 0.0);
    constexpr int draws = 20000;
    for (int i = 0; i < draws; ++i) {
      const auto rows = dnm::uniform_row_counts(8, {3, 4}, static_cast<std::uint64_t>(count), random, {});
      QCOMPARE(rows[0] + rows[1], static_cast<NodeIndex>(count));
      counts[rows[0]] += 1.0;
    }
    for (int k = 0; k <= 5; ++k) {
      expected[static_cast<std::size_t>(k)] = draws * choose(5, k) * choose(4, count - k) / choose(9, count);
    }
    check_chi_square(counts, expected);
  }
}

DNM_TEST(TestDnmDraws)
#include "test_dnm_draws.moc"
