// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <string>
#include <vector>

#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

using dnm::AttributeKind;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::NodeNames;
using dnm::ReadAs;
using dnm::test::LinkList;
using dnm::test::must_refuse;
using dnm::test::notices_of;

/// Pajek's format, as its manual and other programs write it.
class TestNet : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;

 private Q_SLOTS:
  /// The same graph in each of Pajek's ways: 1-2, 1-3, 3-4.
  void reads_every_section_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("notice");
    const auto row = [](const char* name, const char* content, const char* notice) {
      QTest::newRow(name) << QByteArray(content) << QString(notice);
    };
    row("edges", "*Vertices 4\n*Edges\n1 2\n1 3\n3 4\n", "");
    row("edges with weights", "*Vertices 4\n*Edges\n1 2 2.5\n1 3 1 c Blue\n3 4 1 w 3\n", "weights");
    row("links of weight 0", "*Vertices 4\n*Edges\n1 2 0\n1 3 1\n3 4 0.0\n", "2 links have the weight 0 and count");
    row("arcs", "*Network x\n*Vertices 4\n*Arcs\n1 2 1\n3 1 1\n3 4 1\n", "directed");
    row("arcs and edges", "*vertices 4\r\n*arcs\r\n1 2\r\n*edges\r\n1 3\r\n3 4\r\n", "directed");
    row("lists of edges", "*Vertices 4\n*Edgeslist\n1 2 3\n3 4\n", "");
    row("lists of arcs", "*Vertices 4\n*Arcslist\n1 2 3\n4 3\n", "directed");
    row("matrix", "*Vertices 4\n*Matrix\n0 1 1 0\n1 0 0 0\n1 0 0 2\n0 0 2 0\n", "weights");
    row("matrix of a directed graph", "*Vertices 4\n*Matrix\n0 1 1 0\n0 0 0 0\n0 0 0 1\n0 0 0\n0\n", "directed");
    row("comments and empty lines", "% one\n/* two */\n\n*Vertices 4\n% three\n*Edges\n\n1 2\n1 3\n3 4", "");
    row("relations", "*Vertices 4\n*Edges :1 \"a\"\n1 2\n1 3\n*Edges :2 \"b\"\n3 4\n", "relations");
    row("a partition after it", "*Vertices 4\n*Edges\n1 2\n1 3\n3 4\n*Partition p\n*Vertices 4\n1\n1\n2\n2\n",
        "partition");
    row("a vector before it", "*Vector v\n*Vertices 4\n.5\n1\n2\n3\n*Network n\n*Vertices 4\n*Edges\n1 2\n1 3\n3 4\n",
        "vector");
    row("a comment that only looks like ours", "*Vertices 4\n%node one\n*Edges\n1 2\n1 3\n3 4\n", "");
  }
  void reads_every_section() {
    QFETCH(QByteArray, content);
    QFETCH(QString, notice);
    const NetworkFile file = folder_.read("sections.net", content.toStdString());
    QVERIFY(*file.network == Network::general(4, LinkList{{0, 1}, {0, 2}, {2, 3}}));
    QVERIFY2(notice.isEmpty() ? file.notices.empty() : notices_of(file).contains(notice), qPrintable(notices_of(file)));
  }

  void reads_labels_places_and_attributes() {
    const NetworkFile file = folder_.read("names.net",
                                          "*Vertices 3\n"
                                          "1 \"New York\" 0.1 0.2 0.5 box x_fact 2 group \"east coast\"\n"
                                          "3 c 0.3 0.4 group west ic Red\n"
                                          "2 \"b\"\n"
                                          "*Edges\n1 3\n");
    const NodeNames expected{{},
                             {"New York", "b", "c"},
                             {{"x", AttributeKind::real, {"0.1", "", "0.3"}},
                              {"y", AttributeKind::real, {"0.2", "", "0.4"}},
                              {"z", AttributeKind::real, {"0.5", "", ""}},
                              {"group", AttributeKind::text, {"east coast", "", "west"}}}};
    QVERIFY(file.network->names() == expected);
    QVERIFY2(file.notices.empty(), qPrintable(notices_of(file)));
    // Numbers in place of labels, and zeros in place of places, are none.
    QVERIFY(folder_.read("plain.net", "*Vertices 2\n1 \"1\" 0 0 ellipse\n2 2 0.0 0.0\n*Edges\n1 2\n")
                .network->names()
                .empty());
  }

  void reads_two_modes_as_layers_or_as_a_graph() {
    const char* const content = "*Vertices 5 2\n1 \"a\"\n2 \"b\"\n3 \"x\"\n4 \"y\"\n5 \"z\"\n*Edges\n1 3\n5 2\n";
    const NetworkFile layers = folder_.read("two.net", content);
    QCOMPARE(layers.network->layer_sizes(), (std::vector<NodeIndex>{2, 3}));
    QCOMPARE(layers.network->masks().front().columns, (std::vector<NodeIndex>{0, 1}));
    QCOMPARE(layers.network->name_of(4), std::string_view("z"));
    QVERIFY2(notices_of(layers).contains("--as graph"), qPrintable(notices_of(layers)));
    const NetworkFile graph = folder_.read("two.net", content, {.as = ReadAs::graph});
    QVERIFY(graph.network->masks() == Network::general(5, LinkList{{0, 2}, {1, 4}}).masks());
    QVERIFY2(graph.notices.empty(), qPrintable(notices_of(graph)));
    const NetworkFile matrix = folder_.read("two.net", "*Vertices 5 2\n*Matrix\n1 0 0\n0 0 1\n");
    QVERIFY(matrix.network->masks() == layers.network->masks());
    // A link inside a mode.
    QVERIFY(!folder_.read("two.net", "*Vertices 3 2\n*Edges\n1 2\n").network->is_layered());
  }

  void reads_nothing() {
    QVERIFY(*folder_.read("none.net", "*Vertices 0\n").network == Network::general(0, {}));
    QVERIFY(*folder_.read("none.net", "*Vertices 3\n*Matrix\n0 0 0 0 0 0 0 0 0\n").network == Network::general(3, {}));
  }

  void refuses_bad_files_data() {
    const dnm::test::RefusalRows row;
    row("empty", "", "*Vertices");
    row("no vertices", "*Edges\n1 2\n", "before *Vertices");
    row("words", "hello\n", "line 1");
    row("no number of vertices", "*Vertices many\n", "number of vertices");
    row("too many vertices", "*Vertices 3000000000\n", "2^31");
    row("a first mode beyond", "*Vertices 3 4\n", "first mode");
    row("vertex 0", "*Vertices 3\n*Edges\n0 1\n", "line 3");
    row("vertex beyond", "*Vertices 3\n*Edges\n1 4\n", "vertex 4 of 3");
    row("a word as vertex", "*Vertices 3\n*Edges\n1 b\n", "line 3");
    row("one vertex", "*Vertices 3\n*Edges\n1\n", "line 3");
    row("vertex line beyond", "*Vertices 2\n3 \"c\"\n", "vertex 3 of 2");
    row("two networks", "*Network a\n*Vertices 1\n*Network b\n*Vertices 1\n", "file of its own");
    row("two lists of vertices", "*Vertices 1\n*Vertices 1\n", "file of its own");
    row("unknown section", "*Vertices 1\n*Events\n", "*events");
    row("matrix cut off", "*Vertices 2\n*Matrix\n0 1\n1\n", "after 3 entries");
    row("matrix too long", "*Vertices 2\n*Matrix\n0 1\n1 0 0\n", "more entries");
    row("matrix of words", "*Vertices 2\n*Matrix\n0 a\n", "not a number");
    row("matrix of nothing", "*Vertices 0\n*Matrix\n1\n", "more entries");
    row("our links cut off", "% network N=2 E=2\n*Vertices 2\n1 \"1\"\n2 \"2\"\n*Edges\n1 2\n", "truncated");
    row("our vertices cut off", "% network N=2 E=0\n*Vertices 2\n1 \"1\"\n", "truncated");
    row("layers that do not fit", "% layers=2,2\n*Vertices 3\n*Edges\n1 3\n", "3 vertices");
    row("a link inside a layer", "% layers=2,1\n*Vertices 3\n*Edges\n1 2\n", "inside one layer");
  }
  void refuses_bad_files() { dnm::test::must_refuse_row(folder_.file("bad file.net")); }

  /// Attributes without end are omitted, not kept for every vertex.
  void limits_what_vertices_can_name() {
    std::string text = "*Vertices 3000\n";
    for (int vertex = 1; vertex <= 3000; ++vertex) {
      text += std::to_string(vertex) + " v" + std::to_string(vertex) + " key" + std::to_string(vertex) + " 1\n";
    }
    const NetworkFile file = folder_.read("many.net", text);
    QCOMPARE(file.network->names().columns.size(), std::size_t{64});
    QVERIFY2(notices_of(file).contains("64 attributes"), qPrintable(notices_of(file)));
  }
};

DNM_TEST(TestNet, QCoreApplication)
#include "test_net.moc"
