// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/fuzz/containers.h"
#include "tests/fuzz/reader.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/data/idx_file.h"
#include "training/data/pickled_batch.h"

Q_DECLARE_METATYPE(const dnm::fuzz::Reader*)

namespace {

namespace fs = std::filesystem;
using dnm::fuzz::Reader;
using namespace std::string_literals;

fs::path corpus() { return fs::path(dnm::test::source_folder()) / "tests/fuzz/corpus"; }

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_of(const Reader& reader) {
  std::vector<fs::path> files;
  const fs::path folder = corpus() / reader.name();
  if (fs::is_directory(folder)) std::ranges::copy(fs::directory_iterator(folder), std::back_inserter(files));
  std::ranges::sort(files);
  return files;
}

/// "" for bytes that are read or refused as they should be; else what went wrong.
QString finding(const Reader& reader, std::string_view bytes) {
  try {
    reader.read(bytes);
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

/// What a fuzzer does to bytes, without knowing what they do to the reader.
std::string with_other_bytes(std::string_view bytes, std::minstd_rand& random) {
  std::string made(bytes);
  const auto below = [&](std::size_t limit) { return random() % std::max<std::size_t>(limit, 1); };
  for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
    const std::size_t at = below(made.size());
    const std::size_t length = std::min(below(16), made.size() - at);
    switch (below(6)) {
      case 0:
        made.erase(at, length);
        break;
      case 1:
        made.insert(at, made.substr(below(made.size()), length));
        break;
      case 2:
        made.insert(at, std::to_string(std::size_t{1} << below(64)));
        break;
      case 3:
        if (!made.empty()) made[at] = static_cast<char>(made[at] ^ (1 << below(8)));
        break;
      case 4:
        if (!made.empty()) made[at] = static_cast<char>(random());
        break;
      default:
        std::fill_n(made.begin() + static_cast<std::ptrdiff_t>(at), length, below(2) == 0 ? '\xFF' : '\0');
    }
  }
  return made;
}

std::string packed(const std::string& content) {
  const dnm::fuzz::Container* const gzip = dnm::fuzz::container_of(content_of(corpus() / "gzip" / "links.tsv.gz"));
  return gzip->pack({{"", content}});
}

/// Whether a container, and each in it, has the same parts after it was packed again.
bool comes_back(const std::string& bytes, std::set<std::string>& kinds) {
  const dnm::fuzz::Container* const kind = dnm::fuzz::container_of(bytes);
  if (kind == nullptr) return true;
  kinds.insert(kind->name);
  const auto parts = kind->unpack(bytes);
  const std::string again = kind->pack(*parts);
  return dnm::fuzz::container_of(again) == kind && kind->unpack(again) == parts &&
         std::ranges::all_of(*parts, [&](const dnm::fuzz::Part& part) { return comes_back(part.content, kinds); });
}

class TestCorpus : public QObject {
  Q_OBJECT

 private:
  static void add_readers() {
    QTest::addColumn<const Reader*>("reader");
    for (const Reader* reader = Reader::first(); reader != nullptr; reader = reader->next())
      QTest::newRow(reader->name()) << reader;
  }

 private Q_SLOTS:
  void every_file_is_read_or_refused_data() { add_readers(); }
  void every_file_is_read_or_refused() {
    QFETCH(const Reader*, reader);
    const std::vector<fs::path> files = files_of(*reader);
    QVERIFY2(!files.empty(), "it has no corpus");
    for (const fs::path& file : files) {
      const QString problem = finding(*reader, content_of(file));
      QVERIFY2(problem.isEmpty(), qPrintable(QString::fromStdString(file.filename().string()) + ": " + problem));
    }
  }

  /// A short look at what the fuzzers do for long.
  void changed_files_are_read_or_refused_data() { add_readers(); }
  void changed_files_are_read_or_refused() {
    QFETCH(const Reader*, reader);
    constexpr unsigned changes = 200;
    const std::vector<fs::path> files = files_of(*reader);
    for (unsigned seed = 1; seed <= changes && !files.empty(); ++seed) {
      std::minstd_rand random(seed);
      const fs::path& file = files[seed % files.size()];
      const std::string bytes = dnm::fuzz::changed(
          content_of(file), [&](std::string_view content) { return with_other_bytes(content, random); }, random);
      const QString problem = finding(*reader, bytes);
      if (problem.isEmpty()) continue;
      std::ofstream("finding-" + std::string(reader->name()), std::ios::binary) << bytes;
      QFAIL(qPrintable(QString::fromStdString(file.filename().string()) + ", seed " + QString::number(seed) + ": " +
                       problem + " (the bytes are in finding-" + reader->name() + ")"));
    }
  }

  void what_asks_for_more_than_the_memory_is_refused_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("fits");
    for (const bool fits : {true, false}) {
      const std::string much = fits ? "a few" : "too many";
      const auto row = [&](const char* name, const char* file, const std::string& content) {
        QTest::newRow((much + " " + name).c_str()) << file << QByteArray::fromStdString(content) << fits;
      };
      std::string graph = R"(<graphml><key id="d" for="node" attr.name="d" attr.type="string"><default>)" +
                          std::string(fits ? 10 : 1000000, 'x') + "</default></key><graph>";
      for (int node = 0; node < 200; ++node) graph += "<node id=\"" + std::to_string(node) + "\"/>";
      row("values by default", "default.graphml", graph + "</graph></graphml>");
      const std::string last = fits ? "10" : "1000000";
      std::string vertices = "*Vertices " + last + "\n" + last + " a";
      for (int key = 0; key < 60; ++key) vertices += " k" + std::to_string(key) + " v";
      row("vertices without a line", "vertices.net", vertices + "\n");
      const std::string images = "\0\0\x08\x03"s + (fits ? "\0\0\0\x01"s : "\0\x02\0\0"s) + "\0\0\0\x1C\0\0\0\x1C"s +
                                 std::string(28 * 28 * (fits ? 1 : std::size_t{1} << 17), '\0');
      row("packed images", "images-idx3-ubyte.gz", packed(images));
      row("packed bytes of a pickle", "data_batch_1", packed("\x80\x02}." + std::string(fits ? 0 : 100000000, '\0')));
    }
  }
  void what_asks_for_more_than_the_memory_is_refused() {
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(bool, fits);
    const dnm::fuzz::InputFile file(content.toStdString(), name.toStdString());
    bool too_much = false;
    dnm::fuzz::read_within_limits([](std::string_view) {}, {});  // sets them
    try {
      if (name.contains("idx3")) {
        static_cast<void>(dnm::read_idx_values(file.path(), 3));
      } else if (name.startsWith("data_batch")) {
        static_cast<void>(dnm::read_pickled_batch(file.path(), 12));
      } else {
        static_cast<void>(dnm::read_network(file.path()));
      }
    } catch (const dnm::ResourceError&) {
      too_much = true;
    } catch (const dnm::FileError&) {
      // The pickle is no batch.
    }
    QCOMPARE(too_much, !fits);
  }

  void a_reader_belongs_to_each_folder_and_format() {
    std::set<std::string> readers, folders;
    for (const Reader* reader = Reader::first(); reader != nullptr; reader = reader->next())
      QVERIFY2(readers.insert(reader->name()).second, reader->name());
#ifndef DNM_STUDIO
    readers.insert("figure");
#endif
    for (const auto& folder : fs::directory_iterator(corpus())) folders.insert(folder.path().filename().string());
    QCOMPARE(folders, readers);
    for (const dnm::NetworkFormat& format : dnm::network_formats()) {
      const std::string name = format.extension == ".pt" ? "torch" : std::string(format.extension.substr(1));
      QVERIFY2(readers.contains(name), name.c_str());
    }
  }

  void containers_come_back_from_their_parts() {
    std::set<std::string> kinds;
    for (const Reader* reader = Reader::first(); reader != nullptr; reader = reader->next()) {
      for (const fs::path& file : files_of(*reader)) {
        QVERIFY2(comes_back(content_of(file), kinds), file.c_str());
      }
    }
    QCOMPARE(kinds,
             (std::set<std::string>{"NumPy array", "PNG", "checkpoint", "gzip", "safetensors", "topology", "zip"}));
  }

  void a_repacked_archive_is_read() {
    const fs::path file = corpus() / "npz" / "layers.npz";
    const dnm::NetworkFile before = dnm::read_network(file);
    const std::string bytes = content_of(file);
    const dnm::fuzz::Container* const kind = dnm::fuzz::container_of(bytes);
    QCOMPARE(QString(kind->name), QString("zip"));
    const dnm::fuzz::InputFile repacked(kind->pack(*kind->unpack(bytes)), "repacked.npz");
    QVERIFY(*dnm::read_network(repacked.path()).network == *before.network);
  }

  void only_the_exceptions_of_the_project_are_refusals() {
    using dnm::fuzz::read_within_limits;
    read_within_limits([](std::string_view) { throw dnm::FileError("it is no such file"); }, "");
    QVERIFY_EXCEPTION_THROWN(read_within_limits([](std::string_view) { throw std::out_of_range("at()"); }, ""),
                             std::out_of_range);
    QVERIFY_EXCEPTION_THROWN(read_within_limits([](std::string_view) { throw dnm::FileError("two\nlines"); }, ""),
                             dnm::fuzz::BrokenPromise);
    QVERIFY_EXCEPTION_THROWN(read_within_limits([](std::string_view) { dnm::fuzz::promise(false, "no"); }, ""),
                             dnm::fuzz::BrokenPromise);
  }
};

}  // namespace

DNM_TEST(TestCorpus)
#include "test_corpus.moc"
