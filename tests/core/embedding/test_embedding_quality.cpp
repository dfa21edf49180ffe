// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <functional>

#include <nlohmann/json.hpp>

#include "core/embedding/embedding_quality.h"
#include "core/embedding/hyperbolic_disk.h"
#include "core/support/error.h"
#include "tests/core/embedding/reference_embedding.h"

using dnm::Embedding;
using dnm::Graph;
using dnm::NodeIndex;

namespace {

/// The embedding that the reference gives for one variant.
Embedding reference_embedding(const std::string& name, const std::string& variant) {
  Embedding embedding;
  embedding.theta = dnm::reference::column(name, variant);
  embedding.radius = dnm::reference::column(name, "r");
  embedding.component.assign(embedding.theta.size(), 0);
  return embedding;
}

double distance(const Embedding& embedding, NodeIndex u, NodeIndex v) {
  return dnm::hyperbolic_distance({embedding.theta[u], embedding.radius[u]}, {embedding.theta[v], embedding.radius[v]});
}

/// Drawn lengths of all shortest paths, one by one.
std::vector<double> drawn_lengths(const Graph& graph, const Embedding& embedding, NodeIndex from, NodeIndex to,
                                  NodeIndex links) {
  if (links == 0) return from == to ? std::vector<double>{0.0} : std::vector<double>{};
  std::vector<double> lengths;
  for (const NodeIndex next : graph.neighbours(from)) {
    for (const double rest : drawn_lengths(graph, embedding, next, to, links - 1)) {
      lengths.push_back(distance(embedding, from, next) + rest);
    }
  }
  return lengths;
}

}  // namespace

class TestEmbeddingQuality : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void greedy_routing_equals_the_reference() {
    int compared = 0;
    for (const std::string name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      std::ifstream file(DNM_REFERENCE_DIR "/" + name + "_coemb.json");
      const auto reference = nlohmann::json::parse(file);
      const Graph graph = dnm::reference::graph(name);
      for (const auto& [variant, expected] : reference.at("variants").items()) {
        if (!expected.contains("GR_score") || variant.find("-LE-") == std::string::npos) continue;
        const auto quality = dnm::embedding_quality(graph, reference_embedding(name, variant)).value();
        // Angles are written with twelve digits, so a near tie may fall the other way.
        QVERIFY(std::abs(quality.greedy_routing.score - expected["GR_score"].get<double>()) < 1e-5);
        QVERIFY(std::abs(quality.greedy_routing.success - expected["succ_paths"].get<double>()) < 1e-5);
        QVERIFY(std::abs(quality.greedy_routing.mean_length - expected["avg_length"].get<double>()) < 1e-4);
        ++compared;
      }
    }
    QVERIFY(compared >= 12);
  }

  void geometrical_congruence_equals_brute_force_and_the_reference() {
    const Graph graph = dnm::reference::graph("karate");
    const Embedding embedding = reference_embedding("karate", "RA2-ncISO-EA");
    double sum = 0.0;
    int pairs = 0;
    for (NodeIndex v = 0; v < graph.node_count(); ++v) {
      for (NodeIndex u = 0; u < v; ++u) {
        if (graph.has_link(u, v)) continue;
        std::vector<double> lengths;
        for (NodeIndex links = 2; lengths.empty(); ++links) lengths = drawn_lengths(graph, embedding, u, v, links);
        double mean = 0.0;
        for (const double length : lengths) mean += length / static_cast<double>(lengths.size());
        sum += distance(embedding, u, v) / mean;
        ++pairs;
      }
    }
    const double found = dnm::embedding_quality(graph, embedding).value().geometrical_congruence.value();
    QVERIFY(std::abs(found - sum / pairs) < 1e-10);
    // The reference's own embedding ranks structurally equivalent nodes differently.
    QVERIFY(std::abs(found - 0.697800) < 5e-4);
  }

  void a_turn_changes_nothing() {
    const Graph graph = dnm::reference::graph("karate_plus_fragments");
    const Embedding embedding = dnm::embed(graph);
    Embedding moved = embedding;
    for (double& theta : moved.theta) theta = std::fmod(2.0 * std::numbers::pi + 0.4 - theta, 2.0 * std::numbers::pi);
    const auto expected = dnm::embedding_quality(graph, embedding).value();
    const auto found = dnm::embedding_quality(graph, dnm::aligned(embedding, moved)).value();
    QVERIFY(std::abs(found.greedy_routing.score - expected.greedy_routing.score) < 1e-12);
    QVERIFY(std::abs(*found.geometrical_congruence - *expected.geometrical_congruence) < 1e-9);
  }

  void only_the_embedded_component_counts() {
    const auto whole = dnm::embedding_quality(dnm::reference::graph("karate_plus_fragments"),
                                              dnm::embed(dnm::reference::graph("karate_plus_fragments")));
    const auto alone =
        dnm::embedding_quality(dnm::reference::graph("karate"), dnm::embed(dnm::reference::graph("karate")));
    QVERIFY(std::abs(whole.value().greedy_routing.score - alone.value().greedy_routing.score) < 1e-12);
    QVERIFY(std::abs(*whole.value().geometrical_congruence - *alone.value().geometrical_congruence) < 1e-9);
  }

  void threads_change_nothing() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const Embedding embedding = dnm::embed(graph);
    QCOMPARE(dnm::embedding_quality(graph, embedding, 1).value().greedy_routing.score,
             dnm::embedding_quality(graph, embedding, 4).value().greedy_routing.score);
  }

  void small_and_wrong_input() {
    const std::vector<std::pair<NodeIndex, NodeIndex>> link{{0, 1}};
    const Graph pair(2, link), single(1, {});
    QVERIFY(!dnm::embedding_quality(single, dnm::embed(single)).has_value());
    const auto quality = dnm::embedding_quality(pair, dnm::embed(pair)).value();
    QCOMPARE(quality.greedy_routing.score, 1.0);
    QCOMPARE(quality.greedy_routing.success, 1.0);
    QVERIFY(!quality.geometrical_congruence.has_value());
    QVERIFY_EXCEPTION_THROWN((void)dnm::embedding_quality(pair, dnm::embed(single)), dnm::InvalidInput);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)dnm::embedding_quality(pair, dnm::embed(pair), 1, {stop.get_token(), {}}),
                             dnm::Cancelled);
  }
};

QTEST_APPLESS_MAIN(TestEmbeddingQuality)
#include "test_embedding_quality.moc"
