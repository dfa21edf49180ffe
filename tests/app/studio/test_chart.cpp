// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <limits>

#include "viz/scenes/axes.h"
#include "viz/scenes/chart_scene.h"

using namespace dnm;

class TestChart : public QObject {
  Q_OBJECT

 private:
  static std::vector<std::string> texts(const Scene& scene) {
    std::vector<std::string> found;
    for (const SceneItem& item : scene.items)
      if (const auto* text = std::get_if<Text>(&item)) found.push_back(text->text);
    return found;
  }
  static bool has(const std::vector<std::string>& texts, const std::string& wanted) {
    return std::ranges::find(texts, wanted) != texts.end();
  }

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

  void curves_stay_inside_and_rise_with_their_values() {
    Chart chart{"Accuracy", {{"test", {{1, 0.5}, {2, 0.7}, {3, 0.9}}, {1, 2, 3}, 1.5}}, 0.0, 10.0, true};
    const Scene scene = chart_scene(chart, {});
    bool found = false;
    for (const SceneItem& item : scene.items) {
      const auto* lines = std::get_if<Lines>(&item);
      if (!lines || lines->colors.front() != Color{1, 2, 3}) continue;
      found = true;
      QCOMPARE(lines->points.size(), std::size_t{3});
      for (std::size_t i = 0; i < 3; ++i) {
        const Point point = lines->points[i];
        QVERIFY(point.x >= 0 && point.x <= scene.bounds.width && point.y >= 0 && point.y <= scene.bounds.height);
        if (i > 0) QVERIFY(point.x > lines->points[i - 1].x && point.y > lines->points[i - 1].y);
      }
      // Equal steps in epochs and values are equal steps on paper.
      QVERIFY(std::abs(lines->points[2].y - 2 * lines->points[1].y + lines->points[0].y) < 1e-9);
      QVERIFY(std::abs(lines->points[2].x - 2 * lines->points[1].x + lines->points[0].x) < 1e-9);
    }
    QVERIFY(found);
    QVERIFY(has(texts(scene), "test 90.00 %"));
  }

  void values_that_are_no_numbers_are_left_out() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Scene scene = chart_scene({"Loss", {{"train", {{1, nan}, {2, 0.3}, {3, nan}}, {}, 1}}, 0, 3, false}, {});
    for (const SceneItem& item : scene.items)
      if (const auto* lines = std::get_if<Lines>(&item))
        for (const Point& point : lines->points) QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
  }

  void one_value_and_none_make_a_chart_too() {
    QVERIFY(has(texts(chart_scene({"Loss", {}, 0, 0, false}, {})), "nothing trained yet"));
    const Scene one = chart_scene({"Loss", {{"train", {{1, 0.0}}, {}, 1}}, 0, 1, false}, {});
    QVERIFY(!has(texts(one), "nothing trained yet"));
    for (const SceneItem& item : one.items)
      if (const auto* lines = std::get_if<Lines>(&item))
        for (const Point& point : lines->points) QVERIFY(std::isfinite(point.y));
  }
};

QTEST_GUILESS_MAIN(TestChart)
#include "test_chart.moc"
