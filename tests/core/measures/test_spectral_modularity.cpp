// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <set>
#include <stop_token>
#include <thread>

#include "core/files/presets.h"
#include "core/measures/modularity_group.h"
#include "core/measures/spectral_modularity.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/core/measures/dense_reference.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/core/stopped_later.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::Modularity;
using dnm::modularity_of;
using dnm::ModularityGroup;
using dnm::NodeIndex;
using dnm::Sides;
using dnm::spectral_modularity;
using dnm::test::product;

namespace {

/// The modularity matrix of a group as its definition says, times 2m: integers.
Eigen::MatrixXd matrix_of(const Graph& graph, const std::vector<NodeIndex>& group) {
  const auto size = static_cast<Eigen::Index>(group.size());
  const auto ends = 2.0 * static_cast<double>(graph.link_count());
  Eigen::MatrixXd matrix(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      const NodeIndex u = group[static_cast<std::size_t>(i)];
      const NodeIndex v = group[static_cast<std::size_t>(j)];
      matrix(i, j) = (graph.has_link(u, v) ? ends : 0.0) - static_cast<double>(graph.degree(u)) * graph.degree(v);
    }
  }
  const Eigen::VectorXd sums = matrix.rowwise().sum();
  matrix.diagonal() -= sums;
  return matrix;
}

Sides random_sides(std::size_t size, std::uint64_t seed) {
  dnm::Random random(seed, 99);
  Sides sides(size);
  for (auto& side : sides) side = random.below(2) == 0 ? -1 : 1;
  return sides;
}

/// Part of a random graph, the way the method comes by it.
ModularityGroup random_part(const Graph& graph, std::uint64_t seed) {
  return part_of(dnm::whole_group(graph), random_sides(graph.node_count(), seed), 1);
}

/// Fine tuning step by step on the dense matrix. Ranks among ties are drawn as the header says: one node in fifty
/// apart.
Sides tuned_by_definition(const Graph& graph, const ModularityGroup& group, Sides sides, dnm::Random& random) {
  Eigen::MatrixXd matrix = matrix_of(graph, group.node);
  const auto size = matrix.rows();
  Eigen::VectorXd s(size);
  for (Eigen::Index i = 0; i < size; ++i) s[i] = sides[static_cast<std::size_t>(i)];
  double gain = s.dot(product(matrix, s).col(0));
  double best = gain;
  matrix.diagonal().setZero();
  std::vector<int> rank;
  for (Eigen::Index i = 0; i < size; ++i) {
    const auto drawn = random.below(100);
    rank.push_back(drawn > 1 ? 1 : static_cast<int>(2 * drawn));
  }
  std::vector<bool> moved(group.size(), false);
  while (std::find(moved.begin(), moved.end(), false) != moved.end()) {
    const Eigen::VectorXd change = -4.0 * s.cwiseProduct(product(matrix, s).col(0));
    std::optional<std::pair<double, int>> top;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::pair candidate(change[static_cast<Eigen::Index>(i)], rank[i]);
      if (!moved[i] && (!top || candidate > *top)) top = candidate;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      if (std::pair(change[at], rank[i]) != *top) continue;
      s[at] = -s[at];
      moved[i] = true;
    }
    gain += top->first;
    if (gain > best) {
      best = gain;
      for (std::size_t i = 0; i < group.size(); ++i) {
        sides[i] = s[static_cast<Eigen::Index>(i)] < 0.0 ? std::int8_t{-1} : std::int8_t{1};
      }
    }
  }
  return sides;
}

/// The greatest Q of all divisions of a tiny graph.
double best_of_all_divisions(const Graph& graph) {
  const std::size_t nodes = graph.node_count();
  std::vector<std::int32_t> community_of(nodes, 0);
  double best = -1.0;
  const auto divide = [&](const auto& self, std::size_t node, std::int32_t used) -> void {
    if (node == nodes) {
      best = std::max(best, modularity_of(graph, community_of));
      return;
    }
    for (std::int32_t community = 0; community <= used; ++community) {
      community_of[node] = community;
      self(self, node + 1, std::max(used, community + 1));
    }
  };
  divide(divide, 0, 0);
  return best;
}

dnm::test::Links cliques(NodeIndex count, NodeIndex size, bool joined) {
  dnm::test::Links links;
  for (NodeIndex clique = 0; clique < count; ++clique) {
    for (NodeIndex u = 0; u < size; ++u) {
      for (NodeIndex v = u + 1; v < size; ++v) links.emplace_back(clique * size + u, clique * size + v);
    }
    if (joined && clique + 1 < count) links.emplace_back(clique * size, (clique + 1) * size);
  }
  return links;
}

}  // namespace

