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
using dnm::test::content_of;
using dnm::test::LinkList;

namespace {

/// Names as files give them, with everything that a format could stumble over.
std::vector<NodeNames> names_of_five() {
  const std::vector<std::string> ids{"brca1", "TP 53", "<a href=\"x\">&amp;", "N=5 E=7 layers=2,3", "树\tü\\t"};
  const std::vector<std::string> labels{"", "TP53", "TP53", "\"quoted\" 'label'", "line\nend"};
  const std::vector<dnm::NodeColumn> columns{
      {"age", AttributeKind::integer, {"1", "-2", "3", "40000000000", "5"}},
      {"mean: x", AttributeKind::real, {"0.5", "", "1e-300", "2", "-1.25"}},
      {"is, known", AttributeKind::boolean, {"true", "false", "true", "true", "false"}},
      {"degree", AttributeKind::text, {"high", "", "<low>", "a\tb", "ends\\"}},
  };
  return {{ids, {}, {}}, {{}, labels, {}}, {ids, labels, {}}, {ids, labels, columns}, {{}, {}, columns}};
}

std::vector<dnm::NetworkPointer> networks_of_five() {
  return {dnm::test::share(Network::general(5, LinkList{{0, 1}, {1, 3}, {2, 3}})),
          dnm::test::share(Network::layered({2, 3}, {dnm::test::random_mask(2, 3, 4, 1)})),
          dnm::test::share(
              Network::layered({1, 3, 1}, {dnm::test::random_mask(1, 3, 2, 1), dnm::test::random_mask(3, 1, 2, 2)}))};
}

}  // namespace

