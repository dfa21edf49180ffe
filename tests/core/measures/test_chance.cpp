// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <stop_token>
#include <thread>

#include "core/files/presets.h"
#include "core/measures/chance.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/core/stopped_later.h"
#include "tests/support/test_class.h"

using dnm::ChanceComparison;
using dnm::compare_with_chance;
using dnm::Graph;
using dnm::measure;
using dnm::MeasureSettings;
using dnm::NodeIndex;
using dnm::randomised_copy;
using dnm::reference::layered_graph;

namespace {

Graph panel(const char* id) { return Graph(*dnm::generate(dnm::preset(id).parameters).network); }

ChanceComparison against_chance(const char* id, const Graph& graph, int copies, const MeasureSettings& settings = {}) {
  const dnm::Measurement measured = measure(id).compute(graph, settings, {}, {});
  return compare_with_chance(measure(id), measured, graph, settings, copies);
}

/// Links of every node to lower and to higher numbers: to the layer before and after.
std::vector<std::pair<std::size_t, std::size_t>> degrees_by_layer(const Graph& graph) {
  std::vector<NodeIndex> layer_of;
  for (std::size_t layer = 0; layer < graph.layer_sizes().size(); ++layer) {
    layer_of.insert(layer_of.end(), graph.layer_sizes()[layer], static_cast<NodeIndex>(layer));
  }
  std::vector<std::pair<std::size_t, std::size_t>> degrees(graph.node_count());
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (const NodeIndex v : graph.neighbours(u)) {
      if (layer_of[v] + 1 == layer_of[u]) ++degrees[u].first;
      if (layer_of[v] == layer_of[u] + 1) ++degrees[u].second;
    }
  }
  return degrees;
}

bool is_simple(const Graph& graph) {
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    const auto list = graph.neighbours(u);
    if (std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()) != list.end()) return false;
    for (const NodeIndex v : list) {
      if (u == v || !graph.has_link(v, u)) return false;
    }
  }
  return true;
}

/// χ² of how often each of `kinds` equally likely outcomes came.
double chi_square(const std::map<dnm::test::Links, int>& seen, std::size_t kinds, int draws) {
  const double expected = static_cast<double>(draws) / static_cast<double>(kinds);
  double sum = static_cast<double>(kinds - seen.size()) * expected;
  for (const auto& [links, count] : seen) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

}  // namespace

