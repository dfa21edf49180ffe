// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/scenes/block_density.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/thinning.h"

using namespace dnm;
using namespace dnm::test;

namespace {

/// The closed frames of a matrix scene: one per matrix, in order.
std::vector<Rectangle> frames_of(const Scene& scene) {
  std::vector<Rectangle> frames;
  for (const Lines* lines : items_of<Lines>(scene)) {
    for (std::size_t line = 0; line < lines->starts.size(); ++line) {
      const std::size_t begin = lines->starts[line], end = lines->end_of(line);
      if (end - begin != 5) continue;
      const Point low = lines->points[begin], high = lines->points[begin + 2];
      frames.push_back({low.x, low.y, high.x - low.x, high.y - low.y});
    }
  }
  return frames;
}

std::vector<LinkOfLayer> links_in_cells(const Scene& scene) {
  const auto frames = frames_of(scene);
  std::vector<LinkOfLayer> links;
  for (const Cells* cells : items_of<Cells>(scene)) {
    for (const Rectangle& cell : cells->cells) {
      const double x = cell.x + 0.5 * cell.width, y = cell.y + 0.5 * cell.height;
      for (std::size_t layer = 0; layer < frames.size(); ++layer) {
        const Rectangle& frame = frames[layer];
        if (x < frame.x || x > frame.x + frame.width || y < frame.y || y > frame.y + frame.height) continue;
        links.push_back({layer, static_cast<NodeIndex>(std::floor(x - frame.x)),
                         static_cast<NodeIndex>(std::floor(frame.y + frame.height - y))});
      }
    }
  }
  std::sort(links.begin(), links.end());
  return links;
}

Scene build(const char* id, const NetworkPointer& network, const SceneOptions& options) {
  return network_scene(id).build({network, nullptr}, options, TaskControl{});
}

SceneOptions large() {
  SceneOptions options;
  options.width_points = 1200.0;
  options.height_points = 900.0;
  options.pixels_across = 4800.0;
  return options;
}

}  // namespace

