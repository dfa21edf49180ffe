// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>

#include "core/files/network_files.h"
#include "core/files/network_tsv.h"
#include "core/network/graph.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/npz_builder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::test::content_of;
using dnm::test::must_refuse;
using dnm::test::outcome_of;
using dnm::test::samples;
using dnm::test::write_content;

class TestNetworkFiles : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  fs::path in_folder(const std::string& name) const { return folder_.file(name); }

  /// Two layers 3-4-2 in the layered form.
  static NpzBuilder layered_archive() {
    return NpzBuilder()
        .ints("layer_sizes", {3, 4, 2})
        .ints("layer0_shape", {4, 3})
        .ints("layer0_indptr", {0, 2, 2, 3, 5})
        .ints("layer0_indices", {0, 2, 1, 0, 1})
        .ints("layer1_shape", {2, 4})
        .ints("layer1_indptr", {0, 1, 3})
        .ints("layer1_indices", {3, 0, 2});
  }
  /// 3 inputs, 4 outputs as SciPy saves them.
  static NpzBuilder scipy_archive() {
    return NpzBuilder()
        .text("format", "csr")
        .ints("shape", {4, 3})
        .array<std::int32_t>("indptr", "<i4", {0, 2, 2, 3, 5})
        .array<std::int32_t>("indices", "<i4", {0, 2, 1, 0, 1})
        .array<double>("data", "<f8", {1.0, -0.5, 2.0, 1.0, 3.0});
  }
  /// The same as a list of entries; one is zero, and one is there twice.
  static NpzBuilder coo_archive() {
    return NpzBuilder()
        .text("format", "coo")
        .ints("shape", {4, 3})
        .array<std::int32_t>("row", "<i4", {3, 0, 1, 2, 0, 3, 0})
        .array<std::int32_t>("col", "<i4", {1, 0, 1, 1, 2, 0, 2})
        .array<std::int8_t>("data", "|i1", {1, 1, 0, 1, 1, 1, 1});
  }
  static Mask expected_mask() { return {3, 4, {0, 2, 2, 3, 5}, {0, 2, 1, 0, 1}}; }

 private Q_SLOTS:
  void keeps_every_network_data() {
    QTest::addColumn<QString>("extension");
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      QTest::newRow(format.extension.data() + 1) << QString::fromUtf8(format.extension.data());
    }
  }
  void keeps_every_network() {
    QFETCH(QString, extension);
    for (const NetworkFile& sample : samples()) {
      const fs::path path = in_folder("sample" + extension.toStdString());
      dnm::write_network(path, sample);
      const NetworkFile read = dnm::read_network(path);
      QVERIFY(*read.network == *sample.network);
      QCOMPARE(QString::fromStdString(read.provenance), QString::fromStdString(sample.provenance));
    }
  }

  /// Whatever a file of others holds there: it comes back from every format as it was read.
  void reads_a_provenance_as_one_line_data() { keeps_every_network_data(); }
  void reads_a_provenance_as_one_line() {
    QFETCH(QString, extension);
    const fs::path path = in_folder("odd" + extension.toStdString());
    NetworkFile file = samples().front();
    file.provenance = " {\"a\":\t\"b\x01\r\n\xE9\"}\x7F ";
    dnm::write_network(path, file);
    file.provenance = dnm::read_network(path).provenance;
    const QString provenance = QString::fromUtf8(file.provenance.c_str());
    QVERIFY2(provenance.startsWith("{\"a\": \"b") && provenance.endsWith("\"}"), qPrintable(provenance));
    QVERIFY(std::ranges::none_of(provenance, [](QChar letter) { return letter.category() == QChar::Other_Control; }));
    dnm::write_network(path, file);
    QCOMPARE(dnm::read_network(path).provenance, file.provenance);
  }

  void writes_the_same_bytes_again() {
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      const fs::path first = in_folder("first" + std::string(format.extension));
      const fs::path second = in_folder("second" + std::string(format.extension));
      for (const NetworkFile& sample : samples()) {
        dnm::write_network(first, sample);
        dnm::write_network(second, sample);
        QVERIFY(content_of(first) == content_of(second));
      }
    }
  }
  /// The first local header of the zip file: stored (no compressor of whatever version), and dated 1980-01-01 00:00.
  void archive_depends_on_neither_clock_nor_compressor() {
    dnm::write_network(in_folder("dated.npz"), samples().front());
    const std::string content = content_of(in_folder("dated.npz"));
    QCOMPARE(content.substr(0, 4), std::string("PK\x03\x04"));
    QCOMPARE(content.substr(8, 2), std::string(2, '\0'));
    QCOMPARE(content.substr(10, 4), std::string("\0\0\x21\0", 4));
  }

  void reads_the_reference_graphs_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::uint64_t>("nodes");
    QTest::addColumn<std::uint64_t>("links");
    QTest::addColumn<std::size_t>("layers");
    const auto row = [](const char* name, std::uint64_t nodes, std::uint64_t links, std::size_t layers) {
      QTest::newRow(name) << QString(name) << nodes << links << layers;
    };
    row("karate", 34, 78, 1);
    row("karate_plus_fragments", 43, 83, 1);
    row("npso_100_T0", 100, 390, 1);
    row("layered_98_196_196_s90", 490, 5763, 3);
    row("bip_784_1568_s99", 2352, 12293, 2);
    row("mlp_784_1568x3_s99", 5488, 61465, 4);
  }
  void reads_the_reference_graphs() {
    QFETCH(QString, name);
    const fs::path path = fs::path(dnm::test::reference_folder()) / (name.toStdString() + ".tsv");
    const NetworkFile file = dnm::read_network(path);
    QTEST(std::uint64_t{file.network->node_count()}, "nodes");
    QTEST(file.network->link_count(), "links");
    QTEST(file.network->layer_sizes().size(), "layers");
    // Every line of the file is a link of the network, and there are no others (counted above).
    const dnm::Graph graph(*file.network);
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with('#')) continue;
      const std::size_t tab = line.find('\t');
      const auto u = static_cast<NodeIndex>(std::stoul(line.substr(0, tab)));
      const auto v = static_cast<NodeIndex>(std::stoul(line.substr(tab + 1)));
      QVERIFY2(graph.has_link(u, v), line.c_str());
    }
  }

  void reads_loose_tables_data() {
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char* name, const char* content) { QTest::newRow(name) << QByteArray(content); };
    row("plain", "0\t1\n1\t2\n");
    row("blanks and no last line end", "0 1\n1   2");
    row("windows line ends and byte order mark", "\xEF\xBB\xBF# a comment\r\n0\t1\r\n1\t2\r\n");
    row("doubled, turned round, empty lines", "0\t1\n\n1\t0\n2\t1\n1\t2\n\n");
    row("weights, one of them zero", "0\t1\t0.5\n1\t2\t-3e2\n0\t2\t0.0\n");
    row("link to itself", "0\t1\n1\t1\n1\t2\n");
    row("more nodes than links name", "# N=3 E=2\n0\t1\n1\t2\n");
  }
  void reads_loose_tables() {
    QFETCH(QByteArray, content);
    write_content(in_folder("loose.tsv"), content.toStdString());
    const NetworkFile file = dnm::read_network(in_folder("loose.tsv"));
    const std::vector<std::pair<NodeIndex, NodeIndex>> path{{0, 1}, {1, 2}};
    QVERIFY(*file.network == Network::general(3, path));
  }

  void reads_nodes_without_links() {
    for (const char* content : {"# N=5\n", "# N=5 E=0\n"}) {
      write_content(in_folder("nodes.tsv"), content);
      QVERIFY(*dnm::read_network(in_folder("nodes.tsv")).network == Network::general(5, {}));
    }
  }

  void reads_nothing_as_an_empty_network() {
    for (const char* content : {"# N=0 E=0\n", "# N=0\n", "# E=0\n", "", "\n \n", "# nothing\n"}) {
      write_content(in_folder("nothing.tsv"), content);
      QVERIFY2(*dnm::read_network(in_folder("nothing.tsv")).network == Network::general(0, {}), content);
    }
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      for (const NodeIndex nodes : {NodeIndex{0}, NodeIndex{4}}) {
        const auto network = dnm::test::share(Network::general(nodes, {}));
        dnm::write_network(in_folder("nothing" + std::string(format.extension)), {network, ""});
        if (format.extension == ".graphml" || format.extension == ".mtx" || format.extension == ".npz") continue;
        QVERIFY2(*dnm::read_network(in_folder("nothing" + std::string(format.extension))).network == *network,
                 format.extension.data());
      }
    }
  }

  void refuses_bad_tables_data() {
    const dnm::test::RefusalRows row;
    row("a comment cut off", "# layer", "truncated");
    row("words", "# N=3\nalpha\tbeta\n", "two node numbers");
    row("one column", "0\t1\n5\n", "line 2");
    row("negative", "# N=3\n0\t-1\n", "two node numbers");
    row("fraction", "# N=3\n0\t1.5\n", "two node numbers");
    row("too large for 64 bits", "# N=3\n0\t99999999999999999999\n", "two node numbers");
    row("beyond 2^31", "# E=1\n0\t4000000000\n", "2^31");
    row("four columns", "# N=3\n0\t1\t1\t1\n", "three columns");
    row("fewer names than nodes", "# N=3 E=1 names=3\n0\t1\n#node a\t\n#node b\t\n", "2 of its 3 nodes");
    row("names that do not fit", "# N=1 E=0 names=1\n#nodes id\tlabel\tx:real\n#node a\t\n", "line 3");
    row("beyond N", "# N=3\n0\t1\n0\t3\n", "line 3");
    row("no links, and the line with N cut off", "# N=5", "no link");
    row("N beyond 2^31", "# N=3000000000\n0\t1\n", "2^31");
    row("N is no number", "# N=many\n0\t1\n", "not a count");
    row("fewer links than E", "# N=9 E=3\n0\t1\n0\t2\n", "truncated");
    row("more links than E", "# N=9 E=1\n0\t1\n0\t2\n", "promises 1");
    row("no last line end after E", "# N=99 E=2\n0\t1\n0\t2", "truncated");
    row("inside a layer", "# layers=2,3\n0\t2\n3\t4\n", "inside one layer");
    row("to itself in a layer", "# layers=2,3\n0\t0\n", "inside one layer");
    row("across a layer", "# layers=2,3,2\n0\t5\n", "skips a layer");
    row("beyond the layers", "# layers=2,3\n0\t5\n", "only 5 nodes");
    row("layers against N", "# layers=2,3 N=6\n0\t2\n", "6 nodes");
    row("an empty layer", "# layers=2,0,3\n0\t2\n", "layers");
    row("a negative layer", "# layers=2,-3\n0\t2\n", "layers");
    row("one layer", "# layers=5\n0\t2\n", "one layer");
    row("layers cut short", "# layers=2,\n0\t2\n", "layers");
    row("10^10 neurons", "# layers=10000000000,3\n0\t2\n", "2^31");
  }
  void refuses_bad_tables() { dnm::test::must_refuse_row(in_folder("bad table.tsv")); }

  void reads_archives_of_other_makers() {
    layered_archive().save(in_folder("plain.npz"));
    const NetworkFile plain = dnm::read_network(in_folder("plain.npz"));
    QVERIFY(*plain.network == Network::layered({3, 4, 2}, {expected_mask(), Mask{4, 2, {0, 1, 3}, {3, 0, 2}}}));
    layered_archive()
        .array<std::int32_t>("layer0_indices", "<i4", {2, 0, 1, 1, 0})  // rows out of order
        .array<std::uint32_t>("layer0_indptr", "<u4", {0, 2, 2, 3, 5})
        .save(in_folder("mixed.npz"), true);
    QVERIFY(*dnm::read_network(in_folder("mixed.npz")).network == *plain.network);
    layered_archive()
        .array<std::int16_t>("layer0_indices", "<i2", {0, 2, 1, 0, 1})
        .array<std::int32_t>("layer0_indptr", ">i4", {0, 0x02000000, 0x02000000, 0x03000000, 0x05000000})
        .array<std::uint8_t>("layer1_indices", "|u1", {3, 0, 2})
        .save(in_folder("narrow.npz"));
    QVERIFY(*dnm::read_network(in_folder("narrow.npz")).network == *plain.network);
  }

  void reads_a_scipy_matrix() {
    scipy_archive().save(in_folder("scipy.npz"), true);
    const auto expected = Network::layered({3, 4}, {expected_mask()});
    QVERIFY(*dnm::read_network(in_folder("scipy.npz")).network == expected);
    scipy_archive().array<std::uint8_t>("data", "|b1", {1, 1, 1, 1, 1}).save(in_folder("bool.npz"));
    QVERIFY(*dnm::read_network(in_folder("bool.npz")).network == expected);
    scipy_archive().array<double>("data", "<f8", {1.0, 0.0, 2.0, 1.0, -0.0}).save(in_folder("zeros.npz"));
    QVERIFY(*dnm::read_network(in_folder("zeros.npz")).network ==
            Network::layered({3, 4}, {Mask{3, 4, {0, 1, 1, 2, 3}, {0, 1, 0}}}));
  }

  /// The same matrix by columns, and as a list of entries with one of them zero and one there twice.
  void reads_every_scipy_format() {
    const auto expected = Network::layered({3, 4}, {expected_mask()});
    scipy_archive()
        .text("format", "csc")
        .ints("indptr", {0, 2, 4, 5})
        .ints("indices", {3, 0, 2, 3, 0})
        .array<float>("data", "<f4", {1, 1, 1, 1, 1})
        .save(in_folder("csc.npz"));
    const NetworkFile by_columns = dnm::read_network(in_folder("csc.npz"));
    QVERIFY(*by_columns.network == expected);
    QVERIFY(by_columns.notices.empty());
    coo_archive().save(in_folder("coo.npz"));
    const NetworkFile entries = dnm::read_network(in_folder("coo.npz"));
    QVERIFY(*entries.network == expected);
    QCOMPARE(entries.notices, std::vector<std::string>{"1 repeated link is omitted"});
  }

  void tells_what_is_lost() {
    scipy_archive().save(in_folder("weights.npz"));
    QCOMPARE(dnm::read_network(in_folder("weights.npz")).notices.size(), std::size_t{1});
    write_content(in_folder("loose.tsv"), "0\t1\t0.5\n1\t0\n1\t1\n1\t2\n2\t1\n");
    const std::vector<std::string> notices = dnm::read_network(in_folder("loose.tsv")).notices;
    QCOMPARE(notices.size(), std::size_t{3});
    QVERIFY(notices[0].find("weights") != std::string::npos);
    QCOMPARE(notices[1], std::string("1 link from a node to itself is omitted"));
    QCOMPARE(notices[2], std::string("2 repeated links are omitted"));
    // The matrix of a path of three nodes, which could be a layer, too.
    NpzBuilder()
        .text("format", "csr")
        .ints("shape", {3, 3})
        .ints("indptr", {0, 1, 3, 4})
        .ints("indices", {1, 0, 2, 1})
        .array<double>("data", "<f8", {1, 1, 1, 1})
        .save(in_folder("path.npz"));
    const NetworkFile path = dnm::read_network(in_folder("path.npz"));
    QVERIFY(*path.network == Network::general(3, dnm::test::LinkList{{0, 1}, {1, 2}}));
    QCOMPARE(path.notices.size(), std::size_t{1});
    QVERIFY2(path.notices[0].find("--as layers") != std::string::npos, path.notices[0].c_str());
    for (const NetworkFile& sample : samples()) {
      for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
        const fs::path file = in_folder("clean" + std::string(format.extension));
        dnm::write_network(file, sample);
        QVERIFY2(dnm::read_network(file).notices.empty(), format.extension.data());
      }
    }
  }

  void refuses_bad_archives_data() {
    QTest::addColumn<std::function<NpzBuilder()>>("make");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* reason, std::function<NpzBuilder()> make) {
      QTest::newRow(name) << std::move(make) << QString::fromUtf8(reason);
    };
    const auto layered = &TestNetworkFiles::layered_archive;
    const auto scipy = &TestNetworkFiles::scipy_archive;
    const auto with = [](NpzBuilder builder, const std::string& name, const std::string& npy) {
      return builder.raw(name, npy);
    };
    row("nothing inside", "neither", [] { return NpzBuilder().ints("other", {1}); });
    row("index out of range", "only 3 inputs", [=] { return layered().ints("layer0_indices", {0, 3, 1, 0, 1}); });
    row("negative index", "out of range", [=] { return layered().ints("layer0_indices", {0, -2, 1, 0, 1}); });
    row("index beyond 2^31", "out of range", [=] { return layered().ints("layer0_indices", {0, 1LL << 40, 1, 0, 1}); });
    row("link twice", "twice", [=] { return layered().ints("layer0_indices", {2, 2, 1, 0, 1}); });
    row("falling offsets", "offsets", [=] { return layered().ints("layer0_indptr", {0, 3, 2, 3, 5}); });
    row("offsets beyond the links", "offsets", [=] { return layered().ints("layer0_indptr", {0, 2, 2, 3, 9}); });
    row("offsets that start late", "offsets", [=] { return layered().ints("layer0_indptr", {1, 2, 2, 3, 5}); });
    row("too few offsets", "4 row offsets", [=] { return layered().ints("layer0_indptr", {0, 2, 3, 5}); });
    row("no offsets", "0 row offsets", [=] { return layered().ints("layer0_indptr", {}); });
    row("shape of three", "shape", [=] { return layered().ints("layer0_shape", {4, 3, 1}); });
    row("shape against sizes", "layer_sizes say", [=] { return layered().ints("layer0_shape", {4, 9}); });
    row("empty layer", "without neurons", [=] { return layered().ints("layer_sizes", {3, 0, 2}); });
    row("no layers", "empty", [=] { return layered().ints("layer_sizes", {}); });
    row("10^9 neurons twice and more", "2^31", [=] {
      return layered().ints("layer_sizes", {1000000000, 1000000000, 1000000000});
    });
    row("10^9 outputs", "row offsets", [=] {
      return layered()
          .ints("layer_sizes", {3, 1000000000})
          .ints("layer0_shape", {1000000000, 3})
          .without("layer1_indptr");
    });
    row("more layers than sizes", "more layers", [=] { return layered().ints("layer_sizes", {3, 4}); });
    row("fewer layers than sizes", "layer2_shape", [=] { return layered().ints("layer_sizes", {3, 4, 2, 5}); });
    row("no indices", "is missing", [=] { return layered().without("layer0_indices"); });
    row("indices as float", "<f8", [=] { return layered().array<double>("layer0_indices", "<f8", {0, 2, 1, 0, 1}); });
    row("objects", "|O", [=] { return layered().array<std::int64_t>("layer0_indices", "|O", {0, 2, 1, 0, 1}); });
    row("two dimensions", "2 dimensions",
        [=] { return with(layered(), "layer0_indices", NpzBuilder::npy("<i4", "(5, 1)", std::string(20, '\0'))); });
    row("shape longer than the data", "shape",
        [=] { return with(layered(), "layer0_indices", NpzBuilder::npy("<i4", "(6,)", std::string(20, '\0'))); });
    row("shape of 10^18", "shape", [=] {
      return with(layered(), "layer0_indices", NpzBuilder::npy("<i4", "(1000000000000000000,)", std::string(20, '\0')));
    });
    row("shape that wraps around", "shape", [=] {
      return with(layered(), "layer0_indices", NpzBuilder::npy("<i4", "(4611686018427387909,)", std::string(20, '\0')));
    });
    row("no NumPy array", "not a NumPy array",
        [=] { return with(layered(), "layer0_indices", "hello, this is text"); });
    row("empty entry", "truncated", [=] { return with(layered(), "layer0_indices", ""); });
    row("header of no dictionary", "header",
        [=] { return with(layered(), "layer0_indices", std::string("\x93NUMPY\x01\x00\x04\x00oops----", 18)); });
    row("header beyond the entry", "truncated",
        [=] { return with(layered(), "layer0_indices", std::string("\x93NUMPY\x01\x00\xFF\xFFxxxxxxxx", 18)); });
    row("other matrix format", "lil", [=] { return scipy().text("format", "lil"); });
    row("blocks without their dimensions", "instead of 3", [=] { return scipy().text("format", "bsr"); });
    row("diagonals without their dimensions", "instead of 2", [=] { return scipy().text("format", "dia"); });
    row("columns out of range", "only 3", [=] {
      return scipy().array<std::int32_t>("indices", "<i4", {0, 3, 1, 0, 1});
    });
    row("offsets of rows for columns", "row offsets", [=] { return scipy().text("format", "csc"); });
    row("rows out of range", "only 4", [=] {
      return scipy().text("format", "csc").ints("indptr", {0, 2, 4, 5}).ints("indices", {3, 0, 2, 4, 0});
    });
    row("entry out of range", "entry in row 4", [] { return coo_archive().ints("row", {3, 0, 1, 2, 0, 4, 0}); });
    row("negative entry", "out of range", [] { return coo_archive().ints("col", {1, 0, 1, 1, 2, -1, 2}); });
    row("rows without columns", "6 column numbers", [] { return coo_archive().ints("col", {1, 0, 1, 1, 2, 0}); });
    row("entries without values", "6 values", [] { return coo_archive().ints("data", {1, 1, 1, 1, 1, 1}); });
    row("side of 2^31", "2^31", [] { return coo_archive().ints("shape", {4, 1LL << 31}); });
    row("negative side", "out of range", [] { return coo_archive().ints("shape", {4, -3}); });
    row("format is no text", "text", [=] { return scipy().ints("format", {1}); });
    row("texts as weights", "<U1",
        [=] { return with(scipy(), "data", NpzBuilder::npy("<U1", "(5,)", std::string(20, '\0'))); });
    row("fewer weights than links", "4 values", [=] {
      return scipy().array<double>("data", "<f8", {1.0, 1.0, 1.0, 1.0});
    });
    row("graph that is not symmetric", "not symmetric", [=] {
      return NpzBuilder()
          .text("format", "csr")
          .ints("layer_sizes", {2})
          .ints("shape", {2, 2})
          .ints("indptr", {0, 1, 1})
          .ints("indices", {1})
          .array<double>("data", "<f8", {1.0});
    });
  }
  void refuses_bad_archives() {
    QFETCH(std::function<NpzBuilder()>, make);
    QFETCH(QString, reason);
    make().save(in_folder("bad archive.npz"));
    must_refuse(in_folder("bad archive.npz"), reason);
  }

  /// Long enough that every reader looks at its control at least once.
  void reading_can_be_stopped() {
    std::stop_source source;
    source.request_stop();
    const dnm::TaskControl stopped{source.get_token(), {}};
    const auto network = dnm::test::share(Network::layered({300, 400}, {dnm::test::random_mask(300, 400, 70000, 1)}));
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      const fs::path path = in_folder("long" + std::string(format.extension));
      dnm::write_network(path, {network, ""});
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::read_network(path, stopped)), dnm::Cancelled);
      double told = 0.0;
      bool falls = false;
      const auto tell = [&](double fraction) {
        falls |= fraction < told;
        told = fraction;
      };
      QVERIFY(*dnm::read_network(path, {{}, tell}).network == *network);
      QVERIFY2(!falls && told <= 1.0, format.extension.data());
    }
  }

  void reads_lists_of_node_pairs() {
    write_content(in_folder("pairs.tsv"), "# removed\n4\t2\n0\t1\n");
    const std::vector<std::pair<NodeIndex, NodeIndex>> expected{{4, 2}, {0, 1}};
    QVERIFY(dnm::read_node_pairs(in_folder("pairs.tsv")) == expected);
    write_content(in_folder("pairs.tsv"), "# none\n");
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::read_node_pairs(in_folder("pairs.tsv"))), dnm::FileError);
  }
};

DNM_TEST(TestNetworkFiles, QCoreApplication)
#include "test_network_files.moc"