class TestChance : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void copies_keep_degrees_and_layers() {
    const std::vector<NodeIndex> sizes{20, 40, 30, 10};
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Graph graph =
          layered_graph(sizes, dnm::test::random_layered_links(sizes, 0.05 + 0.05 * static_cast<double>(seed), seed));
      dnm::Random random(seed);
      const Graph copy = randomised_copy(graph, random);
      QVERIFY(is_simple(copy));
      QCOMPARE(copy.layer_sizes(), graph.layer_sizes());
      QCOMPARE(copy.link_count(), graph.link_count());
      QCOMPARE(degrees_by_layer(copy), degrees_by_layer(graph));
      QVERIFY(copy.links() != graph.links());
    }
  }

  void copies_of_general_graphs_keep_degrees() {
    for (const char* name : {"karate", "npso_100_T0", "karate_plus_fragments"}) {
      const Graph graph = dnm::reference::graph(name);
      dnm::Random random(4);
      const Graph copy = randomised_copy(graph, random);
      QVERIFY(is_simple(copy));
      QVERIFY(!copy.is_layered());
      for (NodeIndex node = 0; node < graph.node_count(); ++node) QCOMPARE(copy.degree(node), graph.degree(node));
      QVERIFY(copy.links() != graph.links());
    }
  }

  /// All 6 masks of 3 x 3 with two links in every row and column, and all 70 simple graphs on 6 nodes of degree 2: two
  /// triangles (10) or one ring (60).
  void every_graph_of_these_degrees_is_equally_likely() {
    constexpr int draws = 7000;
    const Graph mask = layered_graph({3, 3}, {{0, 3}, {0, 4}, {1, 4}, {1, 5}, {2, 5}, {2, 3}});
    const Graph ring = dnm::test::ring(6);
    std::map<dnm::test::Links, int> masks;
    std::map<dnm::test::Links, int> rings;
    for (int draw = 0; draw < draws; ++draw) {
      dnm::Random random(9, static_cast<std::uint64_t>(draw));
      ++masks[randomised_copy(mask, random).links()];
      ++rings[randomised_copy(ring, random).links()];
    }
    QCOMPARE(masks.size(), std::size_t{6});
    QCOMPARE(rings.size(), std::size_t{70});
    // Beyond the 99.99 % points of χ² with 5 and 69 degrees of freedom lies no fair draw.
    QVERIFY(chi_square(masks, 6, draws) < 25.7);
    QVERIFY(chi_square(rings, 70, draws) < 121.0);
  }

  void what_cannot_be_switched_stays() {
    for (const Graph& graph : {Graph(5, {}), Graph(2, dnm::test::Links{{0, 1}}), dnm::test::star(6),
                               layered_graph({3, 4}, dnm::test::complete_bipartite_links(3, 4))}) {
      dnm::Random random(1);
      QCOMPARE(randomised_copy(graph, random).links(), graph.links());
    }
  }

  void a_random_layered_network_is_what_chance_gives() {
    const std::vector<NodeIndex> sizes{30, 60, 60};
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const Graph graph = layered_graph(sizes, dnm::test::random_layered_links(sizes, 0.1, seed));
      MeasureSettings settings;
      settings.seed = seed;
      for (const char* id : {"L", "Q", "sigma_c"}) {
        const ChanceComparison found = against_chance(id, graph, 20, settings);
        qInfo("%s: mean %.4f sd %.4f z %.2f", id, found.mean, found.sd, found.z.value_or(99.0));
        QCOMPARE(found.copies, 20);
        QCOMPARE(found.without_value, 0);
        QVERIFY(found.reason.empty());
        QVERIFY(std::abs(found.z.value()) < 5.0);
      }
    }
  }

  void a_dendritic_network_is_not() {
    const Graph graph = panel("poster-d");
    for (const char* id : {"L", "Q", "sigma_c"}) {
      MeasureSettings settings;
      settings.modularity_runs = 2;
      settings.sigma_draws = 3;
      const ChanceComparison found = against_chance(id, graph, 6, settings);
      qInfo("%s: mean %.4f sd %.4f z %.1f", id, found.mean, found.sd, found.z.value());
      QVERIFY(found.z.value() > 50.0);
    }
    MeasureSettings spectral;
    spectral.modularity = dnm::ModularityMethod::spectral;
    spectral.modularity_runs = 2;
    QVERIFY(against_chance("Q", graph, 6, spectral).z.value() > 50.0);
  }

  void mean_and_deviation_are_those_of_the_copies() {
    const Graph graph = dnm::reference::graph("karate");
    const dnm::Measurement measured = measure("L").compute(graph, {}, {}, {});
    std::vector<ChanceComparison> steps;
    const ChanceComparison found =
        compare_with_chance(measure("L"), measured, graph, {}, 6, {}, [&](const auto& step) { steps.push_back(step); });
    QCOMPARE(steps.size(), std::size_t{5});
    QVERIFY(!steps[0].z && std::isnan(steps[0].sd) && !steps[0].reason.empty());
    steps.push_back(found);
    // The means so far give the values back one by one; those give mean and deviation another way.
    std::vector<double> values;
    double sum = 0.0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      QCOMPARE(steps[i].copies, static_cast<int>(i + 1));
      values.push_back(steps[i].mean * static_cast<double>(i + 1) - sum);
      sum += values.back();
    }
    double pairs = 0.0;
    for (const double a : values) {
      for (const double b : values) pairs += (a - b) * (a - b);
    }
    const double deviation = std::sqrt(pairs / (2.0 * 6.0 * 5.0));
    QVERIFY(std::abs(found.sd - deviation) < 1e-9);
    QVERIFY(std::abs(found.z.value() - (*measured.value - sum / 6.0) / deviation) < 1e-5);
  }

  void what_has_no_z_says_why() {
    const Graph karate = dnm::reference::graph("karate");
    const ChanceComparison gamma = against_chance("gamma", karate, 10);
    QVERIFY(!gamma.z && gamma.reason.find("degrees") != std::string::npos);
    QCOMPARE(gamma.sd, 0.0);
    MeasureSettings removed;
    removed.removed = {{0, 1}};
    QVERIFY(against_chance("sigma_c", karate, 10, removed).reason.find("removal set") != std::string::npos);
    const Graph complete = layered_graph({3, 4}, dnm::test::complete_bipartite_links(3, 4));
    const ChanceComparison same = against_chance("L", complete, 4);
    QVERIFY(!same.z && same.sd == 0.0 && same.copies == 4 && same.reason.find("same value") != std::string::npos);
    const Graph link(2, dnm::test::Links{{0, 1}});
    QVERIFY(against_chance("L", link, 4).reason.find("two links") != std::string::npos);
    QVERIFY(against_chance("sigma_c", link, 4).reason.find("no value") != std::string::npos);
    for (const char* id : {"L", "Q", "sigma_c", "gamma"}) {
      const ChanceComparison none = against_chance(id, Graph(4, {}), 4);
      QVERIFY(!none.z && !none.reason.empty() && std::isnan(none.mean) && none.copies == 0);
    }
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(against_chance("L", karate, 1)), dnm::InvalidInput);
  }

  void copies_without_a_value_are_counted() {
    // A measure that has no value on every graph but those where nodes 0 and 1 are joined.
    dnm::Measure half = measure("L");
    half.compute = [](const Graph& graph, const MeasureSettings&, const dnm::TaskControl&, const dnm::PartialResult&) {
      dnm::Measurement found;
      if (graph.has_link(0, 1)) found.value = 1.0 + static_cast<double>(graph.neighbours(0).back());
      return found;
    };
    const Graph graph = dnm::test::ring(12);
    dnm::Measurement own;
    own.value = 12.0;
    const ChanceComparison found = compare_with_chance(half, own, graph, {}, 200);
    QCOMPARE(found.copies, 200);
    // In a random graph of degree 2 a given pair is joined with probability 2 / 11 or so.
    QVERIFY(found.without_value > 140 && found.without_value < 190);
    QVERIFY(found.z.has_value());
  }

  void threads_do_not_matter_and_seeds_do() {
    const Graph graph = panel("poster-a");
    MeasureSettings settings;
    settings.threads = 1;
    const ChanceComparison one = against_chance("L", graph, 7, settings);
    settings.threads = 3;
    const ChanceComparison three = against_chance("L", graph, 7, settings);
    QCOMPARE(three.mean, one.mean);
    QCOMPARE(three.sd, one.sd);
    settings.seed = 1;
    QVERIFY(against_chance("L", graph, 7, settings).mean != one.mean);
  }

  void a_stop_ends_it_data() {
    QTest::addColumn<std::string>("id");
    for (const char* id : {"L", "Q", "sigma_c"}) QTest::newRow(id) << std::string(id);
  }

  void a_stop_ends_it() {
    QFETCH(std::string, id);
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(150)};
    dnm::Measurement own;
    own.value = 1.0;
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(compare_with_chance(measure(id), own, graph, {}, 100000, stopped.control())), dnm::Cancelled);
  }
};

DNM_TEST(TestChance)
#include "test_chance.moc"
