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
using dnm::ReadAs;
using dnm::test::LinkList;
using dnm::test::notices_of;

/// Matrix Market beyond what every format must keep (test_network_files).
class TestMtx : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  NetworkFile read(const std::string& content) const { return folder_.read("file.mtx", content); }
  NetworkFile read_as(const std::string& content, ReadAs as) const {
    return folder_.read("file.mtx", content, {as, {}});
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
    row("one percent sign", "%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 3\n2 1\n2 2\n", "");
    row("blank lines before all else", "\n \n%%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 3\n2 1\n2 2\n",
        "");
    row("no last line end", "%%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 3\n2 1\n2 2", "no end");
    row("NaN", "%%MatrixMarket matrix coordinate real general\n2 3 3\n1 3 1\n2 1 nan\n2 2 NaN\n",
        "2 weights are no number");
    row("infinite", "%%MatrixMarket matrix coordinate real general\n2 3 3\n1 3 1\n2 1 -inf\n2 2 Infinity\n", "weights");
    row("beyond double, and below",
        "%%MatrixMarket matrix coordinate real general\n2 3 4\n1 3 1\n2 1 1e999\n1 1 1e-999\n2 2 1\n", "weights");
    row("complex",
        "%%MatrixMarket matrix coordinate complex general\n2 3 5\n1 3 1 0\n2 1 0 -2\n2 2 0 1e-9\n1 1 0 0\n1 2 -0.0 0\n",
        "weights");
    row("complex ones", "%%MatrixMarket matrix coordinate complex general\n2 3 3\n1 3 1 0\n2 1 1 0\n2 2 1 0\n", "");
    row("complex, part of it NaN",
        "%%MatrixMarket matrix coordinate complex general\n2 3 3\n1 3 1 0\n2 1 nan 1\n2 2 1 nan\n",
        "2 weights are no number");
    row("unsigned", "%%MatrixMarket matrix coordinate unsigned-integer general\n2 3 3\n1 3 1\n2 1 1\n2 2 1\n", "");
    row("array", "%%MatrixMarket matrix array integer general\n2 3\n0\n1\n0\n1\n1\n0\n", "");
    row("array, blank lines, comments, and several in a line",
        "%%MatrixMarket Matrix ARRAY real general\n%\n2 3\n0 1\n\n% here\n-0.0\n1 1.0 0e5\n", "");
    row("complex array", "%%MatrixMarket matrix array complex general\n2 3\n0 0\n0 1\n0 0\n1 0\n1 0\n0 0\n", "weights");
    row("array with layers", "%%MatrixMarket matrix array integer general\n% layers=3,2\n2 3\n0\n1\n0\n1\n1\n0\n", "");
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
    const NetworkFile mask = read_as("%%MatrixMarket matrix coordinate pattern general\n" + entries, ReadAs::layers);
    QCOMPARE(mask.network->layer_sizes(), (std::vector<dnm::NodeIndex>{3, 3}));
    const NetworkFile named = read("%%MatrixMarket matrix coordinate pattern general\n% layers=3,3\n" + entries);
    QVERIFY(*named.network == *mask.network && named.notices.empty());
    const NetworkFile graph =
        read("%%MatrixMarket matrix coordinate real symmetric\n3 3 4\n2 1 1\n3 2 1\n3 3 1\n1 1 1\n");
    QVERIFY(*graph.network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QCOMPARE(notices_of(graph), QString("2 links from a node to itself are omitted"));
  }

  /// The path of three nodes with a loop at the second, in every way to store it.
  void reads_every_symmetry_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("loop");
    const auto row = [](const char* name, const char* content, bool loop) {
      QTest::newRow(name) << QByteArray(content) << loop;
    };
    row("symmetric", "real symmetric\n3 3 3\n2 1 .5\n3 2 2\n2 2 -1\n", true);
    row("skew-symmetric", "real skew-symmetric\n3 3 2\n2 1 .5\n3 2 2\n", false);
    row("hermitian", "complex hermitian\n3 3 3\n2 1 0 1\n3 2 2 0\n2 2 1 0\n", true);
    row("pattern", "pattern symmetric\n3 3 3\n2 1\n3 2\n2 2\n", true);
    row("upper half", "integer Symmetric\n3 3 3\n1 2 7\n2 3 7\n2 2 7\n", true);
  }
  void reads_every_symmetry() {
    QFETCH(QByteArray, content);
    QFETCH(bool, loop);
    const std::string text = "%%MatrixMarket matrix coordinate " + content.toStdString();
    const auto path = Network::general(3, LinkList{{0, 1}, {1, 2}});
    const NetworkFile file = read(text);
    QVERIFY(*file.network == path);
    QCOMPARE(notices_of(file).contains("itself"), loop);
    QVERIFY(*read_as(text, ReadAs::graph).network == path);
    const Mask mask{3,
                    3,
                    {0, 1, loop ? 4U : 3U, loop ? 5U : 4U},
                    loop ? std::vector<dnm::NodeIndex>{1, 0, 1, 2, 1} : std::vector<dnm::NodeIndex>{1, 0, 2, 1}};
    QVERIFY(*read_as(text, ReadAs::layers).network == Network::layered({3, 3}, {mask}));
  }

  /// By columns, from the diagonal or below it.
  void reads_symmetric_arrays() {
    const auto expected = Network::general(4, LinkList{{0, 2}, {1, 3}, {2, 3}});
    const NetworkFile symmetric =
        read("%%MatrixMarket matrix array real symmetric\n4 4\n0\n0\n2\n0\n5\n0\n3\n0\n1\n0\n");
    QVERIFY(*symmetric.network == expected);
    QCOMPARE(notices_of(symmetric).count("itself"), 1);
    const NetworkFile skew = read("%%MatrixMarket matrix array integer skew-symmetric\n4 4\n0\n1\n0\n0\n1\n1\n");
    QVERIFY(*skew.network == expected && skew.notices.empty());
    const NetworkFile hermitian =
        read("%%MatrixMarket matrix array complex hermitian\n4 4\n0 0\n0 0\n0 1\n0 0\n0 0\n0 0\n1 0\n0 0\n0 1\n0 0\n");
    QVERIFY(*hermitian.network == expected);
    QVERIFY(*read("%%MatrixMarket matrix array real skew-symmetric\n1 1\n").network == Network::general(1, LinkList{}));
  }

  void reads_a_square_matrix_either_way() {
    // A directed graph, with a loop and an entry twice.
    const std::string entries = "4 4 6\n2 1 1\n1 2 1\n3 2 1\n4 4 1\n4 1 1\n4 1 1\n";
    const std::string text = "%%MatrixMarket matrix coordinate integer general\n" + entries;
    const NetworkFile layer = read(text);
    QVERIFY(*layer.network == Network::layered({4, 4}, {Mask{4, 4, {0, 1, 2, 3, 5}, {1, 0, 1, 0, 3}}}));
    QVERIFY2(notices_of(layer).contains("--as graph"), qPrintable(notices_of(layer)));
    QVERIFY(*read_as(text, ReadAs::layers).network == *layer.network);
    QVERIFY(!notices_of(read_as(text, ReadAs::layers)).contains("graph"));
    const NetworkFile graph = read_as(text, ReadAs::graph);
    QVERIFY(*graph.network == Network::general(4, LinkList{{0, 1}, {1, 2}, {0, 3}}));
    QVERIFY(notices_of(graph).contains("directed") && notices_of(graph).contains("1 link from a node to itself"));
    QVERIFY(notices_of(graph).contains("1 repeated"));
    // Both halves of a symmetric matrix are one link each, neither directed nor repeated.
    const std::string both = "%%MatrixMarket matrix coordinate pattern general\n3 3 4\n2 1\n1 2\n3 2\n2 3\n";
    const NetworkFile symmetric = read_as(both, ReadAs::graph);
    QVERIFY(*symmetric.network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QVERIFY2(symmetric.notices.empty(), qPrintable(notices_of(symmetric)));
    // Such a matrix is a graph's anyway, which is said.
    const NetworkFile either = read(both);
    QVERIFY(*either.network == *symmetric.network);
    QCOMPARE(either.notices.size(), std::size_t{1});
    QVERIFY2(notices_of(either).contains("--as layers"), qPrintable(notices_of(either)));
    const NetworkFile layers = read_as(both, ReadAs::layers);
    QVERIFY(*layers.network == Network::layered({3, 3}, {Mask{3, 3, {0, 1, 3, 4}, {1, 0, 2, 1}}}));
    QVERIFY2(layers.notices.empty(), qPrintable(notices_of(layers)));
    // One with a diagonal, one half or no entry is a layer's.
    for (const char* cells : {"3 3 3\n2 1\n1 2\n3 3\n", "3 3 2\n2 1\n3 1\n", "3 3 0\n"})
      QVERIFY(read(std::string("%%MatrixMarket matrix coordinate pattern general\n") + cells).network->is_layered());
    // A matrix that is not square joins two sets of nodes; what its comments say gives way to the option.
    const std::string wide = "%%MatrixMarket matrix coordinate pattern general\n% layers=3,2\n2 3 2\n1 3\n2 1\n";
    QVERIFY(*read_as(wide, ReadAs::graph).network == Network::general(5, LinkList{{2, 3}, {0, 4}}));
    const std::string deep = "%%MatrixMarket matrix coordinate pattern symmetric\n% layers=1,1,1\n3 3 2\n2 1\n3 2\n";
    QVERIFY(*read_as(deep, ReadAs::graph).network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QVERIFY(read_as(deep, ReadAs::layers).network->layer_sizes() == (std::vector<dnm::NodeIndex>{1, 1, 1}));
  }

  void reads_a_matrix_of_no_size() {
    for (const char* kind : {"coordinate pattern symmetric\n0 0 0\n", "coordinate real general\n0 0 0\n",
                             "array real general\n0 0\n", "array real skew-symmetric\n0 0\n"}) {
      for (const ReadAs as : {ReadAs::automatic, ReadAs::graph}) {
        QVERIFY(*read_as(std::string("%%MatrixMarket matrix ") + kind, as).network == Network::general(0, LinkList{}));
      }
    }
  }

  void keeps_the_names_in_comments() {
    const std::string banner = "%%MatrixMarket matrix coordinate pattern symmetric\n";
    const std::string names = "%node P04637\tTP53\n%node Q 0\n%node x\ta \"b\", c\n";
    const NetworkFile graph = read(banner + names + "3 3 1\n3 1\n");
    QCOMPARE(graph.network->names().ids, (std::vector<std::string>{"P04637", "Q 0", "x"}));
    QCOMPARE(graph.network->names().labels, (std::vector<std::string>{"TP53", "", "a \"b\", c"}));
    QVERIFY(graph.notices.empty());
    const NetworkFile ids = read(banner + "%node a\n%node b\r\n2 2 1\n2 1\n");
    QCOMPARE(ids.network->names().ids, (std::vector<std::string>{"a", "b"}));
    QVERIFY(ids.network->names().labels.empty());
    const NetworkFile layered =
        read("%%MatrixMarket matrix coordinate pattern general\n% layers=2,1\n" + names + "1 2 1\n1 2\n");
    QCOMPARE(layered.network->name_of(2), std::string_view("a \"b\", c"));
    const NetworkFile few = read(banner + names + "4 4 1\n3 1\n");
    QVERIFY(few.network->names().empty());
    QVERIFY2(notices_of(few).contains("its 4 nodes"), qPrintable(notices_of(few)));
  }

  void refuses_bad_files_data() {
    const dnm::test::RefusalRows row;
    const std::string pattern = "%%MatrixMarket matrix coordinate pattern general\n";
    const std::string real = "%%MatrixMarket matrix coordinate real general\n";
    const std::string symmetric = "%%MatrixMarket matrix coordinate pattern symmetric\n";
    row("empty", "", "empty");
    row("blank lines only", "\n\n", "empty");
    row("three percent signs", "%%%MatrixMarket matrix coordinate pattern general\n2 2 0\n", "does not begin");
    row("a table", "0\t1\n", "does not begin");
    row("no format", "%%MatrixMarket matrix\n1 1 0\n", "coordinate, array");
    row("another format", "%%MatrixMarket matrix blocks real general\n1 1\n1\n", "\"blocks\"");
    row("other values", "%%MatrixMarket matrix coordinate quaternion general\n1 1 1\n1 1 1 0\n", "\"quaternion\"");
    row("another symmetry", "%%MatrixMarket matrix coordinate real cyclic\n1 1 1\n1 1 1\n", "\"cyclic\"");
    row("array of a pattern", "%%MatrixMarket matrix array pattern general\n1 1\n", "pattern");
    row("array cut short", "%%MatrixMarket matrix array real general\n2 2\n1\n0\n1\n", "promises 4");
    row("array too long", "%%MatrixMarket matrix array real general\n1 2\n1\n0\n1\n",
        "promises 2 entries, but it holds 3");
    row("array of 10^18", "%%MatrixMarket matrix array real general\n1000000000 1000000000\n1\n", "promises");
    row("word in an array", "%%MatrixMarket matrix array real general\n1 2\n1\nx\n", "line 4");
    row("array with a count", "%%MatrixMarket matrix array real general\n1 2 2\n1\n1\n", "line 2");
    row("half a complex number", "%%MatrixMarket matrix array complex general\n1 1\n1\n", "missing");
    row("skew but not square", "%%MatrixMarket matrix array real skew-symmetric\n1 2\n1\n", "symmetric");
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
    row("a word for a value", real + "2 3 1\n1 1 heavy\n", "no number");
    row("an imaginary part too many", real + "2 3 1\n1 1 1 0\n", "fewer words");
    row("symmetric but not square", symmetric + "2 3 1\n1 1\n", "symmetric");
    row("no last line end of ours", pattern + "% layers=3,2\n2 3 1\n1 1", "no end");
    row("layers of another shape", pattern + "% layers=2,3\n2 3 1\n1 1\n", "do not fit");
    row("layers of another sum", symmetric + "% layers=2,3\n6 6 1\n3 1\n", "do not fit");
    row("several layers in a mask", pattern + "% layers=2,3,4\n3 2 1\n1 1\n", "do not fit");
    row("inside a layer", symmetric + "% layers=2,3\n5 5 1\n2 1\n", "inside one layer");
    row("across a layer", symmetric + "% layers=1,1,1\n3 3 1\n3 1\n", "skips a layer");
    row("an empty layer", symmetric + "% layers=2,0,3\n5 5 1\n3 1\n", "layers");
  }
  void refuses_bad_files() { dnm::test::must_refuse_row(folder_.file("bad file.mtx")); }
};

DNM_TEST(TestMtx, QCoreApplication)
#include "test_mtx.moc"
