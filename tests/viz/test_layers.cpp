// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"

using namespace dnm;
using namespace dnm::test;

namespace {

Scene build_layers(const NetworkPointer& network, const SceneOptions& options) {
  return network_scene("layers").build({network, nullptr}, options, {});
}

const Lines& links_of_layers(const Scene& scene) { return *items_of<Lines>(scene).at(0); }

/// Two outputs with a dendrite each: inputs 2-5 and 9-11, and one with a run over the border.
NetworkPointer dendrites_of_three() {
  Mask mask{12, 3, {0, 7, 10, 14}, {2, 3, 4, 5, 9, 10, 11, 6, 7, 8, 0, 1, 10, 11}};
  return std::make_shared<const Network>(Network::layered({12, 3}, {std::move(mask)}));
}

}  // namespace

/// The layers zoomed along their neurons, and links that run together.
class TestLayers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zoomed_lines_are_cut_at_the_borders_of_the_view_data() {
    QTest::addColumn<bool>("rows");
    QTest::addRow("rows") << true;
    QTest::addRow("columns") << false;
  }
  void zoomed_lines_are_cut_at_the_borders_of_the_view() {
    QFETCH(bool, rows);
    const auto network = random_network({200, 150, 180}, 3000);
    SceneOptions options;
    options.orientation = rows ? Orientation::rows : Orientation::columns;
    const Scene whole = build_layers(network, options);
    QVERIFY(whole.follows_view);
    QVERIFY(whole.zoom_axes == (rows ? ZoomAxes::x : ZoomAxes::y));
    const PageTransform page = page_transform(whole, options.width_points, options.height_points);
    const Point low = page.to_data({0.0, 0.0}), high = page.to_data({options.width_points, options.height_points});
    // Five times, from a quarter of the way on.
    if (rows) {
      options.viewport = {0.25, low.y, (high.x - low.x) / 5.0, high.y - low.y};
    } else {
      options.viewport = {low.x, 0.25, high.x - low.x, (high.y - low.y) / 5.0};
    }
    const Scene part = build_layers(network, options);
    const Lines& all = links_of_layers(whole);
    const Lines& seen = links_of_layers(part);
    const auto along = [&](Point place) { return rows ? place.x : place.y; };
    const auto across = [&](Point place) { return rows ? place.y : place.x; };
    double begin = 1e9, end = -1e9;
    for (const Point place : seen.points) {
      begin = std::min(begin, along(place));
      end = std::max(end, along(place));
    }
    const double from = rows ? options.viewport.x : options.viewport.y;
    const double extent = rows ? options.viewport.width : options.viewport.height;
    QVERIFY(begin > from && end < from + extent && end - begin > 0.7 * extent);
    // Each link that crosses the part is there, and what is seen of it lies on it.
    std::size_t crossing = 0;
    for (std::size_t line = 0; line < all.starts.size(); ++line) {
      const Point a = all.points[all.starts[line]], b = all.points[all.starts[line] + 1];
      if (std::max(along(a), along(b)) >= begin && std::min(along(a), along(b)) <= end) ++crossing;
    }
    QCOMPARE(seen.starts.size(), crossing);
    std::size_t next = 0;
    for (std::size_t line = 0; line < all.starts.size(); ++line) {
      const Point a = all.points[all.starts[line]], b = all.points[all.starts[line] + 1];
      if (std::max(along(a), along(b)) < begin || std::min(along(a), along(b)) > end) continue;
      for (std::size_t point = seen.starts[next]; point < seen.end_of(next); ++point) {
        const Point place = seen.points[point];
        const double share = (across(place) - across(a)) / (across(b) - across(a));
        QVERIFY(share >= -1e-9 && share <= 1.0 + 1e-9);
        QVERIFY(std::abs(along(a) + share * (along(b) - along(a)) - along(place)) < 1e-9);
      }
      ++next;
    }
  }

  void bundled_links_begin_and_end_at_their_neurons_and_meet_on_the_way() {
    const auto network = dendrites_of_three();
    SceneOptions options;
    const Lines straight = links_of_layers(build_layers(network, options));
    options.bundles = LinkBundles::dendrite;
    const Scene scene = build_layers(network, options);
    const Lines& bundled = links_of_layers(scene);
    QCOMPARE(bundled.starts.size(), straight.starts.size());
    std::map<std::pair<double, double>, int> meetings;  // the last point before the output
    for (std::size_t line = 0; line < bundled.starts.size(); ++line) {
      QVERIFY(bundled.points[bundled.starts[line]] == straight.points[straight.starts[line]]);
      const Point end = bundled.points[bundled.end_of(line) - 1];
      QVERIFY(end == straight.points[straight.starts[line] + 1]);
      if (bundled.end_of(line) - bundled.starts[line] == 2) continue;
      const Point before = bundled.points[bundled.end_of(line) - 2];
      ++meetings[{before.x, before.y}];
      double height = -1.0;
      for (std::size_t point = bundled.starts[line]; point < bundled.end_of(line); ++point) {
        QVERIFY(bundled.points[point].y > height);  // from layer to layer, never back
        height = bundled.points[point].y;
      }
    }
    std::vector<int> sizes;
    for (const auto& [place, count] : meetings) sizes.push_back(count);
    std::ranges::sort(sizes);
    // Dendrites of 4, 3 and 3 inputs; the four of the run over the border stay straight.
    QVERIFY((sizes == std::vector<int>{3, 3, 4}));
  }

  void factors_change_widths_sizes_and_opacity_alone() {
    const auto network = random_network({50, 60}, 300);
    SceneOptions options;
    const Scene usual = build_layers(network, options);
    options.line_width = 2.0;
    QCOMPARE(links_of_layers(build_layers(network, options)).width, 2.0 * links_of_layers(usual).width);
    options.line_width = 1.0;
    options.link_opacity = 0.5;
    const Scene pale = build_layers(network, options);
    QVERIFY(std::abs(2 * links_of_layers(pale).colors[0].alpha - links_of_layers(usual).colors[0].alpha) <= 1);
    options.link_opacity = 1.0;
    options.node_size = 3.0;
    const Scene large = build_layers(network, options);
    QVERIFY(std::abs(items_of<Disks>(large)[0]->diameters[0] - 3.0F * items_of<Disks>(usual)[0]->diameters[0]) < 1e-4F);
    QVERIFY(items_of<Disks>(large)[0]->centers == items_of<Disks>(usual)[0]->centers);
  }
};

DNM_TEST(TestLayers)
#include "test_layers.moc"
