// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/embedding/embedding_agreement.h"
#include "core/embedding/embedding_quality.h"
#include "core/embedding/hyperbolic_disk.h"
#include "core/support/error.h"
#include "tests/core/embedding/reference_embedding.h"
#include "tests/core/reference_values.h"
#include "tests/support/test_class.h"

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

/// Shortest ways along drawn links, every node in turn as a stop-over.
std::vector<double> shortest_drawn(const Graph& graph, const Embedding& embedding) {
  const NodeIndex n = graph.node_count();
  std::vector<double> length(std::size_t{n} * n, 1e300);
  for (NodeIndex u = 0; u < n; ++u) {
    length[u * n + u] = 0.0;
    for (const NodeIndex v : graph.neighbours(u)) length[u * n + v] = distance(embedding, u, v);
  }
  for (NodeIndex w = 0; w < n; ++w) {
    for (NodeIndex u = 0; u < n; ++u) {
      for (NodeIndex v = 0; v < n; ++v) {
        length[u * n + v] = std::min(length[u * n + v], length[u * n + w] + length[w * n + v]);
      }
    }
  }
  return length;
}

std::vector<dnm::PolarPoint> places_of(const Embedding& embedding) {
  std::vector<dnm::PolarPoint> places;
  for (std::size_t u = 0; u < embedding.theta.size(); ++u) places.push_back({embedding.theta[u], embedding.radius[u]});
  return places;
}

}  // namespace

class TestEmbeddingQuality : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void greedy_routing_equals_the_reference() {
    int compared = 0;
    for (const std::string name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      const auto reference = dnm::reference::values(name + "_coemb.json");
      const Graph graph = dnm::reference::graph(name);
      for (const auto& [variant, expected] : reference.at("variants").items()) {
        if (!expected.contains("GR_score")) continue;
        const auto quality = dnm::embedding_quality(graph, reference_embedding(name, variant)).value();
        // Angles are written with twelve digits. Spanning trees of equal links put many nodes at all but the same
        // angle, and a packet's choice between two of those is left to the digits that are missing.
        const bool crowded = name.starts_with("lay") && variant.starts_with("RA") && variant.ends_with("MCE-original");
        const double slack = crowded ? 1e-2 : 1e-9;
        QVERIFY(std::abs(quality.greedy_routing.score - expected["GR_score"].get<double>()) < slack);
        QVERIFY(std::abs(quality.greedy_routing.success - expected["succ_paths"].get<double>()) < slack);
        QVERIFY(std::abs(quality.greedy_routing.mean_length - expected["avg_length"].get<double>()) < slack);
        ++compared;
      }
    }
    QVERIFY(compared >= 90);
  }

  void geometrical_congruence_equals_brute_force() {
    const Graph graph = dnm::reference::graph("karate");
    const Embedding embedding = reference_embedding("karate", "RA2-ncISO-EA");
    const std::vector<double> shortest = shortest_drawn(graph, embedding);
    double sum = 0.0, path_sum = 0.0;
    int pairs = 0;
    for (NodeIndex v = 0; v < graph.node_count(); ++v) {
      for (NodeIndex u = 0; u < v; ++u) {
        if (graph.has_link(u, v)) continue;
        std::vector<double> lengths;
        for (NodeIndex links = 2; lengths.empty(); ++links) lengths = drawn_lengths(graph, embedding, u, v, links);
        double mean = 0.0;
        for (const double length : lengths) mean += length / static_cast<double>(lengths.size());
        sum += distance(embedding, u, v) / mean;
        path_sum += shortest[u * graph.node_count() + v] / mean;
        ++pairs;
      }
    }
    const auto found = dnm::embedding_quality(graph, embedding).value();
    QVERIFY(std::abs(*found.geometrical_congruence - sum / pairs) < 1e-10);
    QVERIFY(std::abs(*found.geometrical_path_congruence - path_sum / pairs) < 1e-10);
  }

  void congruence_equals_the_reference_for_its_second_tool() {
    // Nodes with the same links are alike to the embedding, and each tool ranks them its own way. The quoted values
    // belong to the second tool's ranks, which are those that correlate with the first's as the reference says.
    const Graph graph = dnm::reference::graph("karate");
    const std::vector<double> original = dnm::reference::column("karate", "RA2-ncISO-original");
    const Embedding first = reference_embedding("karate", "RA2-ncISO-EA");
    std::vector<std::vector<std::size_t>> alike;
    for (std::size_t u = 0; u < original.size(); ++u) {
      const auto group = std::ranges::find_if(alike, [&](const auto& members) {
        return std::abs(std::remainder(original[u] - original[members.front()], 2.0 * std::numbers::pi)) < 1e-9;
      });
      group == alike.end() ? alike.push_back({u}) : group->push_back(u);
    }
    int arrangements = 0, second_tool = 0;
    Embedding arranged = first;
    const std::function<void(std::size_t)> arrange = [&](std::size_t group) {
      if (group == alike.size()) {
        ++arrangements;
        const double agreement =
            dnm::embedding_agreement(places_of(first), places_of(arranged), 1).value().hd_correlation.value();
        if (std::abs(agreement - 0.9842262225418456) > 1e-9) return;
        ++second_tool;
        const auto quality = dnm::embedding_quality(graph, arranged, 1).value();
        QVERIFY(std::abs(quality.greedy_routing.score - 0.870841) < 5e-7);
        QVERIFY(std::abs(quality.greedy_routing.success - 0.904635) < 5e-7);
        QVERIFY(std::abs(*quality.geometrical_congruence - 0.697800) < 5e-7);
        QVERIFY(std::abs(*quality.geometrical_path_congruence - 0.932187) < 5e-7);
        return;
      }
      std::vector<std::size_t> order = alike[group];
      do {
        for (std::size_t i = 0; i < order.size(); ++i) arranged.theta[alike[group][i]] = first.theta[order[i]];
        arrange(group + 1);
      } while (std::ranges::next_permutation(order).found);
    };
    arrange(0);
    QCOMPARE(arrangements, 2 * 2 * 120 * 2);
    QCOMPARE(second_tool, 1);
  }

  void layers_and_communities_are_told_apart() {
    // A ring of thin layers: with angles in the order of nodes each layer has its arc.
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    Embedding embedding = reference_embedding("layered_98_196_196_s90", "RA1-LE-EA");
    const std::vector<std::int32_t> halves = [] {
      std::vector<std::int32_t> numbers(490, 0);
      std::fill(numbers.begin() + 245, numbers.end(), 1);
      return numbers;
    }();
    const auto mixed = dnm::embedding_quality(graph, embedding, 0, {}, halves).value();
    QVERIFY(mixed.layer_separation.value().index < 0.5);
    for (std::size_t u = 0; u < 490; ++u) {
      embedding.theta[u] = 2.0 * std::numbers::pi * static_cast<double>(u) / 490.0;
    }
    const auto sorted = dnm::embedding_quality(graph, embedding, 0, {}, halves).value();
    QCOMPARE(sorted.layer_separation.value().index, 1.0);
    QCOMPARE(sorted.community_separation.value().index, 1.0);
    QVERIFY(!dnm::embedding_quality(graph, embedding).value().community_separation.has_value());
    const Graph karate = dnm::reference::graph("karate");
    QVERIFY(!dnm::embedding_quality(karate, dnm::embed(karate)).value().layer_separation.has_value());
    QVERIFY_EXCEPTION_THROWN((void)dnm::embedding_quality(karate, dnm::embed(karate), 1, {}, halves),
                             dnm::InvalidInput);
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

DNM_TEST(TestEmbeddingQuality)
#include "test_embedding_quality.moc"
