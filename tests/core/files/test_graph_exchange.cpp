// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <filesystem>

#include "core/files/network_builder.h"
#include "core/files/network_files.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::AttributeKind;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::NodeNames;
using dnm::test::LinkList;

namespace {

/// A value as a column holds it: "" for none.
QJsonValue value_of(const dnm::NodeColumn& column, NodeIndex node) {
  const QString text = QString::fromStdString(column.values[node]);
  if (text.isEmpty() || column.kind == AttributeKind::text) return text;
  if (column.kind == AttributeKind::boolean) return text == "true" || text == "True" || text == "1";
  return text.toDouble();
}

/// What exchange_graphs.py tells of a network.
QJsonObject told(const Network& network) {
  const NodeNames& names = network.names();
  QJsonArray nodes;
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    QJsonObject attributes;
    for (const dnm::NodeColumn& column : names.columns)
      attributes[QString::fromStdString(column.name)] = value_of(column, node);
    nodes.append(
        QJsonObject{{"id", names.ids.empty() ? "n" + QString::number(node) : QString::fromStdString(names.ids[node])},
                    {"label", names.labels.empty() ? QString() : QString::fromStdString(names.labels[node])},
                    {"attributes", attributes}});
  }
  QList<std::pair<NodeIndex, NodeIndex>> links;
  dnm::for_each_link(network, [&](NodeIndex u, NodeIndex v) { links.append({u, v}); });
  std::sort(links.begin(), links.end());
  QJsonArray list;
  for (const auto& [u, v] : links) list.append(QJsonArray{qint64{u}, qint64{v}});
  return {{"nodes", nodes}, {"links", list}};
}

/// The same with what the formats do not tell apart: no label, "" and one that repeats the id; ids that only count.
QJsonObject plain(QJsonObject graph) {
  QJsonArray nodes = graph["nodes"].toArray();
  bool counts = true;
  for (qsizetype i = 0; i < nodes.size(); ++i)
    counts = counts && nodes[i].toObject()["id"].toString() == QString::number(i);
  for (qsizetype i = 0; i < nodes.size(); ++i) {
    QJsonObject node = nodes[i].toObject();
    if (node["label"] == node["id"] || node["label"].isNull()) node["label"] = "";
    if (counts) node["id"] = "n" + QString::number(i);
    nodes[i] = node;
  }
  graph["nodes"] = nodes;
  return graph;
}

QByteArray text_of(const QJsonObject& graph) { return QJsonDocument(plain(graph)).toJson(); }

}  // namespace

/// Graphs with names and attributes: the nodes, names, attributes and links that NetworkX and igraph write and read.
class TestGraphExchange : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  const QString script_ = QString(dnm::test::source_folder()) + "/tests/core/files/exchange_graphs.py";

 private Q_SLOTS:
  void reads_what_others_write_data() {
    QTest::addColumn<QString>("module");
    QTest::addColumn<int>("files");
    QTest::newRow("networkx") << "networkx" << 12;
    QTest::newRow("igraph") << "igraph" << 3;
  }
  void reads_what_others_write() {
    QFETCH(QString, module);
    QFETCH(int, files);
    const QString python = dnm::test::python_with(module);
    if (python.isEmpty()) QSKIP(qPrintable("Python with " + module + " is not installed"));
    const dnm::test::NetworkFolder theirs;
    const auto ended = dnm::test::run(python, {script_, "write", module, theirs.path()});
    QVERIFY2(ended.well, ended.errors.constData());
    int read = 0;
    for (const auto& entry : fs::directory_iterator(theirs.path().toStdString())) {
      if (entry.path().extension() == ".json") continue;
      const std::string list = dnm::test::content_of(entry.path().string() + ".json");
      const QJsonObject expected = QJsonDocument::fromJson(QByteArray::fromStdString(list)).object();
      QVERIFY2(!expected.isEmpty(), entry.path().c_str());
      QVERIFY2(text_of(told(*dnm::read_network(entry.path()).network)) == text_of(expected), entry.path().c_str());
      ++read;
    }
    QCOMPARE(read, files);
  }

  /// NetworkX reads our GEXF.
  void networkx_reads_ours_data() {
    QTest::addColumn<bool>("layered");
    QTest::newRow("graph") << false;
    QTest::newRow("layers") << true;
  }
  void networkx_reads_ours() {
    QFETCH(bool, layered);
    const QString python = dnm::test::python_with("networkx");
    if (python.isEmpty()) QSKIP("Python with NetworkX is not installed");
    NodeNames names;
    names.ids = {"P04637", "<&\">", "渡 x"};
    names.labels = {"TP53", "", "a\"b"};
    names.columns = {{"age", AttributeKind::integer, {"1", "-2", "3"}},
                     {"score", AttributeKind::real, {"0.25", "1e+300", "-7"}},
                     {"seen", AttributeKind::boolean, {"true", "false", "true"}},
                     {"note", AttributeKind::text, {"x & y", " z ", "1"}}};
    const Network layers = Network::layered({1, 2}, {dnm::Mask{1, 2, {0, 1, 1}, {0}}});
    const Network graph = Network::general(3, LinkList{{0, 2}});
    const Network& network = layered ? layers : graph;
    const Network named = network.with_names(names);
    dnm::write_network(folder_.file("ours.gexf"), {dnm::test::share(named), "{}"});
    const auto ended = dnm::test::run(
        python, {script_, "read", "networkx", QString::fromStdString(folder_.file("ours.gexf").string())});
    QVERIFY2(ended.well, ended.errors.constData());
    // Beside the names stand what is computed and, of a layered network, where each node is.
    names.columns.push_back(
        {"degree", AttributeKind::integer,
         layered ? std::vector<std::string>{"1", "1", "0"} : std::vector<std::string>{"1", "0", "1"}});
    if (layered) {
      names.columns.push_back({"layer", AttributeKind::integer, {"0", "1", "1"}});
      names.columns.push_back({"index", AttributeKind::integer, {"0", "0", "1"}});
    }
    QCOMPARE(text_of(QJsonDocument::fromJson(ended.output).object()), text_of(told(network.with_names(names))));
  }
};

DNM_TEST(TestGraphExchange, QCoreApplication)
#include "test_graph_exchange.moc"
