// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <fstream>
#include <string>
#include <thread>

#include <sys/stat.h>
#include <zlib.h>

#include "core/files/byte_source.h"
#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::NetworkFile;
using dnm::test::content_of;
using dnm::test::must_refuse;
using dnm::test::samples;
using dnm::test::write_content;

namespace {

/// One gzip member.
std::string gzipped(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

/// Compressed files and pipes.
class TestStreams : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;

  static void every_format() {
    QTest::addColumn<QString>("extension");
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      QTest::newRow(format.extension.data() + 1) << QString::fromUtf8(format.extension.data());
    }
  }

 private Q_SLOTS:
  void unpacks_every_text_data() { every_format(); }
  void unpacks_every_text() {
    QFETCH(QString, extension);
    const fs::path plain = folder_.file("net" + extension.toStdString());
    const fs::path packed = folder_.file("net" + extension.toStdString() + ".gz");
    for (const NetworkFile& sample : samples()) {
      dnm::write_network(plain, sample);
      const std::string content = content_of(plain);
      write_content(packed, gzipped(content));
      if (!dnm::network_format_named(extension.toStdString()).is_text) {
        must_refuse(packed, "gunzip");
        continue;
      }
      QVERIFY(*dnm::read_network(packed).network == *sample.network);
      // In two members, filled up with zeros, and under a name that does not tell.
      write_content(packed, gzipped(content.substr(0, 50)) + gzipped(content.substr(50)) + std::string(100, '\0'));
      QVERIFY(*dnm::read_network(packed).network == *sample.network);
      write_content(plain, gzipped(content));
      QVERIFY(*dnm::read_network(plain).network == *sample.network);
    }
  }

  void refuses_damaged_compression() {
    dnm::write_network(folder_.file("net.tsv"), samples().front());
    const std::string packed = gzipped(content_of(folder_.file("net.tsv")));
    const fs::path path = folder_.file("damaged.tsv.gz");
    for (std::size_t length = 2; length < packed.size(); ++length) {
      write_content(path, std::string_view(packed).substr(0, length));
      must_refuse(path, "truncated");
    }
    for (std::size_t position = 10; position < packed.size(); ++position) {
      std::string damaged = packed;
      damaged[position] = static_cast<char>(damaged[position] ^ 0x55);
      write_content(path, damaged);
      const auto outcome = dnm::test::outcome_of(path);  // the checksum guards every byte
      QVERIFY2(std::holds_alternative<std::string>(outcome), qPrintable(QString::number(position)));
    }
    write_content(path, packed + "more");
    must_refuse(path, "followed by something else");
  }

  void writes_no_compressed_file() {
    QVERIFY_EXCEPTION_THROWN(dnm::write_network(folder_.file("never.tsv.gz"), samples().front()), dnm::FileError);
    QVERIFY(!fs::exists(folder_.file("never.tsv.gz")));
  }

  /// A named pipe is read to its end, whatever it carries, and its format is told by its first bytes.
  void reads_pipes_data() {
    QTest::addColumn<QString>("extension");
    QTest::addColumn<bool>("packed");
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      for (const bool packed : {false, true}) {
        QTest::addRow("%s%s", format.extension.data() + 1, packed ? ".gz" : "")
            << QString::fromUtf8(format.extension.data()) << packed;
      }
    }
  }
  void reads_pipes() {
    QFETCH(QString, extension);
    QFETCH(bool, packed);
    const fs::path pipe = folder_.file("pipe");
    fs::remove(pipe);
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    for (const NetworkFile& sample : samples()) {
      dnm::write_network(folder_.file("net" + extension.toStdString()), sample);
      std::string content = content_of(folder_.file("net" + extension.toStdString()));
      if (packed) content = gzipped(content);
      if (packed && !dnm::network_format_named(extension.toStdString()).is_text) return;
      std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << content; });
      const auto outcome = dnm::test::outcome_of(pipe);
      writer.join();
      QVERIFY2(std::holds_alternative<NetworkFile>(outcome),
               std::get_if<std::string>(&outcome) != nullptr ? std::get<std::string>(outcome).c_str() : "");
      QVERIFY(*std::get<NetworkFile>(outcome).network == *sample.network);
      QCOMPARE(std::get<NetworkFile>(outcome).provenance, sample.provenance);
    }
  }

  /// Messages name the pipe, not its copy.
  void names_the_pipe_in_messages() {
    const fs::path pipe = folder_.file("broken pipe");
    fs::remove(pipe);
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << "# N=3 E=2\n0\t1\n"; });
    must_refuse(pipe, "truncated");
    writer.join();
  }

  void takes_a_format_that_is_given() {
    write_content(folder_.file("odd.dat"), "1,2\n2,3\n");
    must_refuse(folder_.file("odd.dat"), "--format");
    for (const char* format : {"csv", ".csv", "CSV", "txt"}) {
      dnm::ReadOptions options;
      options.format = format;
      QCOMPARE(dnm::read_network(folder_.file("odd.dat"), options).network->link_count(), std::uint64_t{2});
    }
    dnm::ReadOptions unknown;
    unknown.format = "cvs";
    try {
      static_cast<void>(dnm::read_network(folder_.file("odd.dat"), unknown));
      QFAIL("there is no such format");
    } catch (const dnm::InvalidInput& error) {
      QVERIFY2(std::string(error.what()).find(".csv") != std::string::npos, error.what());
    }
    QVERIFY(dnm::write_network(folder_.file("odd.dat"), samples().front(), "mtx").empty());
    QVERIFY(content_of(folder_.file("odd.dat")).starts_with("%%MatrixMarket"));
  }

  void refuses_what_no_format_recognises() {
    write_content(folder_.file("bytes"), std::string_view("\x7F"
                                                          "ELF\0\0\0\0",
                                                          8));
    must_refuse(folder_.file("bytes"), "no network format");
  }

  /// A pipe that nobody fills is left at once.
  void stops_waiting_for_a_pipe() {
    const fs::path pipe = folder_.file("silent");
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const std::fstream kept_open(pipe, std::ios::in | std::ios::out);
    std::stop_source source;
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      source.request_stop();
    });
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::read_network(pipe, dnm::TaskControl{source.get_token(), {}})),
                             dnm::Cancelled);
    stopper.join();
  }
};

DNM_TEST(TestStreams, QCoreApplication)
#include "test_streams.moc"
