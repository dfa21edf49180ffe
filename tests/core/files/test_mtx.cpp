// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <sstream>

#include "core/files/network_files.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::test::LinkList;

/// Matrix Market beyond what every format must keep (test_network_files).
class TestMtx : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  NetworkFile read(const std::string& content) const { return folder_.read("file.mtx", content); }
  static QString notices_of(const NetworkFile& file) {
    QStringList list;
    for (const std::string& notice : file.notices) list += QString::fromStdString(notice);
    return list.join("|");
  }

 private Q_SLOTS:
  void writes_rows_of_outputs() {
    const auto network = dnm::test::share(Network::layered({3, 2}, {Mask{3, 2, {0, 1, 3}, {2, 0, 1}}}));
    dnm::write_network(folder_.file("mask.mtx"), {network, ""});
    std::istringstream lines(dnm::test::content_of(folder_.file("mask.mtx")));
    QStringList said;
    for (std::string line; std::getline(lines, line);) {
      if (said.isEmpty() || !line.starts_with('%')) said += QString::fromStdString(line);
    }
    QCOMPARE(said, (QStringList{"%%MatrixMarket matrix coordinate pattern general", "2 3 3", "1 3", "2 1", "2 2"}));
  }

  void writes_several_layers_as_one_symmetric_matrix() {
    const auto network =
        dnm::test::share(Network::layered({1, 2, 1}, {Mask{1, 2, {0, 0, 1}, {0}}, Mask{2, 1, {0, 2}, {0, 1}}}));
    dnm::write_network(folder_.file("layers.mtx"), {network, ""});
    const QString content = QString::fromStdString(dnm::test::content_of(folder_.file("layers.mtx")));
    QVERIFY(content.startsWith("%%MatrixMarket matrix coordinate pattern symmetric\n"));
    QVERIFY(content.contains("\n% layers=1,2,1\n"));
    QVERIFY(content.endsWith("\n4 4 3\n3 1\n4 2\n4 3\n"));
  }

  /// Lines of the format may have 1,024 characters; a longer provenance goes over several comments.
  void keeps_a_long_provenance_in_short_lines() {
    NetworkFile file = dnm::test::samples().front();
    file.provenance = "{\"a\": \"";
    for (int i = 0; i < 2000; ++i) file.provenance += i % 3 == 0 ? "樹" : i % 7 == 0 ? " " : "é";
    file.provenance += "\"}";
    dnm::write_network(folder_.file("long.mtx"), file);
    QCOMPARE(dnm::read_network(folder_.file("long.mtx")).provenance, file.provenance);
    std::istringstream lines(dnm::test::content_of(folder_.file("long.mtx")));
    for (std::string line; std::getline(lines, line);) {
      QVERIFY(line.size() <= 1024);
      QCOMPARE(QString::fromStdString(line).toStdString(), line);  // no character was cut in two
    }
  }

  void reads_what_other_programs_write_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("notice");
    const auto row = [](const char* name, const char* content, const char* notice) {
      QTest::newRow(name) << QByteArray(content) << QString(notice);
    };
    row("pattern", "%%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 3\n2 1\n2 2\n", "");
    row("capitals, comments, blank and empty lines",
        "%%matrixmarket  MATRIX Coordinate Pattern GENERAL\n%\n% no=thing\n\n  2\t3 3\n1 3\n\n2   1\n2 2 \n", "");
    row("windows line ends", "%%MatrixMarket matrix coordinate pattern general\r\n2 3 3\r\n1 3\r\n2 1\r\n2 2\r\n", "");
    row("byte order mark", "\xEF\xBB\xBF%%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 3\n2 1\n2 2\n", "");
    row("ones", "%%MatrixMarket matrix coordinate integer general\n2 3 3\n1 3 1\n2 1 1\n2 2 1\n", "");
    row("weights", "%%MatrixMarket matrix coordinate real general\n2 3 3\n1 3 -0.5\n2 1 +1.0E+00\n2 2 3e-2\n",
        "weights");
    row("zeros", "%%MatrixMarket matrix coordinate real general\n2 3 4\n1 3 1\n1 1 0.0\n2 1 1\n2 2 1\n", "");
    row("any order, twice", "%%MatrixMarket matrix coordinate pattern general\n2 3 4\n2 2\n2 1\n1 3\n2 2\n",
        "1 repeated link is");
    row("layers", "%%MatrixMarket matrix coordinate pattern general\n% layers=3,2\n2 3 3\n1 3\n2 1\n2 2\n", "");
    row("layers of a whole adjacency matrix, both triangles",
        "%%MatrixMarket matrix coordinate pattern symmetric\n%layers=3,2\n5 5 4\n4 3\n1 5\n5 2\n5 1\n", "1 repeated");
  }
  void reads_what_other_programs_write() {
    QFETCH(QByteArray, content);
    QFETCH(QString, notice);
    const NetworkFile file = read(content.toStdString());
    QVERIFY(*file.network == Network::layered({3, 2}, {Mask{3, 2, {0, 1, 3}, {2, 0, 1}}}));
    QCOMPARE(file.notices.size(), notice.isEmpty() ? std::size_t{0} : std::size_t{1});
    QVERIFY2(notices_of(file).contains(notice), qPrintable(notices_of(file)));
  }

  void tells_graphs_from_masks() {
    const std::string entries = "3 3 4\n2 1\n1 2\n3 2\n2 3\n";
    const NetworkFile mask = read("%%MatrixMarket matrix coordinate pattern general\n" + entries);
    QCOMPARE(mask.network->layer_sizes(), (std::vector<dnm::NodeIndex>{3, 3}));
    QVERIFY2(notices_of(mask).contains("one layer"), qPrintable(notices_of(mask)));
    const NetworkFile named = read("%%MatrixMarket matrix coordinate pattern general\n% layers=3,3\n" + entries);
    QVERIFY(*named.network == *mask.network && named.notices.empty());
    const NetworkFile graph =
        read("%%MatrixMarket matrix coordinate real symmetric\n3 3 4\n2 1 1\n3 2 1\n3 3 1\n1 1 1\n");
    QVERIFY(*graph.network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QCOMPARE(notices_of(graph), QString("2 links from a node to itself are omitted"));
  }

  void refuses_bad_files_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& content, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString::fromUtf8(reason);
    };
    const std::string pattern = "%%MatrixMarket matrix coordinate pattern general\n";
    const std::string real = "%%MatrixMarket matrix coordinate real general\n";
    const std::string symmetric = "%%MatrixMarket matrix coordinate pattern symmetric\n";
    row("empty", "", "empty");
    row("wrong magic", "%MatrixMarket matrix coordinate pattern general\n2 2 0\n", "does not begin");
    row("a table", "0\t1\n", "does not begin");
    row("dense", "%%MatrixMarket matrix array real general\n1 1\n1\n", "\"array\"");
    row("complex", "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 0\n", "\"complex\"");
    row("hermitian", "%%MatrixMarket matrix coordinate real hermitian\n1 1 1\n1 1 1\n", "\"hermitian\"");
    row("a vector", "%%MatrixMarket vector coordinate real general\n1 1 1\n1 1 1\n", "does not begin");
    row("no size", pattern + "% only a comment\n", "truncated");
    row("size of two numbers", pattern + "2 3\n", "line 2");
    row("negative size", pattern + "-2 3 1\n1 1\n", "line 2");
    row("negative count", pattern + "2 3 -1\n", "line 2");
    row("no rows", pattern + "0 3 0\n", "without neurons");
    row("10^9 rows and more columns", pattern + "1000000000 1200000000 1\n1 1\n", "2^31");
    row("10^10 rows", pattern + "10000000000 3 1\n1 1\n", "2^31");
    row("10^18 entries", pattern + "2 3 1000000000000000000\n1 1\n", "promises");
    row("too few entries", pattern + "2 3 2\n1 1\n", "truncated");
    row("too many entries", pattern + "2 3 1\n1 1\n1 2\n", "promises 1");
    row("row 0", pattern + "2 3 1\n0 1\n", "line 3");
    row("row beyond", pattern + "2 3 1\n3 1\n", "line 3");
    row("column beyond", pattern + "2 3 1\n1 4\n", "counted from 1");
    row("negative column", pattern + "2 3 1\n1 -1\n", "line 3");
    row("beyond 64 bits", pattern + "2 3 1\n1 99999999999999999999\n", "line 3");
    row("words", pattern + "2 3 1\none two\n", "are expected");
    row("a value too many", pattern + "2 3 1\n1 1 1\n", "are expected");
    row("a value too few", real + "2 3 1\n1 1\n", "value");
    row("NaN", real + "2 3 1\n1 1 nan\n", "finite");
    row("infinite", real + "2 3 1\n1 1 -inf\n", "finite");
    row("symmetric but not square", symmetric + "2 3 1\n1 1\n", "symmetric");
    row("no last line end", pattern + "2 3 1\n1 1", "no end");
    row("layers of another shape", pattern + "% layers=2,3\n2 3 1\n1 1\n", "do not fit");
    row("layers of another sum", symmetric + "% layers=2,3\n6 6 1\n3 1\n", "do not fit");
    row("several layers in a mask", pattern + "% layers=2,3,4\n3 2 1\n1 1\n", "do not fit");
    row("inside a layer", symmetric + "% layers=2,3\n5 5 1\n2 1\n", "inside one layer");
    row("across a layer", symmetric + "% layers=1,1,1\n3 3 1\n3 1\n", "skips a layer");
    row("an empty layer", symmetric + "% layers=2,0,3\n5 5 1\n3 1\n", "layers");
  }
  void refuses_bad_files() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    dnm::test::write_content(folder_.file("bad file.mtx"), content.toStdString());
    dnm::test::must_refuse(folder_.file("bad file.mtx"), reason);
  }
};

DNM_TEST(TestMtx, QCoreApplication)
#include "test_mtx.moc"
