// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QMap>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>
#include <numbers>

#include "core/files/network_files.h"
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

namespace {

/// A graph of some content, as Gephi writes it.
std::string document(const std::string& content, const std::string& direction = "undirected",
                     const std::string& version = "1.3") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><gexf xmlns=\"http://gexf.net/" + version + "\" version=\"" +
         version + "\" xmlns:viz=\"http://gexf.net/" + version +
         "/viz\"><meta lastmodifieddate=\"2026-11-30\"><creator>Gephi 0.10</creator>"
         "<title></title><description>a graph</description></meta><graph defaultedgetype=\"" +
         direction + "\" mode=\"static\">" + content + "</graph></gexf>\n";
}
std::string node(const std::string& id) { return "<node id=\"" + id + "\"/>"; }
std::string edge(const std::string& source, const std::string& target, const std::string& rest = "/>") {
  return "<edge source=\"" + source + "\" target=\"" + target + "\"" + rest;
}
const std::string abc = "<nodes>" + node("a") + node("b") + node("c") + "</nodes>";

}  // namespace

/// GEXF beyond what every format must keep (test_network_files).
class TestGexf : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  NetworkFile read(const std::string& content, ReadAs as = ReadAs::automatic) const {
    return folder_.read("file.gexf", content, {as, {}});
  }

 private Q_SLOTS:
  /// Checked through Qt's own XML reader.
  void writes_what_is_known_of_each_node() {
    NodeNames names;
    names.ids = {"a<b", "n\"1", "渡", "x\ty"};
    names.labels = {"line\nend", "", "&", "L"};
    names.columns = {{"age", dnm::AttributeKind::integer, {"1", "", "-3", "4"}},
                     {"community", dnm::AttributeKind::text, {"red", "", "blue", ""}}};
    NetworkFile file{dnm::test::share(Network::general(4, LinkList{{0, 1}, {2, 0}}).with_names(names)), "α & <β>"};
    file.attributes.community = {3, 3, -1, 0};
    file.attributes.radius = {0.0, 2.0, 1.5, 5e-324};
    file.attributes.theta = {1.0, std::numbers::pi / 2.0, std::numbers::pi, 6.0};
    dnm::write_network(folder_.file("known.gexf"), file);
    QXmlStreamReader xml(QByteArray::fromStdString(dnm::test::content_of(folder_.file("known.gexf"))));
    QMap<QString, QString> titles;
    QMap<QString, QMap<QString, QString>> values;
    QMap<QString, std::pair<double, double>> places;
    QMap<QString, QString> labels;
    QString owner;
    QStringList edges;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      const auto value = [&](const char* name) { return xml.attributes().value(name).toString(); };
      if (xml.name() == QString("attribute")) titles[value("id")] = value("title");
      if (xml.name() == QString("node")) {
        owner = value("id");
        labels[owner] = value("label");
      }
      if (xml.name() == QString("attvalue")) values[owner][titles[value("for")]] = value("value");
      if (xml.name() == QString("position")) {
        QCOMPARE(xml.namespaceUri().toString(), QString("http://www.gexf.net/1.2draft/viz"));
        places[owner] = {value("x").toDouble(), value("y").toDouble()};
      }
      if (xml.name() == QString("edge")) edges += value("source") + " - " + value("target");
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(labels, (QMap<QString, QString>{{"a<b", "line\nend"}, {"n\"1", "n\"1"}, {"渡", "&"}, {"x\ty", "L"}}));
    QCOMPARE(edges, (QStringList{"a<b - n\"1", "a<b - 渡"}));
    QCOMPARE(values["a<b"], (QMap<QString, QString>{{"age", "1"},
                                                    {"community", "3"},
                                                    {"community (file)", "red"},
                                                    {"r", "0"},
                                                    {"theta", "1"},
                                                    {"degree", "2"}}));
    QVERIFY(!values["n\"1"].contains("age") && !values["n\"1"].contains("community (file)"));
    const QStringList ids{"a<b", "n\"1", "渡", "x\ty"};
    for (qsizetype i = 0; i < ids.size(); ++i) {
      const double radius = file.attributes.radius[static_cast<std::size_t>(i)];
      const double theta = file.attributes.theta[static_cast<std::size_t>(i)];
      QVERIFY(std::abs(places[ids[i]].first - 100.0 * radius * std::cos(theta)) < 1e-12);
      QVERIFY(std::abs(places[ids[i]].second - 100.0 * radius * std::sin(theta)) < 1e-12);
    }
    const NetworkFile again = dnm::read_network(folder_.file("known.gexf"));
    names.columns[1].name = "community (file)";
    QCOMPARE(again.network->names().ids, names.ids);
    QCOMPARE(again.network->names().labels, names.labels);
    QCOMPARE(again.network->names().columns.size(), names.columns.size());
    for (std::size_t i = 0; i < names.columns.size(); ++i) {
      QCOMPARE(again.network->names().columns[i].name, names.columns[i].name);
      QCOMPARE(again.network->names().columns[i].values, names.columns[i].values);
      QVERIFY(again.network->names().columns[i].kind == names.columns[i].kind);
    }
    QVERIFY(nameless(again) == nameless(file) && again.notices.empty());
    QCOMPARE(again.provenance, file.provenance);
  }

  void keeps_the_attributes_of_the_network() {
    NodeNames names;
    names.columns = {{"degree", dnm::AttributeKind::integer, {"9", "9", "9"}},
                     {"community", dnm::AttributeKind::text, {"red", "", " blue "}},
                     {"layer", dnm::AttributeKind::real, {"0.5", "1e+300", ""}},
                     {"b", dnm::AttributeKind::boolean, {"true", "false", ""}}};
    const NetworkFile file{dnm::test::share(Network::general(3, LinkList{{0, 1}}).with_names(names)), ""};
    dnm::write_network(folder_.file("named.gexf"), file);
    QVERIFY(*dnm::read_network(folder_.file("named.gexf")).network == *file.network);
    names.columns.erase(names.columns.begin() + 2);
    names.labels = {"x", "y", "z"};
    const NetworkFile layered{
        dnm::test::share(Network::layered({1, 2}, {dnm::Mask{1, 2, {0, 1, 1}, {0}}}).with_names(names)), "{}"};
    dnm::write_network(folder_.file("named.gexf"), layered);
    QVERIFY(*dnm::read_network(folder_.file("named.gexf")).network == *layered.network);
    QVERIFY(!dnm::read_network(folder_.file("named.gexf"), {ReadAs::graph, {}}).network->is_layered());
  }

  /// Characters that XML cannot hold are replaced; the nodes stay apart.
  void keeps_ids_distinct() {
    dnm::NodeNames names;
    names.ids = {"a\x01", "a\x02", "b"};
    const NetworkFile file{dnm::test::share(Network::general(3, LinkList{{0, 2}, {1, 2}}).with_names(names)), ""};
    for (const char* name : {"replaced.gexf", "replaced.graphml"}) {
      dnm::write_network(folder_.file(name), file);
      const NetworkFile again = dnm::read_network(folder_.file(name));
      QVERIFY2(nameless(again) == nameless(file) && again.notices.empty(), name);
      QCOMPARE(again.network->names().ids, (std::vector<std::string>{"a\uFFFD", "a\uFFFD (2)", "b"}));
    }
  }

  void reads_what_other_programs_write_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("notice");
    const auto row = [](const char* name, const std::string& content, const char* notice) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString(notice);
    };
    const std::string ab = "<edges>" + edge("a", "b");
    const std::string end = "</edges>";
    row("1.3", document(abc + ab + end), "");
    row("1.2", document(abc + ab + end, "undirected", "1.2draft"), "");
    row("no namespace",
        "<gexf><graph><nodes>" + node("a") + node("b") + node("c") + "</nodes>" + ab + end + "</graph></gexf>", "");
    row("a prefix",
        "<g:gexf xmlns:g=\"http://gexf.net/1.3\"><g:graph><g:nodes><g:node id=\"a\"/><g:node id=\"b\"/><g:node "
        "id=\"c\"/></g:nodes>"
        "<g:edges><g:edge source=\"a\" target=\"b\"/></g:edges></g:graph></g:gexf>",
        "");
    row("colours and places",
        document("<nodes><node id=\"a\"><viz:color r=\"1\" g=\"2\" b=\"3\"/><viz:position x=\"1\" y=\"2\"/></node>" +
                 node("b") + node("c") + "</nodes>" + ab + end),
        "");
    row("edges before nodes", document(ab + end + abc), "");
    row("directed", document(abc + ab + end, "directed"), "directed");
    row("mutual", document(abc + "<edges>" + edge("a", "b", " type=\"mutual\"/>") + end), "directed");
    row("undirected in a directed graph",
        document(abc + "<edges>" + edge("a", "b", " type=\"undirected\"/>") + end, "directed"), "");
    row("weights of one", document(abc + "<edges>" + edge("a", "b", " weight=\"1.0\"/>") + end), "");
    row("weights", document(abc + "<edges>" + edge("a", "b", " weight=\"0.5\"/>") + end), "weights");
    row("weight of zero", document(abc + "<edges>" + edge("a", "b", " weight=\"0\"/>") + end),
        "1 link has the weight 0");
    row("NaN", document(abc + "<edges>" + edge("a", "b", " weight=\"NaN\"/>") + end), "1 weight is no number");
    row("empty weight", document(abc + "<edges>" + edge("a", "b", " weight=\"\"/>") + end), "1 weight is no number");
    row("weights as attribute",
        document("<attributes class=\"edge\"><attribute id=\"w\" title=\"Weight\" type=\"float\"/></attributes>" + abc +
                 "<edges>" + edge("a", "b", "><attvalues><attvalue for=\"w\" value=\"0.0\"/></attvalues></edge>") +
                 end),
        "1 link has the weight 0");
    row("parallel edges",
        document(abc + "<edges>" + edge("a", "b", " kind=\"x\"/>") + edge("b", "a", " kind=\"y\"/>") + end),
        "1 repeated link");
    row("a loop", document(abc + ab + edge("c", "c") + end), "itself");
    row("nodes in nodes",
        document("<nodes><node id=\"a\"><nodes>" + node("b") + "</nodes><edges>" + edge("a", "b") + "</edges></node>" +
                 node("c") + "</nodes>"),
        "hierarchy");
    row("parents",
        document("<nodes>" + node("a") +
                 "<node id=\"b\" pid=\"a\"/><node id=\"c\"><parents><parent for=\"a\"/></parents></node></nodes>" + ab +
                 end),
        "hierarchy");
    row("a node that only an edge names",
        document("<nodes>" + node("a") + "</nodes><edges>" + edge("a", "b") + edge("c", "c") + end),
        "2 nodes that only edges name are added");
    row("a node twice", document("<nodes>" + node("a") + node("b") + node("a") + node("c") + "</nodes>" + ab + end),
        "1 repeated declaration");
    row("dynamic",
        document("<nodes><node id=\"a\" start=\"2009\" end=\"2010\"/>" + node("b") + node("c") + "</nodes><edges>" +
                 edge("a", "b", "><spells><spell start=\"1\" end=\"2\"/><spell start=\"5\"/></spells></edge>") + end),
        "changes with time");
  }
  void reads_what_other_programs_write() {
    QFETCH(QByteArray, content);
    QFETCH(QString, notice);
    const NetworkFile file = read(content.toStdString());
    QVERIFY(nameless(file) == Network::general(3, LinkList{{0, 1}}));
    QCOMPARE(file.network->names().ids, (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(file.notices.empty(), notice.isEmpty());
    QVERIFY2(notices_of(file).contains(notice), qPrintable(notices_of(file)));
    QVERIFY(file.provenance.empty());
  }

  void reads_labels_and_attributes() {
    const std::string attributes =
        R"(<attributes class="node" mode="static"><attribute id="0" title="age" type="integer"><default>7</default></attribute>)"
        R"(<attribute id="1" title="weight" type="double"/><attribute id="name" title="name" type="string"/></attributes>)"
        R"(<attributes class="node" mode="dynamic"><attribute id="2" title="stage" type="liststring"/></attributes>)";
    const NetworkFile file = read(document(
        attributes +
        R"(<nodes><node id="0" label="zero"><attvalues><attvalue for="0" value="30"/><attvalue for="1" value="NaN"/>)"
        R"(<attvalue for="2" value="egg" start="1" end="2"/><attvalue for="2" value="hen" start="2"/></attvalues></node>)"
        R"(<node id="5" label="5"><attvalues><attvalue id="1" value="2.5"/><attvalue for="name" value="five &amp; more"/><attvalue for="9" value="x"/></attvalues></node></nodes>)"));
    using Kind = dnm::AttributeKind;
    QCOMPARE(file.network->names().ids, (std::vector<std::string>{"0", "5"}));
    QCOMPARE(file.network->names().labels, (std::vector<std::string>{"zero", ""}));
    QCOMPARE(file.network->names().columns, (std::vector<dnm::NodeColumn>{{"age", Kind::integer, {"30", "7"}},
                                                                          {"weight", Kind::real, {"", "2.5"}},
                                                                          {"name", Kind::text, {"", "five & more"}},
                                                                          {"stage", Kind::text, {"hen", ""}}}));
    QVERIFY(notices_of(file).contains("last values"));
  }

  void reads_a_graph_without_nodes() {
    QVERIFY(*read(document("")).network == Network::general(0, LinkList{}));
    QVERIFY(*read(document("<nodes/><edges/>")).network == Network::general(0, LinkList{}));
    QVERIFY(*read(document("<nodes count=\"0\"></nodes>")).network == Network::general(0, LinkList{}));
    dnm::write_network(folder_.file("none.gexf"), {dnm::test::share(Network::general(0, LinkList{})), ""});
    QVERIFY(*dnm::read_network(folder_.file("none.gexf")).network == Network::general(0, LinkList{}));
  }

  void refuses_bad_files_data() {
    const dnm::test::RefusalRows row;
    row("empty", "", "line");
    row("another vocabulary", "<graphml/>", "not with gexf");
    row("no graph", "<gexf/>", "holds no graph");
    row("two graphs", "<gexf><graph/>\n<graph/></gexf>", "line 2 begins a second graph");
    row("a node without id", document("<nodes><node label=\"x\"/></nodes>"), "without an id");
    row("an edge without target", document(abc + "<edges><edge source=\"a\"/></edges>"),
        "without a source or a target");
    row("tags that do not match", document("<nodes></edges>"), "well-formed");
    row("an entity",
        "<!DOCTYPE gexf [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><gexf><graph><nodes><node id=\"a\" "
        "label=\"&f;\"/></nodes></graph></gexf>",
        "declares the entity");
    std::string deep = "<gexf><graph><nodes>";
    for (int i = 0; i < 10000; ++i) deep += "<node id=\"" + std::to_string(i) + "\"><nodes>";
    row("20,000 levels", deep, "well-formed");
  }
  void refuses_bad_files() { dnm::test::must_refuse_row(folder_.file("bad file.gexf")); }
};

DNM_TEST(TestGexf, QCoreApplication)
#include "test_gexf.moc"
