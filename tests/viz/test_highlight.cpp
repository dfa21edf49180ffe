// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/embedding/hyperbolic_disk.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"

using namespace dnm;
using namespace dnm::test;

namespace {

struct Expected {
  std::set<NodeIndex> neighbours;
  std::set<std::pair<NodeIndex, NodeIndex>> links;  ///< node numbers, input first; of a graph the smaller first
};

/// By looking at every link of the network.
Expected by_brute_force(const Network& network, const std::set<NodeIndex>& chosen) {
  Expected expected;
  for (const LinkOfLayer& link : links_of(network)) {
    NodeIndex input = network.first_node(link.layer) + link.input;
    NodeIndex output = network.first_node(network.is_layered() ? link.layer + 1 : 0) + link.output;
    if (!network.is_layered() && input > output) std::swap(input, output);
    if (!chosen.contains(input) && !chosen.contains(output)) continue;
    expected.links.emplace(input, output);
    for (const NodeIndex end : {input, output})
      if (!chosen.contains(end)) expected.neighbours.insert(end);
  }
  return expected;
}

std::set<NodeIndex> some_nodes(const Network& network, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::set<NodeIndex> nodes;
  while (nodes.size() < count) nodes.insert(static_cast<NodeIndex>(random.below(network.node_count())));
  return nodes;
}

SceneOptions options_of_size(double width, double height) {
  SceneOptions options;
  options.width_points = width;
  options.height_points = height;
  return options;
}

/// How the whole picture lies on a page of its size.
PageTransform page_of(const char* picture, const SceneInput& input, const SceneOptions& options) {
  const Scene scene = network_scene(picture).build(input, options, TaskControl{});
  return page_transform(scene, options.width_points, options.height_points);
}

NodePlacesPointer places_of(const char* picture, const SceneInput& input, const SceneOptions& options) {
  return network_scene(picture).locate(input, options, TaskControl{});
}

/// Where the layers' picture has a neuron, inputs at the bottom.
Point in_layers(const Network& network, NodeIndex node) {
  const std::size_t layer = network.layer_of(node);
  const double size = network.layer_sizes()[layer];
  return {(node - network.first_node(layer) + 0.5) / size,
          static_cast<double>(layer) / static_cast<double>(network.layer_sizes().size() - 1)};
}

Point in_disk(const Embedding& embedding, NodeIndex node) {
  const double distance = std::tanh(0.5 * embedding.radius[node]);
  return {distance * std::cos(embedding.theta[node]), distance * std::sin(embedding.theta[node])};
}

bool is_near(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y) < 1e-9; }

/// Disks around a place, by falling diameter.
std::vector<float> disks_at(const std::vector<SceneItem>& items, Point place) {
  std::vector<float> diameters;
  for (const SceneItem& item : items) {
    const auto* disks = std::get_if<Disks>(&item);
    for (std::size_t i = 0; disks != nullptr && i < disks->centers.size(); ++i)
      if (is_near(disks->centers[i], place)) diameters.push_back(disks->diameters[i]);
  }
  std::ranges::sort(diameters, std::greater<>());
  return diameters;
}

}  // namespace

