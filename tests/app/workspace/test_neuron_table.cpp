// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <numbers>
#include <set>

#include "app/workspace/neuron_query.h"
#include "app/workspace/selected_neurons.h"
#include "app/workspace/session/document.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"

using namespace dnm;
using namespace dnm::test;

namespace {

std::size_t column_of(const NeuronTable& table, std::string_view id) {
  for (std::size_t column = 0; column < table.columns().size(); ++column)
    if (table.columns()[column].id == id) return column;
  qFatal("there is no column %s", std::string(id).c_str());
}

std::vector<NodeIndex> found(const char* text, const NeuronTable& table) { return NeuronQuery(text, table).rows(); }

/// Two layers, 4 inputs and 3 outputs; output 0 is linked to inputs 0, 1 and 3 (one dendrite over the border and one
/// more link of it), output 1 to input 2, output 2 to none.
NetworkPointer small_network() {
  return std::make_shared<const Network>(Network::layered({4, 3}, {Mask{4, 3, {0, 3, 4, 4}, {0, 1, 3, 2}}}));
}

}  // namespace

/// The table of neurons, what a search finds in it, and what is kept of a selection.
class TestNeuronTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_neuron_has_its_place_and_links() {
    const NeuronTable table(SceneInput{small_network()});
    QCOMPARE(table.row_count(), std::size_t{7});
    const auto cells = [&](const char* id) {
      std::string words;
      for (std::size_t row = 0; row < table.row_count(); ++row) words += table.text(row, column_of(table, id)) + "|";
      return words;
    };
    QCOMPARE(cells("neuron"), std::string("input 0|input 1|input 2|input 3|layer 1 neuron 0|layer 1 neuron 1|"
                                          "layer 1 neuron 2|"));
    QCOMPARE(cells("layer"), std::string("0|0|0|0|1|1|1|"));
    QCOMPARE(cells("index"), std::string("0|1|2|3|0|1|2|"));
    QCOMPARE(cells("in"), std::string("||||3|1|0|"));
    QCOMPARE(cells("out"), std::string("1|1|1|1||||"));
    QCOMPARE(cells("degree"), std::string("1|1|1|1|3|1|0|"));
    QCOMPARE(cells("dendrites"), std::string("||||1|1|0|"));
    QCOMPARE(cells("community"), std::string("|||||||"));  // not there yet
    QVERIFY(!table.columns()[column_of(table, "community")].missing.empty());
  }

  void what_is_measured_and_embedded_has_its_columns() {
    const auto network = random_network({8, 9}, 30);
    auto embedding = std::make_shared<Embedding>(*random_embedding(*network));
    embedding->theta[3] = 0.5 * std::numbers::pi;
    embedding->radius[3] = 4.567;
    embedding->component[5] = 1;
    SceneInput input{network, embedding};
    std::vector<std::int32_t> communities(17, 0);
    for (std::size_t node = 6; node < 17; ++node) communities[node] = 4;
    communities[2] = -1;
    set_communities(input, communities);
    const NeuronTable table(input);
    QCOMPARE(table.text(3, column_of(table, "angle")), std::string("90.0"));
    QCOMPARE(table.text(3, column_of(table, "radius")), std::string("4.57"));
    QVERIFY(table.text(5, column_of(table, "angle")).empty() && table.text(5, column_of(table, "radius")).empty());
    // By size, from 1, as in the words of the pictures.
    QCOMPARE(table.text(10, column_of(table, "community")), std::string("1"));
    QCOMPARE(table.text(0, column_of(table, "community")), std::string("2"));
    QVERIFY(table.text(2, column_of(table, "community")).empty());
  }

  void names_and_attributes_of_a_file_are_columns() {
    NodeNames names;
    names.ids = {"a", "b", "TP53"};
    names.columns.push_back({"score", AttributeKind::real, {"0.5", "", "2e1"}});
    names.columns.push_back({"kind", AttributeKind::text, {"x\ty", "", "gene"}});
    const auto network = std::make_shared<const Network>(
        Network::general(3, std::vector<std::pair<NodeIndex, NodeIndex>>{{0, 1}, {1, 2}}).with_names(names));
    const NeuronTable table(SceneInput{network});
    QCOMPARE(found("tp5", table), std::vector<NodeIndex>{2});
    QCOMPARE(found("score > 1", table), std::vector<NodeIndex>{2});
    QCOMPARE(found("kind = GENE", table), std::vector<NodeIndex>{2});
    QCOMPARE(found("node 1", table), std::vector<NodeIndex>{1});
    QVERIFY_EXCEPTION_THROWN(found("kind > gene", table), InvalidInput);
    const std::size_t rows[] = {2, 0};
    const std::string tsv = table.to_tsv(rows);
    QCOMPARE(std::ranges::count(tsv, '\n'), 3);
    QVERIFY2(tsv.find("x y") != std::string::npos, tsv.c_str());
    QVERIFY(tsv.find("TP53") < tsv.find("x y"));
    QCOMPARE(std::ranges::count(tsv, '\t'), static_cast<std::ptrdiff_t>(3 * (table.columns().size() - 1)));
  }

  void a_search_means_neurons_layers_and_conditions() {
    const auto network = random_network({100, 120, 110}, 700);
    const NeuronTable table(SceneInput{network});
    QCOMPARE(found("layer 1 neuron 98", table), std::vector<NodeIndex>{198});
    QCOMPARE(found("  Layer 2   neuron 0 ", table), std::vector<NodeIndex>{220});
    QCOMPARE(found("input 3-5, layer 2 neuron 109", table), (std::vector<NodeIndex>{3, 4, 5, 329}));
    QCOMPARE(found("layer 1 neuron 1000", table), std::vector<NodeIndex>{});
    QCOMPARE(found("layer 2", table).size(), std::size_t{110});
    QCOMPARE(found("inputs", table).size(), std::size_t{100});
    QCOMPARE(found("", table).size(), std::size_t{330});
    std::vector<NodeIndex> degrees(330, 0), wanted;
    for (const LinkOfLayer& link : links_of(*network)) {
      ++degrees[network->first_node(link.layer) + link.input];
      ++degrees[network->first_node(link.layer + 1) + link.output];
    }
    for (NodeIndex node = 100; node < 220; ++node)
      if (degrees[node] >= 14) wanted.push_back(node);
    QVERIFY(!wanted.empty());
    QCOMPARE(found("degree >= 14 and layer = 1", table), wanted);
    QCOMPARE(found("layer 1 and Degree>13", table), wanted);
    const NeuronTable head(SceneInput{.network = network, .names = {{"q", "inputs", "k"}, {"q", "k"}}});
    QCOMPARE(found("q neuron 9", head), std::vector<NodeIndex>{9});
    QCOMPARE(found("Q NEURON 10", head), std::vector<NodeIndex>{10});
    QCOMPARE(found("q neuron", head).size(), std::size_t{100});
    QCOMPARE(found("k neuron 3, q neuron 30", head), (std::vector<NodeIndex>{30, 223}));
    QVERIFY_EXCEPTION_THROWN(found("degre > 3", table), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(found("degree > many", table), InvalidInput);
  }

  void a_selection_in_words_is_a_search_for_it() {
    const auto network = random_network({30, 40}, 90);
    const std::vector<NodeIndex> nodes{2, 3, 4, 9, 29, 30, 31, 69};
    const SelectedNeurons selected = neurons_of(*network, nodes);
    QCOMPARE(words_of(*network, selected),
             std::string("input 2-4, input 9, input 29, layer 1 neuron 0-1, layer 1 neuron 39"));
    QCOMPARE(NeuronQuery(words_of(*network, selected), NeuronTable(SceneInput{network})).rows(), nodes);
    QVERIFY(nodes_of(*network, selected) == nodes);
    QVERIFY(selected_neurons_from_json(selected_neurons_to_json(selected)) == selected);
    QVERIFY(selected_neurons_from_json("[[1,5],[1],[\"a\",2],3,[0,-1],[0,7],[1,5],[0,5000000000]]") ==
            (SelectedNeurons{{0, 7}, {1, 5}}));
    // Of a smaller network those that it has.
    QCOMPARE(nodes_of(*random_network({5, 8}, 20), selected), (std::vector<NodeIndex>{2, 3, 4, 5, 6}));
  }

  void sessions_keep_it_and_undo_does_not_know_it() {
    WorkspaceDocument document;
    document.select({{1, 98}, {2, 3}});
    QVERIFY(!document.is_modified());
    QVERIFY(!document.history().can_undo());
    const Session back = session_from_json(session_to_json(document.session()));
    QVERIFY(back.selected == document.selected());
    QVERIFY(back.unknown.top == "{}");
    document.reset(Session{}, {});
    QVERIFY(document.selected().empty());
    document.reset(back, {});
    QVERIFY(document.selected() == (SelectedNeurons{{1, 98}, {2, 3}}));
    QVERIFY(session_to_json(Session{}).find("selected") == std::string::npos);
  }
};

DNM_TEST(TestNeuronTable)
#include "test_neuron_table.moc"
