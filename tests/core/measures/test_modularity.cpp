// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
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
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::maximise_modularity;
using dnm::Modularity;
using dnm::modularity_of;
using dnm::ModularityMethod;
using dnm::NodeIndex;

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
      const Modularity found = maximise_modularity(graph, method, runs, 0);
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
    QVERIFY(maximise_modularity(graph, ModularityMethod::leiden, 10, 0).best >= 0.4197);
    QVERIFY(maximise_modularity(graph, ModularityMethod::leiden, 10, 1).best <= 0.41979);
  }

  void same_seed_same_communities() {
    const Graph graph = dnm::reference::graph("layered_98_196_196_s90");
    const Modularity first = maximise_modularity(graph, ModularityMethod::leiden, 3, 42);
    static_cast<void>(maximise_modularity(graph, ModularityMethod::louvain, 2, 7));
    const Modularity again = maximise_modularity(graph, ModularityMethod::leiden, 3, 42);
    QCOMPARE(again.community_of, first.community_of);
    QCOMPARE(again.mean, first.mean);
    QVERIFY(maximise_modularity(graph, ModularityMethod::leiden, 3, 43).mean != first.mean);
  }

  void partial_results_grow_run_by_run() {
    std::vector<int> runs;
    const Graph graph = dnm::reference::graph("karate");
    static_cast<void>(maximise_modularity(graph, ModularityMethod::leiden, 4, 0, {},
                                          [&](const Modularity& so_far) { runs.push_back(so_far.runs); }));
    QCOMPARE(runs, (std::vector<int>{1, 2, 3}));
  }

  void degenerate_graphs() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(maximise_modularity(Graph(4, {}), ModularityMethod::leiden, 1, 0)),
                             dnm::InvalidInput);
    const Modularity link = maximise_modularity(Graph(2, dnm::test::Links{{0, 1}}), ModularityMethod::leiden, 2, 0);
    QVERIFY(std::abs(link.best) < 1e-12);
    // Complete bipartite graphs have no communities.
    const Graph complete(20, dnm::test::complete_bipartite_links(8, 12));
    QVERIFY(maximise_modularity(complete, ModularityMethod::louvain, 3, 0).best < 1e-9);
    // A ring of 30: the best division is into arcs.
    const Modularity ring = maximise_modularity(dnm::test::ring(30), ModularityMethod::leiden, 10, 0);
    QVERIFY(ring.best > 0.6);
    QVERIFY(ring.best <= 1.0 - 2.0 / std::sqrt(30.0) + 1e-12);
  }

  void two_threads_take_turns() {
    const Graph graph = dnm::reference::graph("karate");
    const double expected = maximise_modularity(graph, ModularityMethod::leiden, 20, 3).mean;
    double first = 0.0;
    double second = 0.0;
    {
      std::jthread one([&] { first = maximise_modularity(graph, ModularityMethod::leiden, 20, 3).mean; });
      std::jthread two([&] { second = maximise_modularity(graph, ModularityMethod::leiden, 20, 3).mean; });
    }
    QCOMPARE(first, expected);
    QCOMPARE(second, expected);
  }

  void an_igraph_error_becomes_an_exception() {
    // plfit refuses an empty sample.
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::igraph_power_law({}, {})), dnm::NumericalError);
    // and the library is still usable
    QVERIFY(maximise_modularity(dnm::test::ring(12), ModularityMethod::leiden, 1, 0).best > 0.0);
  }

  void a_stop_ends_it_data() {
    QTest::addColumn<int>("what");
    QTest::newRow("leiden") << 0;
    QTest::newRow("louvain") << 1;
    QTest::newRow("path length") << 2;
  }

  void a_stop_ends_it() {
    QFETCH(int, what);
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(100)};
    const auto run = [&] {
      if (what == 2) {
        static_cast<void>(dnm::IgraphGraph(graph, stopped.control()).average_path_length(stopped.control()));
      } else {
        static_cast<void>(maximise_modularity(graph, what == 0 ? ModularityMethod::leiden : ModularityMethod::louvain,
                                              1000, 0, stopped.control()));
      }
    };
    QVERIFY_EXCEPTION_THROWN(run(), dnm::Cancelled);
  }
};

DNM_TEST(TestModularity)
#include "test_modularity.moc"
