// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <chrono>
#include <cmath>
#include <stop_token>
#include <thread>

#include "core/measures/igraph_adapter.h"
#include "core/measures/path_length.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_values.h"
#include "tests/core/stopped_later.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::NodeIndex;
using dnm::path_lengths;
using dnm::PathLengths;

namespace {

/// One queue per source.
std::vector<std::uint64_t> pairs_by_distance(const Graph& graph) {
  std::vector<std::uint64_t> pairs;
  for (NodeIndex source = 0; source < graph.node_count(); ++source) {
    std::vector<std::size_t> distance(graph.node_count(), 0);
    std::vector<NodeIndex> queue{source};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const NodeIndex v : graph.neighbours(queue[head])) {
        if (v == source || distance[v] > 0) continue;
        distance[v] = distance[queue[head]] + 1;
        queue.push_back(v);
        if (v < source) continue;
        if (pairs.size() < distance[v]) pairs.resize(distance[v], 0);
        ++pairs[distance[v] - 1];
      }
    }
  }
  return pairs;
}

}  // namespace

class TestPathLength : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reference_values_data() {
    QTest::addColumn<std::string>("name");
    for (const std::string& name : dnm::reference::graph_names()) QTest::newRow(name.c_str()) << name;
  }

  void reference_values() {
    QFETCH(std::string, name);
    const auto values = dnm::reference::values(name + "_lqg.json");
    const Graph graph = dnm::reference::graph(name);
    const PathLengths lengths = path_lengths(graph);
    QCOMPARE(lengths.pairs_at, values["L_hist"]["bins"].get<std::vector<std::uint64_t>>());
    QCOMPARE(lengths.all_pairs() - lengths.joined_pairs(), values["L_hist"]["unconnected_pairs"].get<std::uint64_t>());
    QVERIFY(std::abs(lengths.mean().value() - values["L"].get<double>()) < 1e-12);
    QVERIFY(std::abs(lengths.global_efficiency() - values["efficiency_global"].get<double>()) < 1e-12);
  }

  void every_node_is_a_source_on_random_graphs() {
    // Sizes around the 512 sources of a batch, from shattered to dense.
    for (const NodeIndex nodes : {1U, 2U, 63U, 64U, 65U, 130U, 511U, 512U, 513U}) {
      for (const double mean_degree : {0.5, 1.5, 4.0, 20.0}) {
        const Graph graph = dnm::test::random_graph(nodes, mean_degree / nodes, nodes + 7);
        const auto expected = pairs_by_distance(graph);
        for (const auto instruction_set : dnm::search_instruction_sets()) {
          QCOMPARE(dnm::path_lengths_with(instruction_set, graph, 2).pairs_at, expected);
        }
      }
    }
  }

  void instruction_sets_end_with_the_portable_one() {
    QCOMPARE(dnm::search_instruction_sets().back(), std::string_view("portable"));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::path_lengths_with("abacus", dnm::test::ring(5))),
                             dnm::InvalidInput);
  }

  void known_graphs() {
    const PathLengths star = path_lengths(dnm::test::star(600));
    QCOMPARE(star.pairs_at, (std::vector<std::uint64_t>{600, 600 * 599 / 2}));
    // A ring of 2k nodes has 2k pairs at every distance below k and k pairs at k.
    const PathLengths ring = path_lengths(dnm::test::ring(1400));
    std::vector<std::uint64_t> expected(700, 1400);
    expected.back() = 700;
    QCOMPARE(ring.pairs_at, expected);
    const PathLengths bipartite = path_lengths(Graph(30, dnm::test::complete_bipartite_links(10, 20)));
    QCOMPARE(bipartite.pairs_at, (std::vector<std::uint64_t>{200, 45 + 190}));
    const PathLengths link = path_lengths(Graph(2, dnm::test::Links{{0, 1}}));
    QCOMPARE(link.mean().value(), 1.0);
    QCOMPARE(link.joined_fraction(), 1.0);
  }

  void without_links_there_is_no_mean() {
    const PathLengths lengths = path_lengths(Graph(5, {}));
    QVERIFY(!lengths.mean());
    QCOMPARE(lengths.joined_fraction(), 0.0);
    QCOMPARE(lengths.global_efficiency(), 0.0);
    QVERIFY(!path_lengths(Graph(1, {})).mean());
    const PathLengths isolated = path_lengths(Graph(4, dnm::test::Links{{0, 2}}));
    QCOMPARE(isolated.mean().value(), 1.0);
    QCOMPARE(isolated.joined_fraction(), 1.0 / 6.0);
  }

  void number_of_threads_does_not_matter() {
    const Graph graph = dnm::test::random_graph(2000, 0.002, 3);
    const PathLengths one = path_lengths(graph, 1);
    QCOMPARE(path_lengths(graph, 3).pairs_at, one.pairs_at);
  }

  void igraph_agrees() {
    for (const char* name : {"karate", "karate_plus_fragments", "layered_98_196_196_s90", "bip_784_1568_s99"}) {
      const Graph graph = dnm::reference::graph(name);
      const PathLengths own = path_lengths(graph);
      const auto other = dnm::IgraphGraph(graph, {}).average_path_length({});
      QVERIFY(std::abs(other.mean - own.mean().value()) < 1e-12);
      QCOMPARE(other.unjoined_pairs, own.all_pairs() - own.joined_pairs());
    }
  }

  void a_stop_ends_it() {
    const Graph graph = dnm::test::ring(40000);
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(30)};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(path_lengths(graph, 2, stopped.control())), dnm::Cancelled);
  }
};

DNM_TEST(TestPathLength)
#include "test_path_length.moc"
