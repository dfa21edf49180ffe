// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/parameters/range_scale.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

const std::vector<Range>& all_kinds() {
  static const std::vector<Range> ranges{
      {0.0, 1.0, 0.01},            // a position for each step
      {0.0, 1000.0, 0.1},          // longer than a slider
      {0.001, 10.0, 0.005, true},  // decades
      {1.0, 1000.0, 1.0, true},
  };
  return ranges;
}

}  // namespace

/// Numbers on the length of a slider.
class TestRangeScale : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void positions_stand_for_numbers_in_their_order() {
    for (const Range& range : all_kinds()) {
      const RangeScale scale(range);
      QCOMPARE(scale.value_at(0), range.minimum);
      QCOMPARE(scale.value_at(scale.positions()), range.maximum);
      QCOMPARE(scale.position_of(range.minimum), 0);
      QCOMPARE(scale.position_of(range.maximum), scale.positions());
      for (int position = 1; position <= scale.positions(); ++position) {
        const double value = scale.value_at(position);
        QVERIFY(value >= scale.value_at(position - 1) && value >= range.minimum && value <= range.maximum);
        // Rounding a number to what a person would type moves it little.
        QVERIFY(std::abs(scale.position_of(value) - position) <= scale.positions() / 25);
      }
    }
    const RangeScale decades({0.001, 10.0, 0.005, true});
    QCOMPARE(decades.position_of(0.1), decades.positions() / 2);
  }

  /// From one end to the other and back, never standing still, by one to ten per cent on a logarithmic scale.
  void steps_are_sensible_everywhere() {
    for (const Range& range : all_kinds()) {
      const RangeScale scale(range);
      int steps = 0;
      double value = range.minimum;
      for (; value < range.maximum && steps <= 10000; ++steps) {
        const double next = scale.next(value, true);
        QVERIFY2(next > value, qPrintable(QString::number(value, 'g', 12)));
        if (range.logarithmic) {
          const double share = (next - value) / value;
          QVERIFY2(share > 0.0099 && share < 0.1001, qPrintable(QString::number(value, 'g', 12)));
        }
        if (next < range.maximum) QVERIFY(std::abs(scale.next(next, false) - value) < 1e-9 * std::max(1.0, value));
        value = next;
      }
      QCOMPARE(value, range.maximum);
      QVERIFY2(steps > 50 && steps <= 10000, qPrintable(QString::number(steps)));
      QCOMPARE(scale.next(range.maximum, true), range.maximum);
      QCOMPARE(scale.next(range.minimum, false), range.minimum);
    }
    const RangeScale counts({1, 100000, 1, true}, true);
    QCOMPARE(counts.next(1, true), 2.0);
    QCOMPARE(counts.next(1000, true), 1100.0);
    QCOMPARE(counts.next(1000, false), 990.0);
    QCOMPARE(RangeScale({1, 1000, 1, true}).next(2.57, true), 2.6);
  }

  void long_steps_are_a_tenth_of_the_scale() {
    const RangeScale even({0.0, 1.0, 0.01});
    QVERIFY(std::abs(even.next_tenth(0.3, true) - 0.4) < 1e-12);
    QVERIFY(std::abs(even.next_tenth(0.05, false)) < 1e-12);
  }
};

DNM_TEST(TestRangeScale)
#include "test_range_scale.moc"
