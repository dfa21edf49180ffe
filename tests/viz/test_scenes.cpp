// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/device_pixels.h"
#include "viz/scenes/link_blocks.h"
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

  void ink_is_the_covered_share_of_each_pixel() {
    const auto overlap = [](double low, double high, int pixel) {
      return std::max(0.0, std::min(high, pixel + 1.0) - std::max(low, static_cast<double>(pixel)));
    };
    const Color red{200, 10, 20, 255}, blue{0, 0, 240, 128};
    Random random(3);
    for (int round = 0; round < 50; ++round) {
      // Two areas beside each other, partly outside.
      const double left = random.uniform(-3.0, 5.0), middle = left + random.uniform(0.1, 4.0);
      const double right = middle + random.uniform(0.1, 6.0);
      const double top = random.uniform(-3.0, 5.0), bottom = top + random.uniform(0.1, 6.0);
      AreaRaster raster(8, 6);
      raster.add(left, top, middle, bottom, red);
      raster.add(middle, top, right, bottom, blue);
      const std::vector<Color> pixels = raster.pixels();
      for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 8; ++x) {
          const double height = overlap(top, bottom, y);
          const double of_red = overlap(left, middle, x) * height;
          const double of_blue = overlap(middle, right, x) * height * 128.0 / 255.0;
          const Color pixel = pixels[static_cast<std::size_t>(8 * y + x)];
          QVERIFY(std::abs(pixel.alpha - 255.0 * (of_red + of_blue)) < 0.51);
          if (pixel.alpha == 0) continue;
          QVERIFY(std::abs(pixel.red - 200.0 * of_red / (of_red + of_blue)) < 0.51);
          QVERIFY(std::abs(pixel.blue - (20.0 * of_red + 240.0 * of_blue) / (of_red + of_blue)) < 0.51);
        }
      }
    }
  }

  void images_and_cells_keep_their_ink_on_every_device() {
    // The same random cells as cells and as an image, on devices of any size and offset.
    constexpr std::uint32_t columns = 23, rows = 17;
    Random random(5);
    Cells cells;
    Image image{{2.0, 3.0, columns, rows}, columns, rows, {}};
    image.pixels.assign(columns * rows, Color{0, 0, 0, 0});
    for (std::uint32_t place = 0; place < columns * rows; ++place) {
      if (random.below(4) != 0) continue;
      image.pixels[place] = {10, 120, 200, 255};
      cells.cells.push_back({2.0 + place % columns, 3.0 + rows - 1.0 - place / columns, 1.0, 1.0});
      cells.colors.push_back(image.pixels[place]);
    }
    for (const double scale : {0.13, 0.5, 1.0, 1.37, 2.0, 9.6}) {
      for (const double shift : {0.0, 0.4, 7.77}) {
        const DeviceTransform transform{scale, 1.1 * scale, 40.0 + shift, 300.0 - shift};
        const DevicePixels of_image = in_device_pixels(image, transform, 400, 330);
        const DevicePixels of_cells = in_device_pixels(cells, transform, 400, 330);
        for (const DevicePixels& found : {of_image, of_cells}) {
          double cover = 0.0;
          for (const Color pixel : found.pixels) cover += pixel.alpha / 255.0;
          const double area = static_cast<double>(cells.cells.size()) * 1.1 * scale * scale;
          QVERIFY2(std::abs(cover - area) < 0.02 * area + 0.01, qPrintable(QString::number(scale)));
        }
      }
    }
    // Pixel for pixel where they are the device's own, also when part of it lies outside.
    const DevicePixels same = in_device_pixels(image, {1.0, 1.0, 10.0, 50.0}, 400, 330);
    QCOMPARE(same.columns, 23);
    QVERIFY(same.pixels == image.pixels);
    const DevicePixels part = in_device_pixels(image, {1.0, 1.0, -7.0, 11.0}, 10, 5);
    QCOMPARE(part.columns, 10);
    QCOMPARE(part.rows, 5);
    for (std::size_t place = 0; place < part.pixels.size(); ++place) {
      const std::size_t row = place / 10, column = place % 10;
      QVERIFY(part.pixels[place] == image.pixels[(row + 9) * columns + column + 5]);
    }
    QVERIFY(in_device_pixels(image, {1.0, 1.0, -90.0, 11.0}, 10, 5).pixels.empty());
  }

  void blocks_follow_density_and_size_on_the_page() {
    const auto side = [](NodeIndex n_in, NodeIndex n_out, std::uint64_t links, double points) {
      return block_side(*random_network({n_in, n_out}, links), points);
    };
    QCOMPARE(side(100, 100, 1000, 0.1), NodeIndex{1});     // 10 %: ink is density
    QCOMPARE(side(100, 100, 450, 0.1), NodeIndex{1});      // 4.5 %
    QCOMPARE(side(100, 100, 100, 0.1), NodeIndex{2});      // 1 %
    QCOMPARE(side(1000, 1000, 1000, 0.01), NodeIndex{6});  // 0.1 %
    QCOMPARE(side(1000, 1000, 1000, 0.3), NodeIndex{3});   // no wider than a point
    QCOMPARE(side(1000, 1000, 1000, 1.5), NodeIndex{1});
    QCOMPARE(side(100, 100, 0, 0.1), NodeIndex{1});
  }

  void blocks_are_filled_where_there_is_a_link() {
    const auto network = random_network({97, 61}, 200);
    const Mask& mask = network->masks()[0];
    const Color grey{1, 1, 1, 255};
    for (const NodeIndex side : {1U, 2U, 7U, 200U}) {
      for (const CellRange& range : {CellRange{0, 61, 0, 97}, CellRange{3, 30, 10, 55}}) {
        std::set<std::pair<NodeIndex, NodeIndex>> expected, found;
        for (const LinkOfLayer& link : links_of(*network)) {
          const NodeIndex row = link.output / side * side, column = link.input / side * side;
          const bool touches = row < range.row_end && row + side > range.row_begin && column < range.column_end &&
                               column + side > range.column_begin;
          if (touches) expected.insert({row, column});
        }
        for_each_block(
            mask, range, side, grey, {},
            [&](NodeIndex row, const auto& link) {
              // Odd sums of row and column stand out.
              return (row + *link) % 2 == 0 ? grey : Color{2, 2, 2, 255};
            },
            [&](const LinkBlock& block) {
              QVERIFY(found.insert({block.row, block.column}).second);
              QVERIFY(block.row + block.rows <= 61 && block.column + block.columns <= 97);
              bool odd = false;
              for (NodeIndex row = block.row; row < block.row + block.rows; ++row) {
                for (const NodeIndex column : mask.row(row)) {
                  const bool inside = column >= block.column && column < block.column + block.columns;
                  odd |= inside && (row + column) % 2 == 1;
                }
              }
              QCOMPARE(block.color == grey, !odd);
            });
        QVERIFY(found == expected);
      }
    }
  }

  void a_matrix_has_as_much_ink_on_every_device() {
    // Links of 5 % density: those of a pixel, at any resolution, are the share of it that is inked.
    const auto network = random_network({700, 500}, 17500);
    for (const double pixels : {90.0, 200.0, 333.3, 512.0, 1200.0, 4000.0}) {
      SceneOptions options;
      options.width_points = 300.0;
      options.height_points = 240.0;
      options.pixels_across = pixels;
      const Scene scene = build("matrix", network, options);
      double cells = 0.0;
      for (const Image* image : items_of<Image>(scene)) {
        const double pixel = image->area.width * image->area.height / image->columns / image->rows;
        for (const Color color : image->pixels) cells += color.alpha / 255.0 * pixel;
      }
      for (const Cells* shapes : items_of<Cells>(scene)) cells += static_cast<double>(shapes->cells.size());
      QVERIFY2(std::abs(cells - 17500.0) < 0.01 * 17500.0, qPrintable(QString::number(pixels)));
    }
  }

  void sparse_matrices_show_every_link_as_a_block() {
    const auto network = random_network({1000, 800}, 300);
    SceneOptions options;
    options.width_points = 150.0;
    options.height_points = 120.0;
    options.pixels_across = 200.0;
    const Scene scene = build("matrix", network, options);
    const PageTransform page = page_transform(scene, options.width_points, options.height_points);
    const NodeIndex side = block_side(*network, page.scale_x);
    QVERIFY(side > 4);
    std::set<std::pair<NodeIndex, NodeIndex>> blocks;
    for (const LinkOfLayer& link : links_of(*network)) blocks.insert({link.output / side, link.input / side});
    double area = 0.0;
    for (const Cells* shapes : items_of<Cells>(scene)) {
      for (const Rectangle& cell : shapes->cells) area += cell.width * cell.height;
    }
    for (const Image* image : items_of<Image>(scene)) {
      const double pixel = image->area.width * image->area.height / image->columns / image->rows;
      for (const Color color : image->pixels) area += color.alpha / 255.0 * pixel;
    }
    const double expected = static_cast<double>(blocks.size() * side * side);
    QVERIFY2(std::abs(area - expected) < 0.02 * expected, qPrintable(QString::number(area / expected)));
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

  /// The wide matrix has a line of its own, the small ones share the next.
  void matrices_break_into_lines_where_the_cells_are_largest() {
    SceneOptions options;
    options.width_points = 450.0;
    options.height_points = 400.0;
    const Scene scene = build("matrix", random_network({1200, 400, 400, 400}, 3000), options);
    const PageTransform page = page_transform(scene, options.width_points, options.height_points);
    std::vector<Rectangle> frames;
    for (const Lines* lines : items_of<Lines>(scene)) {
      for (std::size_t line = 0; line < lines->starts.size(); ++line) {
        if (lines->end_of(line) - lines->starts[line] != 5) continue;
        const Point low = page.to_page(lines->points[lines->starts[line]]);
        const Point high = page.to_page(lines->points[lines->starts[line] + 2]);
        frames.push_back(
            {std::min(low.x, high.x), std::min(low.y, high.y), std::abs(high.x - low.x), std::abs(high.y - low.y)});
      }
    }
    QCOMPARE(frames.size(), std::size_t{3});
    QVERIFY(frames[0].width > 0.8 * options.width_points);
    QVERIFY(std::abs(frames[1].y - frames[2].y) < 1e-6);
    QVERIFY(frames[1].y + frames[1].height < frames[0].y);
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
      if (kind.locate != nullptr) QVERIFY(!kind.locate({}, large(), TaskControl{}));
    }
  }

  void pointing_at_a_cell_names_its_neurons() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    const auto frames = frames_of(build("matrix", network, large()));
    const auto links = links_of(*network);
    const NodePlacesPointer places = network_scene("matrix").locate({network, nullptr}, large(), TaskControl{});
    int linked = 0;
    for (NodeIndex row = 0; row < 196; row += 13) {
      for (NodeIndex column = 0; column < 98; column += 3) {
        const Point point{frames[0].x + column + 0.5, frames[0].y + frames[0].height - row - 0.5};
        const std::string words = places->at(point, 0.0, PageTransform{}).words;
        const bool is_link = std::binary_search(links.begin(), links.end(), LinkOfLayer{0, column, row});
        linked += is_link;
        QVERIFY(
            words.starts_with("input " + std::to_string(column) + " → layer 1 neuron " + std::to_string(row) + ":"));
        QCOMPARE(words.find("no link") == std::string::npos, is_link);
      }
    }
    QVERIFY(linked > 10);
    QVERIFY(places->at({-50.0, 0.0}, 0.0, PageTransform{}).words.empty());
  }

  void pointing_at_a_neuron_tells_its_links() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    const auto& outputs = network->masks()[1].columns;
    const Point neuron{10.5 / 196.0, 0.5};
    const std::string words = hit_at("layers", {network, nullptr}, large(), neuron, 0.01).words;
    const std::string in = std::to_string(network->masks()[0].row(10).size()) + " links in";
    const std::string out = std::to_string(std::count(outputs.begin(), outputs.end(), 10U)) + " links out";
    QVERIFY2(words.starts_with("layer 1 neuron 10:"), words.c_str());
    QVERIFY2(words.find(in) != std::string::npos && words.find(out) != std::string::npos, words.c_str());
    QVERIFY(hit_at("layers", {network, nullptr}, large(), {0.3, 0.25}, 0.01).nodes.empty());
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