class TestScenes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void table_has_the_pictures_of_the_command_line() {
    for (const char* id : {"matrix", "layers", "disk", "degree"}) QCOMPARE(network_scene(id).id, std::string_view(id));
    for (const NetworkScene& kind : figure_scene_table()) QCOMPARE(&network_scene(kind.id), &kind);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_scene("pie")), InvalidInput);
  }

  void matrix_has_one_cell_for_each_link_data() {
    QTest::addColumn<QString>("file");
    QTest::addRow("layered") << "layered_98_196_196_s90.tsv";
    QTest::addRow("general") << "karate.tsv";
  }
  void matrix_has_one_cell_for_each_link() {
    QFETCH(QString, file);
    const auto network = reference_network(file.toUtf8().constData());
    const Scene scene = build("matrix", network, large());
    QVERIFY(items_of<Image>(scene).empty());
    const auto frames = frames_of(scene);
    QCOMPARE(frames.size(), network->masks().size());
    for (std::size_t layer = 0; layer < frames.size(); ++layer) {
      QCOMPARE(frames[layer].width, static_cast<double>(network->masks()[layer].n_in));
      QCOMPARE(frames[layer].height, static_cast<double>(network->masks()[layer].n_out));
    }
    QVERIFY(links_in_cells(scene) == links_of(*network));
  }

  void matrices_do_not_overlap_in_any_shape_of_area() {
    const auto network = random_network({300, 40, 700, 20, 20}, 200);
    for (const double height : {100.0, 400.0, 900.0, 2500.0}) {
      SceneOptions options = large();
      options.height_points = height;
      const Scene scene = build("matrix", network, options);
      const auto frames = frames_of(scene);
      QCOMPARE(frames.size(), std::size_t{4});
      for (std::size_t a = 0; a < frames.size(); ++a) {
        QVERIFY(frames[a].x >= scene.bounds.x && frames[a].y >= scene.bounds.y - 1e-9);
        QVERIFY(frames[a].x + frames[a].width <= scene.bounds.x + scene.bounds.width + 1e-9);
        for (std::size_t b = a + 1; b < frames.size(); ++b) {
          const bool apart =
              frames[a].x + frames[a].width < frames[b].x || frames[b].x + frames[b].width < frames[a].x ||
              frames[a].y + frames[a].height < frames[b].y || frames[b].y + frames[b].height < frames[a].y;
          QVERIFY(apart);
        }
      }
    }
  }

  void zoomed_matrix_has_the_visible_links_only() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    const auto frames = frames_of(build("matrix", network, large()));
    SceneOptions options = large();
    // Rows 50 to 69 and columns 30 to 59 of the second layer.
    options.viewport = {frames[1].x + 30.0, frames[1].y + 196.0 - 70.0, 30.0, 20.0};
    std::vector<LinkOfLayer> expected;
    for (const LinkOfLayer& link : links_of(*network)) {
      if (link.layer == 1 && link.input >= 30 && link.input < 60 && link.output >= 50 && link.output < 70) {
        expected.push_back(link);
      }
    }
    QVERIFY(!expected.empty());
    const Scene scene = build("matrix", network, options);
    std::set<LinkOfLayer> shown;
    for (const Cells* cells : items_of<Cells>(scene)) {
      for (std::size_t index = 0; index < cells->cells.size(); ++index) {
        // The strips under the numbers are cells too, but let the links shine through.
        if (cells->colors[index].alpha < 255) continue;
        const Rectangle& cell = cells->cells[index];
        shown.insert({1, static_cast<NodeIndex>(std::floor(cell.x + 0.5 * cell.width - frames[1].x)),
                      static_cast<NodeIndex>(std::floor(frames[1].y + 196.0 - cell.y - 0.5 * cell.height))});
      }
    }
    QVERIFY(std::vector(shown.begin(), shown.end()) == expected);
  }

  void density_keeps_every_link() {
    const auto network = random_network({97, 61}, 500);
    const Mask& mask = network->masks()[0];
    for (const auto& [columns, rows] : {std::pair{97U, 61U}, {10U, 7U}, {1U, 1U}, {200U, 130U}, {33U, 100U}}) {
      const auto density = block_density(mask, {0, 61, 0, 97}, columns, rows, TaskControl{});
      double links = 0.0;
      const double area = 97.0 / columns * 61.0 / rows;
      for (const float value : density) links += static_cast<double>(value) * area;
      QVERIFY2(std::abs(links - 500.0) < 1e-2, qPrintable(QString::number(links)));
    }
  }

  void density_is_the_overlap_of_pixels_and_links() {
    const auto network = random_network({23, 17}, 60);
    const Mask& mask = network->masks()[0];
    const CellRange range{3, 15, 5, 20};
    const std::uint32_t columns = 7, rows = 9;
    const auto density = block_density(mask, range, columns, rows, TaskControl{});
    const double width = 15.0 / columns, height = 12.0 / rows;
    const auto overlap = [](double low, double high, double other_low, double other_high) {
      return std::max(0.0, std::min(high, other_high) - std::max(low, other_low));
    };
    for (std::uint32_t y = 0; y < rows; ++y) {
      for (std::uint32_t x = 0; x < columns; ++x) {
        double expected = 0.0;
        for (NodeIndex row = 3; row < 15; ++row) {
          for (const NodeIndex column : mask.row(row)) {
            if (column < 5 || column >= 20) continue;
            expected += overlap(x * width, (x + 1) * width, column - 5.0, column - 4.0) *
                        overlap(y * height, (y + 1) * height, row - 3.0, row - 2.0) / (width * height);
          }
        }
        QVERIFY(std::abs(static_cast<double>(density[std::size_t{y} * columns + x]) - expected) < 1e-5);
      }
    }
  }

  void small_matrix_shows_a_pixel_wherever_there_is_a_link() {
    const auto network = random_network({1000, 800}, 300);
    SceneOptions options;
    options.width_points = 150.0;
    options.height_points = 120.0;
    options.pixels_across = 200.0;
    const Scene scene = build("matrix", network, options);
    QVERIFY(items_of<Cells>(scene).empty());
    const auto images = items_of<Image>(scene);
    QCOMPARE(images.size(), std::size_t{1});
    const Image& image = *images[0];
    QVERIFY(image.columns < 200 && image.columns > 50);
    std::size_t shown = 0;
    for (const Color pixel : image.pixels) shown += pixel.alpha > 0;
    std::set<std::pair<std::uint32_t, std::uint32_t>> touched;
    for (const LinkOfLayer& link : links_of(*network)) {
      const double x0 = link.input * image.columns / 1000.0, x1 = (link.input + 1.0) * image.columns / 1000.0;
      const double y0 = link.output * image.rows / 800.0, y1 = (link.output + 1.0) * image.rows / 800.0;
      for (double y = std::floor(y0); y < y1; ++y) {
        for (double x = std::floor(x0); x < x1; ++x) {
          if (x < image.columns && y < image.rows) {
            touched.insert({static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)});
          }
        }
      }
    }
    QCOMPARE(shown, touched.size());
    for (const auto& [x, y] : touched) QVERIFY(image.pixels[std::size_t{y} * image.columns + x].alpha == 255);
  }

  void layers_join_the_right_neurons_data() {
    QTest::addColumn<bool>("rows");
    QTest::addRow("rows") << true;
    QTest::addRow("columns") << false;
  }
  void layers_join_the_right_neurons() {
    QFETCH(bool, rows);
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    SceneOptions options = large();
    options.orientation = rows ? Orientation::rows : Orientation::columns;
    const Scene scene = build("layers", network, options);
    QVERIFY(scene.note.empty());
    // Inputs at the bottom, first neuron on the left; as columns inputs on the left, first neuron on top.
    const auto neuron = [&](Point point) {
      const double across = rows ? point.y : point.x, along = rows ? point.x : 1.0 - point.y;
      const auto layer = static_cast<std::size_t>(std::lround(across * 2.0));
      const double place = along * network->layer_sizes()[layer] - 0.5;
      Q_ASSERT(std::abs(place - std::round(place)) < 1e-9);
      return std::pair(layer, static_cast<NodeIndex>(std::lround(place)));
    };
    std::vector<LinkOfLayer> links;
    for (const Lines* lines : items_of<Lines>(scene)) {
      for (std::size_t line = 0; line < lines->starts.size(); ++line) {
        QCOMPARE(lines->end_of(line) - lines->starts[line], std::size_t{2});
        const auto from = neuron(lines->points[lines->starts[line]]);
        const auto to = neuron(lines->points[lines->starts[line] + 1]);
        QCOMPARE(to.first, from.first + 1);
        links.push_back({from.first, from.second, to.second});
      }
    }
    std::sort(links.begin(), links.end());
    QVERIFY(links == links_of(*network));
    std::size_t neurons = 0;
    for (const Disks* disks : items_of<Disks>(scene)) neurons += disks->centers.size();
    QCOMPARE(neurons, std::size_t{490});
  }

  void too_many_links_are_thinned_out_and_counted() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    SceneOptions options = large();
    options.link_limit = 2000;
    const Scene scene = build("layers", network, options);
    QCOMPARE(scene.note, std::string("2,000 of 5,763 links drawn"));
    std::map<double, int> per_layer;
    for (const Lines* lines : items_of<Lines>(scene)) {
      for (const std::uint32_t start : lines->starts) ++per_layer[lines->points[start].y];
    }
    // 1921 and 3842 of 5763 links: a third and two thirds.
    QCOMPARE(per_layer.size(), std::size_t{2});
    QVERIFY(std::abs(per_layer[0.0] - 667) <= 1);
    QVERIFY(std::abs(per_layer[0.5] - 1333) <= 1);
  }

  void thinning_takes_one_of_each_stretch() {
    for (const std::uint64_t total : {1U, 7U, 1000U, 61465U}) {
      for (const std::uint64_t limit : {1U, 3U, 999U, 20000U}) {
        const Thinning thinning(total, limit);
        QCOMPARE(thinning.shown(), std::min(total, limit));
        for (std::uint64_t index = 0; index < thinning.shown(); ++index) {
          const double begin =
              static_cast<double>(index) * static_cast<double>(total) / static_cast<double>(thinning.shown());
          const double end =
              static_cast<double>(index + 1) * static_cast<double>(total) / static_cast<double>(thinning.shown());
          QVERIFY(static_cast<double>(thinning.item(index)) >= std::floor(begin));
          QVERIFY(static_cast<double>(thinning.item(index)) < std::max(std::floor(end), std::floor(begin) + 1.0));
        }
      }
    }
  }

  void thinning_does_not_fall_in_step_with_rows() {
    // 1000 rows of 20 links, one in ten shown: a fixed stride would take the same two places of every row.
    const Thinning thinning(20000, 2000);
    std::vector<int> per_place(20, 0);
    for (std::uint64_t index = 0; index < thinning.shown(); ++index) ++per_place[thinning.item(index) % 20];
    for (const int count : per_place) QVERIFY2(count > 50 && count < 160, qPrintable(QString::number(count)));
  }

  void dendrites_are_runs_of_inputs() {
    const auto ranks = [](std::vector<NodeIndex> row, NodeIndex n_in) { return dendrite_ranks(row, n_in); };
    using Ranks = std::vector<std::uint32_t>;
    QVERIFY(ranks({}, 10).empty());
    QVERIFY((ranks({2, 3, 4, 7, 9}, 11) == Ranks{0, 0, 0, 1, 2}));
    QVERIFY((ranks({0, 1, 5, 8, 9}, 10) == Ranks{0, 0, 1, 0, 0}));
    QVERIFY((ranks({0, 1, 5, 8, 9}, 11) == Ranks{0, 0, 1, 2, 2}));
    QVERIFY((ranks({0, 1, 2, 3}, 4) == Ranks{0, 0, 0, 0}));
  }

  void links_take_the_colours_that_were_asked_for() {
    const auto network = random_network({30, 20, 10}, 50);
    for (const auto coloring : {LinkColoring::layer, LinkColoring::dendrite}) {
      SceneOptions options = large();
      options.link_coloring = coloring;
      const Scene scene = build("layers", network, options);
      std::set<std::tuple<int, int, int>> colors;
      for (const Lines* lines : items_of<Lines>(scene)) {
        for (const Color color : lines->colors) colors.insert({color.red, color.green, color.blue});
      }
      if (coloring == LinkColoring::layer) {
        QCOMPARE(colors.size(), std::size_t{2});
      } else {
        QVERIFY(colors.size() > 3);
      }
    }
  }

  void general_graphs_have_no_layers_and_say_so() {
    const Scene scene = build("layers", reference_network("karate.tsv"), large());
    const auto texts = items_of<Text>(scene);
    QCOMPARE(texts.size(), std::size_t{1});
    QVERIFY(texts[0]->text.find("no layers") != std::string::npos);
    QVERIFY(items_of<Lines>(scene).empty());
  }

  void nothing_is_drawn_without_a_network() {
    for (const NetworkScene& kind : figure_scene_table()) {
      const Scene scene = kind.build({}, large(), TaskControl{});
      QVERIFY(scene.items.empty());
      if (kind.describe != nullptr) QVERIFY(kind.describe({}, large(), {0.0, 0.0}, 1.0).empty());
    }
  }

  void pointing_at_a_cell_names_its_neurons() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    const auto frames = frames_of(build("matrix", network, large()));
    const auto links = links_of(*network);
    int linked = 0;
    for (NodeIndex row = 0; row < 196; row += 13) {
      for (NodeIndex column = 0; column < 98; column += 3) {
        const Point point{frames[0].x + column + 0.5, frames[0].y + frames[0].height - row - 0.5};
        const std::string words = network_scene("matrix").describe({network, nullptr}, large(), point, 0.0);
        const bool is_link = std::binary_search(links.begin(), links.end(), LinkOfLayer{0, column, row});
        linked += is_link;
        QVERIFY(
            words.starts_with("input " + std::to_string(column) + " → layer 1 neuron " + std::to_string(row) + ":"));
        QCOMPARE(words.find("no link") == std::string::npos, is_link);
      }
    }
    QVERIFY(linked > 10);
    QVERIFY(network_scene("matrix").describe({network, nullptr}, large(), {-50.0, 0.0}, 0.0).empty());
  }

  void pointing_at_a_neuron_tells_its_links() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    const auto& outputs = network->masks()[1].columns;
    const Point neuron{10.5 / 196.0, 0.5};
    const std::string words = network_scene("layers").describe({network, nullptr}, large(), neuron, 0.01);
    const std::string in = std::to_string(network->masks()[0].row(10).size()) + " links in";
    const std::string out = std::to_string(std::count(outputs.begin(), outputs.end(), 10U)) + " links out";
    QVERIFY2(words.starts_with("layer 1 neuron 10:"), words.c_str());
    QVERIFY2(words.find(in) != std::string::npos && words.find(out) != std::string::npos, words.c_str());
    QVERIFY(network_scene("layers").describe({network, nullptr}, large(), {0.3, 0.25}, 0.01).empty());
  }

  void page_holds_the_bounds_inside_the_margins() {
    Scene scene;
    scene.bounds = {-3.0, 5.0, 30.0, 10.0};
    scene.margins = {20.0, 10.0, 5.0, 15.0};
    for (const bool keep : {true, false}) {
      scene.keep_aspect = keep;
      const PageTransform page = page_transform(scene, 400.0, 300.0);
      const Point low = page.to_page({-3.0, 5.0}), high = page.to_page({27.0, 15.0});
      QVERIFY(low.x >= 20.0 - 1e-9 && low.y >= 15.0 - 1e-9 && high.x <= 390.0 + 1e-9 && high.y <= 295.0 + 1e-9);
      QCOMPARE(high.x - low.x, 370.0);
      if (keep) QCOMPARE(page.scale_x, page.scale_y);
      const Point back = page.to_data(page.to_page({1.0, 2.0}));
      QVERIFY(std::abs(back.x - 1.0) < 1e-12 && std::abs(back.y - 2.0) < 1e-12);
    }
    QVERIFY(page_transform(scene, 10.0, 10.0).scale_x > 0.0);
  }

  void density_colours_leave_the_ground_steadily() {
    for (const bool dark : {false, true}) {
      double previous = luminance(palette(dark).background);
      for (int step = 0; step <= 20; ++step) {
        const double now = luminance(density_color(step / 20.0, dark));
        QVERIFY(dark ? now > previous : now < previous);
        if (step == 0) QVERIFY(std::abs(now - previous) > 25.0);
        previous = now;
      }
    }
  }

  void building_stops_on_request() {
    std::stop_source source;
    source.request_stop();
    const auto network = random_network({98, 196, 196}, 2000);
    for (const NetworkScene& kind : figure_scene_table()) {
      const SceneInput input{network, random_embedding(*network)};
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(kind.build(input, large(), TaskControl{source.get_token(), {}})),
                               Cancelled);
    }
  }
};

DNM_TEST(TestScenes)
#include "test_scenes.moc"
