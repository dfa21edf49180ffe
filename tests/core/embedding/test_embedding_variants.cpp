// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/embedding/embedding.h"
#include "core/embedding/embedding_quality.h"
#include "core/embedding/full_turn.h"
#include "core/embedding/isomap.h"
#include "core/embedding/minimum_curvilinear.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/embedding/reference_embedding.h"
#include "tests/core/error_message.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_values.h"
#include "tests/support/test_class.h"

using dnm::AngleAdjustment;
using dnm::Centring;
using dnm::Embedding;
using dnm::EmbeddingMethod;
using dnm::full_turn;
using dnm::Graph;
using dnm::LinkWeights;
using dnm::NodeIndex;
using dnm::Reduction;
using dnm::test::path;

namespace {

const std::vector<std::string> reference_names = {"karate", "npso_100_T0", "layered_98_196_196_s90"};

bool by_spanning_tree(const std::string& variant) { return variant.find("MCE") != std::string::npos; }

std::vector<EmbeddingMethod> all_methods() {
  std::vector<EmbeddingMethod> methods;
  for (std::size_t w = 0; w < dnm::link_weights_options().size(); ++w) {
    for (std::size_t r = 0; r < dnm::reduction_options().size(); ++r) {
      for (std::size_t a = 0; a < dnm::angle_adjustment_options().size(); ++a) {
        methods.push_back({static_cast<LinkWeights>(w), static_cast<Reduction>(r), static_cast<AngleAdjustment>(a)});
      }
    }
  }
  return methods;
}

bool has_places(const Embedding& embedding, const Graph& graph) {
  return embedding.theta.size() == graph.node_count() && embedding.component.size() == graph.node_count() &&
         std::ranges::all_of(embedding.theta, [](double t) { return t >= 0.0 && t < full_turn; }) &&
         std::ranges::all_of(embedding.radius, [](double r) { return std::isfinite(r) && r >= 0.0; }) &&
         std::ranges::all_of(embedding.eigenvalues, [](double v) { return std::isfinite(v); });
}

Graph relabelled(const Graph& graph, const std::vector<NodeIndex>& label) {
  dnm::test::Links links = graph.links();
  for (auto& [u, v] : links) u = label[u], v = label[v];
  return {graph.node_count(), links};
}

std::vector<NodeIndex> shuffled_labels(NodeIndex n, std::uint64_t seed) {
  std::vector<NodeIndex> label(n);
  std::iota(label.begin(), label.end(), NodeIndex{0});
  dnm::Random(seed).shuffle(std::span(label));
  return label;
}

Graph complete_bipartite(NodeIndex a, NodeIndex b) { return {a + b, dnm::test::complete_bipartite_links(a, b)}; }

}  // namespace

