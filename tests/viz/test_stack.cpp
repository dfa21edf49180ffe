// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"

using namespace dnm;
using namespace dnm::test;

namespace {

Scene build_stack(const NetworkPointer& network, double turn = 30.0) {
  SceneOptions options;
  options.turn = turn;
  return network_scene("stack").build({network, nullptr}, options, {});
}

/// All neurons by their places, layer by layer as they are painted.
std::vector<Point> neurons_of(const Scene& scene) {
  std::vector<Point> places;
  for (const Disks* disks : items_of<Disks>(scene)) {
    places.insert(places.end(), disks->centers.begin(), disks->centers.end());
  }
  return places;
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

class TestStack : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void links_join_their_neurons() {
    const auto network = random_network({30, 41, 17}, 120);
    const Scene scene = build_stack(network);
    const std::vector<Point> places = neurons_of(scene);
    QCOMPARE(places.size(), std::size_t{88});
    const auto node_at = [&](Point place) {
      const auto nearest = std::ranges::min_element(places, {}, [&](Point one) { return distance(one, place); });
      return distance(*nearest, place) < 1e-12 ? static_cast<NodeIndex>(nearest - places.begin()) : NodeIndex{1000};
    };
    std::vector<LinkOfLayer> drawn;
    for (const Lines* lines : items_of<Lines>(scene)) {
      if (lines->starts.size() == 1 && lines->points.size() == 5) continue;  // the frame of a plane
      for (std::size_t line = 0; line < lines->starts.size(); ++line) {
        const NodeIndex input = node_at(lines->points[lines->starts[line]]);
        const NodeIndex output = node_at(lines->points[lines->starts[line] + 1]);
        QVERIFY(input < 88 && output < 88);
        const std::size_t layer = network->layer_of(input);
        QCOMPARE(network->layer_of(output), layer + 1);
        drawn.push_back({layer, input - network->first_node(layer), output - network->first_node(layer + 1)});
      }
    }
    std::ranges::sort(drawn);
    QVERIFY(drawn == links_of(*network));
  }

  void planes_keep_the_neurons_apart_and_inside_at_every_turn() {
    const auto network = random_network({30, 41, 16}, 60);
    for (double turn = 0.0; turn <= 360.0; turn += 15.0) {
      const Scene scene = build_stack(network, turn);
      const std::vector<Point> places = neurons_of(scene);
      for (const Point place : places) QVERIFY(contains(scene.bounds, place));
      const auto outlines = items_of<Bands>(scene);
      QCOMPARE(outlines.size(), std::size_t{3});
      for (const Bands* plane : outlines) {
        for (const auto& side : {plane->lower, plane->upper}) {
          for (const Point corner : side) {
            QVERIFY(corner.x >= scene.bounds.x - 1e-9 && corner.x <= scene.bounds.x + scene.bounds.width + 1e-9);
            QVERIFY(corner.y >= scene.bounds.y - 1e-9 && corner.y <= scene.bounds.y + scene.bounds.height + 1e-9);
          }
        }
      }
      // A layer of 16 is 4 × 4: three steps along a side, with no two neurons in one place.
      const std::vector<Point> last(places.end() - 16, places.end());
      for (std::size_t a = 0; a < 16; ++a) {
        for (std::size_t b = 0; b < a; ++b) QVERIFY(distance(last[a], last[b]) > 0.05);
      }
      QVERIFY(std::abs(distance(last[0], last[3]) - 3.0 * distance(last[0], last[1])) < 1e-9);
    }
  }

  void a_full_turn_is_the_same_picture_and_half_a_turn_the_other_side() {
    const auto network = random_network({25, 25}, 60);
    const std::vector<Point> here = neurons_of(build_stack(network, 20.0));
    const std::vector<Point> around = neurons_of(build_stack(network, 200.0));
    const std::vector<Point> again = neurons_of(build_stack(network, 360.0)),
                             from = neurons_of(build_stack(network, 0.0));
    for (std::size_t node = 0; node < here.size(); ++node) {
      QVERIFY(distance(again[node], from[node]) < 1e-9);
      QVERIFY(std::abs(here[node].x + around[node].x) < 1e-9);  // left and right change sides
    }
  }

  void higher_layers_are_painted_later() {
    const Scene scene = build_stack(random_network({20, 30, 25, 20}, 80));
    double height = -1e9;
    std::string order;
    for (const SceneItem& item : scene.items) {
      if (const auto* plane = std::get_if<Bands>(&item)) {
        const double middle = 0.25 * (plane->lower[0].y + plane->lower[1].y + plane->upper[0].y + plane->upper[1].y);
        QVERIFY(middle > height);
        height = middle;
        order += 'p';
      } else if (std::holds_alternative<Disks>(item)) {
        order += 'n';
      } else if (const auto* lines = std::get_if<Lines>(&item); lines && lines->starts.size() > 1) {
        order += 'l';
      }
    }
    QCOMPARE(order, std::string("pnlpnlpnlpn"));
  }

  void names_say_the_layers_and_their_sizes() {
    const auto words = texts(build_stack(random_network({98, 1568, 196}, 300)));
    for (const char* name : {"inputs  98", "layer 1  1,568", "layer 2  196"}) {
      QVERIFY2(std::ranges::find(words, name) != words.end(), name);
    }
  }

  void pointing_at_a_neuron_names_it_and_a_rectangle_takes_those_in_it() {
    const auto network = random_network({30, 41, 17}, 120);
    const std::vector<Point> places = neurons_of(build_stack(network));
    const Hit hit = hit_at("stack", {network, nullptr}, {}, places[57], 1e-6);
    QVERIFY((hit.nodes == std::vector<NodeIndex>{57}));
    QVERIFY2(hit.words.starts_with("layer 1 neuron 27: "), hit.words.c_str());
    QVERIFY(hit_at("stack", {network, nullptr}, {}, {9.0, 9.0}, 0.01).nodes.empty());
    const Rectangle part{-0.2, 0.0, 0.5, 0.4};
    std::vector<NodeIndex> expected;
    for (NodeIndex node = 0; node < places.size(); ++node) {
      if (contains(part, places[node])) expected.push_back(node);
    }
    const auto found = network_scene("stack").locate({network, nullptr}, {}, {})->within(part);
    QVERIFY(!expected.empty() && found == expected);
  }
};

DNM_TEST(TestStack)
#include "test_stack.moc"
