// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <unistd.h>

#include "core/files/network_tensors.h"
#include "core/files/safetensors_file.h"
#include "core/files/tensor_stack.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/python.h"
#include "tests/core/files/told_links.h"
#include "tests/core/files/zip_builder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::test::content_of;
using dnm::test::must_refuse;
using dnm::test::samples;
using dnm::test::told;
using dnm::test::write_content;
using namespace std::string_literals;

namespace {

/// A .safetensors file of any content, well-formed or not.
std::string safetensors(const std::string& header, const std::string& data) {
  const auto length = std::bit_cast<std::array<char, 8>>(std::uint64_t{header.size()});
  return std::string(length.data(), length.size()) + header + data;
}
std::string tensor(const std::string& name, const std::string& type, const std::string& shape, int begin, int end) {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape + "],\"data_offsets\":[" +
         std::to_string(begin) + "," + std::to_string(end) + "]}";
}

template <class T>
std::string bytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

// Pickled data of a state_dict.
/// REDUCE, by its number: moc takes an R before a quotation mark for the start of a raw string.
const std::string call = "\x52";
std::string text(const std::string& content) {
  return "X" + bytes(std::vector{static_cast<std::uint32_t>(content.size())}) + content;
}
std::string integer(std::int64_t value) { return "\x8a\x08" + bytes(std::vector{value}); }
std::string tuple(const std::vector<std::int64_t>& values) {
  std::string items;
  for (const std::int64_t value : values) items += integer(value);
  return "(" + items + "t";
}
std::string storage(const std::string& type, const std::string& key, std::int64_t elements) {
  return "(" + text("storage") + "ctorch\n" + type + "Storage\n" + text(key) + text("cpu") + integer(elements) + "tQ";
}
std::string rebuilt(const std::string& storage, std::int64_t offset, const std::vector<std::int64_t>& shape,
                    const std::vector<std::int64_t>& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + integer(offset) + tuple(shape) + tuple(strides) + "\x89" +
         "ccollections\nOrderedDict\n)Rt" + call;
}
std::string dictionary(const std::string& entries) { return "\x80\x02}(" + entries + "u."; }

std::vector<std::string> words(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream stream(list);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

}  // namespace

/// The files of PyTorch and of safetensors: what is not zero is a link, whatever a file is made of, and nothing in one
/// is run.
class TestTensorFiles : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;

  fs::path in_folder(const std::string& name) const { return folder_.file(name); }

