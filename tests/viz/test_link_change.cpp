// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
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

  void pixels_hold_the_ink_of_each() {
    const SceneInput input = changed();
    const auto count = counts(input);
    const Scene scene = build("matrix", input, options_of_size(90.0, 60.0));
    const auto images = items_of<Image>(scene);
    QCOMPARE(images.size(), std::size_t{2});
    // Mixtures of three colours on paper: what each pixel lacks of white is linear in the three amounts of ink.
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
    for (const LinkFate fate : link_fates) {
      const Color color = fate_color(fate, false);
      const auto links = static_cast<double>(count[static_cast<std::size_t>(fate)]);
      expected[0] += links * (255 - color.red);
      expected[1] += links * (255 - color.green);
      expected[2] += links * (255 - color.blue);
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
