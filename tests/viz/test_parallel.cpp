// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "charts.h"
#include "tests/support/test_class.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/parallel_scene.h"

using namespace dnm;
using namespace dnm::test;

namespace {

ParallelPlot plot_of(std::size_t axes, std::size_t lines) {
  ParallelPlot plot;
  plot.title = "random search over degree, dendrites and synapses: 40 trials";
  plot.value_name = "validation accuracy";
  for (std::size_t axis = 0; axis < axes; ++axis) {
    ParallelAxis one{"parameter " + std::to_string(axis), 0.0, 1.0, {}};
    for (int tick = 0; tick <= 4; ++tick)
      one.ticks.push_back({0.25 * tick, axis % 2 ? std::to_string(tick) : "spatial"});
    plot.axes.push_back(one);
  }
  for (std::size_t line = 0; line < lines; ++line) {
    ParallelLine one;
    for (std::size_t axis = 0; axis < axes; ++axis)
      one.places.push_back(static_cast<double>((line * 7 + axis * 3) % 11) / 10.0);
    one.value = static_cast<double>(line);
    plot.lines.push_back(one);
  }
  return plot;
}

/// The polyline of this colour.
std::vector<Point> line_of(const Scene& scene, Color color) {
  for (const Lines* lines : items_of<Lines>(scene)) {
    for (std::size_t line = 0; line < lines->starts.size(); ++line) {
      if (lines->colors[line] == color)
        return {lines->points.begin() + lines->starts[line],
                lines->points.begin() + static_cast<std::ptrdiff_t>(lines->end_of(line))};
    }
  }
  return {};
}

}  // namespace

/// Parallel coordinates: where lines lie, what colours they have, and that words have room.
class TestParallel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lines_lie_and_look_as_their_values() {
    for (const bool lowest_is_best : {false, true}) {
      ParallelPlot plot = plot_of(4, 5);
      plot.lowest_is_best = lowest_is_best;
      plot.lines[1].places[2] = missing;
      const ParallelPicture picture = parallel_scene(plot, ChartStyle{});
      QCOMPARE(picture.axes.size(), std::size_t{4});
      for (std::size_t line = 0; line < 5; ++line) {
        const double part = static_cast<double>(line) / 4.0;
        const std::vector<Point> corners =
            line_of(picture.scene, value_color(lowest_is_best ? 1.0 - part : part, false));
        QCOMPARE(corners.size(), std::size_t{4});
        for (std::size_t axis = 0; axis < 4; ++axis) {
          const Rectangle& at = picture.axes[axis];
          QVERIFY(close(corners[axis].x, at.x));
          const double place = plot.lines[line].places[axis];
          if (std::isfinite(place)) {
            QVERIFY(close(corners[axis].y, at.y + at.height * place));
          } else {
            QVERIFY(corners[axis].y < at.y);
          }
        }
      }
      QVERIFY(has(texts(picture.scene), "none"));
    }
  }

  /// On its own corners a line that no other meets there is found; away from all lines none is.
  void a_line_is_found_where_it_is() {
    ParallelPlot plot = plot_of(4, 5);
    plot.lines[1].places[2] = missing;
    const ParallelPicture picture = parallel_scene(plot, ChartStyle{});
    for (std::size_t line = 0; line < 5; ++line)
      for (std::size_t axis = 0; axis < 4; ++axis)
        QCOMPARE(parallel_line_at(plot, picture, parallel_place(plot, picture, line, axis), 1.0), std::optional(line));
    const Point corner = parallel_place(plot, picture, 1, 2);
    QVERIFY(corner.y < picture.axes[2].y);
    QVERIFY(!parallel_line_at(plot, picture, {corner.x, corner.y - 5.0}, 4.0));
    QCOMPARE(parallel_line_at(plot, picture, {corner.x, corner.y - 5.0}, 6.0), std::optional<std::size_t>(1));
    QVERIFY(!parallel_line_at(plot, parallel_scene({}, ChartStyle{}), {10.0, 10.0}, 1000.0));
  }

  void a_marked_line_is_drawn_in_ink() {
    ParallelPlot plot = plot_of(3, 5);
    const ChartStyle style;
    QVERIFY(line_of(parallel_scene(plot, style).scene, style.ink).empty());
    plot.lines[2].is_marked = true;
    QCOMPARE(line_of(parallel_scene(plot, style).scene, style.ink).size(), std::size_t{3});
  }

  void the_best_lies_on_top() {
    ParallelPlot plot = plot_of(3, 6);
    plot.lines[2].is_best = true;
    const ParallelPicture picture = parallel_scene(plot, ChartStyle{});
    const auto lines = items_of<Lines>(picture.scene);
    const Lines* thick = *std::ranges::max_element(lines, {}, [](const Lines* one) { return one->width; });
    QCOMPARE(thick->starts.size(), std::size_t{1});
    QCOMPARE(thick->colors[0], value_color(0.4, false));
  }

  void all_words_have_room() {
    for (const PageShape& shape : page_shapes) {
      for (const std::size_t axes : {1U, 3U, 6U}) {
        if (shape.width / static_cast<double>(axes) < 60.0) continue;
        no_text_lies_over_another(parallel_scene(plot_of(axes, 8), style_of(shape)).scene, "parallel coordinates");
      }
    }
  }

  void without_lines_it_says_so() {
    QVERIFY(has(texts(parallel_scene({}, ChartStyle{}).scene), "nothing tried yet"));
    ParallelPlot equal = plot_of(2, 3);
    for (ParallelLine& line : equal.lines) line.value = 0.5;
    for (const Lines* lines : items_of<Lines>(parallel_scene(equal, ChartStyle{}).scene))
      for (const Point& point : lines->points) QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
  }
};

DNM_TEST(TestParallel)
#include "test_parallel.moc"
