// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <functional>

#include "core/embedding/laplacian_eigenmap.h"
#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "tests/core/embedding/reference_embedding.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::LinkWeights;
using dnm::NodeIndex;
using dnm::test::Links;
using dnm::test::path;

Q_DECLARE_METATYPE(std::function<Graph()>)

namespace {

constexpr NodeIndex always_dense = 100000;
constexpr NodeIndex never_dense = 0;

dnm::LaplacianEigenmap eigenmap(const Graph& graph, LinkWeights weights, NodeIndex dense_limit) {
  return dnm::laplacian_eigenmap(dnm::weighted_graph(graph, weights, {}), {}, dense_limit);
}

Graph dnm_graph(std::vector<NodeIndex> layers, double sparsity) {
  dnm::ModelParameters parameters;
  parameters.layer_sizes = std::move(layers);
  parameters.shared.sparsity = sparsity;
  return Graph(*dnm::generate(parameters).network);
}

/// A tree whose nodes join older ones in proportion to their degree, and `extra` links more: hubs and triangles.
Graph scale_free(NodeIndex nodes, NodeIndex extra) {
  dnm::Random random(7);
  Links links{{0, 1}};
  std::vector<NodeIndex> ends{0, 1};
  for (NodeIndex u = 2; u < nodes + extra; ++u) {
    const NodeIndex from = u < nodes ? u : static_cast<NodeIndex>(random.below(nodes));
    const NodeIndex to = ends[random.below(ends.size())];
    if (from == to) continue;
    links.emplace_back(from, to);
    ends.push_back(from);
    ends.push_back(to);
  }
  return {nodes, links};
}

}  // namespace

