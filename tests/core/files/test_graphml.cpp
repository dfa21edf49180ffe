// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QMap>
#include <QTest>
#include <QXmlStreamReader>
#include <numbers>

#include "core/files/network_files.h"
#include "core/network/graph.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::NodeNames;
using dnm::ReadAs;
using dnm::test::LinkList;
using dnm::test::nameless;
using dnm::test::notices_of;
using dnm::test::write_content;

namespace {

constexpr const char* open_tag = "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">";

/// A graph of some keys and some content, as a program writes it.
std::string document(const std::string& content, const std::string& direction = "undirected",
                     const std::string& keys = "") {
  return std::string("<?xml version=\"1.0\"?>") + open_tag + keys + "<graph edgedefault=\"" + direction + "\">" +
         content + "</graph></graphml>\n";
}

const std::string layer_keys =
    R"(<key id="d0" for="node" attr.name="layer" attr.type="int"/><key id="d1" for="node" attr.name="index" attr.type="double"/>)"
    R"(<key id="d2" for="graph" attr.name="layer_sizes" attr.type="string"/>)";

std::string layered_node(const std::string& id, const std::string& layer, const std::string& index) {
  return "<node id=\"" + id + "\"><data key=\"d0\">" + layer + "</data><data key=\"d1\">" + index + "</data></node>";
}
std::string edge(const std::string& source, const std::string& target) {
  return "<edge source=\"" + source + "\" target=\"" + target + "\"/>";
}
std::string nodes(const std::string& letters) {
  std::string text;
  for (const char letter : letters) text += std::string("<node id=\"") + letter + "\"/>";
  return text;
}

}  // namespace

