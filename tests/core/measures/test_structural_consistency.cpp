// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <atomic>
#include <chrono>
#include <cmath>
#include <set>
#include <stop_token>
#include <thread>

#include "core/measures/structural_consistency.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/measures/consistency_reference.h"
#include "tests/core/measures/dense_reference.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_values.h"
#include "tests/core/stopped_later.h"
#include "tests/support/test_class.h"

using dnm::consistency_of_removal;
using dnm::ConsistencyDraw;
using dnm::ConsistencyRoute;
using dnm::Graph;
using dnm::NodeIndex;
using dnm::NodePair;
using dnm::StructuralConsistency;
using dnm::reference::layered_graph;
using dnm::test::product;

namespace {

/// Ã step by step as its definition says, with another eigensolver.
Eigen::MatrixXd perturbed_by_definition(const Graph& graph, const std::vector<NodePair>& removed) {
  const auto n = static_cast<Eigen::Index>(graph.node_count());
  Eigen::MatrixXd rest = Eigen::MatrixXd::Zero(n, n);
  Eigen::MatrixXd change = Eigen::MatrixXd::Zero(n, n);
  for (const auto& [u, v] : graph.links()) rest(u, v) = rest(v, u) = 1.0;
  for (const auto& [u, v] : removed) {
    rest(u, v) = rest(v, u) = 0.0;
    change(u, v) = change(v, u) = 1.0;
  }
  auto [values, vectors] = dnm::test::eigen_pairs(rest);
  for (Eigen::Index first = 0; first < n;) {
    Eigen::Index end = first + 1;
    while (end < n && values(end) - values(end - 1) < 1e-11) ++end;
    const Eigen::MatrixXd group = vectors.middleCols(first, end - first);
    const auto inner = dnm::test::eigen_pairs(product(group.transpose(), product(change, group)));
    vectors.middleCols(first, end - first) = product(group, inner.vectors);
    first = end;
  }
  const Eigen::MatrixXd changed = product(change, vectors);
  Eigen::MatrixXd scaled(n, n);
  for (Eigen::Index k = 0; k < n; ++k) {
    scaled.col(k) = (values(k) + vectors.col(k).dot(changed.col(k))) * vectors.col(k);
  }
  return product(scaled, vectors.transpose());
}

struct Ranking {
  std::uint64_t hits = 0;
  double gap = 0.0;  ///< between the last pair inside and the first outside
};

Ranking rank_all(const Graph& graph, const std::vector<NodePair>& removed, const Eigen::MatrixXd& scores) {
  const std::set<NodePair> taken(removed.begin(), removed.end());
  std::vector<std::pair<double, NodePair>> order;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (NodeIndex v = u + 1; v < graph.node_count(); ++v) {
      if (!graph.has_link(u, v) || taken.contains({u, v})) order.push_back({scores(u, v), {u, v}});
    }
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Ranking ranking;
  for (std::size_t i = 0; i < removed.size(); ++i) ranking.hits += taken.count(order[i].second);
  ranking.gap = removed.size() < order.size() ? order[removed.size() - 1].first - order[removed.size()].first : 1.0;
  return ranking;
}

}  // namespace

