// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <map>
#include <numeric>

#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using dnm::Random;

class TestRandom : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void first_block_is_the_published_one() {
    // Known answer of Philox4x32-10 for a zero counter and a zero key (Random123's test vectors).
    Random random(0);
    QCOMPARE(random.next32(), 0x6627e8d5U);
    QCOMPARE(random.next32(), 0xe169c58dU);
    QCOMPARE(random.next32(), 0xbc57ac4cU);
    QCOMPARE(random.next32(), 0x9b00dbd8U);
  }

  void streams_of_one_seed_differ_and_repeat() {
    Random a(7, 1);
    Random b(7, 2);
    Random again(7, 1);
    int equal = 0;
    for (int i = 0; i < 1000; ++i) {
      const std::uint32_t value = a.next32();
      QCOMPARE(again.next32(), value);
      equal += value == b.next32();
    }
    QVERIFY(equal < 3);
  }

  void below_is_uniform() {
    Random random(1);
    std::vector<int> counts(7);
    constexpr int draws = 70000;
    for (int i = 0; i < draws; ++i) ++counts[random.below(7)];
    double chi_square = 0.0;
    for (const int count : counts) chi_square += (count - 1e4) * (count - 1e4) / 1e4;
    QVERIFY(chi_square < 22.46);  // 6 degrees of freedom, p = .001
    for (int i = 0; i < 100; ++i) QVERIFY(random.below((std::uint64_t{1} << 40) + 1) <= std::uint64_t{1} << 40);
    QCOMPARE(random.below(1), std::uint64_t{0});
  }

  void normal_has_the_right_moments() {
    Random random(2);
    constexpr int draws = 200000;
    double sum = 0.0;
    double square = 0.0;
    double fourth = 0.0;
    for (int i = 0; i < draws; ++i) {
      const double z = random.normal();
      sum += z;
      square += z * z;
      fourth += z * z * z * z;
    }
    QVERIFY(std::abs(sum / draws) < 4.0 / std::sqrt(draws));
    QVERIFY(std::abs(square / draws - 1.0) < 4.0 * std::sqrt(2.0 / draws));
    QVERIFY(std::abs(fourth / draws - 3.0) < 4.0 * std::sqrt(96.0 / draws));
  }

  void samples_are_sorted_distinct_and_complete() {
    Random random(4);
    for (const auto& [population, count] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
             {1, 0}, {1, 1}, {10, 10}, {10, 9}, {1000000, 10000}, {50, 49}}) {
      for (int repeat = 0; repeat < 50; ++repeat) {
        const auto items = random.sample(population, count);
        QCOMPARE(items.size(), count);
        for (std::size_t i = 1; i < items.size(); ++i) QVERIFY(items[i - 1] < items[i]);
        if (!items.empty()) QVERIFY(items.back() < population);
      }
    }
    QVERIFY_EXCEPTION_THROWN((void)random.sample(3, 4), dnm::InvalidInput);
  }

  void every_subset_is_equally_likely() {
    Random random(5);
    std::map<std::vector<std::uint64_t>, int> counts;
    constexpr int draws = 150000;
    for (int i = 0; i < draws; ++i) ++counts[random.sample(6, 2)];
    QCOMPARE(counts.size(), std::size_t{15});
    double chi_square = 0.0;
    for (const auto& [subset, count] : counts) chi_square += (count - 1e4) * (count - 1e4) / 1e4;
    QVERIFY(chi_square < 36.12);  // 14 degrees of freedom, p = .001
  }

  void shuffle_keeps_the_items() {
    Random random(6);
    std::vector<int> items(100);
    std::iota(items.begin(), items.end(), 0);
    random.shuffle(std::span(items));
    QVERIFY(!std::is_sorted(items.begin(), items.end()));
    std::sort(items.begin(), items.end());
    for (int i = 0; i < 100; ++i) QCOMPARE(items[static_cast<std::size_t>(i)], i);
  }
};

DNM_TEST(TestRandom)
#include "test_random.moc"