class TestLaplacianEigenmap : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void both_solvers_equal_the_reference_data() {
    QTest::addColumn<QString>("graph");
    QTest::addColumn<QString>("variant");
    QTest::addColumn<int>("weights");
    for (const char* graph : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      int weights = 0;
      for (const char* variant : {"original", "RA1", "RA2"}) {
        QTest::addRow("%s %s", graph, variant) << graph << variant << weights++;
      }
    }
  }
  void both_solvers_equal_the_reference() {
    QFETCH(QString, graph);
    QFETCH(QString, variant);
    QFETCH(int, weights);
    const std::string name = graph.toStdString();
    const std::vector<double> expected = dnm::reference::column(name, variant.toStdString() + "-LE-original");
    const Graph reference = dnm::reference::graph(name);
    for (const NodeIndex dense_limit : {never_dense, always_dense}) {
      if (dense_limit == always_dense && reference.node_count() > 200) continue;  // slow, and never used
      const auto found = eigenmap(reference, static_cast<LinkWeights>(weights), dense_limit);
      QCOMPARE(found.products == 0, dense_limit == always_dense);
      QVERIFY(dnm::reference::angle_difference(found.theta, expected) < 1e-9);
    }
  }

  void sparse_equals_dense_data() {
    QTest::addColumn<std::function<Graph()>>("make");
    const auto row = [](const char* name, std::function<Graph()> make) { QTest::newRow(name) << std::move(make); };
    row("ring of layers", [] { return dnm_graph({60, 120, 120}, 0.9); });
    row("thin ring of layers", [] { return dnm_graph({150, 150}, 0.96); });
    row("path", [] { return path(250); });
    row("lopsided tree", [] {
      Links links;
      for (NodeIndex u = 1; u < 300; ++u) links.emplace_back(u < 100 ? (u - 1) / 2 : u - 50, u);
      return Graph(300, links);
    });
    row("scale-free with triangles", [] { return scale_free(250, 500); });
  }
  void sparse_equals_dense() {
    QFETCH(std::function<Graph()>, make);
    const Graph graph = make();
    QCOMPARE(dnm::connected_components(graph).sizes.size(), std::size_t{1});
    for (const LinkWeights weights : {LinkWeights::none, LinkWeights::ra1, LinkWeights::ra2}) {
      const auto sparse = eigenmap(graph, weights, never_dense), dense = eigenmap(graph, weights, always_dense);
      QVERIFY(sparse.products > 0);
      QCOMPARE(sparse.eigenvalues.size(), std::size_t{4});
      for (std::size_t i = 0; i < 3; ++i) QVERIFY(std::abs(sparse.eigenvalues[i] - dense.eigenvalues[i]) < 1e-12);
      QVERIFY(dnm::reference::angle_difference(sparse.theta, dense.theta) < 1e-8);
    }
  }

  void repeated_eigenvalues_are_no_trouble() {
    Links complete, star, two_sided;
    for (NodeIndex u = 0; u < 140; ++u) {
      for (NodeIndex v = 0; v < u; ++v) complete.emplace_back(v, u);
      for (NodeIndex v = 0; v < 60; ++v) two_sided.emplace_back(v, 60 + u);
      if (u > 0) star.emplace_back(0, u);
    }
    // A dense layer of 784 x 20, then 20 neurons that share 10 more in pairs: an eigenvalue of nine vectors, more than
    // are iterated together.
    Links alike;
    for (NodeIndex u = 0; u < 20; ++u) {
      for (NodeIndex v = 0; v < 784; ++v) alike.emplace_back(v, 784 + u);
      alike.emplace_back(784 + u, 804 + u / 2);
    }
    for (const Graph& graph : {Graph(140, complete), Graph(140, star), Graph(200, two_sided), Graph(814, alike)}) {
      const auto sparse = eigenmap(graph, LinkWeights::ra1, never_dense);
      const auto dense = eigenmap(graph, LinkWeights::ra1, always_dense);
      for (std::size_t i = 0; i < 4; ++i) QVERIFY(std::abs(sparse.eigenvalues[i] - dense.eigenvalues[i]) < 1e-10);
      for (const double theta : sparse.theta) QVERIFY(theta >= 0.0 && theta < 2.0 * std::numbers::pi);
    }
  }

  void a_long_chain_has_the_eigenvalues_of_theory() {
    // Normalised path: λ_k = 1 - cos(πk/(N-1)); the gaps are far too small for a polynomial filter.
    const NodeIndex nodes = 20000;
    const auto map = eigenmap(path(nodes), LinkWeights::none, 128);
    for (std::size_t k = 1; k < 3; ++k) {
      const double half = std::sin(0.5 * std::numbers::pi * static_cast<double>(k) / (nodes - 1.0));
      QVERIFY(std::abs(map.eigenvalues[k] - 2.0 * half * half) < 1e-14);
    }
  }

  void the_same_input_gives_the_same_bits() {
    const Graph graph = dnm_graph({98, 196, 196}, 0.9);
    QCOMPARE(eigenmap(graph, LinkWeights::ra1, 128).theta, eigenmap(graph, LinkWeights::ra1, 128).theta);
  }

  void numbering_of_nodes_changes_nothing() {
    for (const Graph& graph : {scale_free(400, 600), dnm_graph({98, 196, 196}, 0.9)}) {
      std::vector<NodeIndex> number(graph.node_count());
      for (NodeIndex u = 0; u < graph.node_count(); ++u) number[u] = u;
      dnm::Random(3).shuffle(std::span(number));
      Links links = graph.links();
      for (auto& [u, v] : links) {
        u = number[u];
        v = number[v];
      }
      const auto expected = eigenmap(graph, LinkWeights::ra1, 128).theta;
      const auto found = eigenmap(Graph(graph.node_count(), links), LinkWeights::ra1, 128).theta;
      std::vector<double> back(found.size());
      for (std::size_t u = 0; u < found.size(); ++u) back[u] = found[number[u]];
      QVERIFY(dnm::reference::angle_difference(back, expected) < 1e-9);
    }
  }

  void stops_on_request() {
    const Graph graph = dnm_graph({784, 1568, 1568}, 0.99);
    std::stop_source stop;
    stop.request_stop();
    const dnm::TaskControl control{stop.get_token(), {}};
    QVERIFY_EXCEPTION_THROWN((void)dnm::laplacian_eigenmap(dnm::weighted_graph(graph, LinkWeights::ra1, {}), control),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestLaplacianEigenmap)
#include "test_laplacian_eigenmap.moc"
