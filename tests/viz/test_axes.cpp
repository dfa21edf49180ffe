// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <cmath>
#include <string>
#include <vector>

#include "charts.h"
#include "tests/support/test_class.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/chart_key.h"

using namespace dnm;
using namespace dnm::test;

/// What charts are put together from: axes with round ticks, short numbers, dashes, names that are cut.
class TestAxes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ticks_are_round_and_cover_the_range() {
    for (const auto& [low, high] :
         {std::pair(0.0, 1.0), {0.8123, 0.8771}, {-3.0, 17.0}, {1e-7, 3e-7}, {0.0, 98765.0}}) {
      for (int count = 1; count < 9; ++count) {
        const std::vector<double> ticks = round_ticks(low, high, count);
        QVERIFY(ticks.size() >= 2);
        QVERIFY(ticks.front() <= low + 1e-9 * (high - low));
        QVERIFY(ticks.back() >= high - 1e-9 * (high - low));
        const double step = ticks[1] - ticks[0];
        const double lead = step / std::pow(10.0, std::floor(std::log10(step * (1.0 + 1e-9))));
        QVERIFY(std::abs(lead - 1.0) < 1e-6 || std::abs(lead - 2.0) < 1e-6 || std::abs(lead - 5.0) < 1e-6);
        for (std::size_t i = 1; i < ticks.size(); ++i) QVERIFY(std::abs(ticks[i] - ticks[i - 1] - step) < 1e-9 * step);
      }
    }
  }

  void an_axis_holds_its_range_and_little_more() {
    for (const auto& [low, high] :
         {std::pair(0.0, 1.0), {0.8123, 0.8771}, {-3.0, 17.0}, {1e-7, 3e-7}, {0.31, 0.29999}}) {
      if (low >= high) continue;
      for (int count = 1; count < 9; ++count) {
        const Axis axis = round_axis(low, high, count);
        const double step = axis.ticks[1] - axis.ticks[0];
        QVERIFY(axis.ticks.size() >= 2);
        QVERIFY(axis.low <= low + 1e-9 * step && axis.low > low - 0.2501 * step);
        QVERIFY(axis.high >= high - 1e-9 * step && axis.high < high + 0.2501 * step);
        QVERIFY(axis.ticks.front() > axis.low - 1e-3 * step && axis.ticks.back() < axis.high + 1e-3 * step);
      }
    }
  }

  void numbers_of_any_size_stay_short() {
    QCOMPARE(number_text(0.8734, 1e-4, true), std::string("87.34"));
    QCOMPARE(number_text(12.0, 1.0), std::string("12"));
    for (const double value : {1e100, -1e100, 1e-100, 123456789.0, 3e-9}) {
      const std::string text = number_text(value, std::abs(value));
      QVERIFY2(text.size() <= 8, text.c_str());
      QVERIFY(std::abs(std::stod(text) / value - 1.0) < 0.5);
    }
  }

  /// Pieces of a dashed line: as long as the pattern says, also around a corner, with the gaps where they belong.
  void dashes_go_round_corners() {
    const std::vector<Point> corners{{0, 0}, {10, 0}, {10, 7}, {40, 7}};
    const double pattern[] = {4.0, 3.0};
    Lines lines;
    append_dashes(lines, corners, {1, 2, 3}, PageTransform{}, pattern);
    double along = 0.0;  // where the next dash is to begin
    const auto place = [&](double distance) {
      for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        const double length = std::hypot(corners[i + 1].x - corners[i].x, corners[i + 1].y - corners[i].y);
        if (distance <= length + 1e-9) {
          return Point{corners[i].x + (corners[i + 1].x - corners[i].x) * distance / length,
                       corners[i].y + (corners[i + 1].y - corners[i].y) * distance / length};
        }
        distance -= length;
      }
      return corners.back();
    };
    QCOMPARE(lines.starts.size(), std::size_t{7});  // 47 points of length, 7 a period
    bool bent = false;
    for (std::size_t line = 0; line < lines.starts.size(); ++line) {
      const std::size_t first = lines.starts[line], end = lines.end_of(line);
      bent = bent || end - first == 3;
      const Point from = place(along), to = place(std::min(47.0, along + 4.0));
      QVERIFY(close(lines.points[first].x, from.x) && close(lines.points[first].y, from.y));
      QVERIFY(close(lines.points[end - 1].x, to.x) && close(lines.points[end - 1].y, to.y));
      along += 7.0;
    }
    QVERIFY(bent);
  }

  void names_are_cut_between_letters() {
    QCOMPARE(shortened("random", 10.0, 100.0), std::string("random"));
    const std::string cut = shortened("σσσσσσσσσσ", 10.0, 31.0);
    QVERIFY(QString::fromStdString(cut).startsWith("σσ") && cut.ends_with("…"));
    QVERIFY(!QString::fromStdString(cut).contains(QChar::ReplacementCharacter));
    QVERIFY(QString::fromStdString(cut).size() <= 5);
  }
};

DNM_TEST(TestAxes, QCoreApplication)
#include "test_axes.moc"