class TestHighlight : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void neighbours_and_links_are_those_of_the_network() {
    for (const NetworkPointer& network : {random_network({20, 30, 25}, 150), random_network({784, 300, 200}, 3000),
                                          reference_network("karate.tsv"), random_network({6, 5}, 30)}) {
      for (const std::size_t count : {1U, 2U, 5U, 10U}) {
        const std::set<NodeIndex> chosen = some_nodes(*network, count, count);
        const Expected expected = by_brute_force(*network, chosen);
        std::vector<NodeIndex> given(chosen.rbegin(), chosen.rend());
        given.push_back(given.front());
        given.push_back(network->node_count() + 7);
        const Highlight found = highlight_of(network, given);
        QVERIFY(std::ranges::equal(found.nodes, chosen));
        QVERIFY(std::ranges::equal(found.neighbours, expected.neighbours));
        QCOMPARE(found.link_count, expected.links.size());
        std::set<std::pair<NodeIndex, NodeIndex>> links;
        for (const HighlightedLink& link : found.links) {
          links.emplace(network->is_layered() ? link.input : std::min(link.input, link.output),
                        network->is_layered() ? link.output : std::max(link.input, link.output));
        }
        QVERIFY(links == expected.links && found.links.size() == links.size());
      }
    }
  }

  void of_many_links_an_even_part_is_listed() {
    const auto network = random_network({50, 50, 50}, 1200);
    std::vector<NodeIndex> all(network->node_count());
    for (NodeIndex node = 0; node < all.size(); ++node) all[node] = node;
    const Highlight found = highlight_of(network, all, 300);
    QCOMPARE(found.link_count, std::uint64_t{2400});
    QCOMPARE(found.links.size(), std::size_t{300});
    QVERIFY(found.neighbours.empty());
    const auto first = std::ranges::count(found.links, std::size_t{0}, &HighlightedLink::mask);
    QVERIFY2(first > 140 && first < 160, qPrintable(QString::number(first)));
  }

  /// The pointer finds the neuron whose place it is at, on pages of any size and zoomed in.
  void every_picture_finds_a_neuron_at_its_place() {
    for (const std::vector<NodeIndex>& sizes : {std::vector<NodeIndex>{12, 20, 9}, {784, 1568, 1568}}) {
      const auto network = random_network(sizes, 2000 * sizes[0] / 784 + 40);
      const SceneInput input{network, random_embedding(*network)};
      for (const auto& [width, height] : {std::pair(300.0, 200.0), std::pair(1200.0, 700.0)}) {
        const SceneOptions options = options_of_size(width, height);
        for (const char* picture : {"layers", "disk"}) {
          const PageTransform whole = page_of(picture, input, options);
          const NodePlacesPointer places = places_of(picture, input, options);
          for (const double zoom : {1.0, 7.5}) {
            const PageTransform seen{whole.scale_x * zoom, whole.scale_y * zoom, whole.shift_x * zoom - 11.0,
                                     whole.shift_y * zoom + 3.0};
            for (const NodeIndex node : some_nodes(*network, 40, 3)) {
              const bool is_disk = picture[0] == 'd';
              const Point data = is_disk ? in_disk(*input.embedding, node) : in_layers(*network, node);
              const Hit hit = places->at(seen.to_page(data), 6.0, seen);
              QCOMPARE(hit.nodes.size(), std::size_t{1});
              // Two neurons of the disk may be nearer to each other than a rounding.
              if (hit.nodes.front() != node) {
                QVERIFY(is_disk && is_near(in_disk(*input.embedding, hit.nodes.front()), data));
              }
              QVERIFY(!hit.words.empty());
            }
          }
        }
      }
    }
  }

  void cells_rows_and_columns_of_matrices_are_found() {
    const auto network = random_network({30, 50, 20}, 300);
    const SceneOptions options = options_of_size(900.0, 500.0);
    const SceneInput input{network};
    const Scene scene = network_scene("matrix").build(input, options, TaskControl{});
    const PageTransform seen = page_transform(scene, 900.0, 500.0);
    const NodePlacesPointer places = places_of("matrix", input, options);
    // The matrices stand beside each other, tops aligned with the upper bound, the second one after a gap.
    const double top = scene.bounds.y + scene.bounds.height;
    for (const NodeIndex row : {0U, 17U, 49U}) {
      for (const NodeIndex column : {0U, 12U, 29U}) {
        const Hit hit = places->at(seen.to_page({column + 0.5, top - row - 0.5}), 6.0, seen);
        QCOMPARE(hit.nodes, (std::vector<NodeIndex>{column, 30 + row}));
      }
      const Point beside = seen.to_page({0.0, top - row - 0.5});
      QCOMPARE(places->at({beside.x - 5.0, beside.y}, 6.0, seen).nodes, std::vector<NodeIndex>{30 + row});
    }
    const Point below = seen.to_page({7.5, top - 50.0});
    QCOMPARE(places->at({below.x, below.y - 5.0}, 6.0, seen).nodes, std::vector<NodeIndex>{7});
    QVERIFY(places->at({below.x, below.y - 40.0}, 6.0, seen).nodes.empty());
    // A band over columns 3 to 5 and rows 10 to 11 of the first matrix.
    QCOMPARE(places->within({3.2, top - 11.9, 2.5, 1.5}), (std::vector<NodeIndex>{3, 4, 5, 40, 41}));
  }

  void bands_take_what_lies_in_them() {
    const auto network = random_network({60, 80, 70}, 400);
    const SceneInput input{network, random_embedding(*network)};
    const SceneOptions options = options_of_size(600.0, 450.0);
    // A random embedding has most of its neurons near the rim.
    const Rectangle area{0.21, 0.3, 0.36, 0.45}, of_disk{0.1, 0.15, 0.9, 0.85};
    std::vector<NodeIndex> in_rows, on_disk;
    for (NodeIndex node = 0; node < network->node_count(); ++node) {
      const auto is_inside = [](const Rectangle& in, Point p) {
        return p.x >= in.x && p.x <= in.x + in.width && p.y >= in.y && p.y <= in.y + in.height;
      };
      if (is_inside(area, in_layers(*network, node))) in_rows.push_back(node);
      if (is_inside(of_disk, in_disk(*input.embedding, node))) on_disk.push_back(node);
    }
    QVERIFY(in_rows.size() > 20 && on_disk.size() > 5);
    QCOMPARE(places_of("layers", input, options)->within(area), in_rows);
    QCOMPARE(places_of("disk", input, options)->within(of_disk), on_disk);
  }

  void a_degree_stands_for_all_its_neurons() {
    const auto network = random_network({40, 50, 30}, 260);
    std::vector<NodeIndex> degrees(network->node_count(), 0);
    for (const LinkOfLayer& link : links_of(*network)) {
      ++degrees[network->first_node(link.layer) + link.input];
      ++degrees[network->first_node(link.layer + 1) + link.output];
    }
    const SceneOptions options = options_of_size(300.0, 220.0);
    const PageTransform seen = page_of("degree", {network}, options);
    const NodePlacesPointer places = places_of("degree", {network}, options);
    for (const NodeIndex degree : {5U, 8U, 11U}) {
      std::vector<NodeIndex> nodes;
      for (NodeIndex node = 0; node < degrees.size(); ++node)
        if (degrees[node] == degree) nodes.push_back(node);
      QVERIFY(!nodes.empty());
      const Point at = seen.to_page({std::log10(degree), -0.5});
      QCOMPARE(places->at(at, 6.0, seen).nodes, nodes);
    }
  }

  void marks_are_lines_to_the_neighbours_and_differ_by_shape() {
    const auto network = random_network({30, 40, 20}, 200);
    const SceneInput input{network, random_embedding(*network)};
    const SceneOptions options = options_of_size(600.0, 450.0);
    const NodeIndex node = 37;
    const Highlight highlight = highlight_of(network, {node});
    for (const char* picture : {"layers", "disk"}) {
      const auto place = [&](NodeIndex of) {
        return picture[0] == 'l' ? in_layers(*network, of) : in_disk(*input.embedding, of);
      };
      const PageTransform seen = page_of(picture, input, options);
      const auto items = places_of(picture, input, options)->marks(highlight, HighlightRole::selected, seen);
      // The last list of lines is the links, over their rims.
      const Lines* lines = nullptr;
      for (const SceneItem& item : items)
        if (const auto* found = std::get_if<Lines>(&item)) lines = found;
      QVERIFY(lines != nullptr);
      QCOMPARE(lines->starts.size(), highlight.links.size());
      for (std::size_t i = 0; i < lines->starts.size(); ++i) {
        QVERIFY(is_near(lines->points[lines->starts[i]], place(highlight.links[i].input)));
        QVERIFY(is_near(lines->points[lines->end_of(i) - 1], place(highlight.links[i].output)));
      }
      // A ring with a dot, and dots with a rim: the same ink.
      QCOMPARE(disks_at(items, place(node)).size(), std::size_t{4});
      for (const NodeIndex neighbour : highlight.neighbours)
        QCOMPARE(disks_at(items, place(neighbour)).size(), std::size_t{2});
      // Under the pointer: a ring alone.
      const auto pointed = places_of(picture, input, options)->marks(highlight, HighlightRole::pointed_at, seen);
      QCOMPARE(disks_at(pointed, place(node)).size(), std::size_t{3});
    }
  }

  void a_matrix_marks_the_cells_of_the_links_in_either_order() {
    const auto network = random_network({30, 40, 20}, 200);
    SceneInput input{network};
    std::vector<std::int32_t> communities;
    for (NodeIndex node = 0; node < network->node_count(); ++node)
      communities.push_back(static_cast<int>(node * 7 % 3));
    set_communities(input, communities);
    for (const NodeOrder order : {NodeOrder::number, NodeOrder::community}) {
      SceneOptions options = options_of_size(400.0, 300.0);
      options.order = order;
      const PageTransform seen = page_of("matrix", input, options);
      const NodePlacesPointer places = places_of("matrix", input, options);
      const Highlight highlight = highlight_of(network, {45});
      const auto items = places->marks(highlight, HighlightRole::selected, seen);
      std::set<std::pair<NodeIndex, NodeIndex>> marked, expected;
      for (const SceneItem& item : items) {
        const auto* disks = std::get_if<Disks>(&item);
        for (std::size_t i = 0; disks != nullptr && i < disks->centers.size(); ++i) {
          // What the pointer finds there is the same link.
          const Hit hit = places->at(seen.to_page(disks->centers[i]), 6.0, seen);
          QCOMPARE(hit.nodes.size(), std::size_t{2});
          QVERIFY2(hit.words.find(": link") != std::string::npos, hit.words.c_str());
          marked.emplace(hit.nodes[0], hit.nodes[1]);
        }
      }
      for (const HighlightedLink& link : highlight.links) expected.emplace(link.input, link.output);
      QVERIFY(marked == expected);
      // Around the matrices stand their titles, names and numbers.
      const Rectangle bounds = network_scene("matrix").build(input, options, {}).bounds;
      std::size_t corners = 0;
      for (const SceneItem& item : items) {
        const auto* pointers = std::get_if<Bands>(&item);
        if (pointers == nullptr) continue;
        for (const auto* side : {&pointers->lower, &pointers->upper})
          for (const Point corner : *side) {
            QVERIFY(corner.x >= bounds.x && corner.x <= bounds.x + bounds.width);
            QVERIFY(corner.y >= bounds.y && corner.y <= bounds.y + bounds.height);
            ++corners;
          }
      }
      QVERIFY(corners > 0);
    }
  }
};

DNM_TEST(TestHighlight)
#include "test_highlight.moc"
