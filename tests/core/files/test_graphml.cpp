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
using dnm::test::LinkList;

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

QStringList notices_of(const NetworkFile& file) {
  QStringList list;
  for (const std::string& notice : file.notices) list += QString::fromStdString(notice);
  return list;
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
    QCOMPARE(provenance, QString("a\uFFFDb\uFFFD \uFFFD ]]> \r\n &amp; \uFFFD"));
  }

  void numbers_nodes_in_the_order_of_the_file() {
    const NetworkFile file = read(document(nodes("xyz") + edge("z", "x")));
    QVERIFY(*file.network == Network::general(3, LinkList{{2, 0}}));
    QVERIFY(file.notices.empty());
    // Edges may come before their nodes.
    QVERIFY(*read(document(edge("z", "x") + edge("y", "x") + nodes("xyz"))).network ==
            Network::general(3, LinkList{{2, 0}, {1, 0}}));
    QVERIFY(*read(document(edge("b", "a") + nodes("cab"))).network == Network::general(3, LinkList{{2, 1}}));
    QVERIFY(*read(document(nodes("a"))).network == Network::general(1, LinkList{}));
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
    QVERIFY(*file.network == Network::general(2, LinkList{{0, 1}}));
    QVERIFY(file.notices.empty());
  }

  void tells_what_is_lost() {
    const std::string weight = R"(<key id="w" for="edge" attr.name="weight" attr.type="double"/>)";
    const auto weighted = [](const char* value) {
      return std::string("<edge source=\"a\" target=\"b\"><data key=\"w\">") + value + "</data></edge>";
    };
    QVERIFY(read(document(nodes("ab") + weighted("1.0"), "undirected", weight)).notices.empty());
    QVERIFY(
        notices_of(read(document(nodes("ab") + weighted("0.5"), "undirected", weight))).join("|").contains("weights"));
    QVERIFY(notices_of(read(document(nodes("ab") + edge("a", "b"), "directed"))).join("|").contains("directed"));
    QVERIFY(notices_of(read(document(nodes("ab") + R"(<edge source="a" target="b" directed="true"/>)")))
                .join("|")
                .contains("directed"));
    QVERIFY(
        read(document(nodes("ab") + R"(<edge source="a" target="b" directed="false"/>)", "directed")).notices.empty());
    const NetworkFile many = read(document(
        nodes("abc") + edge("a", "b") + edge("b", "a") + edge("a", "b") + edge("c", "c") + edge("b", "c"), "directed"));
    QVERIFY(*many.network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    const QStringList said = notices_of(many);
    QCOMPARE(said.size(), 3);
    QVERIFY(said.join("|").contains("1 link from a node to itself"));
    QVERIFY(said.join("|").contains("2 repeated links"));
  }

  /// Layers come from the attributes, wherever the nodes stand in the file and whatever they are called.
  void finds_layers() {
    const std::string content = layered_node("out1", "1", "1.0") + layered_node("in1", " 0 ", "1") +
                                layered_node("in0", "0", "0.0") + layered_node("out0", "1.0", "0") +
                                layered_node("out2", "1", "2") + edge("out1", "in0") + edge("in1", "out1") +
                                edge("in1", "out2");
    const Network expected = Network::layered({2, 3}, {dnm::Mask{2, 3, {0, 0, 2, 3}, {0, 1, 1}}});
    const NetworkFile file = read(document(content, "undirected", layer_keys));
    QVERIFY(*file.network == expected);
    QVERIFY(file.notices.empty());
    QVERIFY(*read(document(R"(<data key="d2">2,3</data>)" + content, "undirected", layer_keys)).network == expected);
    const NetworkFile loop = read(document(content + edge("in0", "in0"), "undirected", layer_keys));
    QVERIFY(*loop.network == expected);
    QVERIFY(notices_of(loop).join("|").contains("itself"));
  }

  void says_why_layers_do_not_fit_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& content, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString(reason);
    };
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
    QVERIFY2(notices_of(file).front().contains(reason), qPrintable(notices_of(file).front()));
  }

  void refuses_bad_files_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& content, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString::fromUtf8(reason);
    };
    row("empty", "", "line");
    row("a table", "0\t1\n", "line 1 is not well-formed XML");
    row("another vocabulary", "<svg/>", "not with graphml");
    row("no graph", std::string(open_tag) + "</graphml>", "holds no graph");
    row("two graphs", std::string(open_tag) + "<graph/>\n<graph/></graphml>", "line 2 begins a second graph");
    row("no nodes", document(""), "no nodes");
    row("a graph in a node", document("<node id=\"a\"><graph/></node>"), "inside another");
    row("a hyperedge", document(nodes("a") + "<hyperedge/>"), "hyperedge");
    row("a node without id", document("<node/>"), "without an id");
    row("an id twice", document(nodes("a") + "\n" + nodes("a")), "line 2 has a second node with the id \"a\"");
    row("an edge without target", document(nodes("a") + "<edge source=\"a\"/>"), "without a source or a target");
    row("an edge to nowhere", document(nodes("a") + edge("a", "b")), "names the node \"b\"");
    const std::string weight = R"(<key id="w" for="edge" attr.name="weight" attr.type="double"/>)";
    for (const char* value : {"nan", "inf", "", "heavy"}) {
      row(qPrintable(QString("weight ") + value),
          document(nodes("ab") + "<edge source=\"a\" target=\"b\"><data key=\"w\">" + value + "</data></edge>",
                   "undirected", weight),
          "finite");
    }
    row("tags that do not match", document("<node id=\"a\"></edge>"), "well-formed");
    row("an undeclared entity", document("<desc>&unknown;</desc>" + nodes("a")), "well-formed");
    row("wrong encoding", document("<node id=\"\xE9\xE9\"/>"), "well-formed");
    row("unknown encoding", "<?xml version=\"1.0\" encoding=\"no-such\"?><graphml/>", "no-such");
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
  void refuses_bad_files() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    dnm::test::write_content(folder_.file("bad file.graphml"), content.toStdString());
    dnm::test::must_refuse(folder_.file("bad file.graphml"), reason);
  }
};

DNM_TEST(TestGraphml, QCoreApplication)
#include "test_graphml.moc"
