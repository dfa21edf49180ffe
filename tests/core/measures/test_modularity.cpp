// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>
#include <stop_token>
#include <thread>

#include "core/measures/igraph_adapter.h"
#include "core/measures/modularity.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_values.h"
#include "tests/core/stopped_later.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::LeidenEngine;
using dnm::maximise_modularity;
using dnm::Modularity;
using dnm::modularity_of;
using dnm::ModularityMethod;
using dnm::NodeIndex;

namespace {

/// Prints best, mean and standard deviation of Q over some runs of python-igraph's Leiden; arguments: an edge list of
/// tests/reference, how many runs, how many iterations.
constexpr const char* python_leiden = R"(
import random, statistics, sys
import igraph
lines = open(sys.argv[1]).read().splitlines()
nodes = next(int(w[2:]) for line in lines if line.startswith("#") for w in line.split() if w.startswith("N="))
links = [tuple(map(int, line.split())) for line in lines if line and not line.startswith("#")]
graph = igraph.Graph(nodes, links)
random.seed(1)
found = [graph.community_leiden("modularity", n_iterations=int(sys.argv[3])).modularity for _ in range(int(sys.argv[2]))]
print(max(found), statistics.mean(found), statistics.stdev(found))
)";

}  // namespace

class TestModularity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void layers_as_communities() {
    for (const char* name : {"layered_98_196_196_s90", "bip_784_1568_s99", "mlp_784_1568x3_s99"}) {
      const Graph graph = dnm::reference::graph(name);
      std::vector<std::int32_t> layer_of;
      for (std::size_t layer = 0; layer < graph.layer_sizes().size(); ++layer) {
        layer_of.insert(layer_of.end(), graph.layer_sizes()[layer], static_cast<std::int32_t>(layer));
      }
      const double expected = dnm::reference::values(std::string(name) + "_lqg.json")["Q"]["layer_partition"];
      // The file takes the layers' shares as exact; ours come from the links drawn.
      QVERIFY(std::abs(modularity_of(graph, layer_of) - expected) < 2e-3);
    }
  }

  void pairwise_definition_agrees() {
    const Graph graph = dnm::test::random_graph(60, 0.1, 5);
    dnm::Random random(6);
    std::vector<std::int32_t> community_of(60);
    for (auto& community : community_of) community = static_cast<std::int32_t>(random.below(4));
    const double ends = 2.0 * static_cast<double>(graph.link_count());
    double q = 0.0;
    for (NodeIndex i = 0; i < 60; ++i) {
      for (NodeIndex j = 0; j < 60; ++j) {
        if (community_of[i] != community_of[j]) continue;
        q += ((graph.has_link(i, j) ? 1.0 : 0.0) - graph.degree(i) * graph.degree(j) / ends) / ends;
      }
    }
    QVERIFY(std::abs(modularity_of(graph, community_of) - q) < 1e-12);
  }

  void reference_ranges_data() {
    QTest::addColumn<std::string>("name");
    for (const std::string& name : dnm::reference::graph_names()) QTest::newRow(name.c_str()) << name;
  }

  void reference_ranges() {
    QFETCH(std::string, name);
    const auto expected = dnm::reference::values(name + "_lqg.json")["Q"];
    const Graph graph = dnm::reference::graph(name);
    for (const auto& [method, key] :
         {std::pair{ModularityMethod::leiden, "leiden"}, std::pair{ModularityMethod::louvain, "louvain"}}) {
      const bool large = graph.link_count() > 20000;
      const bool small = graph.link_count() < 6000;
      const int runs = small ? 100 : large && method == ModularityMethod::louvain ? 3 : 10;
      // The file's values are those of one pass of Leiden a run.
      const Modularity found = maximise_modularity(graph, {.method = method, .runs = runs, .passes = 1});
      const double least = expected[key]["min"];
      const double mean = expected[key]["mean"];
      const double greatest = std::max(expected["best"].get<double>(), expected[key]["max"].get<double>());
      const double deviation = expected[key]["std"];
      QCOMPARE(found.runs, runs);
      // A hundred seeds span the file's range; another seed may leave it by a fraction of a deviation.
      QVERIFY(found.best <= greatest + deviation + 1e-12);
      QVERIFY(found.best >= (large ? least : mean) - deviation - 1e-12);
      QVERIFY(std::abs(found.mean - mean) <= 4.0 * std::hypot(deviation, found.deviation) / std::sqrt(runs) + 1e-12);
      QVERIFY(std::abs(modularity_of(graph, found.community_of) - found.best) < 1e-15);
      const std::set<std::int32_t> distinct(found.community_of.begin(), found.community_of.end());
      QCOMPARE(static_cast<std::int32_t>(distinct.size()), found.communities);
      QCOMPARE(*distinct.rbegin(), found.communities - 1);
    }
  }

  void karate_reaches_the_known_optimum() {
    const Graph graph = dnm::reference::graph("karate");
    // .41979 is the proven maximum for this graph.
    for (const LeidenEngine engine : {LeidenEngine::own, LeidenEngine::igraph}) {
      QVERIFY(maximise_modularity(graph, {.leiden = engine}).best >= 0.4197);
      QVERIFY(maximise_modularity(graph, {.leiden = engine, .seed = 1}).best <= 0.41979);
    }
  }

  void same_seed_same_communities() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    const Modularity first = maximise_modularity(graph, {.runs = 3, .seed = 42});
    static_cast<void>(maximise_modularity(graph, {.method = ModularityMethod::louvain, .runs = 2, .seed = 7}));
    const Modularity again = maximise_modularity(graph, {.runs = 3, .seed = 42});
    QCOMPARE(again.community_of, first.community_of);
    QCOMPARE(again.mean, first.mean);
    QVERIFY(maximise_modularity(graph, {.runs = 3, .seed = 43}).mean != first.mean);
  }

  void partial_results_grow_run_by_run() {
    std::vector<int> runs;
    const Graph graph = dnm::reference::graph("karate");
    static_cast<void>(
        maximise_modularity(graph, {.runs = 4}, {}, [&](const Modularity& so_far) { runs.push_back(so_far.runs); }));
    QCOMPARE(runs, (std::vector<int>{1, 2, 3}));
  }

  void degenerate_graphs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(maximise_modularity(Graph(4, {}), {.runs = 1})), dnm::InvalidInput);
    const Modularity link = maximise_modularity(Graph(2, dnm::test::Links{{0, 1}}), {.runs = 2});
    QVERIFY(std::abs(link.best) < 1e-12);
    // Complete bipartite graphs have no communities.
    const Graph complete(20, dnm::test::complete_bipartite_links(8, 12));
    QVERIFY(maximise_modularity(complete, {.method = ModularityMethod::louvain, .runs = 3}).best < 1e-9);
    // A ring of 30: the best division is into arcs.
    const Modularity ring = maximise_modularity(dnm::test::ring(30), {});
    QVERIFY(ring.best > 0.6);
    QVERIFY(ring.best <= 1.0 - 2.0 / std::sqrt(30.0) + 1e-12);
  }

  void two_threads_take_turns() {
    const Graph graph = dnm::reference::graph("karate");
    const dnm::ModularitySearch search{.runs = 20, .leiden = LeidenEngine::igraph, .seed = 3};
    const double expected = maximise_modularity(graph, search).mean;
    double first = 0.0;
    double second = 0.0;
    {
      std::jthread one([&] { first = maximise_modularity(graph, search).mean; });
      std::jthread two([&] { second = maximise_modularity(graph, search).mean; });
    }
    QCOMPARE(first, expected);
    QCOMPARE(second, expected);
  }

  void any_number_of_threads_finds_the_same() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    for (const ModularityMethod method : {ModularityMethod::leiden, ModularityMethod::louvain}) {
      const Modularity one = maximise_modularity(graph, {.method = method, .threads = 1});
      const Modularity three = maximise_modularity(graph, {.method = method, .threads = 3});
      QCOMPARE(three.community_of, one.community_of);
      QCOMPARE(three.mean, one.mean);
    }
  }

  void no_pass_loses_and_the_last_gains_nothing() {
    for (const char* name : {"karate", "npso_100_T0", "grid_3x3", "layered_98_196_196_s90"}) {
      const Graph graph = dnm::reference::graph(name);
      for (const LeidenEngine engine : {LeidenEngine::own, LeidenEngine::igraph}) {
        double before = -1.0;
        const auto after = [&](int passes) {
          return maximise_modularity(graph, {.runs = 1, .passes = passes, .leiden = engine, .seed = 5}).best;
        };
        for (int passes = 1; passes <= 6; ++passes) {
          const double q = after(passes);
          QVERIFY(q >= before - 1e-12);
          before = q;
        }
        // Random networks of this size take two dozen passes.
        QVERIFY(after(0) >= before - 1e-12);
        QVERIFY(std::abs(after(0) - after(200)) < 1e-12);
      }
    }
  }

  void a_division_until_stable_cannot_be_bettered_node_by_node() {
    for (const char* name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      const Graph graph = dnm::reference::graph(name);
      const Modularity found = maximise_modularity(graph, {.runs = 2});
      std::vector<std::int32_t> tried = found.community_of;
      const double best = modularity_of(graph, tried);
      for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        const std::int32_t own = tried[node];
        for (std::int32_t other = 0; other <= found.communities; ++other) {
          tried[node] = other;
          QVERIFY(modularity_of(graph, tried) <= best + 1e-12);
        }
        tried[node] = own;
      }
      // Nor by making one of two communities.
      for (std::int32_t a = 0; a < found.communities; ++a) {
        for (std::int32_t b = a + 1; b < found.communities; ++b) {
          std::vector<std::int32_t> joined = found.community_of;
          std::ranges::replace(joined, b, a);
          QVERIFY(modularity_of(graph, joined) <= best + 1e-12);
        }
      }
    }
  }

  void communities_are_connected() {
    for (const char* name : {"karate_plus_fragments", "npso_100_T0", "mlp_784_1568x3_s99"}) {
      const Graph graph = dnm::reference::graph(name);
      const std::vector<std::int32_t> community_of = maximise_modularity(graph, {.runs = 1, .passes = 2}).community_of;
      std::vector<std::pair<NodeIndex, NodeIndex>> inside;
      for (const auto& [u, v] : graph.links()) {
        if (community_of[u] == community_of[v]) inside.emplace_back(u, v);
      }
      const dnm::Components parts = dnm::connected_components(Graph(graph.node_count(), inside));
      const std::set<std::int32_t> communities(community_of.begin(), community_of.end());
      QCOMPARE(parts.sizes.size(), communities.size());
    }
  }

  void as_high_as_python_igraph_with_as_many_passes_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("passes");
    for (const char* name : {"karate", "npso_100_T0", "layered_98_196_196_s90", "mlp_784_1568x3_s99"}) {
      for (const int passes : {1, 2, 5}) QTest::addRow("%s, %d passes", name, passes) << name << passes;
    }
  }

  void as_high_as_python_igraph_with_as_many_passes() {
    QFETCH(QString, name);
    QFETCH(int, passes);
    const Graph graph = dnm::reference::graph(name.toStdString());
    const int runs = graph.link_count() > 20000 ? 6 : 100;
    QProcess python;
    python.start("/usr/bin/python3", {"-c", python_leiden, QString(dnm::test::reference_folder()) + "/" + name + ".tsv",
                                      QString::number(runs), QString::number(passes)});
    python.waitForFinished(120000);
    if (python.exitStatus() != QProcess::NormalExit || python.exitCode() != 0) QSKIP("python3-igraph is not installed");
    const QList<QByteArray> told = python.readAllStandardOutput().split(' ');
    const double best = told[0].toDouble(), mean = told[1].toDouble(), deviation = told[2].toDouble();
    const Modularity ours = maximise_modularity(graph, {.runs = runs, .passes = passes});
    // The same algorithm from other random numbers: means that agree within their errors.
    const double error = std::hypot(deviation, ours.deviation) / std::sqrt(runs);
    QVERIFY2(std::abs(ours.mean - mean) <= 4.0 * error + 1e-9,
             qPrintable(QStringLiteral("%1, python-igraph %2").arg(ours.mean).arg(mean)));
    // By default it goes on until no pass gains.
    const Modularity stable = maximise_modularity(graph, {.runs = runs});
    QVERIFY2(stable.best >= best - 1e-9, qPrintable(QStringLiteral("%1, python-igraph %2").arg(stable.best).arg(best)));
    QVERIFY(stable.mean >= mean - 3.0 * error - 1e-9);
  }

  void an_igraph_error_becomes_an_exception() {
    // plfit refuses an empty sample.
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::igraph_power_law({}, {})), dnm::NumericalError);
    // and the library is still usable
    QVERIFY(maximise_modularity(dnm::test::ring(12), {.runs = 1, .leiden = LeidenEngine::igraph}).best > 0.0);
  }

  void a_stop_ends_it_data() {
    QTest::addColumn<int>("what");
    QTest::newRow("leiden") << 0;
    QTest::newRow("louvain") << 1;
    QTest::newRow("path length") << 2;
    QTest::newRow("leiden by igraph") << 3;
  }

  void a_stop_ends_it() {
    QFETCH(int, what);
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(100)};
    const auto run = [&] {
      if (what == 2) {
        static_cast<void>(dnm::IgraphGraph(graph, stopped.control()).average_path_length(stopped.control()));
      } else {
        static_cast<void>(
            maximise_modularity(graph,
                                {.method = what == 1 ? ModularityMethod::louvain : ModularityMethod::leiden,
                                 .runs = 1000,
                                 .leiden = what == 3 ? LeidenEngine::igraph : LeidenEngine::own},
                                stopped.control()));
      }
    };
    QVERIFY_EXCEPTION_THROWN(run(), dnm::Cancelled);
  }
};

DNM_TEST(TestModularity)
#include "test_modularity.moc"
