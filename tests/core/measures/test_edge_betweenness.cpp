// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/measures/edge_betweenness.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::NodeIndex;

namespace {

/// Distances and numbers of shortest paths from one node.
struct Paths {
  std::vector<int> distance;
  std::vector<double> count;
};

Paths paths_from(const Graph& graph, NodeIndex source) {
  Paths paths{std::vector<int>(graph.node_count(), -1), std::vector<double>(graph.node_count(), 0.0)};
  std::vector<NodeIndex> queue{source};
  paths.distance[source] = 0;
  paths.count[source] = 1.0;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const NodeIndex u = queue[head];
    for (const NodeIndex v : graph.neighbours(u)) {
      if (paths.distance[v] < 0) {
        paths.distance[v] = paths.distance[u] + 1;
        queue.push_back(v);
      }
      if (paths.distance[v] == paths.distance[u] + 1) paths.count[v] += paths.count[u];
    }
  }
  return paths;
}

/// Pair by pair and link by link: the paths from s to u times those from v to t, over all paths from s to t.
std::vector<double> pair_by_pair(const Graph& graph) {
  std::vector<Paths> from;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) from.push_back(paths_from(graph, u));
  std::vector<double> sums;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (const NodeIndex v : graph.neighbours(u)) {
      double sum = 0.0;
      for (NodeIndex s = 0; s < graph.node_count(); ++s) {
        for (NodeIndex t = 0; t < graph.node_count(); ++t) {
          if (s == t || from[s].distance[u] < 0 || from[s].distance[t] < 0) continue;
          if (from[s].distance[u] + 1 + from[t].distance[v] != from[s].distance[t]) continue;
          sum += from[s].count[u] * from[t].count[v] / from[s].count[t];
        }
      }
      sums.push_back(sum);
    }
  }
  return sums;
}

void compare(const Graph& graph) {
  const std::vector<double> expected = pair_by_pair(graph);
  const std::vector<double> found = dnm::edge_betweenness(graph);
  QCOMPARE(found.size(), expected.size());
  for (std::size_t k = 0; k < found.size(); ++k) QVERIFY(std::abs(found[k] - expected[k]) <= 1e-11 * expected[k]);
}

}  // namespace

class TestEdgeBetweenness : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equals_the_sum_over_all_pairs() {
    for (const std::string name : {"karate", "karate_plus_fragments", "npso_100_T0", "grid_3x3", "toy_A", "toy_B"}) {
      compare(dnm::reference::graph(name));
    }
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      compare(dnm::test::random_graph(60, 0.02 + 0.03 * static_cast<double>(seed), seed));
    }
    compare(Graph(63, dnm::test::random_layered_links({20, 30, 13}, 0.15, 3)));
    compare(Graph(5, {}));
    compare(Graph(0, {}));
  }

  void known_values() {
    // A star: the leaf with all others. A ring of n: by hand.
    for (const double value : dnm::edge_betweenness(dnm::test::star(9))) QCOMPARE(value, 9.0);
    // Odd ring of 2k+1: each link lies on k(k+1)/2 of the ways.
    for (const double value : dnm::edge_betweenness(dnm::test::ring(11))) QVERIFY(std::abs(value - 15.0) < 1e-12);
    // All pairs together use as many links as the sum of their distances.
    const Graph graph = dnm::reference::graph("npso_100_T0");
    double links = 0.0, distances = 0.0;
    for (const double value : dnm::edge_betweenness(graph)) links += 0.5 * value;
    for (NodeIndex u = 0; u < graph.node_count(); ++u) {
      for (const int d : paths_from(graph, u).distance) distances += 0.5 * d;
    }
    QVERIFY(std::abs(links - distances) < 1e-9 * distances);
  }

  void the_same_bits_for_any_number_of_threads() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    const std::vector<double> one = dnm::edge_betweenness(graph, 1);
    QCOMPARE(dnm::edge_betweenness(graph, 2), one);
    QCOMPARE(dnm::edge_betweenness(graph, 5), one);
    for (NodeIndex u = 0; u < graph.node_count(); ++u) {
      for (std::uint64_t k = graph.offsets()[u]; k < graph.offsets()[u + 1]; ++k) {
        const NodeIndex v = graph.adjacency()[k];
        const auto row = graph.neighbours(v);
        const auto back = static_cast<std::uint64_t>(std::ranges::lower_bound(row, u) - row.begin());
        QCOMPARE(one[k], one[graph.offsets()[v] + back]);
      }
    }
  }

  void refuses_more_paths_than_numbers_can_count() {
    // A chain of squares: two ways through each.
    dnm::test::Links links;
    constexpr NodeIndex squares = 1100;
    for (NodeIndex i = 0; i < squares; ++i) {
      for (const NodeIndex side : {1U, 2U}) {
        links.emplace_back(3 * i, 3 * i + side);
        links.emplace_back(3 * i + side, 3 * i + 3);
      }
    }
    QVERIFY_EXCEPTION_THROWN((void)dnm::edge_betweenness(Graph(3 * squares + 1, links)), dnm::NumericalError);
  }

  void stops_on_request() {
    std::stop_source stop;
    const dnm::TaskControl control{stop.get_token(), [&](double fraction) {
                                     if (fraction > 0.3) stop.request_stop();
                                   }};
    QVERIFY_EXCEPTION_THROWN((void)dnm::edge_betweenness(dnm::reference::graph("npso_100_T0"), 2, control),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestEdgeBetweenness)
#include "test_edge_betweenness.moc"