class TestSpectralModularity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void means_agree_with_the_reference_data() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<double>("mean");
    QTest::newRow("karate") << std::string("karate") << .4034;
    QTest::newRow("npso_100_T0") << std::string("npso_100_T0") << .4518;
    QTest::newRow("layered_98_196_196_s90") << std::string("layered_98_196_196_s90") << .1722;
    QTest::newRow("toy_A") << std::string("toy_A") << .148148;
    QTest::newRow("toy_B") << std::string("toy_B") << .21875;
  }

  /// Means over 100 node orders (tests/reference/README.md); the manual allows .02.
  void means_agree_with_the_reference() {
    QFETCH(std::string, name);
    QFETCH(double, mean);
    const Graph graph = dnm::reference::graph(name);
    const Modularity found = spectral_modularity(graph, 100, 0);
    qInfo("%.4f ± %.4f, best %.4f; reference %.4f", found.mean, found.deviation, found.best, mean);
    QVERIFY(std::abs(found.mean - mean) <= .02);
    QVERIFY(found.best >= found.mean - 1e-12);
    QCOMPARE(found.runs, 100);
    QVERIFY(std::abs(modularity_of(graph, found.community_of) - found.best) < 1e-15);
    const std::set<std::int32_t> distinct(found.community_of.begin(), found.community_of.end());
    QCOMPARE(static_cast<std::int32_t>(distinct.size()), found.communities);
    QCOMPARE(found.community_of.front(), 0);
  }

  void panels_data() {
    QTest::addColumn<std::string>("preset");
    QTest::addColumn<std::string>("border");
    QTest::addColumn<double>("mean");
    QTest::newRow("a") << std::string("poster-a") << std::string("wrap") << .177;
    QTest::newRow("b") << std::string("poster-b") << std::string("wrap") << .669;
    QTest::newRow("c") << std::string("poster-c") << std::string("wrap") << .562;
    QTest::newRow("d") << std::string("poster-d") << std::string("wrap") << .671;
    QTest::newRow("b bounded") << std::string("poster-b") << std::string("bounded") << .517;
    QTest::newRow("c bounded") << std::string("poster-c") << std::string("bounded") << .503;
    QTest::newRow("d bounded") << std::string("poster-d") << std::string("bounded") << .696;
  }

  /// Five-seed means (manual: methods/model, "Reference values").
  void panels() {
    QFETCH(std::string, preset);
    QFETCH(std::string, border);
    QFETCH(double, mean);
    dnm::ModelParameters parameters = dnm::preset(preset).parameters;
    dnm::set_from_text(parameters, "border", border);
    double sum = 0.0;
    for (parameters.seed = 0; parameters.seed < 5; ++parameters.seed) {
      sum += spectral_modularity(Graph(*dnm::generate(parameters).network), 10, parameters.seed).mean;
    }
    qInfo("%.4f; expected %.3f", sum / 5.0, mean);
    QVERIFY(std::abs(sum / 5.0 - mean) <= .02);
  }

  void the_leading_vector_is_that_of_the_matrix() {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const Graph graph = dnm::test::random_graph(80 + static_cast<NodeIndex>(40 * seed), 0.06, seed);
      const ModularityGroup group = seed % 2 == 0 ? dnm::whole_group(graph) : random_part(graph, seed);
      dnm::Random random(seed);
      const std::vector<double> found = leading_vector(group, random, {});
      const Eigen::Map<const Eigen::VectorXd> vector(found.data(), static_cast<Eigen::Index>(found.size()));
      const Eigen::MatrixXd matrix = matrix_of(graph, group.node) / (2.0 * static_cast<double>(graph.link_count()));
      const auto [values, vectors] = dnm::test::eigen_pairs(matrix);
      QVERIFY(std::abs(vector.norm() - 1.0) < 1e-9);
      QVERIFY(std::abs(vector.dot(product(matrix, vector).col(0)) - values.tail(1)[0]) < 1e-6);
      QVERIFY(std::abs(std::abs(vector.dot(vectors.rightCols(1).col(0))) - 1.0) < 1e-4);
    }
  }

  void gains_are_those_of_the_matrix() {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Graph graph = dnm::test::random_graph(50, 0.1, seed);
      const ModularityGroup group = random_part(graph, seed);
      const Sides sides = random_sides(group.size(), seed + 1);
      Eigen::VectorXd s(static_cast<Eigen::Index>(group.size()));
      for (std::size_t i = 0; i < group.size(); ++i) s[static_cast<Eigen::Index>(i)] = sides[i];
      const double expected = s.dot(product(matrix_of(graph, group.node), s).col(0));
      QCOMPARE(static_cast<double>(division_gain(group, sides)), std::round(expected));
    }
  }

  void fine_tuning_does_what_its_definition_says() {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      const auto nodes = static_cast<NodeIndex>(8 + seed);
      // Sparse and small: many ties.
      const Graph graph = dnm::test::random_graph(nodes, 3.0 / nodes, seed);
      if (graph.link_count() == 0) continue;
      const ModularityGroup group = seed % 3 == 0 ? dnm::whole_group(graph) : random_part(graph, seed);
      const Sides start = random_sides(group.size(), seed + 7);
      dnm::Random one(seed, 5);
      dnm::Random two(seed, 5);
      const Sides found = fine_tuned(group, start, division_gain(group, start), one, {});
      QCOMPARE(found, tuned_by_definition(graph, group, start, two));
    }
  }

  void tiny_graphs_stay_below_the_best_of_all_divisions() {
    int reached = 0;
    int tried = 0;
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      const Graph graph = dnm::test::random_graph(8, 0.35, seed);
      if (graph.link_count() == 0) continue;
      const double best = best_of_all_divisions(graph);
      const Modularity found = spectral_modularity(graph, 5, seed);
      QVERIFY(found.best <= best + 1e-12);
      QVERIFY(found.mean >= -1e-12);
      ++tried;
      reached += found.best > best - 1e-12 ? 1 : 0;
    }
    qInfo("%d of %d tiny graphs divided as well as possible", reached, tried);
    QVERIFY(2 * reached > tried);
  }

  void clear_communities_are_found() {
    const Graph joined(16, cliques(4, 4, true));
    const Modularity found = spectral_modularity(joined, 5, 1);
    std::vector<std::int32_t> cliques_of(16);
    for (std::size_t node = 0; node < 16; ++node) cliques_of[node] = static_cast<std::int32_t>(node / 4);
    QCOMPARE(found.community_of, cliques_of);
    const Modularity apart = spectral_modularity(Graph(15, cliques(3, 5, false)), 5, 1);
    QCOMPARE(apart.communities, 3);
    QVERIFY(std::abs(apart.mean - 2.0 / 3.0) < 1e-12);
  }

  void graphs_without_communities_have_none() {
    for (const Graph& graph :
         {Graph(2, dnm::test::Links{{0, 1}}), Graph(20, dnm::test::complete_bipartite_links(8, 12)), dnm::test::star(9),
          Graph(7, dnm::test::complete_bipartite_links(3, 4)), Graph(6, cliques(1, 6, false))}) {
      const Modularity found = spectral_modularity(graph, 4, 0);
      QVERIFY(std::abs(found.mean) < 1e-12 && std::abs(found.best) < 1e-12);
      QCOMPARE(found.communities, 1);
    }
  }

  void degenerate_graphs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(spectral_modularity(Graph(4, {}), 3, 0)), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(spectral_modularity(dnm::test::ring(9), 0, 0)), dnm::InvalidInput);
    // Isolated nodes belong somewhere and change nothing.
    dnm::test::Links links = cliques(3, 5, true);
    const double without = spectral_modularity(Graph(15, links), 3, 0).best;
    const Modularity with = spectral_modularity(Graph(40, links), 3, 0);
    QVERIFY(std::abs(with.best - without) < 1e-12);
    QCOMPARE(with.community_of.size(), std::size_t{40});
    const Modularity ring = spectral_modularity(dnm::test::ring(30), 20, 0);
    QVERIFY(ring.best > 0.5 && ring.best <= 1.0 - 2.0 / std::sqrt(30.0) + 1e-12);
  }

  void threads_and_seed() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const Modularity one = spectral_modularity(graph, 9, 3, 1);
    const Modularity four = spectral_modularity(graph, 9, 3, 4);
    QCOMPARE(four.community_of, one.community_of);
    QCOMPARE(four.mean, one.mean);
    QCOMPARE(four.deviation, one.deviation);
    QVERIFY(spectral_modularity(graph, 9, 4, 1).mean != one.mean);
  }

  void partial_results_grow_order_by_order() {
    std::vector<int> runs;
    static_cast<void>(spectral_modularity(dnm::reference::graph("karate"), 6, 0, 3, {},
                                          [&](const Modularity& so_far) { runs.push_back(so_far.runs); }));
    QCOMPARE(runs, (std::vector<int>{1, 2, 3, 4, 5}));
  }

  void a_stop_ends_it() {
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(50)};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(spectral_modularity(graph, 10000, 0, 2, stopped.control())),
                             dnm::Cancelled);
  }
};

DNM_TEST(TestSpectralModularity)
#include "test_spectral_modularity.moc"
