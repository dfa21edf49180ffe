// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/embedding/link_weights.h"
#include "core/embedding/shortest_paths.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/support/not_finite.h"
#include "tests/support/test_class.h"

using dnm::DistancePower;
using dnm::Graph;
using dnm::NodeIndex;
using dnm::WeightedGraph;
using dnm::test::infinity;

namespace {

/// A random graph whose links weigh what `weight` says, the same from both ends.
WeightedGraph weighted(const Graph& graph, const std::function<double()>& weight) {
  WeightedGraph result = dnm::weighted_graph(graph, dnm::LinkWeights::none, {});
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = result.begin[u]; k < result.begin[u + 1]; ++k) {
      const NodeIndex v = result.neighbours[k];
      if (v < u) continue;
      const auto row = graph.neighbours(v);
      const auto back = static_cast<std::uint64_t>(std::ranges::lower_bound(row, u) - row.begin());
      result.weights[k] = result.weights[result.begin[v] + back] = weight();
    }
  }
  return result;
}

/// Floyd and Warshall's way: every node in turn as a stop-over.
std::vector<double> by_stop_overs(const WeightedGraph& graph) {
  const std::size_t n = graph.node_count();
  std::vector<double> distance(n * n, infinity);
  for (std::size_t u = 0; u < n; ++u) {
    distance[u * n + u] = 0.0;
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      distance[u * n + graph.neighbours[k]] = graph.weights[k];
    }
  }
  for (std::size_t w = 0; w < n; ++w) {
    for (std::size_t u = 0; u < n; ++u) {
      for (std::size_t v = 0; v < n; ++v) {
        distance[u * n + v] = std::min(distance[u * n + v], distance[u * n + w] + distance[w * n + v]);
      }
    }
  }
  return distance;
}

bool agree(double found, double expected) {
  return found == expected || std::abs(found - expected) <= 1e-13 * std::abs(expected);
}

void compare(const WeightedGraph& graph) {
  const std::size_t n = graph.node_count();
  const std::vector<double> expected = by_stop_overs(graph);
  const dnm::DenseMatrix found = dnm::all_shortest_paths(graph, DistancePower::one, 2, {});
  const dnm::DenseMatrix squares = dnm::all_shortest_paths(graph, DistancePower::two, 1, {});
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = 0; v < n; ++v) {
      QVERIFY(agree(found(v, u), expected[u * n + v]));
      QCOMPARE(squares(v, u), found(v, u) * found(v, u));
    }
  }
}

}  // namespace

class TestShortestPaths : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equal_stop_over_search_for_every_spread_of_weights() {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      const Graph graph = dnm::test::random_graph(70, seed % 2 == 0 ? 0.04 : 0.3, seed);
      dnm::Random random(seed, 1);
      compare(weighted(graph, [] { return 1.0; }));
      compare(weighted(graph, [] { return 0.1; }));  // not a binary fraction: rounding at every bucket's edge
      compare(weighted(graph, [&] { return 1.0 + std::floor(random.uniform(0.0, 5.0)); }));
      compare(weighted(graph, [&] { return random.uniform(0.5, 50.0); }));
      compare(weighted(graph, [&] { return std::exp(random.uniform(-20.0, 20.0)); }));
      compare(weighted(graph, [&] { return random.uniform() < 0.3 ? 0.0 : random.uniform(); }));
      compare(weighted(graph, [] { return 0.0; }));
    }
  }

  void a_chain_far_longer_than_the_ring_of_buckets() {
    dnm::test::Links links;
    constexpr NodeIndex n = 20000;
    for (NodeIndex u = 0; u + 1 < n; ++u) links.emplace_back(u, u + 1);
    const Graph chain(n, links);
    for (const double heavy : {1.0, 1e7}) {
      int count = 0;
      const WeightedGraph graph = weighted(chain, [&] { return ++count % 100 == 0 ? heavy : 1.0; });
      dnm::ShortestPathSearch search(graph);
      std::vector<double> distance(n);
      for (const NodeIndex source : {NodeIndex{0}, NodeIndex{777}}) {
        search.distances_from(source, distance);
        double expected = 0.0;
        for (NodeIndex v = source; v < n; ++v) {
          QCOMPARE(distance[v], expected);
          expected += (v + 1) % 100 == 0 ? heavy : 1.0;
        }
      }
    }
  }

  void nodes_out_of_reach_are_infinitely_far() {
    const Graph graph(4, dnm::test::Links{{0, 1}});
    const WeightedGraph weighted_graph = dnm::weighted_graph(graph, dnm::LinkWeights::none, {});
    dnm::ShortestPathSearch search(weighted_graph);
    std::vector<double> distance(4);
    search.distances_from(1, distance);
    QCOMPARE(distance, (std::vector<double>{1.0, 0.0, infinity, infinity}));
    search.distances_from(3, distance);
    QCOMPARE(distance, (std::vector<double>{infinity, infinity, infinity, 0.0}));
  }

  void stops_and_refuses() {
    std::stop_source stop;
    stop.request_stop();
    const WeightedGraph ring = dnm::weighted_graph(dnm::test::ring(20), dnm::LinkWeights::none, {});
    QVERIFY_EXCEPTION_THROWN((void)dnm::all_shortest_paths(ring, DistancePower::one, 1, {stop.get_token(), {}}),
                             dnm::Cancelled);
    const WeightedGraph large = dnm::weighted_graph(dnm::test::ring(3'000'000), dnm::LinkWeights::none, {});
    QVERIFY_EXCEPTION_THROWN((void)dnm::all_shortest_paths(large, DistancePower::one, 1, {}), dnm::ResourceError);
  }
};

DNM_TEST(TestShortestPaths)
#include "test_shortest_paths.moc"
