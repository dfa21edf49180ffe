// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <span>
#include <tuple>

#include "charts.h"
#include "tests/support/test_class.h"
#include "viz/paper/paper_painter.h"

using namespace dnm;
using namespace dnm::test;

/// Charts of training runs: where values lie, what is said, and what strange data leave of it.
class TestCharts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void curves_and_bands_lie_where_their_values_are() {
    Chart chart{"Accuracy", {{"test", {{1, 0.5, 0.05}, {2, 0.7, 0.0}, {4, 0.9, 0.02}}, {}, {1}, 1.5}}, 0.0, 10.0, true};
    const ChartPicture picture = charts_scene({&chart, 1}, ChartStyle{});
    QCOMPARE(picture.plots.size(), std::size_t{1});
    // Where ticks stand gives the axes, without what the chart says of itself.
    std::vector<std::pair<double, double>> seen;  // per cent, height
    for (const Text* text : items_of<Text>(picture.scene)) {
      if (text->text.ends_with(" %") && text->horizontal == Anchor::right)
        seen.emplace_back(std::stod(text->text) / 100.0, text->position.y);
    }
    std::erase_if(seen, [&](const auto& tick) {
      return tick.second > picture.plots[0].area.y + picture.plots[0].area.height + 1.0;
    });
    QVERIFY(seen.size() >= 2);
    const double scale = (seen[1].second - seen[0].second) / (seen[1].first - seen[0].first);
    const auto height = [&](double value) { return seen[0].second + scale * (value - seen[0].first); };
    std::vector<std::pair<double, double>> columns;  // epoch, place
    for (const Text* text : items_of<Text>(picture.scene)) {
      if (text->horizontal == Anchor::center && text->text.find_first_not_of("0123456789") == std::string::npos)
        columns.emplace_back(std::stod(text->text), text->position.x);
    }
    QVERIFY(columns.size() >= 2);
    const double width = (columns[1].second - columns[0].second) / (columns[1].first - columns[0].first);
    const auto across = [&](double epoch) { return columns[0].second + width * (epoch - columns[0].first); };

