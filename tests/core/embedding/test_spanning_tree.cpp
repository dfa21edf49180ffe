// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/embedding/spanning_tree.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/support/test_class.h"

using dnm::DistancePower;
using dnm::Graph;
using dnm::NodeIndex;
using dnm::SpanningTree;
using dnm::WeightedGraph;

namespace {

struct Link {
  NodeIndex u, v;
  double weight;
};

/// The lightest weight of all spanning trees, and how many have it, by trying every choice of n - 1 links.
std::pair<double, int> lightest_of_all(NodeIndex n, const std::vector<Link>& links) {
  double lightest = 1e300;
  int trees = 0;
  for (std::uint32_t choice = 0; choice < (1U << links.size()); ++choice) {
    if (std::popcount(choice) != static_cast<int>(n) - 1) continue;
    std::vector<NodeIndex> group(n);
    std::iota(group.begin(), group.end(), NodeIndex{0});
    double weight = 0.0;
    bool tree = true;
    for (std::size_t k = 0; k < links.size(); ++k) {
      if ((choice >> k & 1U) == 0) continue;
      const NodeIndex from = group[links[k].u], to = group[links[k].v];
      tree = tree && from != to;
      for (NodeIndex& g : group) g = g == from ? to : g;
      weight += links[k].weight;
    }
    if (!tree || weight > lightest + 1e-12) continue;
    trees = weight < lightest - 1e-12 ? 1 : trees + 1;
    lightest = std::min(lightest, weight);
  }
  return {lightest, trees};
}

WeightedGraph weighted(NodeIndex n, const std::vector<Link>& links) {
  dnm::test::Links pairs;
  for (const Link& link : links) pairs.emplace_back(link.u, link.v);
  WeightedGraph graph = dnm::weighted_graph(Graph(n, pairs), dnm::LinkWeights::none, {});
  for (NodeIndex u = 0; u < n; ++u) {
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      for (const Link& link : links) {
        if (std::minmax(link.u, link.v) == std::minmax(u, graph.neighbours[k])) graph.weights[k] = link.weight;
      }
    }
  }
  return graph;
}

/// A random tree on n nodes with random lengths, hung up at node 0.
SpanningTree random_tree(NodeIndex n, std::uint64_t seed) {
  dnm::Random random(seed);
  std::vector<NodeIndex> label(n);
  std::iota(label.begin(), label.end(), NodeIndex{0});
  random.shuffle(std::span(label).subspan(1));
  SpanningTree tree{{0}, std::vector<NodeIndex>(n, 0), std::vector<double>(n, 0.0), true};
  for (NodeIndex i = 1; i < n; ++i) {
    tree.order.push_back(label[i]);
    tree.parent[label[i]] = label[random.below(i)];
    tree.length[label[i]] = random.uniform(0.1, 100.0);
  }
  return tree;
}

double way(const SpanningTree& tree, NodeIndex u, NodeIndex v) {
  const auto depth = [&](NodeIndex w) {
    int steps = 0;
    for (; w != 0; w = tree.parent[w]) ++steps;
    return steps;
  };
  double length = 0.0;
  while (u != v) {
    NodeIndex& deeper = depth(u) >= depth(v) ? u : v;
    length += tree.length[deeper];
    deeper = tree.parent[deeper];
  }
  return length;
}

}  // namespace

class TestSpanningTree : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void is_the_lightest_of_all_and_knows_whether_it_is_the_only_one() {
    int alone = 0, one_of_several = 0;
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
      dnm::Random random(seed);
      constexpr NodeIndex n = 6;
      std::vector<Link> links;
      for (NodeIndex v = 1; v < n; ++v) links.push_back({static_cast<NodeIndex>(random.below(v)), v, 0.0});
      for (NodeIndex v = 1; v < n; ++v) {
        for (NodeIndex u = 0; u < v; ++u) {
          const bool there = std::ranges::any_of(links, [&](const Link& link) { return link.u == u && link.v == v; });
          if (!there && random.uniform() < 0.4) links.push_back({u, v, 0.0});
        }
      }
      for (Link& link : links) link.weight = 0.1 * (1.0 + static_cast<double>(random.below(seed % 2 == 0 ? 4 : 1000)));
      const auto [lightest, trees] = lightest_of_all(n, links);
      const SpanningTree tree = dnm::minimum_spanning_tree(weighted(n, links), {});
      QCOMPARE(tree.order.size(), std::size_t{n});
      QVERIFY(std::abs(std::accumulate(tree.length.begin(), tree.length.end(), 0.0) - lightest) < 1e-12);
      QCOMPARE(tree.unique, trees == 1);
      ++(trees == 1 ? alone : one_of_several);
    }
    QVERIFY(alone > 20 && one_of_several > 20);
  }

  void rounding_does_not_choose_between_equal_links() {
    // A square of equal links: the last one is left out, whatever rounding did to the others.
    for (int changed = 0; changed < 4; ++changed) {
      std::vector<Link> links{{0, 1, 0.3}, {0, 3, 0.3}, {1, 2, 0.3}, {2, 3, 0.3}};
      links[static_cast<std::size_t>(changed)].weight = std::nextafter(0.3, changed % 2 == 0 ? 1.0 : 0.0);
      const SpanningTree tree = dnm::minimum_spanning_tree(weighted(4, links), {});
      QVERIFY(!tree.unique);
      QCOMPARE(tree.parent, (std::vector<NodeIndex>{0, 0, 1, 0}));
    }
  }

  void products_equal_those_of_the_distances_written_out() {
    for (const NodeIndex n : {1U, 2U, 3U, 10U, 200U}) {
      const SpanningTree tree = random_tree(n, n);
      dnm::Random random(n, 7);
      std::vector<double> x(n), found(n);
      for (double& value : x) value = random.uniform(-1.0, 1.0);
      for (const DistancePower power : {DistancePower::one, DistancePower::two}) {
        dnm::multiply_tree_distances(tree, power, x, found);
        for (NodeIndex u = 0; u < n; ++u) {
          double expected = 0.0, size = 0.0;
          for (NodeIndex v = 0; v < n; ++v) {
            const double d = way(tree, u, v);
            const double term = (power == DistancePower::one ? d : d * d) * x[v];
            expected += term;
            size += std::abs(term);
          }
          QVERIFY(std::abs(found[u] - expected) <= 1e-12 * size);
        }
      }
    }
  }

  void stops_on_request() {
    std::stop_source stop;
    stop.request_stop();
    const WeightedGraph ring = dnm::weighted_graph(dnm::test::ring(20), dnm::LinkWeights::none, {});
    QVERIFY_EXCEPTION_THROWN((void)dnm::minimum_spanning_tree(ring, {stop.get_token(), {}}), dnm::Cancelled);
  }
};

DNM_TEST(TestSpanningTree)
#include "test_spanning_tree.moc"
