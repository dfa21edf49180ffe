// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <set>

#include "core/files/network_builder.h"
#include "core/files/network_files.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using dnm::AttributeKind;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::test::content_of;
using dnm::test::LinkList;

namespace {

/// "u<TAB>v" of the names of each link, sorted in the order of their bytes, as exchange_text.py tells them.
std::string told_links(const Network& network, bool by_name) {
  const auto name = [&](NodeIndex node) {
    const std::string given(network.name_of(node));
    return by_name && !given.empty() ? given : std::to_string(node);
  };
  std::set<std::pair<std::string, std::string>> links;
  dnm::for_each_link(network, [&](NodeIndex u, NodeIndex v) { links.insert(std::minmax({name(u), name(v)})); });
  std::string text;
  for (const auto& [u, v] : links) text += u + "\t" + v + "\n";
  return text;
}

}  // namespace

/// What NetworkX, igraph and Python's csv write as text is read here with the same names and links, and the other way
/// round. Needs Python with both; without them it is skipped.
class TestTextExchange : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  QString python_;

  QString run(const QString& command) const {
    QProcess process;
    const QString script = QString(dnm::test::source_folder()) + "/tests/core/files/exchange_text.py";
    process.start(python_, {script, command, folder_.path()});
    const bool ended = process.waitForFinished(120000) && process.exitCode() == 0;
    return ended ? QString() : QString::fromUtf8(process.readAllStandardError());
  }

 private Q_SLOTS:
  void init() {
    for (const char* candidate : {"/usr/bin/python3", "python3"}) {
      QProcess process;
      process.start(candidate, {"-c", "import networkx, igraph, numpy"});
      if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) {
        python_ = candidate;
        return;
      }
    }
    QSKIP("Python with NetworkX and igraph is not installed");
  }

  /// The second part of a file's name says what its nodes are called.
  void reads_what_they_write() {
    const QString problem = run("write");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    int read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path().toStdString())) {
      const QString name = QString::fromStdString(entry.path().filename().string());
      if (name.startsWith("expected")) continue;
      const NetworkFile file = dnm::read_network(entry.path());
      const QString nodes = name.section('_', 1, 1);
      const std::string expected =
          content_of(folder_.file(nodes == "names" ? "expected.txt" : "expected_" + nodes.toStdString() + ".txt"));
      QVERIFY(!expected.empty());
      QCOMPARE(QString::fromStdString(told_links(*file.network, true)), QString::fromStdString(expected));
      QCOMPARE(file.network->node_count(), NodeIndex{6});
      if (name == "nx_names_undirected.net") {
        QCOMPARE(file.network->names().columns,
                 (std::vector<dnm::NodeColumn>{{"group", AttributeKind::text, {"c", "a b", "c", "a b", "c", "a b"}}}));
      }
      ++read;
    }
    QVERIFY2(read >= 16, qPrintable(QString::number(read)));
  }

  void they_read_what_is_written() {
    const std::vector<std::string> ids{"tp53", "brca1", "New York", "a,b", "\"Zürich\""};
    const Network network = Network::general(5, LinkList{{0, 1}, {1, 2}, {2, 3}, {0, 4}, {3, 4}});
    const auto named =
        dnm::test::share(network.with_names({ids,
                                             {"TP53", "BRCA1", "", "<AB>", "Z & Co"},
                                             {{"age", AttributeKind::integer, {"1", "2", "3", "4", "5"}},
                                              {"mean", AttributeKind::real, {"0.5", "", "2.5", "3.5", "4.5"}}}}));
    for (const char* name : {"ours.tsv", "ours.csv", "ours.graphml", "ours.mtx", "ours.npz"}) {
      dnm::write_network(folder_.file(name), {named, "{}"});
    }
    // Names without a quote, which Pajek's files cannot hold, and without a comma, at which NetworkX splits.
    const std::vector<std::string> simple{"tp53", "brca1", "New York", "a b", "Zürich"};
    const auto labelled = dnm::test::share(network.with_names({{}, simple, {}}));
    dnm::write_network(folder_.file("ours.net"), {labelled, "{}"});
    dnm::write_network(folder_.file("ours_simple.csv"), {labelled, ""});
    const QString problem = run("read");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto told = [&](const char* name) { return QString::fromStdString(content_of(folder_.file(name))); };
    QCOMPARE(told("read_nx_tsv.txt"), QString::fromStdString(told_links(*named, false)));
    const QString by_label = QString::fromStdString(told_links(*labelled, true));
    for (const char* name : {"read_nx_csv.txt", "read_nx_net.txt", "read_ig_net.txt"}) QCOMPARE(told(name), by_label);
    const QString by_id = QString::fromStdString(told_links(network.with_names({ids, {}, {}}), true));
    for (const char* name : {"read_py_csv.txt", "read_nx_graphml.txt", "read_ig_graphml.txt"}) {
      QCOMPARE(told(name), by_id);
    }
    QString nodes;
    for (NodeIndex node = 0; node < 5; ++node) {
      const auto& names = named->names();
      nodes += QString::fromStdString(names.ids[node] + "\t" + names.labels[node] + "\t" +
                                      names.columns[0].values[node] + "\t" + names.columns[1].values[node] + "\n");
    }
    QCOMPARE(told("attributes_nx.txt"), nodes);
    QCOMPARE(told("attributes_np.txt"), nodes);
  }
};

DNM_TEST(TestTextExchange, QCoreApplication)
#include "test_text_exchange.moc"
