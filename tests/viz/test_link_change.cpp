// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

using Links = std::vector<LinkOfLayer>;

Links without(const Links& from, const Links& others) {
  Links left;
  std::ranges::set_difference(from, others, std::back_inserter(left));
  return left;
}

/// Two networks that share some of their links: 1,000 of 1,400 cells each.
SceneInput changed() {
  SceneInput input{random_network({20, 30, 27}, 400, 1), nullptr};
  input.before = random_network({20, 30, 27}, 350, 7);
  input.embedding = random_embedding(*input.network);
  return input;
}

/// Of 32,000 links, 100 have gone and 100 others came.
SceneInput few_changed() {
  const std::vector<NodeIndex> sizes{400, 400, 400};
  SceneInput input{random_network(sizes, 16000, 1), nullptr};
  std::vector<Mask> masks = input.network->masks();
  for (Mask& mask : masks) {
    int moved = 0;
    for (NodeIndex row = 0; row < mask.n_out && moved < 50; row += 7) {
      // Into the first column, where there is no link.
      NodeIndex& first = mask.columns[mask.row_begin[row]];
      if (mask.row(row).empty() || first == 0) continue;
      first = 0;
      ++moved;
    }
  }
  input.before = std::make_shared<const Network>(Network::layered(sizes, std::move(masks)));
  input.embedding = random_embedding(*input.network);
  return input;
}

SceneOptions options_of_size(double width, double height) {
  SceneOptions options;
  options.width_points = width;
  options.height_points = height;
  options.pixels_across = width;
  return options;
}

std::array<std::uint64_t, 3> counts(const SceneInput& input) {
  const Links now = links_of(*input.network), then = links_of(*input.before);
  return {now.size() - without(now, then).size(), without(then, now).size(), without(now, then).size()};
}

bool is_of(Color color, LinkFate fate, bool dark) {
  const Color wanted = fate_color(fate, dark);
  return color.red == wanted.red && color.green == wanted.green && color.blue == wanted.blue;
}

Scene build(const char* id, const SceneInput& input, const SceneOptions& options) {
  return network_scene(id).build(input, options, TaskControl{});
}

/// CIE L* of a colour.
double lightness(Color color) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const double y = 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
  return y > 0.008856 ? 116.0 * std::cbrt(y) - 16.0 : 903.3 * y;
}

}  // namespace