/// GraphML beyond what every format must keep (test_network_files): attributes, what other programs write, and what
/// does harm.
class TestGraphml : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  NetworkFile read(const std::string& content) const { return folder_.read("file.graphml", content); }

 private Q_SLOTS:
  /// Checked through Qt's own XML reader.
  void writes_what_is_known_of_each_neuron() {
    const auto network =
        dnm::test::share(Network::layered({2, 3}, {dnm::Mask{2, 3, {0, 2, 2, 3}, {0, 1, 1}}}));  // links 0-2, 1-2, 1-4
    NetworkFile file{network, "α & <β>"};
    file.attributes.community = {0, 0, 0, 1, 0};
    file.attributes.radius = {0.0, 0.1, 1.5, 2.0, 1e-300};
    file.attributes.theta = {0.0, std::numbers::pi, 1.0 / 3.0, 6.28, 5e-324};
    dnm::write_network(folder_.file("known.graphml"), file);
    const QByteArray content = QByteArray::fromStdString(dnm::test::content_of(folder_.file("known.graphml")));
    QXmlStreamReader xml(content);
    QMap<QString, QString> name_of_key;
    QMap<QString, QMap<QString, QString>> values;  // node id, or "" for the graph -> attribute -> text
    QString owner;
    QList<QPair<QString, QString>> edges;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      const auto attributes = xml.attributes();
      if (xml.name() == QString("key")) {
        name_of_key[attributes.value("id").toString()] = attributes.value("attr.name").toString();
      } else if (xml.name() == QString("node")) {
        owner = attributes.value("id").toString();
      } else if (xml.name() == QString("edge")) {
        edges.append({attributes.value("source").toString(), attributes.value("target").toString()});
      } else if (xml.name() == QString("data")) {
        const QString key = attributes.value("key").toString();
        QVERIFY2(name_of_key.contains(key), qPrintable(key));
        values[owner][name_of_key[key]] = xml.readElementText();
      }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(values[""], (QMap<QString, QString>{{"layer_sizes", "2,3"}, {"provenance", "α & <β>"}}));
    const QStringList degrees{"1", "2", "2", "0", "1"};
    const QStringList layers{"0", "0", "1", "1", "1"};
    const QStringList indices{"0", "1", "0", "1", "2"};
    for (std::size_t node = 0; node < 5; ++node) {
      const auto i = static_cast<qsizetype>(node);
      const auto of_node = values["n" + QString::number(node)];
      QCOMPARE(of_node["layer"], layers[i]);
      QCOMPARE(of_node["index"], indices[i]);
      QCOMPARE(of_node["degree"], degrees[i]);
      QCOMPARE(of_node["community"], QString::number(file.attributes.community[node]));
      QCOMPARE(of_node["r"].toDouble(), file.attributes.radius[node]);
      QCOMPARE(of_node["theta"].toDouble(), file.attributes.theta[node]);
    }
    QCOMPARE(edges, (QList<QPair<QString, QString>>{{"n0", "n2"}, {"n1", "n2"}, {"n1", "n4"}}));
    QVERIFY(*dnm::read_network(folder_.file("known.graphml")).network == *network);
  }

  void takes_attributes_for_all_nodes_or_none() {
    NetworkFile file = dnm::test::samples().back();
    file.attributes.community = {1, 2};
    QVERIFY_EXCEPTION_THROWN(dnm::write_network(folder_.file("few.graphml"), file), dnm::InvalidInput);
    QVERIFY(!std::filesystem::exists(folder_.file("few.graphml")));
  }

  /// What XML cannot hold must not make a file that nobody can read.
  void writes_any_provenance() {
    NetworkFile file = dnm::test::samples().back();
    file.provenance = std::string("a\0b\x01 \xFF ]]> \r\n &amp; \xEF\xBF\xBF", 23);
    dnm::write_network(folder_.file("odd.graphml"), file);
    const QString provenance = QString::fromStdString(dnm::read_network(folder_.file("odd.graphml")).provenance);
    QCOMPARE(provenance, QString("a\uFFFDb\uFFFD \uFFFD ]]>    &amp; \uFFFD"));
  }

  void numbers_nodes_in_the_order_of_the_file() {
    const NetworkFile file = read(document(nodes("xyz") + edge("z", "x")));
    QVERIFY(nameless(file) == Network::general(3, LinkList{{2, 0}}));
    QCOMPARE(file.network->names().ids, (std::vector<std::string>{"x", "y", "z"}));
    QVERIFY(file.notices.empty());
    // Edges may come before their nodes.
    QVERIFY(nameless(read(document(edge("z", "x") + edge("y", "x") + nodes("xyz")))) ==
            Network::general(3, LinkList{{2, 0}, {1, 0}}));
    const NetworkFile odd = read(document("<node id=\"&amp;amp; &#38;&lt;&#x26;#38;&quot;\"/>"));
    QCOMPARE(odd.network->names().ids.front(), std::string("&amp; &<&#38;\""));
    const NetworkFile before = read(document(edge("b", "a") + nodes("cab")));
    QVERIFY(nameless(before) == Network::general(3, LinkList{{2, 1}}));
    QCOMPARE(before.network->names().ids, (std::vector<std::string>{"c", "a", "b"}));
    QVERIFY(nameless(read(document(nodes("a")))) == Network::general(1, LinkList{}));
    QVERIFY(*read(document("")).network == Network::general(0, LinkList{}));
  }

  void reads_what_other_programs_add_data() {
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char* name, const std::string& content) {
      QTest::newRow(name) << QByteArray::fromStdString(content);
    };
    const std::string body = nodes("ab") + edge("a", "b");
    row("plain", document(body));
    row("comments, instructions and character data", document("<!-- one <edge/> --><?x y?><desc>a graph</desc>" + body +
                                                              "<data key=\"x\"><![CDATA[<node/>]]></data>"));
    row("no namespace", "<graphml><graph edgedefault=\"undirected\">" + body + "</graph></graphml>");
    row("a prefix",
        "<g:graphml xmlns:g=\"http://graphml.graphdrawing.org/xmlns\"><g:graph edgedefault=\"undirected\">"
        "<g:node id=\"a\"/><g:node id=\"b\"/><g:edge source=\"a\" target=\"b\"/></g:graph></g:graphml>");
    row("a prefix that stands for nothing",
        "<g:graphml><g:graph edgedefault=\"undirected\"><g:node id=\"a\"/><g:node id=\"b\"/>"
        "<g:edge source=\"a\" target=\"b\"/></g:graph></g:graphml>");
    row("elements of another namespace",
        document("<node id=\"a\"><data key=\"d\"><y:node xmlns:y=\"http://www.yworks.com\" id=\"a\"><y:edge/><graph "
                 "xmlns=\"urn:else\"/></y:node></data></node><node id=\"b\"/>" +
                 edge("a", "b")));
    row("ports and unknown elements",
        document("<node id=\"a\"><port name=\"p\"/></node><node id=\"b\"/><novelty><node id=\"c\"/></novelty>" +
                 edge("a", "b")));
    row("a document type", "<!DOCTYPE graphml SYSTEM \"http://graphml.graphdrawing.org/dtds/graphml.dtd\">" +
                               std::string(open_tag) + "<graph edgedefault=\"undirected\">" + body +
                               "</graph></graphml>");
    row("byte order mark", "\xEF\xBB\xBF" + document(body));
    row("Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + std::string(open_tag) +
                       "<graph edgedefault=\"undirected\"><node id=\"\xE9\"/><node id=\"b\"/>"
                       "<edge source=\"&#233;\" target=\"b\"/></graph></graphml>");
  }
  void reads_what_other_programs_add() {
    QFETCH(QByteArray, content);
    const NetworkFile file = read(content.toStdString());
    QVERIFY(nameless(file) == Network::general(2, LinkList{{0, 1}}));
    QVERIFY(file.notices.empty());
  }

  void tells_what_is_lost() {
    const std::string weight = R"(<key id="w" for="edge" attr.name="weight" attr.type="double"/>)";
    const auto weighted = [](const char* value) {
      return std::string("<edge source=\"a\" target=\"b\"><data key=\"w\">") + value + "</data></edge>";
    };
    QVERIFY(read(document(nodes("ab") + weighted("1.0"), "undirected", weight)).notices.empty());
    QVERIFY(notices_of(read(document(nodes("ab") + weighted("0.5"), "undirected", weight))).contains("weights"));
    QVERIFY(notices_of(read(document(nodes("ab") + edge("a", "b"), "directed"))).contains("directed"));
    QVERIFY(notices_of(read(document(nodes("ab") + R"(<edge source="a" target="b" directed="true"/>)")))
                .contains("directed"));
    QVERIFY(
        read(document(nodes("ab") + R"(<edge source="a" target="b" directed="false"/>)", "directed")).notices.empty());
    const NetworkFile many = read(document(
        nodes("abc") + edge("a", "b") + edge("b", "a") + edge("a", "b") + edge("c", "c") + edge("b", "c"), "directed"));
    QVERIFY(nameless(many) == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QCOMPARE(many.notices.size(), std::size_t{3});
    QVERIFY(notices_of(many).contains("1 link from a node to itself"));
    QVERIFY(notices_of(many).contains("2 repeated links"));
  }

  /// Layers come from the attributes, wherever the nodes stand in the file and whatever they are called.
  void finds_layers() {
    const std::string content = layered_node("out1", "1", "1.0") + layered_node("in1", " 0 ", "1") +
                                layered_node("in0", "0", "0.0") + layered_node("out0", "1.0", "0") +
                                layered_node("out2", "1", "2") + edge("out1", "in0") + edge("in1", "out1") +
                                edge("in1", "out2");
    const Network expected = Network::layered({2, 3}, {dnm::Mask{2, 3, {0, 0, 2, 3}, {0, 1, 1}}});
    const NetworkFile file = read(document(content, "undirected", layer_keys));
    QVERIFY(nameless(file) == expected);
    QCOMPARE(file.network->names(), (NodeNames{{"in0", "in1", "out0", "out1", "out2"}, {}, {}}));
    QVERIFY(file.notices.empty());
    QVERIFY(nameless(read(document(R"(<data key="d2">2,3</data>)" + content, "undirected", layer_keys))) == expected);
    write_content(folder_.file("file.graphml"), document(content, "undirected", layer_keys));
    const NetworkFile graph = dnm::read_network(folder_.file("file.graphml"), {ReadAs::graph, {}});
    QVERIFY(nameless(graph) == Network::general(5, LinkList{{0, 2}, {1, 0}, {1, 4}}));
    QCOMPARE(graph.network->names().columns.size(), std::size_t{2});
    for (const char* name : {"again.graphml", "again.gexf"}) {  // a graph, although its nodes have both
      dnm::write_network(folder_.file(name), graph);
      const NetworkFile again = dnm::read_network(folder_.file(name));
      QVERIFY(nameless(again) == nameless(graph) && !again.network->is_layered());
      QCOMPARE(again.network->names().columns.size(), std::size_t{2});
    }
    const NetworkFile loop = read(document(content + edge("in0", "in0"), "undirected", layer_keys));
    QVERIFY(nameless(loop) == expected);
    QVERIFY(notices_of(loop).contains("itself"));
  }

  /// A weight of 0 is no link; one that is not known does not say so.
  void reads_every_weight_data() {
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("link");
    QTest::addColumn<QString>("notice");
    const auto row = [](const char* name, const char* data, bool link, const char* notice) {
      QTest::newRow(name) << QByteArray(data) << link << QString(notice);
    };
    row("none", "", true, "");
    row("one", "<data key=\"w\">1</data>", true, "");
    row("another", "<data key=\"w\"> -2.5e3\n</data>", true, "the weights in the file are ignored");
    row("infinite", "<data key=\"w\">-INF</data>", true, "the weights in the file are ignored");
    row("zero", "<data key=\"w\">0.0</data>", true, "1 link has the weight 0");
    row("NaN", "<data key=\"w\">NaN</data>", true, "1 weight is no number");
    row("lower case", "<data key=\"w\">nan</data>", true, "1 weight is no number");
    row("empty", "<data key=\"w\"></data>", true, "1 weight is no number");
    row("empty element", "<data key=\"w\"/>", true, "1 weight is no number");
    row("a word", "<data key=\"w\">very heavy</data>", true, "1 weight is no number");
    row("a decimal comma", "<data key=\"w\">1,5</data>", true, "1 weight is no number");
    row("of another key", "<data key=\"x\">0</data>", true, "");
    row("with a prefix", "<g:data xmlns:g=\"http://graphml.graphdrawing.org/xmlns\" key=\"w\">0</g:data>", true,
        "weight 0");
  }
  void reads_every_weight() {
    QFETCH(QByteArray, data);
    QFETCH(bool, link);
    QFETCH(QString, notice);
    for (const char* name : {"weight", "Weight"}) {
      const std::string key =
          std::string("<key id=\"w\" for=\"edge\" attr.name=\"") + name + "\" attr.type=\"double\"/>";
      const NetworkFile file = read(document(
          nodes("abc") + "<edge source=\"b\" target=\"c\">" + data.toStdString() + "</edge>", "undirected", key));
      QVERIFY(nameless(file) == Network::general(3, link ? LinkList{{1, 2}} : LinkList{}));
      QCOMPARE(file.notices.size(), std::size_t{notice.isEmpty() ? 0U : 1U});
      QVERIFY2(notices_of(file).contains(notice), qPrintable(notices_of(file)));
    }
    // What the key says of edges that say nothing.
    const NetworkFile initial =
        read(document(nodes("ab") + edge("a", "b"), "undirected",
                      R"(<key id="w" for="edge" attr.name="weight"><default>0</default></key>)"));
    QVERIFY(nameless(initial) == Network::general(2, LinkList{{0, 1}}));
    QVERIFY2(notices_of(initial).contains("weight 0"), qPrintable(notices_of(initial)));
  }

  void keeps_ids_labels_and_attributes() {
    const std::string keys =
        R"(<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="node" attr.name="age" attr.type="int">)"
        R"(<default>7</default></key><key id="d2" for="all" attr.name="score" attr.type="double"/>)"
        R"(<key id="d3" for="node" attr.name="seen" attr.type="boolean"/><key id="d4" for="node" attr.name="empty" attr.type="string"/>)"
        R"(<key id="d5" for="edge" attr.name="colour" attr.type="string"/><key id="d6" for="node" attr.name="wrong" attr.type="int"/>)";
    const NetworkFile file = read(document(
        R"(<node id="P04637"><data key="d0">TP53 &amp; co</data><data key="d2">NaN</data><data key="d3">true</data></node>)"
        R"(<node id="x y"><data key="d1"> 30 </data><data key="d2">1e-3</data><data key="d6">many</data><data key="d0"/></node>)"
        R"(<node id="&#28193;"><data key="d1">-1</data><data key="d0">&#28193;</data></node>)"
        R"(<edge source="x y" target="P04637"><data key="d5">red</data><data key="d2">3</data></edge>)",
        "undirected", keys));
    QVERIFY(nameless(file) == Network::general(3, LinkList{{0, 1}}));
    using Kind = dnm::AttributeKind;
    const NodeNames& names = file.network->names();
    QCOMPARE(names.ids, (std::vector<std::string>{"P04637", "x y", "渡"}));
    QCOMPARE(names.labels, (std::vector<std::string>{"TP53 & co", "", ""}));
    QCOMPARE(names.columns, (std::vector<dnm::NodeColumn>{{"age", Kind::integer, {"7", "30", "-1"}},
                                                          {"score", Kind::real, {"", "1e-3", ""}},
                                                          {"seen", Kind::boolean, {"true", "", ""}},
                                                          {"wrong", Kind::text, {"", "many", ""}}}));
    QVERIFY(file.notices.empty());
  }

  /// What each program calls its names.
  void finds_names_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<std::vector<std::string>>("ids");
    QTest::addColumn<std::vector<std::string>>("labels");
    using List = std::vector<std::string>;
    const auto row = [](const char* name, const std::vector<const char*>& keys, const std::string& content, List ids,
                        List labels) {
      std::string declared;
      for (const char* key : keys) {
        declared +=
            std::string("<key id=\"") + key + "\" for=\"node\" attr.name=\"" + key + "\" attr.type=\"string\"/>";
      }
      QTest::newRow(name) << QByteArray::fromStdString(document(content, "undirected", declared)) << ids << labels;
    };
    const auto node = [](const char* id, std::vector<std::pair<const char*, const char*>> data) {
      std::string text = std::string("<node id=\"") + id + "\">";
      for (const auto& [key, value] : data) text += std::string("<data key=\"") + key + "\">" + value + "</data>";
      return text + "</node>";
    };
    row("none: igraph", {}, node("n0", {}) + node("n1", {}), {}, {});
    row("none: NetworkX", {}, node("0", {}) + node("1", {}), {}, {});
    row("numbers that do not count", {}, node("1", {}) + node("2", {}), {"1", "2"}, {});
    row("numbers in another order", {}, node("n1", {}) + node("n0", {}), {"n1", "n0"}, {});
    row("igraph's name", {"name"}, node("n0", {{"name", "a"}}) + node("n1", {{"name", "b"}}), {}, {"a", "b"});
    row("igraph's id from before", {"id"}, node("n0", {{"id", "a"}}) + node("n1", {{"id", "b"}}), {"a", "b"}, {});
    row("igraph's id of nothing", {"id"}, node("n0", {{"id", "n0"}}) + node("n1", {{"id", "n1"}}), {}, {});
    row("an id that is not one", {"id"}, node("n0", {{"id", "a"}}) + node("n1", {{"id", "a"}}), {}, {"a", "a"});
    row("Gephi's label", {"label"}, node("x", {{"label", "A"}}) + node("y", {{"label", "B"}}), {"x", "y"}, {"A", "B"});
    row("label before name", {"name", "Label"}, node("x", {{"name", "a"}, {"Label", "A"}}) + node("y", {{"name", "b"}}),
        {"x", "y"}, {"A", ""});
    row("labels that repeat the ids", {"label"}, node("x", {{"label", "x"}}) + node("y", {{"label", "y"}}), {"x", "y"},
        {});
    const std::string shape =
        "<data key=\"g\"><y:ShapeNode xmlns:y=\"http://www.yworks.com/xml/graphml\"><y:Geometry height=\"30.0\"/>"
        "<y:NodeLabel alignment=\"center\">";
    row("yEd's label", {},
        "<node id=\"n0\">" + shape +
            "one "
            "&lt;<y:LabelModel><y:SmartNodeLabelModel/></y:LabelModel></y:NodeLabel><y:NodeLabel>other</y:NodeLabel></"
            "y:ShapeNode></data></node>"
            "<node id=\"n1\">" +
            shape + "\n two\n</y:NodeLabel></y:ShapeNode></data></node>",
        {}, {"one <", "two"});
  }
  void finds_names() {
    QFETCH(QByteArray, content);
    const NetworkFile file = read(content.toStdString());
    QCOMPARE(file.network->node_count(), NodeIndex{2});
    QTEST(file.network->names().ids, "ids");
    QTEST(file.network->names().labels, "labels");
  }

  /// As igraph, NetworkX and Gephi take what is not a plain graph.
  void reads_more_than_plain_graphs_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<LinkList>("links");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("notice");
    const auto row = [](const char* name, const std::string& content, int count, LinkList links, const char* notice) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << links << count << QString(notice);
    };
    row("two graphs",
        std::string(open_tag) + "<graph>" + nodes("ab") + edge("a", "b") + "</graph><graph>" + nodes("xyz") +
            "</graph></graphml>",
        2, {{0, 1}}, "only the first of the file's 2 graphs");
    row("a graph in a node",
        document("<node id=\"g\" yfiles.foldertype=\"group\"><graph id=\"g:\" edgedefault=\"directed\">" + nodes("ab") +
                 "</graph></node>" + nodes("c") + edge("a", "c") + edge("g", "c")),
        4, {{1, 3}, {0, 3}}, "graphs inside nodes");
    row("hyperedges",
        document(nodes("abc") +
                 "<hyperedge><endpoint node=\"a\"/><endpoint node=\"b\"/><endpoint node=\"c\"/></hyperedge>" +
                 edge("a", "b")),
        3, {{0, 1}}, "1 hyperedge is omitted");
    row("an id twice", document(nodes("aba") + edge("a", "b")), 2, {{0, 1}}, "1 repeated declaration of a node is one");
    row("edges to nowhere", document(edge("x", "a") + nodes("ab") + edge("a", "y")), 4, {{0, 2}, {0, 3}},
        "2 nodes that only edges name are added");
    row("ports",
        document("<node id=\"a\"><port name=\"p\"><port name=\"q\"/></port></node>" + nodes("b") +
                 R"(<edge source="a" sourceport="q" target="b"/>)"),
        2, {{0, 1}}, "");
  }
  void reads_more_than_plain_graphs() {
    QFETCH(QByteArray, content);
    QFETCH(LinkList, links);
    QFETCH(int, count);
    QFETCH(QString, notice);
    const NetworkFile file = read(content.toStdString());
    QVERIFY(nameless(file) == Network::general(static_cast<NodeIndex>(count), links));
    QCOMPARE(file.notices.size(), std::size_t{notice.isEmpty() ? 0U : 1U});
    QVERIFY2(notices_of(file).contains(notice), qPrintable(notices_of(file)));
  }

  void says_why_layers_do_not_fit_data() {
    const dnm::test::RefusalRows row;
    const std::string a = layered_node("a", "0", "0");
    const std::string joined = edge("a", "b");
    row("a node without", a + nodes("b") + joined, "lacks");
    row("words", a + layered_node("b", "hidden", "0") + joined, "lacks");
    row("NaN", a + layered_node("b", "nan", "0") + joined, "lacks");
    row("infinite", a + layered_node("b", "1", "inf") + joined, "lacks");
    row("negative", a + layered_node("b", "-1", "0") + joined, "lacks");
    row("a fraction", a + layered_node("b", "0.5", "0") + joined, "lacks");
    row("10^9 layers", a + layered_node("b", "1000000000", "0") + joined, "exceeds");
    row("a gap", a + layered_node("b", "2", "0") + layered_node("c", "2", "1") + joined, "no nodes");
    row("one layer", a + layered_node("b", "0", "1") + joined, "only one");
    row("index twice", a + layered_node("b", "1", "0") + layered_node("c", "1", "0") + joined, "twice");
    row("index beyond", a + layered_node("b", "1", "1") + joined, "beyond");
    row("inside a layer", a + layered_node("b", "0", "1") + layered_node("c", "1", "0") + joined, "neighbouring");
    row("across a layer", a + layered_node("c", "1", "0") + layered_node("b", "2", "0") + joined, "neighbouring");
    row("other sizes", R"(<data key="d2">1,2</data>)" + a + layered_node("b", "1", "0") + joined, "layer_sizes");
  }
  void says_why_layers_do_not_fit() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    const NetworkFile file = read(document(content.toStdString(), "undirected", layer_keys));
    QVERIFY(!file.network->is_layered());
    QCOMPARE(file.network->link_count(), std::uint64_t{1});
    QCOMPARE(file.notices.size(), std::size_t{1});
    QVERIFY2(notices_of(file).contains(reason), qPrintable(notices_of(file)));
    write_content(folder_.file("not layers.graphml"), document(content.toStdString(), "undirected", layer_keys));
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(dnm::read_network(folder_.file("not layers.graphml"), {ReadAs::layers, {}})), dnm::FileError);
  }

  void refuses_bad_files_data() {
    const dnm::test::RefusalRows row;
    row("empty", "", "line");
    row("a table", "0\t1\n", "line 1 is not well-formed XML");
    row("another vocabulary", "<svg/>", "not with graphml");
    row("no graph", std::string(open_tag) + "</graphml>", "holds no graph");
    row("a node without id", document("<node/>"), "without an id");
    row("an edge without target", document(nodes("a") + "<edge source=\"a\"/>"), "without a source or a target");
    row("a broken declaration", "<?xml5version=\"1.0\"?>" + std::string(open_tag) + "text</graphml>", "well-formed");
    row("tags that do not match", document("<node id=\"a\"></edge>"), "well-formed");
    row("an undeclared entity", document("<desc>&unknown;</desc>" + nodes("a")), "well-formed");
    row("wrong encoding", document("<node id=\"\xE9\xE9\"/>"), "well-formed");
    row("unknown encoding", "<?xml version=\"1.0\" encoding=\"no-such\"?><graphml/>", "no-such");
    row("characters of another encoding", "<?xml version=\"1.0\" encoding=\"EUC-JP\"?>\n<graphml id=\"\xC0 ur\xFF\"/>",
        "line 2 holds characters that its encoding does not have");
    row("a NUL", document(nodes("a") + std::string(1, '\0') + nodes("b")), "well-formed");
    // A billion laughs, a file of the machine, and a parameter entity: refused before anything is expanded or opened.
    std::string laughs = "<!DOCTYPE graphml [<!ENTITY l0 \"lol\">";
    for (int i = 1; i < 12; ++i) {
      laughs += "<!ENTITY l" + std::to_string(i) + " \"";
      for (int k = 0; k < 10; ++k) laughs += "&l" + std::to_string(i - 1) + ";";
      laughs += "\">";
    }
    row("a billion laughs", laughs + "]><graphml><graph><node id=\"&l11;\"/></graph></graphml>", "declares the entity");
    row("a file of the machine",
        "<!DOCTYPE graphml [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><graphml><graph><node "
        "id=\"a\"/><desc>&f;</desc></graph></graphml>",
        "declares the entity");
    row("a parameter entity", "<!DOCTYPE graphml [<!ENTITY % p \"<!ENTITY q 'x'>\"> %p;]><graphml/>",
        "declares the entity");
    std::string deep = open_tag;
    for (int i = 0; i < 100000; ++i) deep += "<desc>";
    row("100,000 levels", deep, "well-formed");
    row("an id of 20 MB", document("<node id=\"" + std::string(20'000'000, 'a') + "\"/>"), "well-formed");
  }
  void refuses_bad_files() { dnm::test::must_refuse_row(folder_.file("bad file.graphml")); }
};

DNM_TEST(TestGraphml, QCoreApplication)
#include "test_graphml.moc"
