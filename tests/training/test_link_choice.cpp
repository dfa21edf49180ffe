// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "tests/core/random_mask.h"
#include "tests/core/rewiring_reference.h"
#include "tests/support/test_class.h"
#include "training/rewiring/link_choice.h"
#include "training/rewiring/link_growth.h"

using namespace dnm::rewiring_reference;

using dnm::Mask;
using dnm::NodeIndex;
using dnm::OrderedJson;
using dnm::Random;

namespace {

/// Pearson's statistic of how often each of some items was in a sample, over its degrees of freedom.
double chi_square(const std::vector<double>& found, const std::vector<double>& expected, double trials) {
  double sum = 0.0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double mean = expected[i] * trials, variance = mean * (1.0 - expected[i]);
    if (variance > 0.0) sum += (found[i] - mean) * (found[i] - mean) / variance;
  }
  return sum / static_cast<double>(found.size());
}

}  // namespace

/// Choosing links: exact numbers, exact probabilities.
class TestLinkChoice : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void samples_have_the_exact_probabilities() {
    constexpr int trials = 20000;
    for (const OrderedJson& sampling : reference("sampling.json")) {
      const auto weights = sampling["weights"].get<std::vector<double>>();
      const auto expected = sampling["inclusion"].get<std::vector<double>>();
      const double tau = sampling["tau"].get<double>();
      const auto wanted = sampling["draws"].get<std::uint64_t>();
      std::vector<double> by_power(weights.size(), 0.0), streamed(weights.size(), 0.0);
      for (int trial = 0; trial < trials; ++trial) {
        for (const std::uint64_t place :
             dnm::sample_by_power(weights, tau, wanted, Random(7, static_cast<std::uint64_t>(trial)))) {
          ++by_power[place];
        }
        dnm::SampledChoice choice(wanted, Random(8, static_cast<std::uint64_t>(trial)));
        for (std::size_t i = 0; i < weights.size(); ++i) choice.offer(i, std::pow(weights[i], tau));
        const auto chosen = choice.chosen();
        QCOMPARE(chosen.size(), wanted);
        for (const std::uint64_t place : chosen) ++streamed[place];
      }
      // Of at most 9 degrees of freedom: beyond 4 each with a probability below 1e-5.
      QVERIFY2(chi_square(by_power, expected, trials) < 4.0, sampling["name"].get<std::string>().c_str());
      QVERIFY2(chi_square(streamed, expected, trials) < 4.0, sampling["name"].get<std::string>().c_str());
    }
  }

  /// Jumps over candidates must not favour any place in the stream. Of two equal groups the same number is drawn.
  void samples_of_many_candidates_are_exact() {
    // More candidates than a sampler with 24 bits can tell apart, most of weight 0.
    constexpr std::uint64_t candidates = (std::uint64_t{1} << 24) + 4096;
    constexpr std::uint64_t every = 4096;
    dnm::SampledChoice choice(2000, Random(3, 4));
    for (std::uint64_t i = 0; i < candidates; ++i) choice.offer(i, i % every == 0 ? 1.0 : 0.0);
    QCOMPARE(choice.positive(), candidates / every);
    const std::vector<std::uint64_t> chosen = choice.chosen();
    QCOMPARE(chosen.size(), std::size_t{2000});
    QVERIFY(std::ranges::all_of(chosen, [](std::uint64_t i) { return i % every == 0; }));
    QVERIFY(std::ranges::adjacent_find(chosen) == chosen.end());

    // 100 of 10,000 with weights 1 to 3: the mean of the draws in each of ten tenths, against an independent sampler
    // that gives each its exponential clock.
    std::vector<double> jumped(10, 0.0), clocked(10, 0.0);
    constexpr int trials = 500;
    for (int trial = 0; trial < trials; ++trial) {
      Random clocks(11, static_cast<std::uint64_t>(trial));
      dnm::SampledChoice sample(100, Random(12, static_cast<std::uint64_t>(trial)));
      std::vector<std::pair<double, std::size_t>> times;
      for (std::size_t i = 0; i < 10000; ++i) {
        const double weight = 1.0 + static_cast<double>(i % 1000) / 500.0;
        sample.offer(i, weight);
        times.emplace_back(-std::log(1.0 - clocks.uniform()) / weight, i);
      }
      std::nth_element(times.begin(), times.begin() + 100, times.end());
      for (std::size_t k = 0; k < 100; ++k) clocked[times[k].second % 1000 / 100] += 1.0;
      for (const std::uint64_t place : sample.chosen()) jumped[place % 1000 / 100] += 1.0;
    }
    for (std::size_t tenth = 0; tenth < 10; ++tenth) {
      const double deviation = std::sqrt(jumped[tenth] + clocked[tenth]);
      QVERIFY2(std::abs(jumped[tenth] - clocked[tenth]) < 5.0 * deviation, qPrintable(QString::number(tenth)));
    }
  }

  void zeros_come_after_all_others() {
    std::vector<double> often(8, 0.0);
    constexpr int trials = 20000;
    for (int trial = 0; trial < trials; ++trial) {
      const std::vector<double> weights{0.0, 1e-300, 0.0, 5.0, 0.0, 0.0, 0.0, 0.0};
      dnm::SampledChoice choice(4, Random(1, static_cast<std::uint64_t>(trial)));
      for (std::size_t i = 0; i < weights.size(); ++i) choice.offer(i, weights[i]);
      const auto streamed = choice.chosen();
      const auto by_power = dnm::sample_by_power(weights, 9.0, 4, Random(2, static_cast<std::uint64_t>(trial)));
      for (const auto* chosen : {&streamed, &by_power}) {
        QCOMPARE(chosen->size(), std::size_t{4});
        QVERIFY(std::ranges::binary_search(*chosen, std::uint64_t{1}));
        QVERIFY(std::ranges::binary_search(*chosen, std::uint64_t{3}));
        for (const std::uint64_t place : *chosen) ++often[place];
      }
    }
    for (const std::size_t zero : std::initializer_list<std::size_t>{0, 2, 4, 5, 6, 7}) {
      // A third of twice the trials; five standard deviations.
      QVERIFY(std::abs(often[zero] - 2.0 * trials / 3.0) < 5.0 * std::sqrt(2.0 * trials * 2.0 / 9.0));
    }
  }

  void equal_scores_are_chosen_by_lot() {
    const std::vector<double> scores{1.0, 2.0, 1.0, 1.0, 0.0, 1.0};
    const auto one_by_one = [&](Random random) {
      dnm::LargestChoice choice(3, std::move(random));
      for (std::size_t i = 0; i < 6; ++i) choice.offer(i, scores[i]);
      return choice.chosen();
    };
    const auto at_hand = [&](Random random) { return dnm::largest_scores(scores, 3, std::move(random)); };
    for (const auto& choose : {std::function<std::vector<std::uint64_t>(Random)>(one_by_one), {at_hand}}) {
      std::vector<double> often(6, 0.0);
      constexpr int trials = 20000;
      for (int trial = 0; trial < trials; ++trial) {
        const auto chosen = choose(Random(1, static_cast<std::uint64_t>(trial)));
        QCOMPARE(chosen.size(), std::size_t{3});
        QVERIFY(std::ranges::is_sorted(chosen));
        for (const std::uint64_t place : chosen) ++often[place];
      }
      QCOMPARE(often[1], static_cast<double>(trials));
      QCOMPARE(often[4], 0.0);
      for (const std::size_t tied : std::initializer_list<std::size_t>{0, 2, 3, 5}) {
        QVERIFY(std::abs(often[tied] - trials / 2.0) < 5.0 * std::sqrt(trials / 4.0));
      }
    }
    QVERIFY((dnm::largest_scores(scores, 9, Random(1, 1)) == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5}));
    QVERIFY(dnm::largest_scores(scores, 0, Random(1, 1)).empty());
  }

  void uniform_growth_takes_every_free_cell_alike() {
    const Mask mask = dnm::test::random_mask(7, 5, 13, 1);
    std::map<std::uint64_t, double> often;
    constexpr int trials = 20000;
    for (int trial = 0; trial < trials; ++trial) {
      for (const std::uint64_t cell : dnm::uniform_cells(mask, 4, Random(5, static_cast<std::uint64_t>(trial)))) {
        ++often[cell];
      }
    }
    QCOMPARE(often.size(), std::size_t{22});
    for (const auto& [cell, count] : often) {
      QVERIFY(!links_of(mask).contains({static_cast<NodeIndex>(cell / 7), static_cast<NodeIndex>(cell % 7)}));
      const double share = 4.0 / 22.0;
      QVERIFY(std::abs(count - share * trials) < 5.0 * std::sqrt(trials * share * (1.0 - share)));
    }
    QCOMPARE(dnm::uniform_cells(mask, 1000, Random(1)).size(), std::size_t{22});
  }
};

DNM_TEST(TestLinkChoice)
#include "test_link_choice.moc"
