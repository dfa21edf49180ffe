// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "tests/viz/paper.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/line_density.h"
#include "viz/scenes/link_density.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

struct Segment {
  Point from, to;
};

/// The share of each pixel that a line covers, by looking at 16 × 16 points of it: where a point is within half the
/// width of the straight, measured along the rows (or columns) that the line crosses, and between its ends.
std::vector<double> looked_at(const std::vector<Segment>& segments, int columns, int rows, double width) {
  constexpr int looks = 16;
  std::vector<double> counts(static_cast<std::size_t>(columns * rows), 0.0);
  for (const Segment& one : segments) {
    const double x = one.to.x - one.from.x, y = one.to.y - one.from.y, length = std::hypot(x, y);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        int inside = 0;
        for (int look = 0; look < looks * looks; ++look) {
          const double px = column + (look % looks + 0.5) / looks, py = row + (look / looks + 0.5) / looks;
          const double across = std::abs((px - one.from.x) * y - (py - one.from.y) * x) / length;
          const bool by_rows = std::abs(x) <= 4.0 * std::abs(y);
          const double along = by_rows ? (py - one.from.y) / y : (px - one.from.x) / x;
          inside += across <= 0.5 * width && along >= 0.0 && along <= 1.0 ? 1 : 0;
        }
        counts[static_cast<std::size_t>(row * columns + column)] += static_cast<double>(inside) / (looks * looks);
      }
    }
  }
  return counts;
}

template <class Counts>
double total(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

std::vector<Segment> random_segments(std::size_t count, double columns, double rows, std::uint64_t seed) {
  Random random(seed);
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < count; ++i) {
    // A third of the size beyond each border.
    const auto place = [&](double length) { return random.uniform(-length / 3.0, 4.0 * length / 3.0); };
    segments.push_back({{place(columns), place(rows)}, {place(columns), place(rows)}});
  }
  return segments;
}

SceneOptions page(double width, double height, double pixels_per_point) {
  SceneOptions options;
  options.width_points = width;
  options.height_points = height;
  options.pixels_across = width * pixels_per_point;
  return options;
}

SceneOptions dense(SceneOptions options) {
  options.link_drawing = LinkDrawing::density;
  return options;
}

}  // namespace

