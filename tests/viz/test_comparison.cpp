// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "charts.h"
#include "tests/support/test_class.h"
#include "viz/scenes/comparison_scene.h"

using namespace dnm;
using namespace dnm::test;

namespace {

Comparison comparison_of(std::size_t groups) {
  Comparison comparison{{"last epoch", "best on test", "at best validation"}, {}, "Test accuracy"};
  for (std::size_t group = 0; group < groups; ++group) {
    const double middle = 0.85 + 0.003 * static_cast<double>((group * 5) % 13);
    ComparedValue value{middle, 0.001, {middle - 0.002, middle, middle + 0.002}};
    comparison.groups.push_back({long_names[group], group_look(group), 3, {value, value, value}});
  }
  return comparison;
}

}  // namespace

/// The comparison of groups of runs: where its marks lie, and what stands on narrow and full pages.
class TestComparison : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void no_text_lies_over_another() {
    for (const PageShape& shape : page_shapes) {
      for (std::size_t groups = 1; groups <= 13; ++groups) {
        const Scene comparison = comparison_scene(comparison_of(groups), style_of(shape)).scene;
        test::no_text_lies_over_another(comparison, "comparison");
        everything_is_on_the_page(comparison);
      }
    }
  }

  void no_text_lies_over_the_marks() {
    for (const PageShape& shape : page_shapes) {
      for (const bool is_incomplete : {false, true}) {
        Comparison comparison = comparison_of(3);
        if (is_incomplete) comparison.groups[1].count_words = "2 of 3 seeds at epoch 7 of 40";
        const ComparisonPicture picture = comparison_scene(comparison, style_of(shape));
        const Rectangle& plot = picture.plot.area;
        for (const Text* text : items_of<Text>(picture.scene)) {
          if (text->position.y < plot.y || text->position.y > plot.y + plot.height) continue;
          const Box box = box_of(*text);
          QVERIFY2(box.right <= plot.x || box.left >= plot.x + plot.width,
                   qPrintable(QStringLiteral("%1 at %2").arg(text->text.c_str()).arg(shape.width)));
        }
        test::no_text_lies_over_another(picture.scene, "comparison");
        everything_is_on_the_page(picture.scene);
      }
    }
  }

  void whiskers_lie_where_their_values_are() {
    Comparison comparison{{"last epoch", "best on test"}, {}, "Test accuracy"};
    comparison.groups.push_back(
        {"a", group_look(0), 3, {{0.80, 0.02, {0.77, 0.80, 0.83}}, {0.82, 0.01, {0.81, 0.82, 0.83}}}});
    comparison.groups.push_back({"b", group_look(1), 1, {{0.90, missing, {0.90}}, {0.91, missing, {0.91}}}});
    comparison.groups.push_back({"c", group_look(2), 0, {{}, {}}});
    const ComparisonPicture picture = comparison_scene(comparison, style_of({525, 165}));
    const Scene& scene = picture.scene;
    std::vector<std::pair<double, double>> ticks;  // fraction, place
    for (const Text* text : items_of<Text>(scene)) {
      if (text->horizontal == Anchor::center) ticks.emplace_back(std::stod(text->text) / 100.0, text->position.x);
    }
    QVERIFY(ticks.size() >= 2);
    for (const auto& [value, at] : ticks) QVERIFY(close(value, std::round(value * 1000.0) / 1000.0));
    const double scale = (ticks[1].second - ticks[0].second) / (ticks[1].first - ticks[0].first);
    const auto across = [&](double value) { return ticks[0].second + scale * (value - ticks[0].first); };

    const auto disks = items_of<Disks>(scene);
    QCOMPARE(disks.size(), std::size_t{1});  // a single run is its mean
    const double runs[] = {0.77, 0.80, 0.83, 0.81, 0.82, 0.83};
    QCOMPARE(disks[0]->centers.size(), std::size_t{6});
    for (std::size_t i = 0; i < 6; ++i) QVERIFY(close(disks[0]->centers[i].x, across(runs[i])));

    std::vector<const Lines*> whiskers;
    for (const Lines* lines : items_of<Lines>(scene)) {
      if (lines->colors.front() == curve_color(0, false)) whiskers.push_back(lines);
      QVERIFY(lines->colors.front() != curve_color(1, false));  // one run has no error
    }
    QCOMPARE(whiskers.size(), std::size_t{1});
    const double ends[] = {0.78, 0.82, 0.81, 0.83};
    for (std::size_t i = 0; i < 4; ++i) QVERIFY(close(whiskers[0]->points[i].x, across(ends[i])));
    QVERIFY(close(whiskers[0]->points[0].y, whiskers[0]->points[1].y));
    QVERIFY(whiskers[0]->points[0].y > whiskers[0]->points[2].y);

    QVERIFY(has(texts(scene), "80.00 ± 2.00 %, N = 3"));
    QVERIFY(has(texts(scene), "90.00 %, N = 1"));
    QVERIFY(has(texts(scene), "no epoch yet"));
    QCOMPARE(picture.rows.size(), std::size_t{3});
    for (std::size_t row = 0; row < 2; ++row) QVERIFY(picture.rows[row].y > picture.rows[row + 1].y);
  }

  void values_that_are_no_fractions_are_not_in_percent() {
    Comparison comparison{{"last epoch"}, {}, "Test loss", false};
    comparison.groups.push_back({"a", group_look(0), 3, {{0.30214, 0.00441, {0.30, 0.31}}}});
    comparison.groups.push_back({"b", group_look(1), 1, {{0.8, missing, {0.8}}}});
    const std::vector<std::string> found = texts(comparison_scene(comparison, style_of({900, 525})).scene);
    QVERIFY(has(found, "0.3021 ± 0.0044, N = 3"));
    QVERIFY(has(found, "0.8000, N = 1"));
    QVERIFY(std::ranges::none_of(found, [](const std::string& text) { return text.ends_with('%'); }));
  }

  void the_axis_has_the_size_of_its_values() {
    for (const double value : {3e-5, 0.5, -2.0, 60000.0, 0.0}) {
      for (const double other : {value, 1.01 * value}) {
        Comparison comparison{{"last epoch"}, {}, "Test loss", false};
        comparison.groups.push_back({"a", group_look(0), 1, {{value, missing, {value}}}});
        comparison.groups.push_back({"b", group_look(1), 1, {{other, missing, {other}}}});
        const PlotArea plot = comparison_scene(comparison, style_of({525, 165})).plot;
        const double size = std::abs(value), rounding = 1e-9 * size;
        QVERIFY(plot.first_x <= std::min(value, other) + rounding && plot.last_x >= std::max(value, other) - rounding);
        QVERIFY(plot.last_x > plot.first_x);
        QVERIFY(value == 0.0 || plot.last_x - plot.first_x < 0.05 * size);
      }
    }
  }

  void no_axis_goes_beyond_all() {
    for (const double value : {1.0, 0.9995}) {
      Comparison comparison{{"last epoch"}, {}, "Test accuracy"};
      comparison.groups.push_back({"a", group_look(0), 1, {{value, missing, {value}}}});
      const Scene scene = comparison_scene(comparison, style_of({525, 165})).scene;
      std::size_t ticks = 0;
      for (const Text* text : items_of<Text>(scene)) {
        if (text->horizontal != Anchor::center) continue;
        ++ticks;
        QVERIFY2(std::stod(text->text) <= 100.0, text->text.c_str());
      }
      QVERIFY(ticks >= 2);
      everything_is_on_the_page(scene);
    }
  }

  void a_table_has_a_column_for_each_figure() {
    Comparison table{{"Static", "SET", "CHTs"}, {}, "Test accuracy in %, last epoch"};
    table.as_table = true;
    const ComparedValue low{0.80, 0.02, {0.78, 0.82}}, high{0.90, missing, {0.90}};
    ComparedValue early{0.85, 0.01, {0.84, 0.86}};
    early.is_complete = false;
    ComparedValue broken;
    broken.words = "failed";
    table.groups.push_back({"Random", {}, 2, {low, high, {}}});
    table.groups.push_back({"BSW", {}, 2, {high, early, broken}});
    const ComparisonPicture picture = comparison_scene(table, style_of({525, 165}));
    QCOMPARE(picture.rows.size(), std::size_t{2});
    const auto found = [&](const std::string& words) {
      const auto all = items_of<Text>(picture.scene);
      const auto at = std::ranges::find(all, words, &Text::text);
      return at == all.end() ? nullptr : *at;
    };
    for (const char* words : {"Random", "BSW", "80.00 ± 2.00", "85.00 ± 1.00†", "failed", "–"})
      QVERIFY2(found(words), words);
    // Numbers end under the end of their heads, in the order of the figures; each row has its height.
    QVERIFY(found("Static")->position.x < found("SET")->position.x &&
            found("SET")->position.x < found("CHTs")->position.x);
    QCOMPARE(found("80.00 ± 2.00")->position.x, found("Static")->position.x);
    QCOMPARE(found("85.00 ± 1.00†")->position.x, found("SET")->position.x);
    QCOMPARE(found("failed")->position.x, found("CHTs")->position.x);
    QCOMPARE(found("80.00 ± 2.00")->position.y, found("Random")->position.y);
    QVERIFY(found("Random")->position.y > found("BSW")->position.y);
    // The best of a column is bold, whichever it is.
    const auto bold_rows = [&](const ComparisonPicture& of) {
      std::vector<double> heights;
      for (const Text* text : items_of<Text>(of.scene))
        if (text->bold) heights.push_back(text->position.y);
      return heights;
    };
    const double first = found("Random")->position.y, second = found("BSW")->position.y;
    QVERIFY((bold_rows(picture) == std::vector<double>{first, second}) ||
            (bold_rows(picture) == std::vector<double>{second, first}));
    QCOMPARE(found("80.00 ± 2.00")->bold, false);
    table.lowest_is_best = true;
    const ComparisonPicture reversed = comparison_scene(table, style_of({525, 165}));
    for (const Text* text : items_of<Text>(reversed.scene))
      if (text->text == "80.00 ± 2.00") QVERIFY(text->bold);
  }

  void a_table_fits_its_page() {
    for (const PageShape& shape : page_shapes) {
      for (const std::size_t rows : {std::size_t{1}, std::size_t{7}, std::size_t{13}}) {
        Comparison table = comparison_of(rows);
        table.as_table = true;
        for (int more = 0; more < 5; ++more) {
          table.figures.push_back("rule " + std::to_string(more));
          for (ComparedGroup& group : table.groups) group.values.push_back(group.values.front());
        }
        const ComparisonPicture picture = comparison_scene(table, style_of(shape));
        test::no_text_lies_over_another(picture.scene, "table");
        everything_is_on_the_page(picture.scene);
        QVERIFY(!picture.rows.empty());
        const std::string count = "and " + std::to_string(rows - picture.rows.size()) + " more";
        const auto all = texts(picture.scene);
        QCOMPARE(std::ranges::find(all, count) != all.end(), picture.rows.size() < rows);
      }
    }
  }

  void rows_that_do_not_fit_are_counted() {
    Comparison many = comparison_of(13);
    for (int copy = 0; copy < 3; ++copy)
      many.groups.insert(many.groups.end(), many.groups.begin(), many.groups.begin() + 13);
    const ComparisonPicture picture = comparison_scene(many, style_of({375, 135}));
    QVERIFY(picture.rows.size() < many.groups.size());
    const std::string count = "and " + std::to_string(many.groups.size() - picture.rows.size()) + " more";
    QVERIFY(
        std::ranges::any_of(texts(picture.scene), [&](const std::string& text) { return text.starts_with(count); }));
    // The paper's height has room for all.
    ChartStyle style;
    style.width = 500.0;
    style.height = comparison_height(many.groups.size(), style.text_size);
    QCOMPARE(comparison_scene(many, style).rows.size(), many.groups.size());
    everything_is_on_the_page(comparison_scene({{"last epoch"}, {}}, style).scene);
  }
};

DNM_TEST(TestComparison, QCoreApplication)
#include "test_comparison.moc"