class TestStructuralConsistency : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void known_removal_sets_data() {
    QTest::addColumn<std::string>("name");
    for (const char* name : {"karate", "karate_plus_fragments", "npso_100_T0", "layered_98_196_196_s90"}) {
      QTest::newRow(name) << std::string(name);
    }
  }

  void known_removal_sets() {
    QFETCH(std::string, name);
    const Graph graph = dnm::reference::graph(name);
    const auto draws = dnm::test::known_draws(name);
    QVERIFY(!draws.empty());
    for (const auto& known : draws) {
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::general)));
      if (!graph.is_layered()) continue;
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::bipartite)));
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::bipartite_svd)));
    }
  }

  void known_sets_of_a_wide_layer() {
    const Graph graph = dnm::reference::graph("bip_784_1568_s99");
    for (const auto& known : dnm::test::known_draws("bip_784_1568_s99")) {
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed)));
    }
  }

  void grid_with_its_full_matrix() {
    const Graph graph = dnm::reference::graph("grid_3x3");
    const auto values = dnm::reference::values("grid_3x3_sigma_deterministic.json");
    std::vector<NodePair> removed;
    for (const auto& pair : values["removed"]) removed.emplace_back(pair[0], pair[1]);
    QCOMPARE(consistency_of_removal(graph, removed).value(), values["sigma"].get<double>());
    const std::vector<double> matrix = dnm::perturbed_matrix(graph, removed);
    for (std::size_t i = 0; i < 9; ++i) {
      for (std::size_t j = 0; j < 9; ++j) {
        QVERIFY(std::abs(matrix[i * 9 + j] - values["perturbed_matrix"][i][j].get<double>()) < 1e-11);
      }
    }
  }

  void the_definition_agrees_on_random_graphs() {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const NodeIndex nodes = 12 + static_cast<NodeIndex>(5 * seed);
      const Graph graph = dnm::test::random_graph(nodes, 4.0 / nodes, seed);
      const auto removed = dnm::draw_removal(graph, seed, 0);
      const Eigen::MatrixXd expected = perturbed_by_definition(graph, removed);
      const std::vector<double> matrix = dnm::perturbed_matrix(graph, removed);
      const Eigen::Map<const Eigen::MatrixXd> found(matrix.data(), nodes, nodes);
      QVERIFY((found - expected).cwiseAbs().maxCoeff() < 1e-9);
    }
  }

  void three_routes_agree_on_layered_networks_data() {
    QTest::addColumn<std::vector<NodeIndex>>("sizes");
    QTest::addColumn<dnm::test::Links>("links");
    using dnm::test::random_layered_links;
    const auto add = [](const char* name, const std::vector<NodeIndex>& sizes, const dnm::test::Links& links) {
      QTest::newRow(name) << sizes << links;
    };
    add("dense", {10, 20, 20}, random_layered_links({10, 20, 20}, 0.4, 1));
    add("sparse, rank-deficient", {30, 60, 60}, random_layered_links({30, 60, 60}, 0.03, 2));
    add("shattered, isolated", {40, 40, 40, 40}, random_layered_links({40, 40, 40, 40}, 0.012, 3));
    add("two layers", {25, 70}, random_layered_links({25, 70}, 0.1, 4));
    add("five layers", {10, 30, 20, 30, 10}, random_layered_links({10, 30, 20, 30, 10}, 0.15, 5));
    dnm::test::Links twins;  // equal rows and columns: repeated singular values and null spaces on both sides
    for (const auto& [u, v] : random_layered_links({12, 15}, 0.3, 6)) {
      twins.emplace_back(2 * u, 24 + 2 * (v - 12));
      twins.emplace_back(2 * u + 1, 24 + 2 * (v - 12));
      twins.emplace_back(2 * u, 25 + 2 * (v - 12));
      twins.emplace_back(2 * u + 1, 25 + 2 * (v - 12));
    }
    add("twins", {24, 30}, twins);
    dnm::test::Links blocks;  // equal components: every singular value repeated
    for (NodeIndex block = 0; block < 8; ++block) {
      for (NodeIndex u = 0; u < 4; ++u) {
        for (NodeIndex v = 0; v < 5; ++v) {
          if ((u + v) % 4 != 0) blocks.emplace_back(4 * block + u, 32 + 5 * block + v);
        }
      }
    }
    add("equal blocks", {32, 40}, blocks);
    dnm::test::Links wheel;  // a circulant: pairs of equal singular values
    for (NodeIndex j = 0; j < 60; ++j) {
      for (NodeIndex k = 0; k < 7; ++k) wheel.emplace_back((j / 2 + k) % 30, 30 + j);
    }
    add("circulant", {30, 60}, wheel);
    add("complete", {9, 14}, dnm::test::complete_bipartite_links(9, 14));
  }

  void three_routes_agree_on_layered_networks() {
    QFETCH(std::vector<NodeIndex>, sizes);
    QFETCH(dnm::test::Links, links);
    const Graph graph = layered_graph(sizes, links);
    int decided = 0;
    for (std::uint64_t draw = 0; draw < 12; ++draw) {
      const auto removed = dnm::draw_removal(graph, 17, draw);
      const Ranking expected = rank_all(graph, removed, perturbed_by_definition(graph, removed));
      const auto general = consistency_of_removal(graph, removed, ConsistencyRoute::general);
      const auto bipartite = consistency_of_removal(graph, removed, ConsistencyRoute::bipartite);
      const auto by_svd = consistency_of_removal(graph, removed, ConsistencyRoute::bipartite_svd);
      if (expected.gap < 1e-8) continue;  // a tie: who is inside is a matter of rounding
      ++decided;
      QCOMPARE(general.hits, expected.hits);
      QCOMPARE(bipartite.hits, expected.hits);
      QCOMPARE(by_svd.hits, expected.hits);
    }
    QVERIFY(decided > 0);
  }

  /// What is left has a singular value near 1e-8 of the largest, which B·Bᵀ cannot tell from zero.
  void nearly_singular_networks_data() {
    QTest::addColumn<NodeIndex>("more_rows");
    QTest::newRow("small: singular vectors") << NodeIndex{15};
    QTest::newRow("large: general route") << NodeIndex{280};
  }

  void nearly_singular_networks() {
    QFETCH(NodeIndex, more_rows);
    constexpr NodeIndex core = 36;
    const NodeIndex rows = core + more_rows;
    const NodeIndex columns = core + more_rows + 5;
    dnm::test::Links kept;  // 1 + z + z³ has a root inside the unit circle: the inverse grows by 1.47 a row
    for (NodeIndex i = 0; i < core; ++i) {
      for (const NodeIndex offset : {0U, 1U, 3U}) {
        if (i + offset < core) kept.emplace_back(i, rows + i + offset);
      }
    }
    dnm::Random random(3);
    for (NodeIndex i = core; i < rows; ++i) {
      for (NodeIndex j = 0; j < columns; ++j) {
        if (random.uniform() < 0.2) kept.emplace_back(i, rows + j);
      }
    }
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(rows, columns);
    for (const auto& [u, v] : kept) left(u, v - rows) = 1.0;
    const Eigen::VectorXd singular_values = dnm::test::singular_values(left);
    const double smallest = singular_values.minCoeff() / singular_values.maxCoeff();
    QVERIFY(smallest > 1e-9 && smallest < 1e-6);

    std::set<NodePair> taken(kept.begin(), kept.end());
    std::vector<NodePair> removed;
    while (removed.size() < 60) {
      const NodePair pair(static_cast<NodeIndex>(random.below(rows)),
                          rows + static_cast<NodeIndex>(random.below(columns)));
      if (taken.insert(pair).second) removed.push_back(pair);
    }
    dnm::test::Links all = kept;
    all.insert(all.end(), removed.begin(), removed.end());
    const Graph graph = layered_graph({rows, columns}, all);
    const Ranking expected = rank_all(graph, removed, perturbed_by_definition(graph, removed));
    QVERIFY(expected.gap > 1e-8);
    QCOMPARE(consistency_of_removal(graph, removed, ConsistencyRoute::bipartite).hits, expected.hits);
    QCOMPARE(consistency_of_removal(graph, removed, ConsistencyRoute::bipartite_svd).hits, expected.hits);
    QCOMPARE(consistency_of_removal(graph, removed, ConsistencyRoute::general).hits, expected.hits);
  }

  void means_agree_with_the_reference_data() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<int>("draws");
    QTest::newRow("karate") << std::string("karate") << 400;
    QTest::newRow("karate_plus_fragments") << std::string("karate_plus_fragments") << 400;
    QTest::newRow("npso_100_T0") << std::string("npso_100_T0") << 200;
    QTest::newRow("layered_98_196_196_s90") << std::string("layered_98_196_196_s90") << 60;
    QTest::newRow("bip_784_1568_s99") << std::string("bip_784_1568_s99") << 12;
  }

  void means_agree_with_the_reference() {
    QFETCH(std::string, name);
    QFETCH(int, draws);
    const auto expected = dnm::reference::values(name + "_sigma_c.json");
    const Graph graph = dnm::reference::graph(name);
    const StructuralConsistency found = dnm::structural_consistency(graph, draws, 0);
    QCOMPARE(static_cast<int>(found.values.size()), draws);
    QCOMPARE(found.removed, expected["n_removed"].get<std::uint64_t>());
    const double combined = std::hypot(found.standard_error.value(), expected["se"].get<double>());
    QVERIFY(std::abs(found.mean - expected["mean"].get<double>()) <= 3.0 * combined);
    QVERIFY(std::abs(found.baseline - expected["random_baseline_all_pairs"].get<double>()) < 1e-12);
  }

  void threads_and_seed() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const StructuralConsistency one = dnm::structural_consistency(graph, 8, 5, 1);
    QCOMPARE(dnm::structural_consistency(graph, 8, 5, 4).values, one.values);
    QVERIFY(dnm::structural_consistency(graph, 8, 6, 1).values != one.values);
    QVERIFY(dnm::draw_removal(graph, 5, 0) != dnm::draw_removal(graph, 5, 1));
    const StructuralConsistency longer = dnm::structural_consistency(graph, 10, 5, 2);
    QVERIFY(std::equal(one.values.begin(), one.values.end(), longer.values.begin()));
  }

  void partial_results_fill_in() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    std::atomic<int> inside{0};
    std::size_t last = 0;
    bool rising = true;
    const StructuralConsistency found =
        dnm::structural_consistency(graph, 30, 1, 4, {}, [&](const StructuralConsistency& so_far) {
          if (++inside != 1 || so_far.values.size() <= last) rising = false;
          last = so_far.values.size();
          --inside;
        });
    QVERIFY(rising);
    QVERIFY(last > 0);
    QVERIFY(last < 30);
    QCOMPARE(found.values.size(), std::size_t{30});
  }

  void draws_end_at_the_error_asked_for() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const StructuralConsistency all = dnm::structural_consistency(graph, 200, 2);
    for (const double goal : {0.02, 0.01, 0.006}) {
      // The first number of draws, five or more, whose standard error is small enough.
      std::size_t expected = 0;
      for (std::size_t n = dnm::fewest_draws_for_error; n <= 200 && expected == 0; ++n) {
        double mean = 0.0;
        for (std::size_t i = 0; i < n; ++i) mean += all.values[i] / static_cast<double>(n);
        double squares = 0.0;
        for (std::size_t i = 0; i < n; ++i) squares += (all.values[i] - mean) * (all.values[i] - mean);
        if (std::sqrt(squares / static_cast<double>(n * (n - 1))) <= goal) expected = n;
      }
      QVERIFY(expected > 0);
      for (const unsigned threads : {1U, 2U, 7U}) {
        std::size_t last = 0;
        const auto found = dnm::structural_consistency(
            graph, 200, 2, threads, {}, [&](const StructuralConsistency& so_far) { last = so_far.values.size(); },
            goal);
        QCOMPARE(found.values.size(), expected);
        QVERIFY(std::equal(found.values.begin(), found.values.end(), all.values.begin()));
        QVERIFY(found.reached_error && found.standard_error.value() <= goal);
        QCOMPARE(last, expected - 1);
      }
    }
    const auto too_few = dnm::structural_consistency(graph, 8, 2, 2, {}, {}, 1e-6);
    QCOMPARE(too_few.values.size(), std::size_t{8});
    QVERIFY(!too_few.reached_error);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::structural_consistency(graph, 8, 2, 2, {}, {}, -1.0)),
                             dnm::InvalidInput);
  }

  void what_is_refused() {
    const Graph karate = dnm::reference::graph("karate");
    const auto refuse = [&](const std::vector<NodePair>& removed) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(consistency_of_removal(karate, removed)), dnm::InvalidInput);
    };
    refuse({});
    refuse({{0, 9}});
    refuse({{0, 1}, {1, 0}});
    refuse({{0, 4000000000U}});
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(consistency_of_removal(karate, std::vector<NodePair>{{0, 1}}, ConsistencyRoute::bipartite)),
        dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::structural_consistency(dnm::test::star(4), 1, 0)),
                             dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::structural_consistency(karate, 0, 0)), dnm::InvalidInput);
    // 400,000 nodes: more memory than any machine has for a full matrix.
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::structural_consistency(dnm::test::ring(400000), 1, 0)),
                             dnm::ResourceError);
  }

  void everything_removed() {
    const Graph graph = layered_graph({3, 4}, {{0, 3}, {1, 4}, {2, 5}, {0, 6}, {1, 6}});
    const auto links = graph.links();
    QCOMPARE(consistency_of_removal(graph, links, ConsistencyRoute::general).hits, links.size());
    QCOMPARE(consistency_of_removal(graph, links, ConsistencyRoute::bipartite).hits, links.size());
    QCOMPARE(consistency_of_removal(graph, links, ConsistencyRoute::bipartite_svd).hits, links.size());
  }

  void a_tenth_is_rounded_half_up() {
    QCOMPARE(dnm::removal_size(dnm::test::ring(14)), std::uint64_t{1});
    QCOMPARE(dnm::removal_size(dnm::test::ring(15)), std::uint64_t{2});
    QCOMPARE(dnm::removal_size(dnm::test::ring(25)), std::uint64_t{3});
    QCOMPARE(dnm::removal_size(dnm::test::ring(5)), std::uint64_t{1});
  }

  void a_stop_ends_it_data() {
    QTest::addColumn<int>("route");
    QTest::addColumn<int>("after_milliseconds");
    for (const int delay : {20, 400, 1200}) {
      QTest::addRow("general, %d ms", delay) << static_cast<int>(ConsistencyRoute::general) << delay;
      QTest::addRow("bipartite, %d ms", delay) << static_cast<int>(ConsistencyRoute::bipartite) << delay;
    }
  }

  void a_stop_ends_it() {
    QFETCH(int, route);
    QFETCH(int, after_milliseconds);
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const auto removed = dnm::draw_removal(graph, 0, 0);
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(after_milliseconds)};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(consistency_of_removal(
                                 graph, removed, static_cast<ConsistencyRoute>(route), stopped.control())),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestStructuralConsistency)
#include "test_structural_consistency.moc"
