// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/network/graph.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

Scene build_disk(const SceneInput& input, const SceneOptions& options = {}) {
  return network_scene("disk").build(input, options, TaskControl{});
}

Point place_of(const Embedding& embedding, NodeIndex node) {
  const double rho = std::tanh(0.5 * embedding.radius[node]);
  return {rho * std::cos(embedding.theta[node]), rho * std::sin(embedding.theta[node])};
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// The node at a point of the disk, by looking at all.
NodeIndex node_at(const Embedding& embedding, Point point) {
  NodeIndex best = 0;
  for (NodeIndex node = 0; node < embedding.theta.size(); ++node) {
    if (distance(place_of(embedding, node), point) < distance(place_of(embedding, best), point)) best = node;
  }
  Q_ASSERT(distance(place_of(embedding, best), point) < 1e-9);
  return best;
}

/// Centre of the circle through three points; false when they are on a line.
bool circle_through(Point a, Point b, Point c, Point& center) {
  const double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
  const double d = 2.0 * (bx * cy - by * cx);
  if (std::abs(d) < 1e-6) return false;
  center = {a.x + (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d,
            a.y + (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d};
  return true;
}

const Lines& links_of_disk(const Scene& scene) {
  const auto all = items_of<Lines>(scene);
  // The rim comes first.
  return *all.at(1);
}

}  // namespace

class TestDisk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void neurons_lie_where_the_embedding_says() {
    const auto network = random_network({40, 60, 50}, 300);
    const auto embedding = random_embedding(*network);
    const Scene scene = build_disk({network, embedding});
    const auto disks = items_of<Disks>(scene);
    QCOMPARE(disks.size(), std::size_t{1});
    QCOMPARE(disks[0]->centers.size(), std::size_t{150});
    std::vector<bool> seen(150, false);
    const Graph graph(*network);
    std::vector<std::pair<NodeIndex, float>> sizes;
    for (std::size_t index = 0; index < 150; ++index) {
      const NodeIndex node = node_at(*embedding, disks[0]->centers[index]);
      seen[node] = true;
      QCOMPARE(disks[0]->colors[index], category_color(network->layer_of(node), false));
      sizes.emplace_back(graph.degree(node), disks[0]->diameters[index]);
    }
    QVERIFY(std::find(seen.begin(), seen.end(), false) == seen.end());
    std::sort(sizes.begin(), sizes.end());
    for (std::size_t index = 1; index < sizes.size(); ++index) {
      QCOMPARE(sizes[index].second > sizes[index - 1].second, sizes[index].first > sizes[index - 1].first);
    }
  }

  void links_are_geodesics_between_their_neurons_data() {
    QTest::addColumn<QString>("file");
    QTest::addRow("general") << "karate.tsv";
    QTest::addRow("layered") << "layered_98_196_196_s90.tsv";
  }
  void links_are_geodesics_between_their_neurons() {
    QFETCH(QString, file);
    const auto network = reference_network(file.toUtf8().constData());
    const auto embedding = random_embedding(*network);
    const Scene scene = build_disk({network, embedding});
    const Lines& lines = links_of_disk(scene);
    std::vector<std::pair<NodeIndex, NodeIndex>> drawn;
    int curved = 0;
    for (std::size_t line = 0; line < lines.starts.size(); ++line) {
      const std::size_t begin = lines.starts[line], end = lines.end_of(line);
      const NodeIndex from = node_at(*embedding, lines.points[begin]), to = node_at(*embedding, lines.points[end - 1]);
      drawn.emplace_back(std::min(from, to), std::max(from, to));
      Point center;
      if (end - begin < 5 ||
          !circle_through(lines.points[begin], lines.points[(begin + end) / 2], lines.points[end - 1], center)) {
        continue;
      }
      ++curved;
      // Orthogonal to the rim: |centre|² = 1 + radius²; and every point on the same circle.
      const double radius = distance(center, lines.points[begin]);
      QVERIFY(std::abs(center.x * center.x + center.y * center.y - 1.0 - radius * radius) <
              1e-6 * (1.0 + radius * radius));
      for (std::size_t point = begin; point < end; ++point) {
        QVERIFY(std::abs(distance(center, lines.points[point]) - radius) < 1e-7 * (1.0 + radius));
      }
    }
    std::sort(drawn.begin(), drawn.end());
    QVERIFY(drawn == Graph(*network).links());
    QVERIFY(curved > 20);
  }

  void native_disk_shows_radii_as_they_are() {
    const auto network = reference_network("karate.tsv");
    const auto embedding = random_embedding(*network);
    SceneOptions options;
    options.disk = DiskProjection::Kind::native;
    const Scene scene = build_disk({network, embedding}, options);
    const double extent = *std::max_element(embedding->radius.begin(), embedding->radius.end());
    std::vector<double> expected, drawn;
    for (const double radius : embedding->radius) expected.push_back(radius / extent);
    for (const Point center : items_of<Disks>(scene)[0]->centers) drawn.push_back(std::hypot(center.x, center.y));
    std::sort(expected.begin(), expected.end());
    std::sort(drawn.begin(), drawn.end());
    for (std::size_t node = 0; node < expected.size(); ++node) QVERIFY(std::abs(expected[node] - drawn[node]) < 1e-12);
  }

  void the_disk_between_has_the_weighted_mean_of_both_radii_data() {
    QTest::addColumn<double>("weight");
    for (const double weight : {0.0, 0.3, 1.0}) QTest::addRow("%.1f", weight) << weight;
  }
  void the_disk_between_has_the_weighted_mean_of_both_radii() {
    QFETCH(double, weight);
    const auto network = reference_network("karate.tsv");
    const auto embedding = random_embedding(*network);
    SceneOptions options;
    options.disk = DiskProjection::Kind::between;
    options.poincare = weight;
    const Scene scene = build_disk({network, embedding}, options);
    const double extent = *std::max_element(embedding->radius.begin(), embedding->radius.end());
    std::vector<double> expected, drawn;
    for (const double radius : embedding->radius) {
      expected.push_back(weight * std::tanh(0.5 * radius) + (1.0 - weight) * radius / extent);
    }
    for (const Point center : items_of<Disks>(scene)[0]->centers) drawn.push_back(std::hypot(center.x, center.y));
    std::sort(expected.begin(), expected.end());
    std::sort(drawn.begin(), drawn.end());
    for (std::size_t node = 0; node < expected.size(); ++node) QVERIFY(std::abs(expected[node] - drawn[node]) < 1e-12);
    // Links at the ends of the slider are those of the two disks, within the tolerance of a curve.
    if (weight > 0.0 && weight < 1.0) return;
    options.disk = weight == 0.0 ? DiskProjection::Kind::native : DiskProjection::Kind::poincare;
    const Scene other = build_disk({network, embedding}, options);
    const Lines &between = links_of_disk(scene), &pure = links_of_disk(other);
    QCOMPARE(between.starts.size(), pure.starts.size());
    for (std::size_t line = 0; line < between.starts.size(); ++line) {
      for (std::size_t point = between.starts[line]; point < between.end_of(line); ++point) {
        double nearest = 1e9;
        for (std::size_t corner = pure.starts[line]; corner + 1 < pure.end_of(line); ++corner) {
          const Point a = pure.points[corner], b = pure.points[corner + 1], p = between.points[point];
          const double x = b.x - a.x, y = b.y - a.y, squared = x * x + y * y;
          const double part = squared > 0.0 ? std::clamp(((p.x - a.x) * x + (p.y - a.y) * y) / squared, 0.0, 1.0) : 0.0;
          nearest = std::min(nearest, std::hypot(a.x + part * x - p.x, a.y + part * y - p.y));
        }
        QVERIFY2(nearest < 6e-3, qPrintable(QString::number(nearest)));
      }
    }
  }

  void no_neuron_leaves_the_page_or_lies_over_the_legend() {
    for (const std::vector<NodeIndex>& sizes :
         {std::vector<NodeIndex>{3, 2}, {12, 8}, {12, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8}, {98, 196, 196}}) {
      const auto network = random_network(sizes, sizes[0] * sizes[1] / 3);
      auto embedding = std::make_shared<Embedding>(*random_embedding(*network));
      std::fill(embedding->radius.begin(), embedding->radius.end(), 20.0);  // all at the rim
      for (NodeIndex node = 0; node < network->node_count(); ++node)
        embedding->theta[node] = 2.0 * std::numbers::pi * node / network->node_count();
      for (const double width : {120.0, 350.0, 900.0}) {
        SceneOptions options;
        options.width_points = width;
        options.height_points = 0.8 * width;
        const Scene scene = build_disk({network, embedding}, options);
        const PageTransform page = page_transform(scene, options.width_points, options.height_points);
        const Disks& disks = *items_of<Disks>(scene).at(0);
        double lowest = options.height_points;
        for (std::size_t index = 0; index < disks.centers.size(); ++index) {
          const Point center = page.to_page(disks.centers[index]);
          const double reach = 0.5 * disks.diameters[index];
          QVERIFY(center.x - reach >= 0.0 && center.x + reach <= options.width_points);
          QVERIFY(center.y - reach >= 0.0 && center.y + reach <= options.height_points);
          lowest = std::min(lowest, center.y - reach);
        }
        for (const Text* text : items_of<Text>(scene))
          QVERIFY(page.to_page(text->position).y + text->offset.y + 0.35 * text->size <= lowest);
      }
    }
  }

  void links_that_are_left_out_are_counted() {
    const auto network = reference_network("layered_98_196_196_s90.tsv");
    SceneOptions options;
    options.link_limit = 700;
    const Scene scene = build_disk({network, random_embedding(*network)}, options);
    QCOMPARE(links_of_disk(scene).starts.size(), std::size_t{700});
    QCOMPARE(scene.note, std::string("700 of 5,763 links drawn"));
  }

  void neurons_that_are_not_embedded_are_grey() {
    const auto network = reference_network("karate_plus_fragments.tsv");
    auto embedding = std::make_shared<Embedding>(*random_embedding(*network));
    const Components components = connected_components(Graph(*network));
    embedding->component = components.component_of;
    const Scene scene = build_disk({network, embedding});
    std::size_t grey = 0;
    for (const Color color : items_of<Disks>(scene)[0]->colors) grey += color == palette(false).aside;
    QCOMPARE(grey, std::size_t{9});
    const auto texts = items_of<Text>(scene);
    QVERIFY(std::any_of(texts.begin(), texts.end(), [](const Text* text) { return text->text == "not embedded"; }));
  }

  void a_missing_embedding_is_reported() {
    const auto network = reference_network("karate.tsv");
    auto other = std::make_shared<Embedding>(*random_embedding(*network));
    other->theta.pop_back();
    for (const std::shared_ptr<const Embedding>& embedding :
         {std::shared_ptr<const Embedding>(), std::shared_ptr<const Embedding>(other)}) {
      const Scene scene = build_disk({network, embedding});
      const auto texts = items_of<Text>(scene);
      QCOMPARE(texts.size(), std::size_t{1});
      QVERIFY(texts[0]->text.starts_with("computing"));
    }
  }

  void pointing_at_a_neuron_names_it() {
    const auto network = random_network({40, 60, 50}, 300);
    const auto embedding = random_embedding(*network);
    const Graph graph(*network);
    const std::string words = hit_at("disk", {network, embedding}, {}, place_of(*embedding, 57), 1e-6).words;
    QVERIFY2(words.starts_with("layer 1 neuron 17: " + std::to_string(graph.degree(57)) + " link"), words.c_str());
    QVERIFY(hit_at("disk", {network, embedding}, {}, {5.0, 5.0}, 0.01).words.empty());
    NodeNames names;
    for (NodeIndex node = 0; node < network->node_count(); ++node) {
      names.ids.push_back(node == 57 ? "TP53\n" + std::string(100, 'x') : std::to_string(node));
    }
    const auto named = std::make_shared<const Network>(network->with_names(names));
    const std::string name = hit_at("disk", {named, embedding}, {}, place_of(*embedding, 57), 1e-6).words;
    QVERIFY2(name.starts_with("TP53 xxxx") && name.find("x… (layer 1 neuron 17): ") != std::string::npos, name.c_str());
  }
};

DNM_TEST(TestDisk)
#include "test_disk.moc"