/// Kept, removed and new links: found, told apart with and without colour, counted and thinned alike.
class TestLinkChange : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void links_have_the_fate_that_both_networks_give_them() {
    const SceneInput input = changed();
    const LinkChange change = link_change(*input.before, *input.network);
    const Links now = links_of(*input.network), then = links_of(*input.before);
    QVERIFY(links_of(change.of(LinkFate::removed)) == without(then, now));
    QVERIFY(links_of(change.of(LinkFate::grown)) == without(now, then));
    QVERIFY(links_of(change.of(LinkFate::kept)) == without(now, without(now, then)));
    QCOMPARE(change.link_count(), now.size() + without(then, now).size());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(link_change(*random_network({20, 31, 27}, 50), *input.network)),
                             InvalidInput);
    // Of other layers, or where links are coloured by something else, nothing is shown of it.
    SceneOptions options;
    QVERIFY(shown_change(input, options));
    SceneInput other = input;
    other.before = random_network({20, 31, 27}, 50);
    QVERIFY(!shown_change(other, options));
    options.link_coloring = LinkColoring::layer;
    QVERIFY(!shown_change(input, options));
  }

  void the_three_differ_without_colour() {
    for (const bool dark : {false, true}) {
      std::vector<double> all{lightness(palette(dark).background)};
      for (const LinkFate fate : link_fates) all.push_back(lightness(fate_color(fate, dark)));
      for (std::size_t i = 1; i < all.size(); ++i)
        QVERIFY2(dark ? all[i] > all[i - 1] + 15.0 : all[i] < all[i - 1] - 15.0,
                 qPrintable(QString("%1 %2").arg(all[i - 1]).arg(all[i])));
    }
  }

  void large_cells_are_small_hollow_and_full() {
    const SceneInput input = changed();
    const Scene scene = build("matrix", input, options_of_size(1200.0, 900.0));
    const auto count = counts(input);
    std::map<LinkFate, std::vector<Rectangle>> drawn;
    for (const Cells* cells : items_of<Cells>(scene)) {
      for (std::size_t i = 0; i < cells->cells.size(); ++i) {
        for (const LinkFate fate : link_fates)
          if (is_of(cells->colors[i], fate, false)) drawn[fate].push_back(cells->cells[i]);
      }
    }
    QCOMPARE(drawn[LinkFate::kept].size(), count[0]);
    QCOMPARE(drawn[LinkFate::removed].size(), 4 * count[1]);  // the sides of a hollow cell
    QCOMPARE(drawn[LinkFate::grown].size(), count[2]);
    const Rectangle kept = drawn[LinkFate::kept].front(), grown = drawn[LinkFate::grown].front();
    QVERIFY(kept.width < 0.6 && kept.height < 0.6 && grown.width > 0.8 && grown.height > 0.8);
    double ink = 0.0;
    for (const Rectangle& side : drawn[LinkFate::removed]) ink += side.width * side.height;
    QVERIFY(ink < 0.6 * static_cast<double>(count[1]));
    for (const char* words : {"kept", "removed", "new"}) {
      const std::size_t place = words[0] == 'k' ? 0 : words[0] == 'r' ? 1 : 2;
      const std::string entry = std::to_string(count[place]) + " " + words;
      QVERIFY2(std::ranges::count(texts(scene), entry) == 1, entry.c_str());
    }
  }

  /// Where cells are below a point, the pixels have those of kept links, and the others are squares on them.
  void pixels_hold_the_ink_of_kept_links() {
    const SceneInput input = changed();
    const auto count = counts(input);
    const Scene scene = build("matrix", input, options_of_size(90.0, 60.0));
    const auto images = items_of<Image>(scene);
    QCOMPARE(images.size(), std::size_t{2});
    // What each pixel lacks of white is linear in the amount of ink.
    std::array<double, 3> lacks{}, expected{};
    for (const Image* image : images) {
      const double pixel = image->area.width / image->columns * image->area.height / image->rows;
      for (const Color& color : image->pixels) {
        const double cover = color.alpha / 255.0;
        lacks[0] += cover * (255 - color.red) * pixel;
        lacks[1] += cover * (255 - color.green) * pixel;
        lacks[2] += cover * (255 - color.blue) * pixel;
      }
    }
    const Color color = fate_color(LinkFate::kept, false);
    const auto links = static_cast<double>(count[0]);
    expected = {links * (255 - color.red), links * (255 - color.green), links * (255 - color.blue)};
    for (const LinkFate fate : {LinkFate::removed, LinkFate::grown}) {
      std::uint64_t squares = 0;
      for (const Cells* cells : items_of<Cells>(scene))
        squares += static_cast<std::uint64_t>(
            std::ranges::count_if(cells->colors, [&](Color square) { return is_of(square, fate, false); }));
      QCOMPARE(squares, count[static_cast<std::size_t>(fate)]);
    }
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const double ratio = lacks[channel] / expected[channel];
      QVERIFY2(ratio > 0.97 && ratio < 1.03, qPrintable(QString::number(ratio)));
    }
  }

  void lines_are_thin_dashed_and_heavy_data() {
    QTest::addColumn<QString>("picture");
    for (const char* picture : {"layers", "disk"}) QTest::newRow(picture) << picture;
  }
  void lines_are_thin_dashed_and_heavy() {
    QFETCH(QString, picture);
    const SceneInput input = changed();
    const auto count = counts(input);
    for (const bool dark : {false, true}) {
      SceneOptions options = options_of_size(500.0, 400.0);
      options.dark = dark;
      const Scene scene = build(picture.toUtf8().constData(), input, options);
      std::map<LinkFate, const Lines*> lines;
      std::vector<LinkFate> order;
      for (const Lines* item : items_of<Lines>(scene)) {
        for (const LinkFate fate : link_fates) {
          if (!is_of(item->colors.front(), fate, dark)) continue;
          lines[fate] = item;
          order.push_back(fate);
        }
      }
      QVERIFY(order == (std::vector{LinkFate::kept, LinkFate::removed, LinkFate::grown}));
      QCOMPARE(lines[LinkFate::kept]->starts.size(), count[0]);
      QVERIFY(lines[LinkFate::removed]->starts.size() >= 3 * count[1]);
      QVERIFY(lines[LinkFate::removed]->starts.size() <= 14 * count[1]);
      QCOMPARE(lines[LinkFate::grown]->starts.size(), count[2]);
      QVERIFY(lines[LinkFate::kept]->width < lines[LinkFate::removed]->width);
      QVERIFY(lines[LinkFate::removed]->width < lines[LinkFate::grown]->width);
      QVERIFY(scene.note.empty());
      const std::string entry = std::to_string(count[2]) + " new";
      QVERIFY(std::ranges::count(texts(scene), entry) == 1);
    }
  }

  void thinned_links_keep_their_proportions() {
    SceneInput input = changed();
    const LinkChange change = link_change(*input.before, *input.network);
    const auto count = counts(input);
    const std::uint64_t total = count[0] + count[1] + count[2];
    for (const std::uint64_t limit : {std::uint64_t{10}, std::uint64_t{200}, total}) {
      const auto thinnings = thinned(change, limit);
      const double part = static_cast<double>(limit) / static_cast<double>(total);
      for (std::size_t fate = 0; fate < 3; ++fate) {
        QCOMPARE(thinnings[fate].total(), count[fate]);
        QVERIFY(std::abs(static_cast<double>(thinnings[fate].shown()) - part * static_cast<double>(count[fate])) <=
                0.5);
      }
      QCOMPARE(thinning_note(thinnings).empty(), limit == total);
    }
    // One removed link among many is not lost.
    Mask mask = input.network->masks()[0];
    input.before = input.network;
    std::vector<Mask> masks{mask, input.network->masks()[1]};
    masks[0].columns.erase(masks[0].columns.begin());
    for (std::size_t row = 1; row < masks[0].row_begin.size(); ++row) --masks[0].row_begin[row];
    input.network = std::make_shared<const Network>(Network::layered({20, 30, 27}, std::move(masks)));
    const auto few = thinned(link_change(*input.before, *input.network), 20);
    QCOMPARE(few[1].shown(), std::uint64_t{1});
    SceneOptions options = options_of_size(500.0, 400.0);
    options.link_limit = 20;
    const std::string note = build("layers", input, options).note;
    QVERIFY2(note.find(" of 800 links drawn, the same share of kept, removed and new") != std::string::npos,
             note.c_str());
    QVERIFY(build("disk", input, options).note.starts_with(note));
  }

  /// A few changes among many links lie as lines on the density of those that stayed.
  void few_changes_are_seen_on_a_density_data() {
    QTest::addColumn<QString>("picture");
    for (const char* picture : {"layers", "disk", "stack"}) QTest::newRow(picture) << picture;
  }
  void few_changes_are_seen_on_a_density() {
    QFETCH(QString, picture);
    const SceneInput input = few_changed();
    SceneOptions options = options_of_size(400.0, 300.0);
    const auto drawn = [&](LinkFate fate) {
      std::pair<std::size_t, int> found{0, 0};
      const Scene scene = build(picture.toUtf8().constData(), input, options);
      for (const Lines* lines : items_of<Lines>(scene)) {
        std::size_t of_fate = 0;
        for (const Color color : lines->colors) {
          if (!is_of(color, fate, false)) continue;
          ++of_fate;
          found.second = std::max<int>(found.second, color.alpha);
        }
        // A removed link is several dashes.
        if (of_fate > 0) found.first += lines->dashed > 0 ? lines->dashed : of_fate;
      }
      return found;
    };
    QCOMPARE(counts(input), (std::array<std::uint64_t, 3>{31900, 100, 100}));
    for (const LinkFate fate : {LinkFate::removed, LinkFate::grown}) {
      const auto [lines, alpha] = drawn(fate);
      QCOMPARE(lines, std::size_t{100});
      QVERIFY2(alpha > 150, qPrintable(QString::number(alpha)));
    }
    QCOMPARE(drawn(LinkFate::kept).first, std::size_t{0});
    QCOMPARE(items_of<Image>(build(picture.toUtf8().constData(), input, options)).size(),
             std::size_t(picture == "stack" ? 3 : 2));  // with the bar of the legend
    options.link_limit = 50;                            // the changes alone are thinned, and that is said
    QCOMPARE(drawn(LinkFate::grown).first, std::size_t{25});
    const std::string note = build(picture.toUtf8().constData(), input, options).note;
    QVERIFY2(note.starts_with("50 of 200 changed links drawn"), note.c_str());
  }

  /// In a matrix of cells below a point, changes are squares that can be seen, where their links are.
  void few_changes_are_seen_in_a_small_matrix() {
    const SceneInput input = few_changed();
    const SceneOptions options = options_of_size(400.0, 300.0);
    const Scene scene = build("matrix", input, options);
    const double point = 1.0 / page_transform(scene, options.width_points, options.height_points).scale_x;
    const LinkChange change = link_change(*input.before, *input.network);
    for (const LinkFate fate : {LinkFate::removed, LinkFate::grown}) {
      std::vector<Rectangle> marks;
      std::set<long> within_cells;
      for (const Cells* cells : items_of<Cells>(scene))
        for (std::size_t i = 0; i < cells->cells.size(); ++i)
          if (is_of(cells->colors[i], fate, false)) marks.push_back(cells->cells[i]);
      QCOMPARE(marks.size(), change.of(fate).link_count() * (fate == LinkFate::removed ? 4 : 1));
      for (const Rectangle& mark : marks) {
        QVERIFY(std::max(mark.width, mark.height) > 1.9 * point);  // sides of a hollow one
        if (fate == LinkFate::removed) continue;
        // Data units are cells: within a matrix, squares are whole units apart.
        const double x = mark.x + 0.5 * mark.width;
        within_cells.insert(std::lround(1e6 * (x - std::floor(x))) % 1000000);
      }
      QVERIFY(within_cells.size() <= 2);
    }
  }

  void without_another_moment_links_look_as_the_neurons() {
    SceneInput input = changed();
    input.before = nullptr;
    for (const char* picture : {"matrix", "layers", "disk"}) {
      SceneOptions options = options_of_size(500.0, 400.0);
      const auto colors_of = [&](LinkColoring coloring) {
        options.link_coloring = coloring;
        std::vector<std::uint32_t> colors;
        const Scene scene = build(picture, input, options);
        for (const Lines* lines : items_of<Lines>(scene))
          for (const Color& color : lines->colors)
            colors.push_back((std::uint32_t{color.red} << 16U) | (std::uint32_t{color.green} << 8U) | color.blue);
        for (const Cells* cells : items_of<Cells>(scene))
          colors.push_back(static_cast<std::uint32_t>(cells->cells.size()));
        return std::pair(colors, texts(scene));
      };
      QVERIFY(colors_of(LinkColoring::change) == colors_of(LinkColoring::layer));
    }
  }

  void the_pointer_names_the_fate() {
    const SceneInput input = changed();
    const SceneOptions options = options_of_size(1200.0, 900.0);
    const Scene scene = build("matrix", input, options);
    std::map<std::string, std::uint64_t> found;
    const NodePlacesPointer places = network_scene("matrix").locate(input, options, TaskControl{});
    // Rows and columns of both matrices, cell by cell.
    for (double y = scene.bounds.y + 0.5; y < scene.bounds.y + scene.bounds.height; ++y) {
      for (double x = scene.bounds.x + 0.5; x < scene.bounds.x + scene.bounds.width; ++x) {
        const std::string words = places->at({x, y}, 0.1, PageTransform{}).words;
        for (const char* fate : {": kept link", ": removed link", ": new link"})
          if (words.find(fate) != std::string::npos) ++found[fate];
      }
    }
    const auto count = counts(input);
    QCOMPARE(found[": kept link"], count[0]);
    QCOMPARE(found[": removed link"], count[1]);
    QCOMPARE(found[": new link"], count[2]);
  }

  void a_picture_that_shows_it_is_drawn_again_for_it() {
    const SceneInput input = changed();
    PictureOptions options;
    for (const char* picture : {"matrix", "layers", "disk"})
      QVERIFY(input_for(network_scene(picture), options, input).before == input.before);
    QVERIFY(!input_for(network_scene("degree"), options, input).before);
    options.link_coloring = LinkColoring::layer;
    QVERIFY(!input_for(network_scene("matrix"), options, input).before);
  }
};

DNM_TEST(TestLinkChange)
#include "test_link_change.moc"
