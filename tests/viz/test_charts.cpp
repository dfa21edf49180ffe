// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <tuple>

#include "networks.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"

using namespace dnm;
using dnm::test::items_of;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct PageShape {
  double width, height;
};
// From a narrow dock to a large window, in points.
constexpr PageShape page_shapes[] = {{180, 80}, {240, 320}, {375, 135}, {525, 165}, {900, 525}};

const char* const long_names[] = {"random",
                                  "BSW, beta 0.3",
                                  "BRF",
                                  "Ramanujan",
                                  "CSTI",
                                  "SNIP",
                                  "DNM, all fixed",
                                  "DNM, degree spatial Gaussian",
                                  "DNM, synapses spatial Gaussian, bounded",
                                  "DNM, M = 1",
                                  "DNM, M = 7, receptive field spatial inverse Gaussian, σ = 0.3",
                                  "dense with equal parameters",
                                  "fully connected"};

std::vector<std::string> texts(const Scene& scene) {
  std::vector<std::string> found;
  for (const Text* text : items_of<Text>(scene)) found.push_back(text->text);
  return found;
}

bool has(const std::vector<std::string>& texts, const std::string& wanted) {
  return std::ranges::find(texts, wanted) != texts.end();
}

ChartStyle style_of(const PageShape& shape) {
  ChartStyle style;
  style.width = shape.width;
  style.height = shape.height;
  return style;
}

/// Accuracy and loss of so many groups, made up.
std::vector<Chart> charts_of(std::size_t groups, int epochs) {
  Chart accuracy{"Test accuracy", {}, 0.0, 100.0, true}, loss{"Training loss", {}, 0.0, 100.0, false};
  std::mt19937 random(7);
  for (std::size_t group = 0; group < groups; ++group) {
    ChartCurve rising{long_names[group], {}, {}, group_look(group), 1.5};
    ChartCurve falling = rising;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      const double noise = 1e-3 * static_cast<double>(random() % 10);
      rising.points.push_back({1.0 * epoch, 0.9 - 0.3 / epoch + noise, 0.004});
      falling.points.push_back({1.0 * epoch, 0.2 + 1.0 / epoch + noise, 0.01});
    }
    accuracy.curves.push_back(rising);
    loss.curves.push_back(falling);
  }
  return {accuracy, loss};
}

Comparison comparison_of(std::size_t groups) {
  Comparison comparison{{"last epoch", "best on test", "at best validation"}, {}};
  for (std::size_t group = 0; group < groups; ++group) {
    const double middle = 0.85 + 0.003 * static_cast<double>((group * 5) % 13);
    ComparedValue value{middle, 0.001, {middle - 0.002, middle, middle + 0.002}};
    comparison.groups.push_back({long_names[group], group_look(group), 3, {value, value, value}});
  }
  return comparison;
}

/// Room of a text as a reader would measure it: letters of DejaVu Sans are 0.6 of its size wide on average.
struct Box {
  double left, right, bottom, top;
};
Box box_of(const Text& text) {
  std::size_t letters = 0;
  for (const char byte : text.text) letters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  const double width = 0.6 * text.size * static_cast<double>(letters), height = text.size;
  const double left = text.position.x + text.offset.x -
                      width * (text.horizontal == Anchor::left     ? 0.0
                               : text.horizontal == Anchor::center ? 0.5
                                                                   : 1.0);
  const double bottom = text.position.y + text.offset.y - 0.5 * height;
  return {left, left + width, bottom, bottom + height};
}

void no_text_lies_over_another(const Scene& scene, const char* what) {
  const std::vector<const Text*> all = items_of<Text>(scene);
  for (std::size_t a = 0; a < all.size(); ++a) {
    const Box first = box_of(*all[a]);
    const auto told = [&](const char* problem) {
      return qPrintable(QStringLiteral("%1: \"%2\" %3 on a page of %4 x %5")
                            .arg(what, QString::fromStdString(all[a]->text), problem)
                            .arg(scene.bounds.width)
                            .arg(scene.bounds.height));
    };
    QVERIFY2(first.left > -1.0 && first.right < scene.bounds.width + 1.0, told("leaves the page"));
    QVERIFY2(first.bottom > -1.0 && first.top < scene.bounds.height + 1.0, told("leaves the page"));
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      const Box second = box_of(*all[b]);
      const bool apart = first.right <= second.left || second.right <= first.left || first.top <= second.bottom ||
                         second.top <= first.bottom;
      QVERIFY2(apart, told(("lies over \"" + all[b]->text + "\"").c_str()));
    }
  }
}

/// All that is drawn has finite places within the page, give or take a line's width.
void everything_is_on_the_page(const Scene& scene) {
  const auto check = [&](Point point) {
    QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
    QVERIFY(point.x > -3.0 && point.x < scene.bounds.width + 3.0);
    QVERIFY(point.y > -3.0 && point.y < scene.bounds.height + 3.0);
  };
  for (const Lines* lines : items_of<Lines>(scene)) std::ranges::for_each(lines->points, check);
  for (const Disks* disks : items_of<Disks>(scene)) std::ranges::for_each(disks->centers, check);
  for (const Bands* bands : items_of<Bands>(scene)) {
    QCOMPARE(bands->lower.size(), bands->upper.size());
    std::ranges::for_each(bands->lower, check);
    std::ranges::for_each(bands->upper, check);
  }
}

bool close(double a, double b) { return std::abs(a - b) < 1e-9 * std::max(1.0, std::abs(a)); }

}  // namespace

/// Charts of training runs: where values lie, what is said, and what strange data leave of it.
class TestCharts : public QObject {
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

  /// Pieces of a dashed line: as long as the pattern says, also round a corner, with the gaps where they belong.
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
      ::no_text_lies_over_another(curves, "curves");
      everything_is_on_the_page(curves);
      const Scene comparison = comparison_scene(comparison_of(groups), style).scene;
      ::no_text_lies_over_another(comparison, "comparison");
      everything_is_on_the_page(comparison);
      // Keys of their own in each chart.
      charts[0].curves.push_back({"validation", {{1, 0.8}, {50, 0.85}}, {}, {2, Dash::dotted, Marker::none}, 1.0});
      if (groups > 2) continue;
      const Scene own = charts_scene(charts, style).scene;
      ::no_text_lies_over_another(own, "own keys");
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

  void names_are_cut_between_letters() {
    QCOMPARE(shortened("random", 10.0, 100.0), std::string("random"));
    const std::string cut = shortened("σσσσσσσσσσ", 10.0, 31.0);
    QVERIFY(QString::fromStdString(cut).startsWith("σσ") && cut.ends_with("…"));
    QVERIFY(!QString::fromStdString(cut).contains(QChar::ReplacementCharacter));
    QVERIFY(QString::fromStdString(cut).size() <= 5);
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
      Chart chart = charts_of(1, epochs).front();
      chart.last_x = 1.0;  // what was planned is less than what was trained
      const ChartPicture picture = charts_scene({&chart, 1}, ChartStyle{});
      QVERIFY(picture.plots[0].last_x >= epochs);
      everything_is_on_the_page(picture.scene);
    }
    QVERIFY(has(texts(charts_scene(std::vector<Chart>{{"Loss", {}, 0, 0, false}}, {}).scene), "nothing trained yet"));
    QVERIFY(charts_scene({}, {}).scene.items.empty());
  }

  void whiskers_lie_where_their_values_are() {
    Comparison comparison{{"last epoch", "best on test"}, {}};
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

QTEST_GUILESS_MAIN(TestCharts)
#include "test_charts.moc"