/// Links that are too many to be seen one by one: how many lie on each other.
class TestDensity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lines_cover_pixels_as_much_as_points_of_them_say_data() {
    QTest::addColumn<double>("width");
    for (const double width : {0.6, 1.0, 3.2}) QTest::addRow("%.1f", width) << width;
  }
  void lines_cover_pixels_as_much_as_points_of_them_say() {
    QFETCH(double, width);
    constexpr int columns = 41, rows = 29;
    for (const Segment& one : random_segments(60, columns, rows, 3)) {
      LineDensity density(columns, rows, width);
      density.add(one.from, one.to);
      const std::vector<float> counts = density.counts();
      const std::vector<double> expected = looked_at({one}, columns, rows, width);
      // As much in all, but for what the border cuts off.
      QVERIFY2(std::abs(total(counts) - total(expected)) < 0.03 * total(expected) + 0.6 * width,
               qPrintable(QString("%1 for %2").arg(total(counts)).arg(total(expected))));
      // And where it is: nothing beyond the spread that is promised, which blurring by three pixels hides.
      for (int row = 1; row + 1 < rows; ++row) {
        for (int column = 1; column + 1 < columns; ++column) {
          double found = 0.0, wanted = 0.0;
          for (int y = row - 1; y <= row + 1; ++y) {
            for (int x = column - 1; x <= column + 1; ++x) {
              found += static_cast<double>(counts[static_cast<std::size_t>(y * columns + x)]);
              wanted += expected[static_cast<std::size_t>(y * columns + x)];
            }
          }
          QVERIFY2(std::abs(found - wanted) < 0.9 * std::max(1.0, width), qPrintable(QString::number(found - wanted)));
        }
      }
    }
  }

  void steep_lines_are_exact() {
    constexpr int columns = 30, rows = 20;
    const std::vector<Segment> segments{{{10.3, 2.0}, {10.3, 17.0}}, {{4.0, 1.5}, {6.0, 18.25}}};
    LineDensity density(columns, rows, 1.5);
    for (const Segment& one : segments) density.add(one.to, one.from);
    const std::vector<float> counts = density.counts();
    const std::vector<double> expected = looked_at(segments, columns, rows, 1.5);
    for (std::size_t pixel = 0; pixel < counts.size(); ++pixel) {
      QVERIFY(std::abs(static_cast<double>(counts[pixel]) - expected[pixel]) < 0.08);
    }
  }

  void many_lines_are_the_sum_of_each_and_nothing_is_left_beside_them() {
    constexpr int columns = 64, rows = 48;
    const auto segments = random_segments(4000, columns, rows, 5);
    LineDensity all(columns, rows, 0.8);
    std::vector<double> sum(columns * rows, 0.0);
    for (const Segment& one : segments) {
      LineDensity alone(columns, rows, 0.8);
      alone.add(one.from, one.to);
      all.add(one.from, one.to);
      const std::vector<float> counts = alone.counts();
      for (std::size_t pixel = 0; pixel < sum.size(); ++pixel) sum[pixel] += static_cast<double>(counts[pixel]);
    }
    const std::vector<float> counts = all.counts();
    for (std::size_t pixel = 0; pixel < sum.size(); ++pixel) {
      QVERIFY(std::abs(static_cast<double>(counts[pixel]) - sum[pixel]) < 1e-4 * (1.0 + sum[pixel]));
    }
    // A hundred thousand on the left leave the right empty.
    LineDensity left(columns, rows, 0.8);
    Random random(1);
    for (int i = 0; i < 100000; ++i) {
      left.add({random.uniform(1.0, 25.0), -1.0}, {random.uniform(1.0, 25.0), rows + 1.0});
    }
    const std::vector<float> beside = left.counts();
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 32; column < columns; ++column) QCOMPARE(beside[row * columns + column], 0.0F);
    }
  }

  void places_far_away_and_no_numbers_do_no_harm() {
    LineDensity density(20, 20, 1.0);
    const double none = std::numeric_limits<double>::quiet_NaN(), far = 1e12;
    density.add({none, 1.0}, {2.0, 3.0});
    density.add({-far, -far}, {-far, far});
    density.add({5.0, 5.0}, {5.0, 5.0});
    QCOMPARE(total(density.counts()), 0.0);
    density.add({10.0, -far}, {10.0, far});
    QVERIFY(std::abs(total(density.counts()) - 20.0) < 0.1);
  }

  void density_is_chosen_from_many_links_on_or_by_the_option() {
    PictureOptions options;
    QVERIFY(!shows_density(options, density_from - 1));
    QVERIFY(shows_density(options, density_from));
    options.link_drawing = LinkDrawing::lines;
    QVERIFY(!shows_density(options, 1000000));
    options.link_drawing = LinkDrawing::density;
    QVERIFY(shows_density(options, 1));
  }

  /// All links count, each in the colour of its layer, and the bar below says how many the full colour means.
  void every_link_is_in_the_picture_data() {
    QTest::addColumn<QString>("id");
    for (const char* id : {"layers", "disk", "stack"}) QTest::addRow("%s", id) << id;
  }
  void every_link_is_in_the_picture() {
    QFETCH(QString, id);
    const auto network = random_network({60, 50, 40}, 800);
    const SceneInput input{network, random_embedding(*network)};
    const NetworkScene& kind = network_scene(id.toStdString());
    SceneOptions options = dense(page(500.0, 400.0, 1.5));
    const Scene scene = kind.build(input, options, {});
    QVERIFY(scene.note.empty());
    QVERIFY(scene.follows_view);
    const std::size_t images = id == "stack" ? 2 : 1;
    QCOMPARE(items_of<Image>(scene).size(), images + 1);  // and the bar
    const auto words = texts(scene);
    QVERIFY(std::ranges::find(words, "links on each other") != words.end());
    options.link_drawing = LinkDrawing::lines;
    const Scene with_lines = kind.build(input, options, {});
    std::vector<Color> expected_colors{category_color(1, false), category_color(2, false)};
    std::size_t opaque = 0, mixed = 0;
    for (const Image* image : items_of<Image>(scene)) {
      if (image->rows < 10) continue;  // the bar
      for (const Color color : image->pixels) {
        if (color.alpha == 0) continue;
        ++opaque;
        const bool is_pure = std::ranges::any_of(expected_colors, [&](Color wanted) {
          wanted.alpha = color.alpha;
          return wanted == color;
        });
        mixed += is_pure ? 0 : 1;
      }
    }
    // Links of both layers lie on each other in the disk, and where the neurons between them are.
    QVERIFY(id == "disk" || mixed <= 2 * items_of<Image>(scene).front()->columns);
    QVERIFY(opaque > 1000);
    for (const Lines* lines : items_of<Lines>(with_lines)) {
      if (lines->starts.size() < 100) continue;  // a rim, a frame
      // The middle of each link is inked.
      for (std::size_t line = 0; line < lines->starts.size(); ++line) {
        const std::size_t middle = (lines->starts[line] + lines->end_of(line) - 1) / 2;
        const Point a = lines->points[middle], b = lines->points[middle + 1];
        const Point place{0.5 * (a.x + b.x), 0.5 * (a.y + b.y)};
        bool is_inked = false;
        for (const Image* image : items_of<Image>(scene)) {
          if (!contains(image->area, place) || image->rows < 10) continue;
          const auto column = static_cast<std::size_t>((place.x - image->area.x) / image->area.width * image->columns);
          const auto row = static_cast<std::size_t>((image->area.y + image->area.height - place.y) /
                                                    image->area.height * image->rows);
          const std::size_t pixel = std::min<std::size_t>(row, image->rows - 1) * image->columns +
                                    std::min<std::size_t>(column, image->columns - 1);
          is_inked |= image->pixels[pixel].alpha > 0;
        }
        QVERIFY(is_inked);
      }
    }
  }

  void the_full_colour_is_for_the_densest_places_and_grows_with_the_links() {
    const SceneOptions options = page(400.0, 300.0, 1.0);
    Scene scene;
    scene.bounds = {0.0, 0.0, 1.0, 1.0};
    scene.keep_aspect = false;
    double before = 0.0;
    for (const std::size_t links : {1000U, 4000U, 16000U}) {
      Random random(7);
      Lines lines;
      for (std::size_t i = 0; i < links; ++i) {
        append_line(lines, {random.uniform(0.0, 1.0), 0.0}, {random.uniform(0.0, 1.0), 1.0}, {0, 0, 200, 255});
      }
      LinkDensity density(scene, scene.bounds, options);
      density.add(lines, 1.0, {});
      const double densest = density.densest();
      // Links cross a section of 400 points, 0.75 points wide each, and some more for the slanted ones.
      QVERIFY(densest > 0.75 * static_cast<double>(links) / 400.0);
      if (before > 0.0) QVERIFY(densest > 3.0 * before && densest < 4.5 * before);
      before = densest;
      // Half of the links, each of double weight, are as dense.
      LinkDensity half(scene, scene.bounds, options);
      Lines some = lines;
      some.starts.resize(links / 2);
      some.colors.resize(links / 2);
      some.points.resize(links);
      half.add(some, 2.0, {});
      if (links > 10000) QVERIFY(std::abs(half.densest() - densest) < 0.25 * densest);
      // Places of more links are more opaque.
      const Image image = density.image(densest);
      const Image pale = density.image(2.0 * densest);
      for (std::size_t pixel = 0; pixel < image.pixels.size(); ++pixel) {
        QVERIFY(image.pixels[pixel].alpha >= pale.pixels[pixel].alpha);
      }
    }
  }

  /// A figure at 600 dpi and a picture of the screen, on a page of one size, whatever the device.
  void every_resolution_has_the_same_ink_data() {
    QTest::addColumn<QString>("id");
    for (const char* id : {"layers", "disk", "stack"}) QTest::addRow("%s", id) << id;
  }
  void every_resolution_has_the_same_ink() {
    QFETCH(QString, id);
    const auto network = random_network({300, 600, 500}, 20000);
    const SceneInput input{network, random_embedding(*network)};
    const NetworkScene& kind = network_scene(id.toStdString());
    std::vector<double> inks;
    std::vector<QImage> images;
    for (const double pixels : {1.33, 2.67, 600.0 / 72.0}) {
      SceneOptions options = page(480.0, 360.0, pixels);
      const Scene scene = kind.build(input, options, {});
      images.push_back(on_paper(scene, {1920, 1440}, 4.0));
      inks.push_back(ink(images.back(), {0.3, 0.25, 0.4, 0.4}));
    }
    for (const double one : inks) {
      qInfo("ink %.4f", one);
      QVERIFY2(std::abs(one - inks.front()) < 0.08 * inks.front(), qPrintable(QString::number(one / inks.front())));
    }
    QVERIFY(block_difference(images.front(), images.back()) < same_picture);
  }

  void only_what_is_in_view_is_counted_and_in_finer_pixels() {
    const auto network = random_network({300, 300}, 30000);
    SceneOptions options = page(500.0, 400.0, 1.5);
    const Scene whole = network_scene("layers").build({network, nullptr}, options, {});
    QCOMPARE(whole.zoom_axes, ZoomAxes::x);
    const PageTransform transform = page_transform(whole, 500.0, 400.0);
    // Eight times along the neurons, about their middle.
    const double width = 500.0 / transform.scale_x / 8.0, height = 400.0 / transform.scale_y;
    options.viewport = {0.5 - 0.5 * width, transform.to_data({0.0, 0.0}).y, width, height};
    const Scene part = network_scene("layers").build({network, nullptr}, options, {});
    const Image& all = *items_of<Image>(whole).front();
    const Image& seen = *items_of<Image>(part).front();
    QVERIFY(std::abs(seen.area.height - all.area.height) < 0.02);
    QVERIFY(seen.area.width < 0.13 && seen.area.width > 0.08);
    QVERIFY(std::abs(static_cast<int>(seen.columns) - static_cast<int>(all.columns)) < 4);
    // The names of the layers stand where they stood, and numbers of neurons beside the layers.
    const PageTransform zoomed{500.0 / width, transform.scale_y, -options.viewport.x * 500.0 / width,
                               -options.viewport.y * transform.scale_y};
    for (const Text* text : items_of<Text>(part)) {
      const double x = zoomed.to_page(text->position).x + text->offset.x;
      QVERIFY2(x > 0.0 && x < 500.0, text->text.c_str());
    }
    QVERIFY(std::ranges::count(texts(part), "150") == 2);
    // Neurons out of view are left out.
    const Disks& neurons = *items_of<Disks>(part).front();
    QVERIFY(neurons.centers.size() > 40 && neurons.centers.size() < 90);
    for (const Point place : neurons.centers) QVERIFY(place.x >= options.viewport.x);
  }

  void drafts_draw_a_part_of_the_links_as_dense() {
    const auto network = random_network({500, 500}, 100000);
    SceneOptions options = page(480.0, 360.0, 1.33);
    const Scene full = network_scene("layers").build({network, nullptr}, options, {});
    options.draft = true;
    const Scene draft = network_scene("layers").build({network, nullptr}, options, {});
    const double ink_of_full = ink(on_paper(full, {640, 480}, 640 / 480.0));
    const double ink_of_draft = ink(on_paper(draft, {640, 480}, 640 / 480.0));
    QVERIFY(std::abs(ink_of_draft - ink_of_full) < 0.12 * ink_of_full);
  }

  void a_stopped_density_is_given_up() {
    const auto network = random_network({300, 300}, 60000);
    std::stop_source source;
    source.request_stop();
    for (const char* id : {"layers", "disk", "stack"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_scene(id).build({network, random_embedding(*network)}, {},
                                                                         TaskControl{source.get_token(), {}})),
                               Cancelled);
    }
  }
};

DNM_TEST(TestDensity, dnm::test::Offscreen<QGuiApplication>)
#include "test_density.moc"