/// The names of nodes through every format.
class TestNames : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;

 private Q_SLOTS:
  void keeps_names_data() {
    QTest::addColumn<QString>("extension");
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      QTest::newRow(format.extension.data() + 1) << QString::fromUtf8(format.extension.data());
    }
  }
  void keeps_names() {
    QFETCH(QString, extension);
    for (const auto& network : networks_of_five()) {
      for (const NodeNames& names : names_of_five()) {
        const auto named = dnm::test::share(network->with_names(names));
        const auto path = folder_.file("named" + extension.toStdString());
        QVERIFY(dnm::write_network(path, {named, "{}"}).empty());
        const NetworkFile read = dnm::read_network(path);
        QVERIFY2(read.notices.empty(), qPrintable(dnm::test::notices_of(read)));
        QVERIFY(read.network->masks() == network->masks() && read.network->layer_sizes() == network->layer_sizes());
        QCOMPARE(read.provenance, std::string("{}"));
        QCOMPARE(read.network->names().ids, names.ids);
        QCOMPARE(read.network->names().labels, names.labels);
        QCOMPARE(read.network->names().columns.size(), names.columns.size());
        for (std::size_t i = 0; i < names.columns.size(); ++i) {
          const dnm::NodeColumn& column = read.network->names().columns[i];
          QCOMPARE(column.name, names.columns[i].name);
          QCOMPARE(column.values, names.columns[i].values);
          QVERIFY(column.kind == names.columns[i].kind);
        }
      }
    }
  }

  /// A file without names has not a byte of them.
  void leaves_files_without_names_as_they_were() {
    const NetworkFile file{networks_of_five().front(), ""};
    dnm::write_network(folder_.file("plain.tsv"), file);
    QCOMPARE(content_of(folder_.file("plain.tsv")),
             std::string("# network N=5 E=3 0-based undirected u<v\n0\t1\n1\t3\n2\t3\n"));
    dnm::write_network(folder_.file("plain.net"), file);
    QCOMPARE(content_of(folder_.file("plain.net")),
             std::string("% network N=5 E=3\n*Vertices 5\n1 \"1\"\n2 \"2\"\n3 \"3\"\n4 \"4\"\n5 \"5\"\n"
                         "*Edges\n1 2\n2 4\n3 4\n"));
  }

  /// Readers that skip comments find the same links: the lines that are no comments are those without names.
  void adds_only_comments_to_tables() {
    const auto network = networks_of_five().front();
    const auto lines = [&](const std::string& name, const dnm::NetworkPointer& written) {
      dnm::write_network(folder_.file(name), {written, ""});
      QStringList kept;
      for (const QString& line : QString::fromStdString(content_of(folder_.file(name))).split('\n')) {
        if (!line.startsWith('#') && !line.startsWith('%')) kept += line;
      }
      return kept;
    };
    for (const NodeNames& names : names_of_five()) {
      const auto named = dnm::test::share(network->with_names(names));
      QCOMPARE(lines("named.tsv", named), lines("plain.tsv", network));
      QCOMPARE(lines("named.mtx", named), lines("plain.mtx", network));
    }
  }

  /// A table of links keeps the ids in order of appearance, and says what it does not keep.
  void writes_ids_into_tables_of_links() {
    const auto names = names_of_five();
    const auto network = networks_of_five().front();
    const auto path = folder_.file("ids.csv");
    const std::vector<std::string> lost =
        dnm::write_network(path, {dnm::test::share(network->with_names(names[3])), "{}"});
    QCOMPARE(lost.size(), std::size_t{2});  // labels and attributes, and the node without links
    QCOMPARE(content_of(path), std::string("source,target\nbrca1,TP 53\nTP 53,\"N=5 E=7 layers=2,3\"\n"
                                           "\"<a href=\"\"x\"\">&amp;\",\"N=5 E=7 layers=2,3\"\n"));
    const NetworkFile read = dnm::read_network(path);
    QCOMPARE(read.network->names().ids,
             (std::vector<std::string>{names[0].ids[0], names[0].ids[1], names[0].ids[3], names[0].ids[2]}));
    // Labels that are not distinct cannot stand for nodes.
    dnm::write_network(path, {dnm::test::share(network->with_names(names[1])), ""});
    QCOMPARE(content_of(path), std::string("source,target\n0,1\n1,3\n2,3\n"));
    const Network layered = Network::layered({1, 1}, {dnm::Mask{1, 1, {0, 1}, {0}}});
    const std::vector<std::string> lost_layers = dnm::write_network(path, {dnm::test::share(layered), ""});
    QCOMPARE(lost_layers.size(), std::size_t{1});
    QVERIFY2(lost_layers[0].find("layers") != std::string::npos, lost_layers[0].c_str());
    QVERIFY(dnm::write_network(path, {dnm::test::share(Network::general(2, LinkList{{0, 1}})), ""}).empty());
  }

  void refuses_files_cut_off_anywhere() {
    for (const char* name : {"cut.tsv", "cut.net", "cut.mtx"}) {
      for (const NodeNames& names : names_of_five()) {
        const auto named = dnm::test::share(networks_of_five().front()->with_names(names));
        dnm::write_network(folder_.file(name), {named, ""});
        const std::string whole = content_of(folder_.file(name));
        for (std::size_t length = 1; length + 1 < whole.size(); ++length) {
          dnm::test::write_content(folder_.file(name), std::string_view(whole).substr(0, length));
          QVERIFY2(std::holds_alternative<std::string>(dnm::test::outcome_of(folder_.file(name))),
                   qPrintable(QString("%1 of %2 bytes of %3").arg(length).arg(whole.size()).arg(name)));
        }
      }
    }
  }

  void survives_damaged_names() {
    for (const char* name : {"damaged.tsv", "damaged.net", "damaged.mtx"}) {
      const auto named = dnm::test::share(networks_of_five().front()->with_names(names_of_five()[3]));
      dnm::write_network(folder_.file(name), {named, ""});
      const std::string whole = content_of(folder_.file(name));
      for (std::size_t position = 0; position < whole.size(); ++position) {
        for (const char letter : {'\t', '\n', '\\', '%', '#', ' ', '\xC3'}) {
          std::string damaged = whole;
          damaged[position] = letter;
          dnm::test::write_content(folder_.file(name), damaged);
          static_cast<void>(dnm::test::outcome_of(folder_.file(name)));
        }
      }
    }
  }
};

DNM_TEST(TestNames, QCoreApplication)
#include "test_names.moc"
