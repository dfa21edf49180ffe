// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <set>

#include "core/files/network_builder.h"
#include "core/files/network_files.h"
#include "core/files/tensor_stack.h"
#include "core/support/memory.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/npz_builder.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::ReadAs;
using dnm::test::LinkList;
using dnm::test::must_refuse;
using dnm::test::notices_of;

namespace {

/// The entries of a matrix that are not zero, as another program gave them.
struct Cells {
  NodeIndex rows = 0;
  NodeIndex columns = 0;
  std::set<std::pair<NodeIndex, NodeIndex>> at;
};

Cells cells_in(const fs::path& path) {
  Cells cells;
  std::ifstream file(path);
  file >> cells.rows >> cells.columns;
  for (NodeIndex row = 0, column = 0; file >> row >> column;) cells.at.emplace(row, column);
  return cells;
}

Mask mask_of(const Cells& cells) {
  Mask mask{cells.columns, cells.rows, {0}, {}};
  for (NodeIndex row = 0; row < cells.rows; ++row) {
    for (NodeIndex column = 0; column < cells.columns; ++column) {
      if (cells.at.contains({row, column})) mask.columns.push_back(column);
    }
    mask.row_begin.push_back(mask.columns.size());
  }
  return mask;
}

Network layer_of(const Cells& cells) { return Network::layered({cells.columns, cells.rows}, {mask_of(cells)}); }

bool has_the_entries_of_a_graph(const Cells& cells) {
  return cells.rows == cells.columns && !cells.at.empty() && std::ranges::all_of(cells.at, [&](const auto& cell) {
           return cell.first != cell.second && cells.at.contains({cell.second, cell.first});
         });
}

/// Rows and columns are the same nodes of a square matrix, and different ones of any other.
Network graph_of(const Cells& cells) {
  const bool square = cells.rows == cells.columns;
  const NodeIndex first_row = square ? 0 : cells.columns;
  const LinkList links = [&] {
    LinkList list;
    for (const auto& [row, column] : cells.at) list.emplace_back(column, first_row + row);
    return list;
  }();
  return Network::general(square ? cells.rows : cells.rows + cells.columns, links);
}

}  // namespace

