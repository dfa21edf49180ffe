// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "charts.h"
#include "tests/support/test_class.h"
#include "viz/scenes/heat_map_scene.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

HeatMap map_of(std::size_t columns, std::size_t rows) {
  HeatMap map{"Q, modularity", "sparsity s", "degree k", {}, {}, {}};
  for (std::size_t i = 0; i < columns; ++i) map.x_words.push_back("0." + std::to_string(50 + i));
  for (std::size_t i = 0; i < rows; ++i) map.y_words.push_back("gaussian:" + std::to_string(i));
  for (std::size_t i = 0; i < columns * rows; ++i) map.values.push_back(0.1 * static_cast<double>(i));
  return map;
}

}  // namespace

/// Heat maps, and charts with an axis of their own: where values lie and what colours they have.
class TestHeatMap : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cells_lie_and_look_as_their_values() {
    HeatMap map = map_of(4, 3);
    map.values[5] = missing;
    for (const bool dark : {false, true}) {
      ChartStyle style;
      style.dark = dark;
      const HeatMapPicture picture = heat_maps_scene({&map, 1}, style);
      const Cells& cells = *items_of<Cells>(picture.scene).front();
      QCOMPARE(cells.cells.size(), std::size_t{12});
      const Rectangle plot = picture.plots[0];
      for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 4; ++column) {
          const std::size_t place = row * 4 + column;
          const Rectangle& cell = cells.cells[place];
          QVERIFY(close(cell.x, plot.x + plot.width * static_cast<double>(column) / 4.0));
          QVERIFY(close(cell.y, plot.y + plot.height * static_cast<double>(row) / 3.0));
          const Color expected = place == 5 ? style.grid : value_color(static_cast<double>(place) / 11.0, dark);
          QCOMPARE(cells.colors[place], expected);
        }
      }
      QVERIFY(has(texts(picture.scene), "–"));
    }
  }

  void all_words_have_room() {
    for (const PageShape& shape : page_shapes) {
      for (const std::size_t count : {1U, 2U, 4U}) {
        if (shape.height / static_cast<double>(count) < 60.0) continue;
        std::vector<HeatMap> maps(count, map_of(7, 4));
        const HeatMapPicture picture = heat_maps_scene(maps, style_of(shape));
        QCOMPARE(picture.plots.size(), count);
        // What stands upright takes another room than such a text that lies.
        Scene lying = picture.scene;
        std::erase_if(lying.items, [](const SceneItem& item) {
          const Text* const text = std::get_if<Text>(&item);
          return text && text->upright;
        });
        no_text_lies_over_another(lying, "heat maps");
      }
    }
  }

  void equal_values_and_none_have_a_bar() {
    for (const double value : {0.25, missing}) {
      HeatMap map = map_of(2, 2);
      std::ranges::fill(map.values, value);
      const HeatMapPicture picture = heat_maps_scene({&map, 1}, ChartStyle{});
      QCOMPARE(items_of<Cells>(picture.scene).size(), std::size_t{2});
      for (const Cells* cells : items_of<Cells>(picture.scene))
        for (const Rectangle& cell : cells->cells) QVERIFY(std::isfinite(cell.y) && cell.height > 0.0);
    }
  }

  void a_chart_has_ticks_of_its_own() {
    Chart chart{"L", {{"L", {{-1.0, 4.0, 0.5}, {0.0, 3.0, 0.25}, {1.0, 2.0, 0.5}}}}, -1.1, 1.1, false};
    chart.x_name = "dendrites M";
    chart.x_ticks = {{-1.0, "0.1"}, {0.0, "1"}, {1.0, "10"}};
    chart.is_named = false;
    chart.curves[0].has_dots = true;
    ChartStyle style;
    style.height = 180.0;
    const ChartPicture picture = charts_scene({&chart, 1}, style);
    const PlotArea& plot = picture.plots[0];
    QCOMPARE(plot.first_x, -1.1);
    QCOMPARE(plot.last_x, 1.1);
    for (const ChartTick& tick : chart.x_ticks) {
      bool found = false;
      for (const Text* text : items_of<Text>(picture.scene))
        found = found || (text->text == tick.words && close(text->position.x, plot.place(tick.place, 0.0).x));
      QVERIFY2(found, tick.words.c_str());
    }
    QVERIFY(has(texts(picture.scene), "dendrites M") && !has(texts(picture.scene), "epoch"));
    QCOMPARE(items_of<Disks>(picture.scene).front()->centers.size(), std::size_t{3});
    no_text_lies_over_another(picture.scene, "own ticks");
    chart.x_ticks = {{-1.0, "spatial-gaussian:2"}, {0.0, "spatial-inverse-gaussian:1"}, {1.0, "uniform"}};
    chart.first_x = -1.5;
    chart.last_x = 1.5;
    for (const PageShape& shape : page_shapes)
      no_text_lies_over_another(charts_scene({&chart, 1}, style_of(shape)).scene, "long ticks");
  }
};

DNM_TEST(TestHeatMap)
#include "test_heat_map.moc"