class TestEmbeddingVariants : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void original_angles_equal_the_reference() {
    int compared = 0;
    for (const std::string& name : reference_names) {
      const Graph graph = dnm::reference::graph(name);
      const auto reference = dnm::reference::values(name + "_coemb.json");
      const std::vector<double> radii = dnm::reference::column(name, "r");
      for (const auto& [variant, expected] : reference.at("variants").items()) {
        if (!variant.ends_with("-original")) continue;
        const Embedding found = dnm::embed(graph, dnm::parse_embedding_method(variant));
        QVERIFY(has_places(found, graph));
        for (std::size_t u = 0; u < radii.size(); ++u) QVERIFY(std::abs(found.radius[u] - radii[u]) < 1e-12);
        // The spanning tree is unique in the layered network alone, with EBC weights.
        QCOMPARE(found.note.empty(), !by_spanning_tree(variant) || (name.starts_with("lay") && variant[0] == 'E'));
        if (!found.note.empty()) continue;
        QVERIFY2(dnm::reference::angle_difference(found.theta, dnm::reference::column(name, variant)) < 1e-11,
                 (name + " " + variant).c_str());
        const auto& eigenvalues = expected.at("lead_eigs");
        const double scale = std::abs(eigenvalues[1].get<double>());
        const std::size_t accurate = std::min<std::size_t>(found.eigenvalues.size(), 3);
        for (std::size_t i = 0; i < accurate; ++i) {
          const bool wanted = !by_spanning_tree(variant) || i < (variant.find("nc") != std::string::npos ? 2U : 1U);
          const double error = std::abs(found.eigenvalues[i] - eigenvalues[i].get<double>());
          QVERIFY2(error < (wanted ? 1e-11 : 1e-2) * scale, (name + " " + variant).c_str());
        }
        ++compared;
      }
    }
    QCOMPARE(compared, 3 * 12 + 2);
  }

  void spanning_trees_equal_those_of_the_second_tool() {
    // Where several trees weigh the same, the reference's two tools differ from each other, by as much as it says; this
    // program chooses as the second one, so it must differ from the first by the same.
    for (const std::string name : {"karate", "npso_100_T0"}) {
      const Graph graph = dnm::reference::graph(name);
      const auto reference = dnm::reference::values(name + "_coemb.json");
      for (const std::string weights : {"RA1", "RA2", "EBC"}) {
        for (const std::string reduction : {"-MCE-original", "-ncMCE-original"}) {
          const Embedding found = dnm::embed(graph, dnm::parse_embedding_method(weights + reduction));
          const double apart =
              dnm::reference::angle_difference(found.theta, dnm::reference::column(name, weights + reduction));
          const double expected = reference.at("variants")
                                      .at(weights + reduction)
                                      .at("max_abs_angle_diff_vs_octave_after_rot_refl")
                                      .get<double>();
          QVERIFY(std::abs(apart - expected) < 1e-9);
        }
      }
    }
  }

  void equidistant_angles_equal_the_reference_but_for_equal_nodes() {
    int compared = 0;
    for (const std::string& name : reference_names) {
      const Graph graph = dnm::reference::graph(name);
      const auto reference = dnm::reference::values(name + "_coemb.json");
      for (const auto& [variant, expected] : reference.at("variants").items()) {
        if (!variant.ends_with("-EA")) continue;
        const Embedding embedded = dnm::embed(graph, dnm::parse_embedding_method(variant));
        if (embedded.note.find("spanning tree") != std::string::npos) continue;
        const std::vector<double> original =
            dnm::reference::column(name, variant.substr(0, variant.size() - 2) + "original");
        Embedding theirs;
        theirs.theta = dnm::reference::column(name, variant);
        const Embedding found = dnm::aligned(embedded, theirs);
        const double quarter_step = 0.25 * full_turn / static_cast<double>(original.size());
        for (std::size_t u = 0; u < original.size(); ++u) {
          bool same = false;
          for (std::size_t v = 0; v < original.size(); ++v) {
            same |= std::abs(std::remainder(original[u] - original[v], full_turn)) < 1e-9 &&
                    std::abs(std::remainder(found.theta[u] - theirs.theta[v], full_turn)) < quarter_step;
          }
          QVERIFY2(same, (name + " " + variant).c_str());
        }
        ++compared;
      }
    }
    QCOMPARE(compared, 3 * 12 + 2);
  }

  void greedy_routing_of_our_own_embeddings_equals_the_reference() {
    for (const std::string name : {"npso_100_T0", "layered_98_196_196_s90"}) {
      const Graph graph = dnm::reference::graph(name);
      const auto reference = dnm::reference::values(name + "_coemb.json");
      for (const std::string variant :
           {"RA1-ISO-original", "RA1-ncISO-original", "RA2-ISO-original", "EBC-ISO-original", "EBC-ncISO-original"}) {
        const auto& expected = reference.at("variants").at(variant);
        const Embedding embedding = dnm::embed(graph, dnm::parse_embedding_method(variant));
        const auto quality = dnm::embedding_quality(graph, embedding).value();
        // A packet between two neighbours as near as rounding can tell may go either way.
        QVERIFY(std::abs(quality.greedy_routing.score - expected.at("GR_score").get<double>()) < 2e-4);
        QVERIFY(std::abs(quality.greedy_routing.success - expected.at("succ_paths").get<double>()) < 2e-4);
      }
    }
  }

  void the_truncated_route_equals_the_dense_one() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const Graph larger(200, [] {
      dnm::test::Links links = dnm::reference::graph("npso_100_T0").links();
      const std::size_t count = links.size();
      for (std::size_t k = 0; k < count; ++k) links.emplace_back(links[k].first + 100, links[k].second + 100);
      for (NodeIndex u = 0; u < 7; ++u) links.emplace_back(u * u, 100 + 3 * u);
      return links;
    }());
    for (const LinkWeights weights : {LinkWeights::ra1, LinkWeights::ra2, LinkWeights::ebc}) {
      const dnm::WeightedGraph weighted = dnm::weighted_graph(larger, weights, {});
      for (const Centring centring : {Centring::yes, Centring::no}) {
        const auto dense = dnm::isomap(weighted, centring, 1, {}, 1000);
        const auto truncated = dnm::isomap(weighted, centring, 2, {}, 0);
        QVERIFY(dnm::reference::angle_difference(dense.theta, truncated.theta) < 1e-10);
        const auto dense_tree = dnm::minimum_curvilinear_embedding(weighted, centring, {}, 1000);
        const auto truncated_tree = dnm::minimum_curvilinear_embedding(weighted, centring, {}, 0);
        QVERIFY(dnm::reference::angle_difference(dense_tree.theta, truncated_tree.theta) < 1e-10);
      }
    }
  }

  void a_ring_is_embedded_as_a_ring() {
    for (const NodeIndex n : {7U, 60U, 401U}) {
      const Graph ring = dnm::test::ring(n);
      for (const std::string method : {"original-ISO-", "RA1-ISO-", "original-ncISO-", "EBC-ncISO-"}) {
        for (const std::string adjustment : {"original", "EA"}) {
          const Embedding embedding = dnm::embed(ring, dnm::parse_embedding_method(method + adjustment));
          QVERIFY(embedding.note.find("coincide") == std::string::npos);
          const double step = std::remainder(embedding.theta[1] - embedding.theta[0], full_turn);
          QVERIFY(std::abs(std::abs(step) - full_turn / n) < 1e-8);
          for (NodeIndex u = 0; u < n; ++u) {
            const double turn = std::remainder(embedding.theta[(u + 1) % n] - embedding.theta[u], full_turn);
            QVERIFY(std::abs(turn - step) < 1e-8);
          }
        }
      }
    }
  }

  void a_path_is_laid_out_evenly_by_its_own_length() {
    // Distances along a line: the centred kernel has one coordinate, the place on the line.
    for (const NodeIndex n : {2U, 50U, 1000U}) {
      const Embedding embedding = dnm::embed(path(n), dnm::parse_embedding_method("original-MCE-original"));
      QVERIFY(embedding.note.find("tree") == std::string::npos);
      const bool falling = embedding.theta[0] > 1.0;
      for (NodeIndex u = 0; u < n; ++u) {
        const double expected = full_turn * (falling ? n - 1 - u : u) / n;
        QVERIFY(std::abs(embedding.theta[u] - expected) < 1e-9);
      }
    }
  }

  void relabelling_a_graph_relabels_its_embedding() {
    // Two sizes: one for the dense solvers, one for the truncated ones.
    for (const NodeIndex n : {60U, 300U}) {
      const Graph graph = dnm::test::random_graph(n, n < 100 ? 0.15 : 0.04, 4);
      QCOMPARE(dnm::connected_components(graph).sizes.size(), std::size_t{1});
      const std::vector<NodeIndex> label = shuffled_labels(n, 9);
      const Graph other = relabelled(graph, label);
      for (const EmbeddingMethod& method : all_methods()) {
        if (method.adjustment == AngleAdjustment::equidistant) continue;
        const Embedding first = dnm::embed(graph, method), second = dnm::embed(other, method);
        if (first.note.find("spanning tree") != std::string::npos) continue;
        std::vector<double> back;
        for (NodeIndex u = 0; u < n; ++u) back.push_back(second.theta[label[u]]);
        QVERIFY2(dnm::reference::angle_difference(first.theta, back) < 1e-7, first.method.c_str());
      }
    }
  }

  void every_method_places_every_graph() {
    const dnm::test::Links fragments{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {5, 6}, {7, 8}, {8, 9}};
    const std::vector<std::pair<std::string, Graph>> graphs = {
        {"no node", Graph(0, {})},
        {"one node", Graph(1, {})},
        {"no link", Graph(5, {})},
        {"one link", path(2)},
        {"one link beside isolated nodes", Graph(4, dnm::test::Links{{1, 2}})},
        {"path of 3", path(3)},
        {"fragments", Graph(11, fragments)},
        {"star", dnm::test::star(20)},
        {"large star", dnm::test::star(400)},
        {"even ring", dnm::test::ring(12)},
        {"large ring", dnm::test::ring(400)},
        {"long path", path(700)},
        {"complete", dnm::test::random_graph(9, 2.0, 0)},
        {"large complete", dnm::test::random_graph(300, 2.0, 0)},
        {"complete bipartite, equal", complete_bipartite(5, 5)},
        {"complete bipartite, unequal", complete_bipartite(2, 9)},
        {"large complete bipartite", complete_bipartite(150, 200)}};
    for (const auto& [name, graph] : graphs) {
      for (const EmbeddingMethod& method : all_methods()) {
        const Embedding embedding = dnm::embed(graph, method);
        QVERIFY2(has_places(embedding, graph), (name + " " + embedding.method).c_str());
        if (graph.link_count() == 0) QVERIFY(!embedding.note.empty());
      }
    }
    // Where any other choice of coordinates would serve, the note says so.
    for (const Graph& graph : {dnm::test::random_graph(9, 2.0, 0), dnm::test::random_graph(300, 2.0, 0)}) {
      const Embedding embedding = dnm::embed(graph, dnm::parse_embedding_method("original-ISO-EA"));
      QVERIFY(embedding.note.find("coincide") != std::string::npos);
    }
    const Embedding line = dnm::embed(path(40), dnm::parse_embedding_method("original-ISO-EA"));
    QVERIFY(line.note.find("vanishes") != std::string::npos);
  }

  void two_nodes_lie_opposite_each_other() {
    for (const std::string method : {"original-ISO-EA", "RA1-ncISO-EA", "EBC-MCE-original", "RA2-ncMCE-EA"}) {
      const Embedding pair = dnm::embed(path(2), dnm::parse_embedding_method(method));
      QVERIFY2(std::abs(std::abs(pair.theta[0] - pair.theta[1]) - std::numbers::pi) < 1e-9, method.c_str());
    }
  }

  void equal_nodes_are_ranked_by_number() {
    // Three hubs far apart, each with leaves that nothing tells from one another.
    dnm::test::Links links{{0, 1}, {1, 2}, {0, 2}};
    const auto hub = [](NodeIndex leaf) { return leaf < 13 ? 0U : leaf < 25 ? 1U : 2U; };
    for (NodeIndex leaf = 3; leaf < 40; ++leaf) links.emplace_back(hub(leaf), leaf);
    for (const std::string method : {"RA1-ISO-EA", "RA2-ncISO-EA", "RA1-ncISO-EA", "EBC-ncISO-EA"}) {
      const Embedding embedding = dnm::embed(Graph(40, links), dnm::parse_embedding_method(method));
      QVERIFY2(embedding.note.empty(), method.c_str());
      for (NodeIndex u = 3; u + 1 < 40; ++u) {
        if (hub(u) != hub(u + 1)) continue;
        const double step = std::remainder(embedding.theta[u + 1] - embedding.theta[u], full_turn);
        QVERIFY2(std::abs(step - full_turn / 40.0) < 1e-12, method.c_str());
      }
    }
  }

  void threads_change_nothing() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    for (const std::string method : {"RA1-ISO-original", "EBC-ncISO-original", "EBC-ncMCE-original"}) {
      const EmbeddingMethod chosen = dnm::parse_embedding_method(method);
      const Embedding one = dnm::embed(graph, chosen, {}, 1);
      for (const unsigned threads : {2U, 3U}) QCOMPARE(dnm::embed(graph, chosen, {}, threads).theta, one.theta);
    }
  }

  void reports_progress_and_stops_on_request() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    for (const std::string method : {"RA1-ISO-EA", "EBC-ncISO-EA", "EBC-MCE-EA"}) {
      const EmbeddingMethod chosen = dnm::parse_embedding_method(method);
      std::atomic<int> reports{0};
      (void)dnm::embed(graph, chosen, {{}, [&](double fraction) {
                                         QVERIFY(fraction >= 0.0 && fraction <= 1.0);
                                         ++reports;
                                       }});
      QVERIFY(reports > 5);
      for (const double when : {0.0, 0.3, 0.6}) {
        std::stop_source stop;
        const dnm::TaskControl control{stop.get_token(), [&](double fraction) {
                                         if (fraction >= when) stop.request_stop();
                                       }};
        QVERIFY_EXCEPTION_THROWN((void)dnm::embed(graph, chosen, control), dnm::Cancelled);
      }
    }
  }

  void refuses_what_does_not_fit_in_memory() {
    const Graph ring = dnm::test::ring(3'000'000);
    const std::string message =
        dnm::test::message_of([&] { (void)dnm::embed(ring, dnm::parse_embedding_method("RA1-ncISO-EA")); });
    QVERIFY(message.find("would take about") != std::string::npos);
  }
};

DNM_TEST(TestEmbeddingVariants)
#include "test_embedding_variants.moc"
