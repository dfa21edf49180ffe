// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/network/graph.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::Mask;
using dnm::Network;
using dnm::NodeIndex;
using dnm::test::random_mask;

class TestNetwork : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void one_layer_is_a_graph_of_its_own() {
    const std::vector<Mask> masks{random_mask(20, 30, 80, 1), random_mask(30, 15, 60, 2)};
    const Network network = Network::layered({20, 30, 15}, masks);
    const Graph whole(network);
    for (std::size_t layer = 0; layer < 2; ++layer) {
      const Graph graph = dnm::layer_graph(network, layer);
      QCOMPARE(graph.layer_sizes(), (std::vector<NodeIndex>{masks[layer].n_in, masks[layer].n_out}));
      QCOMPARE(graph.link_count(), masks[layer].link_count());
      for (const auto& [u, v] : graph.links()) {
        QVERIFY(whole.has_link(network.first_node(layer) + u, network.first_node(layer) + v));
      }
    }
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::layer_graph(network, 2)), dnm::InvalidInput);
    const std::vector<std::pair<NodeIndex, NodeIndex>> links{{0, 1}, {1, 2}};
    const Network general = Network::general(4, links);
    QCOMPARE(dnm::layer_graph(general, 0).links(), links);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::layer_graph(general, 1)), dnm::InvalidInput);
  }

  void stitching_can_be_stopped() {
    std::stop_source source;
    source.request_stop();
    const dnm::TaskControl stopped{source.get_token(), {}};
    const Network network = Network::layered({20, 30}, {random_mask(20, 30, 80, 1)});
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(Graph(network, stopped)), dnm::Cancelled);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::layer_graph(network, 0, stopped)), dnm::Cancelled);
  }

  void stitches_layers_into_one_graph() {
    const Network network = Network::layered({20, 30, 15}, {random_mask(20, 30, 80, 1), random_mask(30, 15, 60, 2)});
    QCOMPARE(network.node_count(), 65U);
    QCOMPARE(network.link_count(), std::uint64_t{140});
    QCOMPARE(network.layer_of(0), std::size_t{0});
    QCOMPARE(network.layer_of(19), std::size_t{0});
    QCOMPARE(network.layer_of(20), std::size_t{1});
    QCOMPARE(network.layer_of(64), std::size_t{2});
    const Graph graph(network);
    QCOMPARE(graph.link_count(), network.link_count());
    std::uint64_t found = 0;
    for (NodeIndex u = 0; u < graph.node_count(); ++u) {
      const auto neighbours = graph.neighbours(u);
      for (std::size_t i = 1; i < neighbours.size(); ++i) QVERIFY(neighbours[i - 1] < neighbours[i]);
      for (const NodeIndex v : neighbours) {
        QVERIFY(graph.has_link(v, u));
        const auto low = std::min(network.layer_of(u), network.layer_of(v));
        QCOMPARE(std::max(network.layer_of(u), network.layer_of(v)), low + 1);
        const NodeIndex input = std::min(u, v) - network.first_node(low);
        const NodeIndex output = std::max(u, v) - network.first_node(low + 1);
        const auto row = network.masks()[low].row(output);
        QVERIFY(std::find(row.begin(), row.end(), input) != row.end());
        ++found;
      }
    }
    QCOMPARE(found, 2 * network.link_count());
    QCOMPARE(graph.links().size(), network.link_count());
  }

  void general_graphs_drop_loops_and_doubles() {
    const std::vector<std::pair<NodeIndex, NodeIndex>> links{{0, 1}, {1, 0}, {2, 2}, {3, 1}, {0, 1}};
    const Network network = Network::general(5, links);
    QVERIFY(!network.is_layered());
    QCOMPARE(network.link_count(), std::uint64_t{2});
    const Graph graph(network);
    QVERIFY(graph.has_link(0, 1) && graph.has_link(1, 3) && !graph.has_link(2, 2) && !graph.has_link(0, 3));
    QVERIFY(!graph.is_layered());
  }

  void refuses_what_does_not_fit() {
    const Mask good = random_mask(4, 3, 5, 1);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4}, {}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {good, good}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({5, 3}, {good}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 1, 1, 1}, {4}}}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 2, 2, 2}, {1, 1}}}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 2, 2, 2}, {2, 1}}}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 2, 1, 2}, {0, 1}}}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 9, 2, 2}, {0, 1}}}), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(Network::layered({4, 3}, {Mask{4, 3, {0, 1}, {0}}}), dnm::InvalidInput);
    const std::vector<std::pair<NodeIndex, NodeIndex>> outside{{0, 3}};
    QVERIFY_EXCEPTION_THROWN(Network::general(3, outside), dnm::InvalidInput);
    const std::vector<NodeIndex> huge{2000000000U, 2000000000U};
    QVERIFY_EXCEPTION_THROWN(Network::layered(huge, {Mask{}}), dnm::InvalidInput);
  }

  void components_come_largest_first() {
    const std::vector<std::pair<NodeIndex, NodeIndex>> links{{1, 2}, {4, 5}, {5, 6}, {6, 7}};
    const auto components = dnm::connected_components(Graph(9, links));
    QCOMPARE(components.sizes, (std::vector<NodeIndex>{4, 2, 1, 1, 1}));
    QCOMPARE(components.component_of, (std::vector<NodeIndex>{2, 1, 1, 3, 0, 0, 0, 0, 4}));
    QCOMPARE(components.isolated(), 3U);
    QVERIFY(dnm::connected_components(Graph(0, {})).sizes.empty());
  }
};

DNM_TEST(TestNetwork)
#include "test_network.moc"
