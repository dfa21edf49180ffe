// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <vector>

#include "core/parameters/range_scale.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

const std::vector<Range>& all_kinds() {
  static const std::vector<Range> ranges{
      sparsity_range,
      {0.0, 1.0, 0.01},            // a position for each step
      {0.0, 1000.0, 0.1},          // longer than a slider
      {0.001, 10.0, 0.005, true},  // decades
      {.minimum = 1, .maximum = 1000, .step = 1, .logarithmic = true, .soft_maximum = 31},
      {.minimum = 0, .maximum = 1000, .step = 0.1, .soft_maximum = 31},
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
      const double end = range.soft_maximum.value_or(range.maximum);
      QCOMPARE(scale.value_at(0), range.minimum);
      QCOMPARE(scale.value_at(scale.positions()), end);
      QCOMPARE(scale.position_of(range.minimum), 0);
      QCOMPARE(scale.position_of(end), scale.positions());
      QCOMPARE(scale.position_of(range.maximum), scale.positions());
      for (int position = 1; position <= scale.positions(); ++position) {
        const double value = scale.value_at(position);
        QVERIFY(value >= scale.value_at(position - 1) && value >= range.minimum && value <= end);
        // Rounding a number to what a person would type moves it little.
        QVERIFY(std::abs(scale.position_of(value) - position) <= scale.positions() / 25);
      }
    }
  }

  void a_share_that_is_left_out_has_even_decades_of_what_is_there() {
    const RangeScale scale(sparsity_range);
    const int quarter = scale.positions() / 4;
    QCOMPARE(scale.position_of(0.9), quarter);
    QCOMPARE(scale.position_of(0.99), 2 * quarter);
    QCOMPARE(scale.position_of(0.999), 3 * quarter);
    QCOMPARE(scale.position_of(0.5), static_cast<int>(std::lround(1000 * std::log10(2.0) / 4)));
    for (const double mark : sparsity_marks) QCOMPARE(scale.value_at(scale.position_of(mark)), mark);
  }

  /// From one end to the other and back, never standing still, by one or ten per cent of what is there at most.
  void steps_are_sensible_everywhere() {
    for (const Range& range : all_kinds()) {
      const RangeScale scale(range);
      int steps = 0;
      double value = range.minimum;
      for (; value < range.maximum; ++steps) {
        const double next = scale.next(value, true);
        QVERIFY2(next > value, qPrintable(QString::number(value, 'g', 12)));
        if (range.of_complement) {
          const double share = (next - value) / (1.0 - value);
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
    const RangeScale sparsity(sparsity_range);
    QCOMPARE(sparsity.next(0.9, true), 0.901);
    QCOMPARE(sparsity.next(0.9, false), 0.89);
    QCOMPARE(sparsity.next(0.99, true), 0.9901);
    QCOMPARE(sparsity.next(0.9537, true), 0.954);
    QCOMPARE(sparsity.next(0.9537, false), 0.953);
    QCOMPARE(RangeScale({1, 100000, 1, true}, true).next(1, true), 2.0);
    QCOMPARE(RangeScale({1, 100000, 1, true}, true).next(1000, true), 1100.0);
    QCOMPARE(RangeScale({1, 100000, 1, true}, true).next(1000, false), 990.0);
  }

  void long_steps_go_from_mark_to_mark() {
    const RangeScale scale(sparsity_range);
    std::vector<double> way{0.0};
    while (way.size() < 10 && way.back() < 0.9999) way.push_back(scale.next_mark(way.back(), true));
    QVERIFY(way == (std::vector<double>{0.0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999}));
    QCOMPARE(scale.next_mark(0.97, false), 0.95);
    QCOMPARE(scale.next_mark(0.3, false), 0.0);
    QCOMPARE(scale.next_mark(0.99995, true), 0.99995);  // typed, beyond the scale
    QCOMPARE(scale.next_mark(0.99995, false), 0.999);
    const RangeScale even({0.0, 1.0, 0.01});
    QVERIFY(std::abs(even.next_mark(0.3, true) - 0.4) < 1e-12);
  }
};

DNM_TEST(TestRangeScale)
#include "test_range_scale.moc"