    const std::vector<const Bands*> bands = items_of<Bands>(picture.scene);
    QCOMPARE(bands.size(), std::size_t{1});
    QCOMPARE(bands[0]->starts.size(), std::size_t{1});
    QVERIFY(bands[0]->colors[0].alpha < 128);
    const double epochs[] = {1, 2, 4}, lower[] = {0.45, 0.7, 0.88}, upper[] = {0.55, 0.7, 0.92},
                 middle[] = {0.5, 0.7, 0.9};
    for (std::size_t i = 0; i < 3; ++i) {
      QVERIFY(close(bands[0]->lower[i].x, across(epochs[i])) && close(bands[0]->lower[i].y, height(lower[i])));
      QVERIFY(close(bands[0]->upper[i].x, across(epochs[i])) && close(bands[0]->upper[i].y, height(upper[i])));
    }
    bool found = false;
    for (const Lines* lines : items_of<Lines>(picture.scene)) {
      if (lines->colors.empty() || lines->colors[0] != curve_color(1, false) || lines->points.size() != 3) continue;
      found = true;
      QCOMPARE(lines->width, 1.5);
      for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(close(lines->points[i].x, across(epochs[i])) && close(lines->points[i].y, height(middle[i])));
      }
    }
    QVERIFY(found);
    QVERIFY(has(texts(picture.scene), "test  90.00 %"));
  }

  /// Equal factors are equal distances; what has no logarithm is left out; ticks stand at their values.
  void a_logarithmic_axis_spaces_by_factors() {
    Chart chart{"Loss", {{"train", {{1, 8.0}, {2, 0.0}, {3, 2.0}, {4, 0.5}, {5, 0.125}}}}, 0.0, 10.0};
    chart.logarithmic = true;
    const ChartPicture picture = charts_scene({&chart, 1}, style_of({525, 165}));
    const PlotArea& plot = picture.plots[0];
    QVERIFY(plot.logarithmic && plot.low < 0.125 && plot.low > 0.05 && plot.high > 8.0 && plot.high < 16.0);
    std::vector<Point> corners;
    for (const Lines* lines : items_of<Lines>(picture.scene))
      if (!lines->colors.empty() && lines->colors[0] == curve_color(0, false) && lines->points.size() == 3)
        corners = lines->points;
    QCOMPARE(corners.size(), std::size_t{3});  // the first stands alone before the gap
    QVERIFY(close(corners[0].y - corners[1].y, corners[1].y - corners[2].y));
    int ticks = 0;
    for (const Text* text : items_of<Text>(picture.scene)) {
      if (text->horizontal != Anchor::right || text->text.find_first_not_of("0123456789.") != std::string::npos)
        continue;
      if (text->position.x > plot.area.x) continue;
      ++ticks;
      QVERIFY(close(text->position.y, plot.place(0.0, std::stod(text->text)).y));
    }
    QVERIFY2(ticks >= 2, std::to_string(ticks).c_str());
    everything_is_on_the_page(picture.scene);
  }

  void a_logarithmic_axis_serves_narrow_and_strange_values() {
    for (const std::vector<double>& values :
         {std::vector{0.32, 0.35, 0.47}, {1.0, 1.0, 1.0}, {0.0, 0.0, 0.0}, {-3.0, -2.0, -1.0}, {1e-12, 1.0, 1e9}}) {
      Chart chart{"Loss", {{"train", {}}}, 0.0, 10.0};
      chart.logarithmic = true;
      for (const double value : values)
        chart.curves[0].points.push_back({1.0 + static_cast<double>(chart.curves[0].points.size()), value});
      for (const PageShape& shape : page_shapes) {
        const ChartPicture picture = charts_scene({&chart, 1}, style_of(shape));
        QVERIFY(picture.plots[0].low < picture.plots[0].high);
        QCOMPARE(picture.plots[0].logarithmic, values.back() > 0.0);
        everything_is_on_the_page(picture.scene);
      }
    }
  }

  void gaps_split_curves_and_bands() {
    Chart chart{"Loss", {}, 0.0, 10.0, false};
    chart.curves.push_back({"train",
                            {{1, 1.0, 0.1},
                             {2, 0.9, 0.1},
                             {3, missing, 0.1},
                             {4, 0.7, missing},
                             {5, 0.6, 0.1},
                             {6, std::numeric_limits<double>::infinity(), 0.1},
                             {7, 0.5, 0.1},
                             {8, 0.45, 0.1},
                             {9, 0.4, 0.1}},
                            {},
                            {},
                            1.0});
    const Scene scene = charts_scene({&chart, 1}, ChartStyle{}).scene;
    const auto bands = items_of<Bands>(scene);
    QCOMPARE(bands.size(), std::size_t{1});
    QCOMPARE(bands[0]->starts.size(), std::size_t{2});  // 1-2 and 7-9; 5 stands alone
    QCOMPARE(bands[0]->end_of(0) - bands[0]->starts[0], std::size_t{2});
    QCOMPARE(bands[0]->end_of(1) - bands[0]->starts[1], std::size_t{3});
    std::vector<std::size_t> pieces;
    std::size_t whiskers = 0;
    for (const Lines* lines : items_of<Lines>(scene)) {
      for (std::size_t line = 0; line < lines->starts.size(); ++line) {
        if (lines->colors[line] == curve_color(0, false) && lines->width == 1.0)
          pieces.push_back(lines->end_of(line) - lines->starts[line]);
        if (lines->colors[line].alpha == 128) ++whiskers;
      }
    }
    QCOMPARE(pieces, (std::vector<std::size_t>{2, 2, 3}));
    QCOMPARE(whiskers, std::size_t{1});
    everything_is_on_the_page(scene);
  }

  void the_raw_line_is_faint_behind_the_smoothed_one() {
    Chart chart{"Accuracy", {{"test", {{1, 0.5}, {2, 0.6}}, {{1, 0.5}, {2, 0.7}}, {}, 2.0}}, 0.0, 2.0, true};
    const Scene scene = charts_scene({&chart, 1}, ChartStyle{}).scene;
    std::vector<int> alphas;
    std::vector<double> widths;
    for (const Lines* lines : items_of<Lines>(scene)) {
      const Color color = lines->colors.front();
      if (color.red != curve_color(0, false).red || lines->points.front().y > scene.bounds.height - 16.0) continue;
      alphas.push_back(color.alpha);
      widths.push_back(lines->width);
    }
    QVERIFY(has(texts(scene), "test  70.00 %"));  // what was measured
    QCOMPARE(alphas.size(), std::size_t{2});
    QVERIFY(alphas[0] < 128 && alphas[1] == 255);
    QVERIFY(widths[0] < widths[1]);
  }

  void twelve_groups_differ_without_their_hue() {
    std::set<std::pair<Dash, Marker>> shapes;
    std::set<std::tuple<int, int, int>> colors;
    for (std::size_t group = 0; group < 12; ++group) {
      const CurveLook look = group_look(group);
      shapes.emplace(look.dash, look.marker);
      for (const bool dark : {false, true}) {
        const Color color = curve_color(look.color, dark);
        colors.emplace(color.red, color.green, color.blue);
      }
    }
    QCOMPARE(shapes.size(), std::size_t{12});
    QCOMPARE(colors.size(), std::size_t{24});
  }

  void no_text_lies_over_another_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    for (const PageShape& shape : page_shapes)
      QTest::addRow("%g x %g", shape.width, shape.height) << shape.width << shape.height;
  }
  void no_text_lies_over_another() {
    QFETCH(double, width);
    QFETCH(double, height);
    const ChartStyle style = style_of({width, height});
    for (std::size_t groups = 1; groups <= 13; ++groups) {
      std::vector<Chart> charts = charts_of(groups, 60);
      const Scene curves = charts_scene(charts, style).scene;
      test::no_text_lies_over_another(curves, "curves");
      everything_is_on_the_page(curves);
      // Keys of their own in each chart.
      charts[0].curves.push_back({"validation", {{1, 0.8}, {50, 0.85}}, {}, {2, Dash::dotted, Marker::none}, 1.0});
      if (groups > 2) continue;
      const Scene own = charts_scene(charts, style).scene;
      test::no_text_lies_over_another(own, "own keys");
    }
  }

  /// Every group is named in the key or counted, and each entry has its piece of curve.
  void the_key_names_or_counts_every_group() {
    for (const PageShape& shape : page_shapes) {
      for (const std::size_t groups : {2UL, 7UL, 12UL}) {
        const std::vector<Chart> charts = charts_of(groups, 5);
        const std::vector<std::string> words = texts(charts_scene(charts, style_of(shape)).scene);
        std::size_t named = 0;
        for (std::size_t group = 0; group < groups; ++group) {
          const std::string name = long_names[group];
          named += std::ranges::any_of(words, [&](const std::string& text) {
            return text == name || text.starts_with(name + "  ") ||
                   (text.ends_with("…") && text.size() > 4 && name.starts_with(text.substr(0, text.size() - 3)));
          });
        }
        const auto rest = std::ranges::find_if(words, [](const std::string& text) { return text.starts_with("and "); });
        const std::size_t counted = rest == words.end() ? 0 : static_cast<std::size_t>(std::stoul(rest->substr(4)));
        QVERIFY2(named + counted >= groups, qPrintable(QStringLiteral("%1 of %2 named on %3 x %4")
                                                           .arg(named + counted)
                                                           .arg(groups)
                                                           .arg(shape.width)
                                                           .arg(shape.height)));
      }
    }
  }

  void groups_of_one_name_share_the_key_too() {
    std::vector<Chart> charts = charts_of(3, 5);
    for (Chart& chart : charts) {
      for (ChartCurve& curve : chart.curves) curve.label = "same";
    }
    const std::vector<std::string> words = texts(charts_scene(charts, style_of({525, 165})).scene);
    QCOMPARE(std::ranges::count_if(words, [](const std::string& text) { return text.starts_with("same"); }), 3);
  }

  /// In order, in rows where the page has the height for them; no chart over another, and no word.
  void many_charts_stand_in_rows() {
    for (const std::size_t count : {3UL, 4UL, 7UL, 9UL}) {
      const std::vector<Chart> charts(count, Chart{"Degrees", {{"spread", {{1, 1.0}, {2, 3.0}}}}});
      for (const PageShape& shape : {PageShape{520, 400}, PageShape{520, 130}, PageShape{200, 900}}) {
        const ChartPicture picture = charts_scene(charts, style_of(shape));
        QCOMPARE(picture.plots.size(), count);
        test::no_text_lies_over_another(picture.scene, "rows");
        std::set<int> rows;
        for (std::size_t i = 0; i < count; ++i) {
          const Rectangle& area = picture.plots[i].area;
          rows.insert(static_cast<int>(std::lround(area.y)));
          QVERIFY(area.x >= 0.0 && area.y >= 0.0 && area.x + area.width <= shape.width + 1e-9);
          if (i == 0) continue;
          const Rectangle& before = picture.plots[i - 1].area;
          QVERIFY(area.x >= before.x + before.width || area.y + area.height <= before.y);
        }
        if (shape.height < 200) QCOMPARE(rows.size(), std::size_t{1});
        if (shape.height > 800) QVERIFY(rows.size() > 2);
        if (shape.height == 400 && count > 3) QVERIFY(rows.size() > 1 && rows.size() < count);
      }
    }
  }

  /// A key that would take the page from small charts is left out where a list names the curves, and no other.
  /// On a page of the least height every name is there, whole, and every chart has room for its curves; as the charts
  /// of updates in a narrow dock.
  void the_least_height_shows_all_names() {
    constexpr std::size_t count = 6;
    for (const bool is_common : {true, false}) {
      std::vector<Chart> charts;
      for (std::size_t i = 0; i < count; ++i) {
        Chart chart{"Chart " + std::to_string(i), {}, 0.0, 100.0, false};
        for (std::size_t curve = 0; curve < 4; ++curve) {
          const std::string name = "grown again " + std::to_string(is_common ? curve : 4 * i + curve);
          chart.curves.push_back({name, {}, {}, group_look(curve), 1.5});
          for (int epoch = 1; epoch <= 100; ++epoch)
            chart.curves.back().points.push_back({1.0 * epoch, 1e4 + 10.0 * epoch, 0.0});
        }
        charts.push_back(std::move(chart));
      }
      for (const double width : {150.0, 190.0, 260.0, 420.0, 800.0}) {
        ChartStyle style = style_of({width, 0.0});
        const auto columns = std::clamp<std::size_t>(static_cast<std::size_t>(width / 125.0), 1, count);
        style.height = least_height(charts, style, columns);
        const ChartPicture picture = charts_scene(charts, style);
        const std::vector<std::string> found = texts(picture.scene);
        const auto is_there = [&](const std::string& name) {
          return std::ranges::any_of(found, [&](const std::string& text) { return text.starts_with(name); });
        };
        for (const Chart& chart : charts) {
          QVERIFY2(is_there(chart.title), qPrintable(QString::number(width)));
          for (const ChartCurve& curve : chart.curves)
            QVERIFY2(is_there(curve.label),
                     qPrintable(QString::fromStdString(curve.label) + QString(" %1").arg(width)));
        }
        for (const std::string& text : found) QVERIFY2(text.find("…") == std::string::npos, text.c_str());
        QCOMPARE(picture.plots.size(), count);
        for (const PlotArea& plot : picture.plots) {
          QVERIFY2(plot.area.width >= 50.0 && plot.area.height >= 3.0 * style.text_size,
                   qPrintable(QString::number(width)));
          QVERIFY(plot.area.y > 0.0 && plot.area.y + plot.area.height < style.height);
        }
      }
    }
  }

  void a_small_key_is_all_that_stands_beside_a_list() {
    for (const std::size_t groups : {2UL, 3UL, 12UL}) {
      const std::vector<Chart> charts = charts_of(groups, 5);
      for (const PageShape& shape : page_shapes) {
        ChartStyle style = style_of(shape);
        const ChartPicture with_key = charts_scene(charts, style);
        style.named_beside = true;
        const ChartPicture beside = charts_scene(charts, style);
        test::no_text_lies_over_another(beside.scene, "beside a list");
        const std::vector<std::string> words = texts(beside.scene);
        const auto named = static_cast<std::size_t>(std::ranges::count_if(words, [&](const std::string& text) {
          return std::ranges::any_of(std::span(long_names).first(groups),
                                     [&](const char* name) { return text.starts_with(name); });
        }));
        QVERIFY(named == 0 || named == groups);
        const auto size = [](const ChartPicture& picture) {
          return picture.plots[0].area.width * picture.plots[0].area.height;
        };
        if (named == 0) QVERIFY(size(beside) >= size(with_key));
        if (named > 0) QVERIFY(beside.plots[0].area.width * 2.0 > 0.4 * shape.width);
      }
    }
    ChartStyle style = style_of({280, 110});
    style.named_beside = true;
    QVERIFY(!has(texts(charts_scene(charts_of(12, 5), style).scene), "BRF"));
  }

  void strange_values_make_a_chart_too_data() {
    QTest::addColumn<QList<double>>("values");
    const double infinity = std::numeric_limits<double>::infinity(), largest = std::numeric_limits<double>::max();
    QTest::newRow("nothing") << QList<double>{};
    QTest::newRow("no number") << QList<double>{missing, infinity, -infinity};
    QTest::newRow("one") << QList<double>{0.5};
    QTest::newRow("zero") << QList<double>{0.0};
    QTest::newRow("constant") << QList<double>{0.25, 0.25, 0.25, 0.25};
    QTest::newRow("large constant") << QList<double>{3e12, 3e12};
    QTest::newRow("almost constant") << QList<double>{1e9, 1e9 + 1e-6, 1e9};
    QTest::newRow("huge range") << QList<double>{1e-30, 1e30, -1e30};
    QTest::newRow("largest") << QList<double>{largest, -largest, 1.0, 2.0};
    QTest::newRow("tiny range") << QList<double>{1e-300, 2e-300, 5e-324};
    QTest::newRow("negative") << QList<double>{-5.0, -4.0, missing, -1.0};
  }
  void strange_values_make_a_chart_too() {
    QFETCH(QList<double>, values);
    for (const bool percent : {false, true}) {
      for (const PageShape& shape : page_shapes) {
        Chart chart{"Loss", {{"train", {}, {}, {}, 1.0}}, 0.0, 3.0, percent};
        bool any = false;
        for (qsizetype index = 0; index < values.size(); ++index) {
          chart.curves[0].points.push_back({1.0 + static_cast<double>(index), values[index], std::abs(values[index])});
          chart.curves[0].raw.push_back({1.0 + static_cast<double>(index), values[index]});
          any = any || (std::isfinite(values[index]) && std::abs(values[index]) < 1e90);
        }
        const Scene scene = charts_scene({&chart, 1}, style_of(shape)).scene;
        everything_is_on_the_page(scene);
        QCOMPARE(has(texts(scene), "nothing trained yet"), !any);
        for (const std::string& text : texts(scene))
          QVERIFY(text.find("nan") == std::string::npos && text.find("inf") == std::string::npos);
      }
    }
  }

  void axes_hold_every_epoch() {
    for (const int epochs : {1, 2, 37, 1000, 20000}) {
      // The number at the end of one chart's axis keeps clear of the next chart.
      for (const PageShape& shape : page_shapes)
        test::no_text_lies_over_another(charts_scene(charts_of(1, epochs), style_of(shape)).scene, "long axes");
      Chart chart = charts_of(1, epochs).front();
      chart.last_x = 1.0;  // what was planned is less than what was trained
      const ChartPicture picture = charts_scene({&chart, 1}, ChartStyle{});
      QVERIFY(picture.plots[0].last_x >= epochs);
      everything_is_on_the_page(picture.scene);
    }
    QVERIFY(has(texts(charts_scene(std::vector<Chart>{{"Loss", {}, 0, 0, false}}, {}).scene), "nothing trained yet"));
    QVERIFY(charts_scene({}, {}).scene.items.empty());
  }

  /// A translucent band is of one colour, without darker seams or edges.
  void bands_have_no_seams() {
    Scene scene;
    scene.bounds = {0.0, 0.0, 100.0, 50.0};
    Bands band;
    band.starts = {0};
    band.colors = {{0, 0, 255, 102}};
    for (int x = 10; x <= 90; ++x) {
      band.lower.push_back({1.0 * x, 10.0});
      band.upper.push_back({1.0 * x, 40.0});
    }
    scene.items.emplace_back(band);
    QImage image(200, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(2.0, 2.0);
    paint_scene(painter, scene, QRectF(0, 0, 100, 50), PaperStyle::raster());
    painter.end();
    // 0.6 of white and 0.4 of blue.
    for (int x = 20; x < 180; ++x) {
      for (int y = 20; y < 80; ++y) {
        const QColor color = image.pixelColor(x, y);
        QVERIFY(std::abs(color.red() - 153) <= 1 && std::abs(color.green() - 153) <= 1 && color.blue() == 255);
      }
    }
    QCOMPARE(image.pixelColor(10, 50), QColor(Qt::white));
    QCOMPARE(image.pixelColor(100, 10), QColor(Qt::white));
  }

  void no_accuracy_is_above_a_hundred() {
    Chart chart{"Accuracy", {{"test", {{1, 1.0}, {2, 1.0}}, {}, {}, 1.0}}, 0.0, 2.0, true};
    QCOMPARE(charts_scene({&chart, 1}, ChartStyle{}).plots[0].high, 1.0);
  }
};

DNM_TEST(TestCharts, QCoreApplication)
#include "test_charts.moc"
