// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/embedding/embedding.h"
#include "core/embedding/full_turn.h"
#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/embedding/reference_embedding.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/support/test_class.h"

using dnm::AngleAdjustment;
using dnm::Embedding;
using dnm::EmbeddingMethod;
using dnm::full_turn;
using dnm::Graph;
using dnm::LinkWeights;
using dnm::NodeIndex;
using dnm::Reduction;
using dnm::test::Links;

namespace {

bool in_range(const Embedding& embedding) {
  return std::ranges::all_of(embedding.theta, [](double t) { return t >= 0.0 && t < full_turn; }) &&
         std::ranges::all_of(embedding.radius, [](double r) { return std::isfinite(r) && r >= 0.0; });
}

Embedding turned(Embedding embedding, double angle, bool mirror) {
  for (double& theta : embedding.theta) {
    theta = std::fmod((mirror ? -theta : theta) + angle + 2.0 * full_turn, full_turn);
  }
  return embedding;
}

double largest_shift(const Embedding& a, const Embedding& b) {
  double worst = 0.0;
  for (std::size_t u = 0; u < a.theta.size(); ++u) {
    worst = std::max(worst, std::abs(std::remainder(a.theta[u] - b.theta[u], full_turn)));
  }
  return worst;
}

}  // namespace

class TestEmbedding : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void angles_and_radii_equal_the_reference() {
    for (const std::string name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      const Graph graph = dnm::reference::graph(name);
      const std::vector<double> radii = dnm::reference::column(name, "r");
      for (const std::string method : {"original-LE-original", "RA1-LE-original", "RA2-LE-original"}) {
        const Embedding found = dnm::embed(graph, dnm::parse_embedding_method(method));
        QCOMPARE(found.method, method);
        QVERIFY(found.note.empty());
        QVERIFY(in_range(found));
        QVERIFY(dnm::reference::angle_difference(found.theta, dnm::reference::column(name, method)) < 1e-9);
        for (std::size_t u = 0; u < radii.size(); ++u) QVERIFY(std::abs(found.radius[u] - radii[u]) < 1e-12);
      }
    }
  }

  void equidistant_angles_equal_the_reference() {
    // Nodes of the same original angle may swap ranks, which turns the whole by less than a quarter of a step.
    for (const std::string name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      for (const std::string method : {"original-LE-", "RA1-LE-", "RA2-LE-"}) {
        const std::vector<double> original = dnm::reference::column(name, method + "original");
        Embedding expected;
        expected.theta = dnm::reference::column(name, method + "EA");
        const Graph graph = dnm::reference::graph(name);
        const Embedding found = dnm::aligned(dnm::embed(graph, dnm::parse_embedding_method(method + "EA")), expected);
        const double quarter_step = 0.25 * full_turn / static_cast<double>(original.size());
        for (std::size_t u = 0; u < original.size(); ++u) {
          bool same = false;
          for (std::size_t v = 0; v < original.size(); ++v) {
            same |= std::abs(std::remainder(original[u] - original[v], full_turn)) < 1e-9 &&
                    std::abs(std::remainder(found.theta[u] - expected.theta[v], full_turn)) < quarter_step;
          }
          QVERIFY(same);
        }
      }
    }
  }

  void equidistant_angles_are_equidistant() {
    const Embedding embedding = dnm::embed(dnm::reference::graph("karate"));
    std::vector<double> theta = embedding.theta;
    std::ranges::sort(theta);
    for (std::size_t i = 0; i < theta.size(); ++i) {
      QVERIFY(std::abs(theta[i] - full_turn * static_cast<double>(i) / static_cast<double>(theta.size())) < 1e-12);
    }
  }

  void names_go_there_and_back() {
    for (std::size_t w = 0; w < dnm::link_weights_options().size(); ++w) {
      for (std::size_t r = 0; r < dnm::reduction_options().size(); ++r) {
        for (std::size_t a = 0; a < dnm::angle_adjustment_options().size(); ++a) {
          const EmbeddingMethod method{static_cast<LinkWeights>(w), static_cast<Reduction>(r),
                                       static_cast<AngleAdjustment>(a)};
          QCOMPARE(dnm::parse_embedding_method(dnm::embedding_method_name(method)), method);
        }
      }
    }
    QCOMPARE(dnm::embedding_method_name({}), std::string("RA1-LE-EA"));
    for (const char* wrong : {"", "RA1", "RA1-LE", "RA1-LE-EA-EA", "RA3-LE-EA", "RA1-XY-EA", "RA1-LE-", "-LE-EA"}) {
      QVERIFY_EXCEPTION_THROWN((void)dnm::parse_embedding_method(wrong), dnm::InvalidInput);
    }
  }

  void fragments_stand_beside_the_largest_component() {
    const Graph graph = dnm::reference::graph("karate_plus_fragments");
    const dnm::Components components = dnm::connected_components(graph);
    const Embedding embedding = dnm::embed(graph);
    QVERIFY(in_range(embedding));
    QCOMPARE(embedding.component, components.component_of);
    QVERIFY(embedding.note.find("34 of 43 nodes") != std::string::npos);

    // The largest component is that of karate alone, on its share of the circle.
    const Embedding alone = dnm::embed(dnm::reference::graph("karate"));
    QVERIFY(std::abs(embedding.arc - full_turn * 34.0 / 43.0) < 1e-12);
    double rim = 0.0;
    for (NodeIndex u = 0, k = 0; u < graph.node_count(); ++u) {
      if (components.component_of[u] != 0) continue;
      QVERIFY(std::abs(embedding.theta[u] - alone.theta[k] * 34.0 / 43.0) < 1e-12);
      QVERIFY(std::abs(embedding.radius[u] - alone.radius[k]) < 1e-12);
      rim = std::max(rim, alone.radius[k++]);
    }
    // The others follow in order, each on an arc of its size; isolated nodes on the rim.
    for (NodeIndex u = 0; u < graph.node_count(); ++u) {
      const NodeIndex c = components.component_of[u];
      if (c == 0) continue;
      NodeIndex before = 0;
      for (NodeIndex d = 0; d < c; ++d) before += components.sizes[d];
      QVERIFY(embedding.theta[u] > full_turn * before / 43.0 - 1e-12);
      QVERIFY(embedding.theta[u] < full_turn * (before + components.sizes[c]) / 43.0);
      if (components.sizes[c] == 1) QVERIFY(std::abs(embedding.radius[u] - rim) < 1e-12);
      QVERIFY(embedding.radius[u] <= rim + 1e-12);
    }
  }

  void equal_degrees_lie_near_the_rim() {
    Links ring;
    for (NodeIndex u = 0; u < 60; ++u) ring.emplace_back(u, (u + 1) % 60);
    const Embedding embedding = dnm::embed(Graph(60, ring));
    QVERIFY(embedding.note.find("all degrees are equal") != std::string::npos);
    QVERIFY(std::abs(embedding.beta - 1.0 / 9.0) < 1e-15);
    for (const double radius : embedding.radius) QVERIFY(radius > 0.8 * 2.0 * std::log(60.0));
    // Neighbours on the ring are neighbours on the disk.
    for (NodeIndex u = 0; u < 60; ++u) {
      const double turn = std::remainder(embedding.theta[(u + 1) % 60] - embedding.theta[u], full_turn);
      QVERIFY(std::abs(std::abs(turn) - full_turn / 60.0) < 1e-9);
    }
  }

  void tiny_networks_have_a_place_too() {
    for (const char* name : {"RA1-LE-EA", "original-LE-original"}) {
      const EmbeddingMethod method = dnm::parse_embedding_method(name);
      for (NodeIndex nodes = 0; nodes <= 4; ++nodes) {
        // Every graph on up to four nodes.
        Links all;
        for (NodeIndex v = 0; v < nodes; ++v) {
          for (NodeIndex u = 0; u < v; ++u) all.emplace_back(u, v);
        }
        for (std::uint32_t choice = 0; choice < (1U << all.size()); ++choice) {
          Links links;
          for (std::size_t k = 0; k < all.size(); ++k) {
            if ((choice >> k & 1U) != 0) links.push_back(all[k]);
          }
          const Embedding embedding = dnm::embed(Graph(nodes, links), method);
          QCOMPARE(embedding.theta.size(), std::size_t{nodes});
          QCOMPARE(embedding.component.size(), std::size_t{nodes});
          QVERIFY(in_range(embedding));
          if (links.empty()) QVERIFY(!embedding.note.empty());
        }
      }
    }
    const Embedding pair = dnm::embed(Graph(2, Links{{0, 1}}));
    QVERIFY(std::abs(std::abs(pair.theta[0] - pair.theta[1]) - std::numbers::pi) < 1e-12);
    const Embedding unlinked = dnm::embed(Graph(4, Links{}));
    for (NodeIndex u = 0; u < 4; ++u) QVERIFY(std::abs(unlinked.theta[u] - full_turn * u / 4.0) < 1e-12);
  }

  void says_when_link_weights_cut_the_network_apart() {
    // Two stars, their hubs joined: exp(-(w / mean)²) of that link is far below rounding.
    Links links{{0, 1}};
    for (NodeIndex u = 2; u < 3000; ++u) links.emplace_back(u % 2, u);
    for (const char* name : {"RA1-LE-EA", "RA2-LE-original"}) {
      const Embedding embedding = dnm::embed(Graph(3000, links), dnm::parse_embedding_method(name));
      QVERIFY(in_range(embedding));
      QVERIFY(embedding.note.find("all but cut") != std::string::npos);
    }
    QVERIFY(dnm::embed(Graph(3000, links), dnm::parse_embedding_method("original-LE-EA")).note.empty());
  }

  void alignment_undoes_any_rotation_and_reflection() {
    const Embedding original =
        dnm::embed(dnm::reference::graph("npso_100_T0"), dnm::parse_embedding_method("RA1-LE-original"));
    dnm::Random random(5);
    for (int i = 0; i < 50; ++i) {
      const Embedding moved = turned(original, random.uniform(0.0, full_turn), i % 2 == 1);
      const Embedding back = dnm::aligned(moved, original);
      QVERIFY(largest_shift(back, original) < 1e-12);
      QCOMPARE(back.radius, original.radius);
      QVERIFY(in_range(back));
    }
  }

  void alignment_is_the_best_there_is() {
    const auto score = [](const Embedding& a, const Embedding& b) {
      double sum = 0.0;
      for (std::size_t u = 0; u < a.theta.size(); ++u) sum += std::cos(a.theta[u] - b.theta[u]);
      return sum;
    };
    const Graph graph = dnm::reference::graph("karate");
    const Embedding previous = dnm::embed(graph, dnm::parse_embedding_method("RA2-LE-EA"));
    const Embedding next = dnm::embed(graph, dnm::parse_embedding_method("RA1-LE-original"));
    const double best = score(dnm::aligned(next, previous), previous);
    for (int i = 0; i < 3600; ++i) {
      for (const bool mirror : {false, true}) {
        QVERIFY(score(turned(next, full_turn * i / 3600.0, mirror), previous) <= best + 1e-9);
      }
    }
  }

  void alignment_moves_the_arc_along() {
    const Graph graph = dnm::reference::graph("karate_plus_fragments");
    const Embedding original = dnm::embed(graph);
    for (const bool mirror : {false, true}) {
      const Embedding moved = dnm::aligned(original, turned(original, 1.3, mirror));
      for (std::size_t u = 0; u < moved.theta.size(); ++u) {
        const double into = std::fmod(moved.theta[u] - moved.arc_begin + 2.0 * full_turn + 1e-9, full_turn);
        if (moved.component[u] == 0) QVERIFY(into < moved.arc + 2e-9);
      }
    }
  }

  void alignment_survives_resized_layers() {
    // A ring of neurons keeps its place on the disk when its layers grow.
    const auto ring = [](std::vector<NodeIndex> layers) {
      dnm::ModelParameters parameters;
      parameters.layer_sizes = std::move(layers);
      return dnm::embed(Graph(*dnm::generate(parameters).network));
    };
    const Embedding before = ring({98, 196, 196});
    for (const bool mirror : {false, true}) {
      const Embedding after = dnm::aligned(turned(ring({110, 210, 180}), 2.0, mirror), before);
      for (NodeIndex i = 0; i < 98; ++i) {
        const double shift = after.theta[i * 110 / 98] - before.theta[i];
        QVERIFY(std::abs(std::remainder(shift, full_turn)) < 0.6);
      }
    }
  }

  void alignment_leaves_another_network_alone() {
    const Embedding karate = dnm::embed(dnm::reference::graph("karate"));
    const Embedding npso = dnm::embed(dnm::reference::graph("npso_100_T0"));
    QCOMPARE(dnm::aligned(karate, npso).theta, karate.theta);
  }

  void copies_of_a_network_have_one_orientation_data() {
    QTest::addColumn<QByteArray>("name");
    for (const char* name :
         {"karate", "npso_100_T0", "karate_plus_fragments", "grid_3x3", "toy_A", "toy_B", "layered_98_196_196_s90"}) {
      QTest::newRow(name) << QByteArray(name);
    }
  }
  void copies_of_a_network_have_one_orientation() {
    QFETCH(QByteArray, name);
    const Graph graph = dnm::reference::graph(name.toStdString());
    for (const char* method : {"RA1-LE-EA", "RA1-LE-original", "RA1-MCE-EA"}) {
      const Embedding raw = dnm::embed(graph, dnm::parse_embedding_method(method));
      const Embedding standard = dnm::in_standard_orientation(raw);
      QVERIFY(in_range(standard));
      QCOMPARE(standard.radius, raw.radius);
      QCOMPARE(dnm::in_standard_orientation(raw).theta, standard.theta);  // to the bit
      dnm::Random random(7);
      for (int i = 0; i < 40; ++i) {
        const Embedding copy = turned(raw, random.uniform(0.0, full_turn), i % 2 == 1);
        QVERIFY2(largest_shift(dnm::in_standard_orientation(copy), standard) < 1e-9, method);
      }
    }
  }

  void no_orientation_keeps_the_order_of_the_nodes_better() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    const Embedding raw = dnm::embed(graph);
    const auto score = [&](const Embedding& embedding) {
      double sum = 0.0;
      std::size_t node = 0;
      for (const double size : {98.0, 196.0, 196.0})
        for (int i = 0; i < size; ++i) sum += std::cos(embedding.theta[node++] - full_turn * (i + 0.5) / size);
      return sum;
    };
    const double best = score(dnm::in_standard_orientation(raw));
    for (int i = 0; i < 3600; ++i) {
      for (const bool mirror : {false, true})
        QVERIFY(score(turned(raw, full_turn * i / 3600.0, mirror)) <= best + 1e-9);
    }
  }

  void ties_of_orientation_go_by_the_lowest_node() {
    // Corners of polygons, in orders that match the even places as well in the mirror (square) and also after every
    // rotation (octagon).
    for (const std::vector<int>& order : {std::vector{0, 2, 1, 3}, std::vector{0, 3, 6, 1, 4, 7, 2, 5}}) {
      Embedding polygon;
      for (const int corner : order) polygon.theta.push_back(full_turn * corner / static_cast<double>(order.size()));
      polygon.radius.assign(order.size(), 1.0);
      polygon.component.assign(order.size(), 0);
      const Embedding standard = dnm::in_standard_orientation(polygon);
      for (int i = 0; i < 16; ++i) {
        for (const bool mirror : {false, true}) {
          const Embedding copy = turned(polygon, full_turn * (i + 0.25) / 16.0, mirror);
          QVERIFY(largest_shift(dnm::in_standard_orientation(copy), standard) < 1e-9);
        }
      }
    }
    // A disk of one node or none has nothing to turn.
    for (const std::size_t nodes : {0U, 1U}) {
      Embedding small;
      small.theta.assign(nodes, 2.0);
      QCOMPARE(dnm::in_standard_orientation(small).theta, small.theta);
    }
  }

  void stops_on_request() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)dnm::embed(dnm::reference::graph("karate"), {}, {stop.get_token(), {}}),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestEmbedding)
#include "test_embedding.moc"