/// Matrices as SciPy and NumPy write them (.mtx, .npz, .npy).
class TestMatrixFiles : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  dnm::test::NetworkFolder theirs_;
  bool written_ = false;

  fs::path file(const std::string& name) const { return folder_.file(name); }
  NetworkFile read(const std::string& name, const dnm::ReadOptions& options = {}) const {
    return dnm::read_network(file(name), options);
  }
  /// A .npy file of 8-byte numbers.
  NetworkFile read_numbers(const std::string& shape, const std::vector<double>& values,
                           const std::string& order = "False", ReadAs as = ReadAs::automatic) const {
    return folder_.read("numbers.npy", NpzBuilder::npy("<f8", shape, NpzBuilder::bytes(values), order), {as, {}});
  }
  static std::string ones(const std::string& shape, std::size_t elements) {
    return NpzBuilder::npy("|u1", shape, std::string(elements, '\1'));
  }

 private Q_SLOTS:
  void initTestCase() {
    const QString python = dnm::test::python_with("scipy.io");
    if (python.isEmpty()) return;
    const QString script = QString(dnm::test::source_folder()) + "/tests/core/files/exchange_matrices.py";
    const auto ended = dnm::test::run(python, {script, theirs_.path()});
    QVERIFY2(ended.well, ended.errors.constData());
    written_ = true;
  }

  /// Every file that has a list of its entries.
  void reads_what_scipy_and_numpy_write() {
    if (!written_) QSKIP("Python with SciPy is not installed");
    int read = 0;
    for (const auto& entry : fs::directory_iterator(theirs_.path().toStdString())) {
      fs::path list = entry.path();
      if (list.extension() == ".cells" || !fs::exists(list.replace_extension(".cells"))) continue;
      const Cells cells = cells_in(list);
      const char* const name = entry.path().c_str();
      const Network layer = layer_of(cells);
      const Network graph = graph_of(cells);
      const NetworkFile as_layer = dnm::read_network(entry.path(), {ReadAs::layers, {}});
      QVERIFY2(*as_layer.network == layer, name);
      QVERIFY2(!notices_of(as_layer).contains("--as graph"), name);
      QVERIFY2(*dnm::read_network(entry.path(), {ReadAs::graph, {}}).network == graph, name);
      // Without the option a matrix that calls itself symmetric, or is without a diagonal, is a graph, and every other
      // one a layer; where that is not sure, it is said.
      const NetworkFile either = dnm::read_network(entry.path());
      const bool is_graph = has_the_entries_of_a_graph(cells);
      const bool is_symmetric = entry.path().extension() == ".mtx" &&
                                entry.path().string().find("general") == std::string::npos &&
                                entry.path().string().find("finite") == std::string::npos;
      QVERIFY2(*either.network == (is_symmetric || is_graph ? graph : layer), name);
      const bool is_square = !is_symmetric && cells.rows == cells.columns;
      QVERIFY2(notices_of(either).contains("--as graph") == (is_square && !is_graph), name);
      QVERIFY2(notices_of(either).contains("--as layers") == (is_square && is_graph), name);
      ++read;
    }
    QVERIFY2(read > 230, qPrintable(QString::number(read)));
  }
  void notes_what_is_no_number() {
    if (!written_) QSKIP("Python with SciPy is not installed");
    for (const char* name : {"not_finite.mtx", "not_finite_array.mtx", "half.npy"}) {
      const QString notices = notices_of(dnm::read_network(theirs_.file(name)));
      QVERIFY2(notices.contains("1 weight is no number") && notices.contains("ignored"), qPrintable(notices));
    }
  }
  void reads_layers_by_name() {
    if (!written_) QSKIP("Python with NumPy is not installed");
    std::vector<Mask> masks;
    for (int layer = 0; layer < 3; ++layer) {
      masks.push_back(mask_of(cells_in(theirs_.file("mlp_" + std::to_string(layer) + ".cells"))));
    }
    const auto expected = Network::layered({20, 30, 10, 4}, masks);
    for (const char* name : {"mlp", "mlp_turned", "mlp_shuffled", "mlp_pruned", "mlp_numbered"}) {
      const NetworkFile file = dnm::read_network(theirs_.file(std::string(name) + ".npz"));
      QVERIFY2(*file.network == expected, name);
      QVERIFY2(notices_of(file).contains(QString(name).contains("turned") ? "each inputs × outputs"
                                                                          : "each outputs × inputs"),
               name);
    }
    QVERIFY(notices_of(dnm::read_network(theirs_.file("mlp_shuffled.npz")))
                .contains("one (30 × 20), two (10 × 30), out (4 × 10)"));
    QVERIFY(notices_of(dnm::read_network(theirs_.file("mlp_pruned.npz"))).contains("l0.weight_mask"));
    const NetworkFile two = dnm::read_network(theirs_.file("mlp.npz"), {ReadAs::automatic, {"fc2", "fc3"}});
    QVERIFY(*two.network == Network::layered({30, 10, 4}, {masks[1], masks[2]}));
    const NetworkFile one = dnm::read_network(theirs_.file("mlp.npz"), {ReadAs::automatic, {"fc2"}});
    QVERIFY(*one.network == Network::layered({30, 10}, {masks[1]}));
    QVERIFY(!dnm::read_network(theirs_.file("mlp.npz"), {ReadAs::graph, {}}).network->is_layered());
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(dnm::read_network(theirs_.file("mlp.npz"), {ReadAs::automatic, {"fc1", "fc3"}})),
        dnm::TensorChoiceNeeded);
  }
  /// Objects would have to be unpickled, which runs code.
  void refuses_what_is_no_matrix_of_numbers() {
    if (!written_) QSKIP("Python with NumPy is not installed");
    must_refuse(theirs_.file("objects.npy"), "Python objects");
    must_refuse(theirs_.file("objects.npz"), "Python objects");
    must_refuse(theirs_.file("records.npy"), "records");
    must_refuse(theirs_.file("list.npy"), "has 1 dimension;");
    must_refuse(theirs_.file("cube.npy"), "has 3 dimensions");
    must_refuse(theirs_.file("scalar.npy"), "has 0 dimensions");
    must_refuse(theirs_.file("texts.npy"), "numbers");
    must_refuse(theirs_.file("times.npy"), "numbers");
  }

  void reads_dense_matrices_without_python() {
    const Mask mask{3, 2, {0, 1, 3}, {2, 0, 1}};
    const auto expected = Network::layered({3, 2}, {mask});
    QVERIFY(*read_numbers("(2, 3)", {0, 0, 1, 1, 1, 0}).network == expected);
    QVERIFY(*read_numbers("(2, 3)", {0, 1, 0, 1, 1, 0}, "True").network == expected);
    const NetworkFile weighted = read_numbers("(2, 3)", {-0.0, 0, -1e300, 1e-320, 2, 0});
    QVERIFY(*weighted.network == expected && notices_of(weighted).contains("weights"));
    const NetworkFile square = read_numbers("(3, 3)", {0, 1, 0, 0, 0, 1, 0, 0, 0});
    QVERIFY(square.network->layer_sizes() == (std::vector<NodeIndex>{3, 3}));
    QVERIFY(notices_of(square).contains("--as graph"));
    const NetworkFile graph = read_numbers("(3, 3)", {0, 1, 0, 0, 0, 1, 0, 0, 0}, "False", ReadAs::graph);
    QVERIFY(*graph.network == Network::general(3, LinkList{{0, 1}, {1, 2}}));
    QVERIFY(notices_of(graph).contains("directed"));
    QVERIFY(*read_numbers("(0, 0)", {}).network == Network::general(0, LinkList{}));
    QVERIFY(*read_numbers("(1L, 2L)", {1, 1}).network == Network::layered({2, 1}, {Mask{2, 1, {0, 2}, {0, 1}}}));
  }
  void reads_names_in_archives() {
    const auto text = [](const std::string& type, const std::string& shape, const std::u32string& codes) {
      std::string bytes(4 * codes.size(), '\0');
      std::memcpy(bytes.data(), codes.data(), bytes.size());
      return NpzBuilder::npy(type, shape, bytes);
    };
    NpzBuilder builder;
    builder.text("format", "csr")
        .ints("layer_sizes", {3})
        .ints("shape", {3, 3})
        .ints("indptr", {0, 1, 2, 2})
        .ints("indices", {1, 0})
        .array<double>("data", "<f8", {1, 1});
    builder.raw("node_ids", text("<U2", "(3,)", {U'a', 0, U'b', U'α', U'樹', 0}))
        .raw("node_labels", text("<U1", "(3,)", {U'x', 0, U'z'}))
        .ints("node_attribute_age", {30, -5, 0})
        .array<double>("node_attribute_score", "<f8", {0.5, std::numeric_limits<double>::quiet_NaN(), 1e300})
        .array<std::uint8_t>("node_attribute_is it", "|b1", {1, 0, 1});
    builder.save(file("named.npz"));
    const NetworkFile named = read("named.npz");
    const dnm::NodeNames& names = named.network->names();
    QCOMPARE(names.ids, (std::vector<std::string>{"a", "bα", "樹"}));
    QCOMPARE(names.labels, (std::vector<std::string>{"x", "", "z"}));
    QCOMPARE(names.columns.size(), std::size_t{3});
    const auto column = [&](const std::string& name) {
      return *std::find_if(names.columns.begin(), names.columns.end(),
                           [&](const auto& one) { return one.name == name; });
    };
    using Kind = dnm::AttributeKind;
    QVERIFY((column("age") == dnm::NodeColumn{"age", Kind::integer, {"30", "-5", "0"}}));
    QVERIFY((column("score") == dnm::NodeColumn{"score", Kind::real, {"0.5", "", "1e+300"}}));
    QVERIFY((column("is it") == dnm::NodeColumn{"is it", Kind::boolean, {"true", "false", "true"}}));
    const NetworkFile layers = read("named.npz", {ReadAs::layers, {}});
    QVERIFY(layers.network->is_layered() && layers.network->names().empty());
    QVERIFY(notices_of(layers).contains("names"));
    builder.raw("node_ids", text("<U1", "(2,)", {U'a', U'b'})).save(file("few.npz"));
    must_refuse(file("few.npz"), "2 ids");
    builder.raw("node_ids", text("<U1", "(3,)", {U'a', U'b', U'a'})).save(file("twice.npz"));
    must_refuse(file("twice.npz"), "two nodes");
  }

  void refuses_bad_matrices_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& content, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString(reason);
    };
    const std::string whole = NpzBuilder::npy("<f8", "(2, 3)", std::string(48, '\0'));
    row("empty", "", "truncated");
    row("text", "0\t1\n0\t2\n0\t3\n", "not a NumPy array");
    row("cut in the header", whole.substr(0, 40), "truncated");
    row("cut in the data", whole.substr(0, whole.size() - 1), "47 bytes");
    row("more data than the shape", whole + '\0', "49 bytes");
    row("version 9", std::string(whole).replace(6, 1, "\x09"), "version");
    row("header of 4 GB", std::string("\x93NUMPY\x02\x00\xF0\xFF\xFF\xFF", 12) + whole.substr(10), "truncated");
    row("shape of 10^18", NpzBuilder::npy("|u1", "(1000000000, 1000000000)", "1"), "shape");
    row("shape that wraps around", NpzBuilder::npy("|u1", "(4294967296, 4294967297)", std::string(4, '\0')), "shape");
    row("shape beyond 64 bits", NpzBuilder::npy("|u1", "(99999999999999999999, 1)", "1"), "header");
    row("negative side", NpzBuilder::npy("|u1", "(-1, 1)", "1"), "header");
    row("one side of none", NpzBuilder::npy("|u1", "(0, 5)", ""), "without neurons");
    row("a side of 10^12 and one of none", NpzBuilder::npy("|u1", "(0, 1000000000000)", ""), "without neurons");
    row("list", ones("(6,)", 6), "1 dimension;");
    row("a number of 7 bytes", NpzBuilder::npy("<f7", "(1, 1)", "1234567"), "<f7");
    row("no type", NpzBuilder::npy("", "(1, 1)", "1"), "type");
    row("objects", NpzBuilder::npy("|O", "(1, 1)", "cos\nsystem\n(S'true'\ntR."), "Python objects");
    row("no order", std::string(whole).replace(whole.find("False"), 5, "Maybe"), "header");
  }
  void refuses_bad_matrices() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    dnm::test::write_content(file("bad matrix.npy"), content.toStdString());
    must_refuse(file("bad matrix.npy"), reason);
  }

  void refuses_bad_archives() {
    const auto dense = [](const std::string& name, const std::string& shape, std::size_t elements) {
      return NpzBuilder().raw(name, ones(shape, elements));
    };
    dense("a", "(2, 3)", 6).raw("b", ones("(5, 4)", 20)).save(file("no chain.npz"));
    must_refuse(file("no chain.npz"), "a (2 × 3), b (5 × 4)");
    dense("a", "(2, 3)", 6).raw("b", ones("(5, 2)", 9)).save(file("short.npz"));
    must_refuse(file("short.npz"), "array b holds 9 bytes");
    NpzBuilder().raw("a", ones("(2, 3, 4)", 24)).save(file("cube.npz"));
    must_refuse(file("cube.npz"), "neither");
    // Blocks and diagonals that do not fit their matrix.
    const auto blocks = [](const std::string& data) {
      return NpzBuilder()
          .text("format", "bsr")
          .ints("shape", {4, 4})
          .ints("indptr", {0, 1, 1})
          .ints("indices", {1})
          .raw("data", data);
    };
    blocks(ones("(1, 2, 2)", 4)).save(file("blocks.npz"));
    QCOMPARE(read("blocks.npz").network->link_count(), std::uint64_t{4});
    blocks(ones("(2, 2, 2)", 8)).save(file("two blocks.npz"));
    must_refuse(file("two blocks.npz"), "2 blocks for 1");
    blocks(ones("(1, 3, 2)", 6)).save(file("high blocks.npz"));
    must_refuse(file("high blocks.npz"), "3 × 2");
    blocks(ones("(0, 0, 2)", 0)).save(file("no blocks.npz"));
    must_refuse(file("no blocks.npz"), "0 × 2");
    blocks(ones("(1, 2, 2)", 4)).ints("indices", {2}).save(file("far block.npz"));
    must_refuse(file("far block.npz"), "block column 2");
    NpzBuilder()
        .text("format", "dia")
        .ints("shape", {4, 4})
        .ints("offsets", {0})
        .raw("data", ones("(2, 4)", 8))
        .save(file("two diagonals.npz"));
    must_refuse(file("two diagonals.npz"), "2 diagonals for 1");
    NpzBuilder()
        .text("format", "dia")
        .ints("shape", {4, 4})
        .ints("offsets", {1LL << 62})
        .raw("data", ones("(1, 4)", 4))
        .save(file("far diagonal.npz"));
    must_refuse(file("far diagonal.npz"), "out of range");
  }

  /// A small compressed archive must not make a large allocation, nor may a header.
  void refuses_more_than_the_memory_holds() {
    if (dnm::available_memory() > std::uint64_t{60} << 30) QSKIP("the machine holds what is too large for others");
    dnm::test::write_content(file("tall.mtx"),
                             "%%MatrixMarket matrix coordinate pattern general\n1000000000 1000000000 1\n1 1\n");
    must_refuse(file("tall.mtx"), "memory");
    dnm::test::write_content(file("wide.mtx"),
                             "%%MatrixMarket matrix coordinate pattern symmetric\n2000000000 2000000000 0\n");
    must_refuse(file("wide.mtx"), "memory");
    NpzBuilder()
        .text("format", "dia")
        .ints("shape", {2000000000, 2000000000})
        .ints("offsets", {0})
        .raw("data", ones("(1, 2)", 2))
        .save(file("diagonal.npz"));
    must_refuse(file("diagonal.npz"), "memory");
    NpzBuilder().raw("a", ones("(1, 100000000)", 100000000)).save(file("bomb.npz"), true);
    QVERIFY(fs::file_size(file("bomb.npz")) < 200000);
    try {
      QCOMPARE(read("bomb.npz").network->link_count(), std::uint64_t{100000000});
    } catch (const dnm::ResourceError& error) {
      QVERIFY(QString(error.what()).contains("memory"));
    }
  }

  void survives_damage_anywhere() {
    NpzBuilder().raw("fc1", ones("(5, 6)", 30)).raw("fc2", ones("(2, 5)", 10)).save(file("whole.npz"), true);
    dnm::test::write_content(file("whole.npy"), NpzBuilder::npy("<f4", "(3, 2)", std::string(24, '\x3f')));
    for (const char* extension : {".npz", ".npy"}) {
      const std::string content = dnm::test::content_of(file(std::string("whole") + extension));
      const fs::path damaged = file(std::string("damaged") + extension);
      for (std::size_t position = 0; position < content.size(); ++position) {
        for (const int bits : {0x01, 0x15, 0x80, 0xFF}) {
          std::string other = content;
          other[position] = static_cast<char>(static_cast<unsigned char>(other[position]) ^ bits);
          dnm::test::write_content(damaged, other);
          static_cast<void>(dnm::test::outcome_of(damaged));
        }
        dnm::test::write_content(damaged, content.substr(0, position));
        QVERIFY(std::holds_alternative<std::string>(dnm::test::outcome_of(damaged)));
      }
    }
  }

  void reading_can_be_stopped() {
    std::stop_source source;
    source.request_stop();
    dnm::test::write_content(file("long.npy"), ones("(300, 400)", 120000));
    NpzBuilder().raw("a", ones("(300, 400)", 120000)).save(file("long.npz"));
    dnm::test::write_content(file("long.mtx"), [] {
      std::string text = "%%MatrixMarket matrix array integer general\n300 400\n";
      for (int i = 0; i < 120000; ++i) text += "1\n";
      return text;
    }());
    for (const char* name : {"long.npy", "long.npz", "long.mtx"}) {
      QVERIFY_EXCEPTION_THROWN(
          static_cast<void>(dnm::read_network(file(name), dnm::TaskControl{source.get_token(), {}})), dnm::Cancelled);
      double told = 0.0;
      bool falls = false;
      const auto tell = [&](double fraction) {
        falls |= fraction < told;
        told = fraction;
      };
      QCOMPARE(dnm::read_network(file(name), dnm::TaskControl{{}, tell}).network->link_count(), std::uint64_t{120000});
      QVERIFY2(!falls && told > 0.0 && told <= 1.0, name);
    }
  }
};

DNM_TEST(TestMatrixFiles, QCoreApplication)
#include "test_matrix_files.moc"