  /// Reads every file of a folder that torch_files.py filled, and compares the links.
  static int compare(const fs::path& folder) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".links") continue;
      std::ifstream links(entry.path());
      std::string file, tensors, line, expected;
      std::getline(links, line);
      std::istringstream(line) >> file >> tensors;
      while (std::getline(links, line)) expected += line + "\n";
      try {
        const NetworkFile read =
            dnm::read_network(folder / file, {.tensors = tensors == "-" ? std::vector<std::string>{} : words(tensors)});
        if (told(*read.network) == expected) {
          ++count;
        } else {
          qWarning("%s has other links", file.c_str());
        }
      } catch (const dnm::Error& error) {
        qWarning("%s", error.what());
      }
    }
    return count;
  }

  void save_torch(const std::string& name, const std::string& pickled,
                  const std::map<std::string, std::string>& storages) const {
    std::map<std::string, std::string> entries{{"archive/data.pkl", pickled}, {"archive/version", "3\n"}};
    for (const auto& [key, data] : storages) entries["archive/data/" + key] = data;
    dnm::test::save_zip(in_folder(name), entries);
  }

 private Q_SLOTS:
  void reads_files_of_pytorch() {
    const fs::path folder = fs::path(dnm::test::reference_folder()) / "torch";
    QCOMPARE(compare(folder), 7);
    must_refuse(folder / "whole_model.pt", "\"torch.nn.modules.container.Sequential\"");
    must_refuse(folder / "whole_model.pt", "model.state_dict()");
  }

  void reads_files_of_the_pytorch_here() {
    const QString python = dnm::test::python_with("torch");
    if (python.isEmpty()) QSKIP("Python with PyTorch is not installed; files that it wrote are read all the same");
    const QString script = QString(dnm::test::source_folder()) + "/tests/core/files/torch_files.py";
    const dnm::test::Ended ended = dnm::test::run(python, {script, folder_.path()});
    QVERIFY2(ended.well, ended.errors.constData());
    QCOMPARE(compare(folder_.path().toStdString()), 32);
    must_refuse(in_folder("whole_model_stream.pt"), "\"torch.nn.modules.container.Sequential\"");
  }

  void tells_what_it_takes() {
    const fs::path folder = fs::path(dnm::test::reference_folder()) / "torch";
    const NetworkFile checkpoint = dnm::read_network(folder / "checkpoint.pth");
    QCOMPARE(checkpoint.notices.size(), std::size_t{2});
    QCOMPARE(checkpoint.notices[0], "the tensors under \"optimizer\" are left aside"s);
    QVERIFY(checkpoint.notices[1].find("0.weight_mask (16 × 20), 2.weight_mask (12 × 16), 4.weight_mask (5 × 12)") !=
            std::string::npos);
    // A Transformer has no one chain; what there is to choose from is told.
    const std::string message =
        dnm::test::message_of([&] { static_cast<void>(dnm::read_network(folder / "transformer.pt")); });
    QVERIFY2(message.find("--tensors") != std::string::npos, message.c_str());
    QVERIFY2(message.find("encoder.layers.0.linear1.weight (12 × 8)") != std::string::npos, message.c_str());
    QVERIFY2(message.find("encoder.layers.0.linear1.weight 50 %") != std::string::npos, message.c_str());
    const NetworkFile dense =
        dnm::read_network(folder / "transformer.pt", {.tensors = {"decoder.layers.0.linear1.weight"}});
    QCOMPARE(dense.network->link_count(), std::uint64_t{96});
    QVERIFY(std::ranges::any_of(dense.notices, [](const std::string& notice) {
      return notice == "decoder.layers.0.linear1.weight is dense: every entry counts as a link";
    }));
    const NetworkFile graph = dnm::read_network(folder / "pruned.pt", {.as = dnm::ReadAs::graph});
    QVERIFY(!graph.network->is_layered());
    QCOMPARE(graph.network->node_count(), NodeIndex{53});
  }

  void lists_what_can_be_chosen() {
    const fs::path folder = fs::path(dnm::test::reference_folder()) / "torch";
    const dnm::TensorChoice pruned = dnm::tensor_choice(folder / "pruned.pt");
    QCOMPARE(pruned.matrices.size(), std::size_t{3});
    QCOMPARE(pruned.matrices[0].tensor, (dnm::TensorShape{"0.weight_mask", {16, 20}}));
    QCOMPARE(pruned.matrices[0].nonzero, std::uint64_t{96});  // 70 % of 320 pruned
    QCOMPARE(pruned.preselected, (std::vector<std::string>{"0.weight_mask", "2.weight_mask", "4.weight_mask"}));
    const dnm::TensorChoice transformer = dnm::tensor_choice(folder / "transformer.pt");
    QCOMPARE(transformer.matrices.size(), std::size_t{10});
    QVERIFY(transformer.preselected.empty());
    dnm::write_network(in_folder("own.safetensors"), samples().front());
    QCOMPARE(dnm::tensor_choice(in_folder("own.safetensors")).preselected,
             (std::vector<std::string>{"layer1.weight_mask", "layer2.weight_mask"}));
  }

  /// A pipe can be read only once, and what has to be chosen is told all the same.
  void asks_about_a_pipe() {
    const std::string content = content_of(fs::path(dnm::test::reference_folder()) / "torch" / "transformer.pt");
    std::array<int, 2> ends{};
    QCOMPARE(pipe(ends.data()), 0);
    QCOMPARE(write(ends[1], content.data(), content.size()),
             static_cast<ssize_t>(content.size()));  // its buffer has room
    close(ends[1]);
    try {
      static_cast<void>(dnm::read_network("/dev/fd/" + std::to_string(ends[0])));
      QFAIL("it was read");
    } catch (const dnm::TensorChoiceNeeded& needed) {
      QCOMPARE(needed.matrices().size(), std::size_t{10});
      QVERIFY(std::string(needed.what()).starts_with("cannot read /dev/fd/"));
    }
    close(ends[0]);
  }

  /// Of every type of number the two signs of zero, one, other values and what is not a number.
  void knows_zero_in_every_type_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("numbers");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* type, const std::string& numbers, const char* expected) {
      QTest::newRow(type) << QString(type) << QByteArray::fromStdString(numbers) << QString(expected);
    };
    constexpr float f_nan = std::numeric_limits<float>::quiet_NaN();
    constexpr double d_nan = std::numeric_limits<double>::quiet_NaN();
    row("F64", bytes(std::vector<double>{0, -0.0, 1, -5e-324, d_nan, INFINITY}), "..1on o");
    row("F32", bytes(std::vector<float>{0, -0.0F, 1, -1e-45F, f_nan, -INFINITY}), "..1on o");
    row("F16", bytes(std::vector<std::uint16_t>{0, 0x8000, 0x3C00, 0x8001, 0xFE00, 0x7C00}), "..1on o");
    row("BF16", bytes(std::vector<std::uint16_t>{0, 0x8000, 0x3F80, 0x8001, 0x7FC0, 0xFF80}), "..1on o");
    row("F8_E5M2", bytes(std::vector<std::uint8_t>{0, 0x80, 0x3C, 0x01, 0x7F, 0xFC}), "..1on o");
    row("F8_E4M3", bytes(std::vector<std::uint8_t>{0, 0x80, 0x38, 0x01, 0xFF, 0x7E}), "..1on o");
    row("C64", bytes(std::vector<float>{0, -0.0F, 0, 0, 1, 0, 0, 1, 1, f_nan, 0, -1}), "..1on o");
    row("I64", bytes(std::vector<std::int64_t>{0, 0, 1, -1, 2, std::numeric_limits<std::int64_t>::min()}), "..1ooo");
    row("I32", bytes(std::vector<std::int32_t>{0, 0, 1, -1, 2, 1 << 30}), "..1ooo");
    row("I16", bytes(std::vector<std::int16_t>{0, 0, 1, -1, 2, 256}), "..1ooo");
    row("I8", bytes(std::vector<std::int8_t>{0, 0, 1, -1, 2, -128}), "..1ooo");
    row("U64", bytes(std::vector<std::uint64_t>{0, 0, 1, 3, 2, ~0ULL}), "..1ooo");
    row("U32", bytes(std::vector<std::uint32_t>{0, 0, 1, 3, 2, ~0U}), "..1ooo");
    row("U16", bytes(std::vector<std::uint16_t>{0, 0, 1, 3, 2, 256}), "..1ooo");
    row("U8", bytes(std::vector<std::uint8_t>{0, 0, 1, 3, 2, 255}), "..1ooo");
    row("BOOL", bytes(std::vector<std::uint8_t>{0, 0, 1, 1, 1, 1}), "..1111");
  }
  void knows_zero_in_every_type() {
    QFETCH(QString, type);
    QFETCH(QByteArray, numbers);
    QFETCH(QString, expected);
    expected.remove(' ');
    const std::string header = "{" + tensor("w", type.toStdString(), "2,3", 0, static_cast<int>(numbers.size())) + "}";
    const NetworkFile file = folder_.read("types.safetensors", safetensors(header, numbers.toStdString()));
    std::string links;
    for (int cell = 0; cell < 6; ++cell) {
      if (expected[cell] != '.') {
        links += "0 " + std::to_string(cell / 3) + " " + std::to_string(cell % 3) + "\n";
      }
    }
    QCOMPARE(told(*file.network), links);
    const auto notes = [&](const char* word) {
      return std::ranges::any_of(file.notices,
                                 [&](const std::string& notice) { return notice.find(word) != std::string::npos; });
    };
    QCOMPARE(notes("weights in the file are ignored"), expected.contains('o'));
    QCOMPARE(notes("no number"), expected.contains('n'));
  }

  /// Random tensors in random order of places, with a header that Python would write.
  void reads_safetensors() {
    const std::string header = "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("fc10.weight", "F32", "2,3", 24, 48) +
                               "," + tensor("fc10.bias", "F32", "2", 16, 24) + "," +
                               tensor("fc2.weight", "F16", "3,4", 48, 72) + "," +
                               tensor("empty", "F32", "0,7", 48, 48) + "," + tensor("steps", "I64", "", 8, 16) + "," +
                               tensor("pad", "U8", "2,2,2", 0, 8) + "}   ";
    std::string data(72, '\0');
    data[24 + 3] = 1;             // fc10.weight [0][0]
    data[24 + 5 * 4 + 3] = 1;     // fc10.weight [1][2]
    data[48 + 2 * 3 + 1] = 4;     // fc2.weight [0][3]
    data[48 + 2 * 8 + 1] = -128;  // fc2.weight [2][0], a negative zero
    const NetworkFile file = folder_.read("order.safetensors", safetensors(header, data));
    QCOMPARE(file.network->layer_sizes(), (std::vector<NodeIndex>{4, 3, 2}));
    QCOMPARE(told(*file.network), "0 0 3\n1 0 0\n1 1 2\n"s);
  }

  void refuses_bad_safetensors_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& content, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(content) << QString::fromUtf8(reason);
    };
    const std::string data(24, '\1');
    const auto one = [&](const std::string& tensors) { return safetensors("{" + tensors + "}", data); };
    row("empty", "", "truncated");
    row("seven bytes", "1234567", "truncated");
    row("header of 2^63 bytes", "\0\0\0\0\0\0\0\x80{}"s, "100 MB");
    row("header of 100 MB and more", "\x01\xE1\xF5\x05\0\0\0\0{}"s, "100 MB");
    row("header beyond the file", "\x09\0\0\0\0\0\0\0{}"s, "truncated");
    row("header that is no JSON", safetensors("{]", data), "JSON");
    row("header that is a list", safetensors("[1]", ""), "JSON");
    row("header of many levels", safetensors(std::string(100000, '['), ""), "JSON");
    row("levels hidden behind a text", safetensors("{\"\\\"[[[[\":" + std::string(9, '[') + "}", ""), "JSON");
    row("no tensors", safetensors("{}", ""), "no matrix");
    row("vectors only", one(tensor("bias", "F32", "6", 0, 24)), "no matrix");
    row("metadata of numbers", safetensors("{\"__metadata__\":{\"a\":1}}", ""), "header");
    row("tensor of nothing", safetensors("{\"a\":{}}", ""), "header");
    row("side of a fraction", one(tensor("a", "F32", "2.5,2", 0, 24)), "header");
    row("negative side", one(tensor("a", "F32", "-2,3", 0, 24)), "header");
    row("side of 2^64", one(tensor("a", "F32", "18446744073709551616,3", 0, 24)), "header");
    row("shape that wraps around", one(tensor("a", "F32", "4611686018427387904,4", 0, 24)), "another size");
    row("shape against the bytes", one(tensor("a", "F32", "2,4", 0, 24)), "another size");
    row("half a number", one(tensor("a", "F64", "1,1", 0, 12) + "," + tensor("b", "I8", "12", 12, 24)), "another size");
    row("unknown type", one(tensor("a", "F4", "6,8", 0, 24)), "\"F4\"");
    row("gap", one(tensor("a", "F32", "2,1", 0, 8) + "," + tensor("b", "F32", "3,1", 12, 24)), "gaps or overlap");
    row("overlap", one(tensor("a", "F32", "2,2", 0, 16) + "," + tensor("b", "F32", "3,1", 12, 24)), "gaps or overlap");
    row("a byte at the start unused", one(tensor("a", "I8", "23,1", 1, 24)), "gaps or overlap");
    row("end before begin", one(tensor("a", "I8", "0,1", 24, 0)), "gaps or overlap");
    row("tensor beyond the file", one(tensor("a", "F32", "2,4", 0, 32)), "truncated");
    row("bytes after the tensors", one(tensor("a", "F32", "2,2", 0, 16)), "more than its tensors");
    const auto layered = [&](const std::string& layers, const std::string& shape) {
      return one("\"__metadata__\":{\"dnm_layers\":\"" + layers + "\"}," + tensor("a", "F32", shape, 0, 24));
    };
    row("layers that are not there", layered("[\\\"b\\\"]", "2,3"), "is missing");
    row("layers that do not fit", layered("[\\\"a\\\",\\\"a\\\"]", "2,3"), "does not join");
    row("layers that are no list", layered("{", "2,3"), "layers");
    row("layer that is a vector", layered("[\\\"a\\\"]", "6"), "not a matrix");
  }
  void refuses_bad_safetensors() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    write_content(in_folder("bad.safetensors"), content.toStdString());
    must_refuse(in_folder("bad.safetensors"), reason);
  }

  void refuses_bad_torch_files_data() {
    QTest::addColumn<QByteArray>("pickled");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& pickled, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(pickled) << QString::fromUtf8(reason);
    };
    // The storage "0" has 24 bytes: six numbers of float32.
    const auto one = [](const std::string& value) { return dictionary(text("w") + value); };
    const std::string six = storage("Float", "0", 6);
    row("fits", one(rebuilt(six, 0, {2, 3}, {3, 1})), "");
    row("code", "cos\nsystem\n(X\x04\0\0\0echotR."s, "\"os.system\"");
    row("code beside tensors", one(rebuilt(six, 0, {2, 3}, {3, 1})).insert(3, text("x") + "cbuiltins\neval\n"),
        "\"builtins.eval\"");
    row("nested load", one("ctorch.storage\n_load_from_bytes\n" + text("x") + "\x85" + call), "_load_from_bytes");
    row("end beyond the storage", one(rebuilt(six, 1, {2, 3}, {3, 1})), "reaches beyond");
    row("stride beyond the storage", one(rebuilt(six, 0, {2, 2}, {5, 1})), "reaches beyond");
    row("negative stride", one(rebuilt(six, 5, {2, 3}, {-3, -1})), "strides");
    row("negative side", one(rebuilt(six, 0, {-2, 3}, {3, 1})), "shape");
    row("negative offset", one(rebuilt(six, -1, {2, 3}, {3, 1})), "offset");
    row("expanded", one(rebuilt(six, 0, {1 << 30, 1 << 30}, {0, 0})), "more elements");
    row("shape that wraps around", one(rebuilt(six, 0, {1LL << 32, 1LL << 32}, {0, 0})), "more elements");
    row("stride that wraps around", one(rebuilt(six, 0, {3, 2}, {1LL << 62, 1})), "reaches beyond");
    row("strides of another rank", one(rebuilt(six, 0, {2, 3}, {1})), "strides");
    row("storage of another size", one(rebuilt(storage("Float", "0", 7), 0, {2, 3}, {3, 1})), "another size");
    row("storage of 2^62 numbers", one(rebuilt(storage("Float", "0", 1LL << 62), 0, {2, 3}, {3, 1})), "storage");
    row("storage of two types",
        dictionary(text("v") + rebuilt(six, 0, {2, 3}, {3, 1}) + text("w") +
                   rebuilt(storage("Int", "0", 6), 0, {2, 3}, {3, 1})),
        "storage");
    row("storage that is missing", one(rebuilt(storage("Float", "1", 6), 0, {2, 3}, {3, 1})), "missing");
    row("storage of no type",
        one(rebuilt("(" + text("storage") + text("Float") + text("0") + text("cpu") + integer(6) + "tQ", 0, {2, 3},
                    {3, 1})),
        "storage");
    row("quantised", one("ctorch._utils\n_rebuild_qtensor\n)" + call), "_rebuild_qtensor");
    row("no tensors", dictionary(text("epoch") + integer(3)), "no tensors");
    row("a number", integer(3) + ".", "no tensors");
    row("a dictionary in itself", "\x80\x02}q\x01" + text("a") + "h\x01s.", "beyond measure");
    row(
        "dictionaries that double",
        [] {
          std::string levels = "}";
          for (int level = 0; level < 60; ++level)
            levels += "2q\x01" + std::string("0}(") + text("a") + "h\x01" + text("b") + "h\x01u";
          return "\x80\x02" + levels + ".";
        }(),
        "beyond measure");
    row("blocks",
        one("ctorch._utils\n_rebuild_sparse_tensor\nctorch.serialization\n_get_layout\n" + text("torch.sparse_bsr") +
            "\x85R)\x86" + call),
        "sparse_bsr");
    row("truncated", one(rebuilt(six, 0, {2, 3}, {3, 1})).substr(0, 60), "truncated");
    row("empty", "", "truncated");
  }
  void refuses_bad_torch_files() {
    QFETCH(QByteArray, pickled);
    QFETCH(QString, reason);
    save_torch("bad.pt", pickled.toStdString(), {{"0", bytes(std::vector<float>{1, 0, 0, 0, 2, 0})}});
    if (!reason.isEmpty()) return must_refuse(in_folder("bad.pt"), reason);
    QCOMPARE(told(*dnm::read_network(in_folder("bad.pt")).network), "0 0 0\n0 1 1\n"s);
  }

  void refuses_bad_sparse_tensors_data() {
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QByteArray>("indices");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* layout, const std::vector<std::int64_t>& indices,
                        const char* reason) {
      QTest::newRow(name) << QString(layout) << QByteArray::fromStdString(bytes(indices)) << QString::fromUtf8(reason);
    };
    // Three entries of a matrix of three rows and two columns: four offsets and three columns, or six coordinates and
    // one more.
    row("rows", "csr", {0, 1, 1, 3, 1, 0, 1}, "0 0 1\n0 2 0\n0 2 1\n");
    row("coordinates", "coo", {0, 2, 2, 1, 0, 1, 9}, "0 0 1\n0 2 0\n0 2 1\n");
    row("an entry twice", "coo", {0, 0, 2, 1, 1, 1, 9}, "0 0 1\n0 2 1\n");
    row("column beyond", "csr", {0, 1, 1, 3, 1, 0, 2}, "column 2");
    row("row beyond", "coo", {0, 3, 2, 1, 0, 1, 9}, "row 3");
    row("negative column", "csr", {0, 1, 1, 3, -1, 0, 1}, "negative");
    row("falling offsets", "csr", {0, 2, 1, 3, 1, 0, 1}, "offsets");
    row("offsets that start late", "csr", {1, 1, 1, 3, 1, 0, 1}, "offsets");
    row("offsets that end early", "csr", {0, 1, 1, 2, 1, 0, 1}, "offsets");
    row("offsets of 2^62", "csr", {0, 1, 1LL << 62, 3, 1, 0, 1}, "offsets");
  }
  void refuses_bad_sparse_tensors() {
    QFETCH(QString, layout);
    QFETCH(QByteArray, indices);
    QFETCH(QString, reason);
    const std::string numbers = storage("Long", "0", 7);
    const std::string parts = layout == "csr" ? rebuilt(numbers, 0, {4}, {1}) + rebuilt(numbers, 4, {3}, {1})
                                              : rebuilt(numbers, 0, {2, 3}, {3, 1});
    const std::string sparse = "ctorch._utils\n_rebuild_sparse_tensor\n(ctorch.serialization\n_get_layout\n" +
                               text("torch.sparse_" + layout.toStdString()) + "\x85R(" + parts +
                               rebuilt(storage("Float", "1", 3), 0, {3}, {1}) + tuple({3, 2}) + "tt" + call;
    save_torch("sparse.pt", dictionary(text("w") + sparse),
               {{"0", indices.toStdString()}, {"1", bytes(std::vector<float>{1, 2, 3})}});
    if (!reason.contains('\n')) return must_refuse(in_folder("sparse.pt"), reason);
    QCOMPARE(told(*dnm::read_network(in_folder("sparse.pt")).network), reason.toStdString());
  }

  void refuses_files_of_something_else() {
    write_content(in_folder("words.pt"), "weights");
    must_refuse(in_folder("words.pt"), "torch.save");
    write_content(in_folder("nothing.pt"), "");
    must_refuse(in_folder("nothing.pt"), "empty");
    must_refuse(in_folder("missing.pt"), "No such file");
    write_content(in_folder("pickled.pth"), "\x80\x04K\x05.");
    must_refuse(in_folder("pickled.pth"), "torch.save");
    dnm::test::save_zip(in_folder("other.bin"), {{"readme.txt", "nothing"}});
    must_refuse(in_folder("other.bin"), "data.pkl");
    const std::string pickled = dictionary(text("w") + rebuilt(storage("Float", "0", 6), 0, {2, 3}, {3, 1}));
    dnm::test::save_zip(in_folder("big.pt"),
                        {{"a/data.pkl", pickled}, {"a/byteorder", "big"}, {"a/data/0", std::string(24, '\1')}});
    must_refuse(in_folder("big.pt"), "big endian");
  }

  /// Cut off or changed anywhere, a file is refused or, where its checksums do not guard it, read as something.
  void survives_damage_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"rows.pt", "pruned_stream.pth"}) QTest::newRow(name) << QString(name);
  }
  void survives_damage() {
    QFETCH(QString, name);
    const std::string content = content_of(fs::path(dnm::test::reference_folder()) / "torch" / name.toStdString());
    const fs::path damaged = in_folder("damaged" + fs::path(name.toStdString()).extension().string());
    for (std::size_t length = 0; length < content.size(); length += 7) {
      write_content(damaged, std::string_view(content).substr(0, length));
      QVERIFY(std::holds_alternative<std::string>(dnm::test::outcome_of(damaged)));
    }
    for (std::size_t position = 0; position < content.size(); ++position) {
      std::string changed = content;
      changed[position] =
          static_cast<char>(static_cast<unsigned char>(changed[position]) ^ (position % 2 == 0 ? 0x15 : 0xFF));
      write_content(damaged, changed);
      static_cast<void>(dnm::test::outcome_of(damaged));
    }
  }
};

DNM_TEST(TestTensorFiles, QCoreApplication)
#include "test_tensor_files.moc"
