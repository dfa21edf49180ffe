// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::NetworkFile;
using dnm::test::content_of;
using dnm::test::must_refuse;
using dnm::test::outcome_of;
using dnm::test::samples;
using dnm::test::write_content;

/// Files that are missing, cut off, changed or something else are refused in a sentence, or read as what they hold.
class TestDamagedNetworkFiles : public QObject {
  Q_OBJECT

  dnm::test::NetworkFolder folder_;
  fs::path in_folder(const std::string& name) const { return folder_.file(name); }

 private Q_SLOTS:
  void refuses_what_is_no_network_file() {
    must_refuse(in_folder("missing.npz"), "No such file");
    must_refuse(in_folder("missing.tsv"), "No such file");
    write_content(in_folder("text.npz"), "0\t1\n");
    must_refuse(in_folder("text.npz"), "NumPy archive");
    write_content(in_folder("network.xyz"), "0\t1\n");
    must_refuse(in_folder("network.xyz"), QString::fromStdString(dnm::network_extensions()));
    fs::create_directory(in_folder("folder.tsv"));
    must_refuse(in_folder("folder.tsv"), "cannot read");
    fs::create_directory(in_folder("folder.npz"));
    must_refuse(in_folder("folder.npz"), "cannot read");
    QVERIFY_EXCEPTION_THROWN(dnm::write_network(in_folder("network.xyz"), samples().front()), dnm::FileError);
    QVERIFY_EXCEPTION_THROWN(dnm::write_network(in_folder("no/folder.npz"), samples().front()), dnm::FileError);
    QVERIFY_EXCEPTION_THROWN(dnm::write_network(in_folder("no/folder.tsv"), samples().front()), dnm::FileError);
  }

  /// Cut off anywhere, a file is refused: nothing that is read lacks a link that was written.
  void refuses_files_cut_off_anywhere() {
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      for (const NetworkFile& sample : samples()) {
        const std::string extension(format.extension);
        dnm::write_network(in_folder("whole" + extension), sample);
        const std::string content = content_of(in_folder("whole" + extension));
        for (std::size_t length = 0; length < content.size(); ++length) {
          write_content(in_folder("cut" + extension), std::string_view(content).substr(0, length));
          const auto outcome = outcome_of(in_folder("cut" + extension));
          // Only what the format can do without, such as a last line end, may be missing.
          const auto* const file = std::get_if<NetworkFile>(&outcome);
          if (file != nullptr && length == 0) {
            // An empty file is what others write for a network of nothing, and noted.
            QVERIFY2(file->network->node_count() == 0 && file->notices.size() == 1, extension.c_str());
            continue;
          }
          QVERIFY2(file == nullptr || *file->network == *sample.network, qPrintable(QString::number(length)));
          QVERIFY2(file == nullptr || length + 1 == content.size(), qPrintable(QString::number(length)));
        }
      }
    }
  }

  /// Any byte changed: never a crash; an archive that is read all the same holds what was written, for the checksums
  /// guard every array.
  void survives_damage_anywhere() {
    const NetworkFile sample = samples()[1];
    dnm::write_network(in_folder("whole.npz"), sample);
    const std::string content = content_of(in_folder("whole.npz"));
    for (std::size_t position = 0; position < content.size(); ++position) {
      for (const int bits : {0x01, 0x80, 0xFF}) {
        std::string damaged = content;
        damaged[position] = static_cast<char>(static_cast<unsigned char>(damaged[position]) ^ bits);
        write_content(in_folder("damaged.npz"), damaged);
        const auto outcome = outcome_of(in_folder("damaged.npz"));
        if (const auto* file = std::get_if<NetworkFile>(&outcome)) {
          QVERIFY2(*file->network == *sample.network, qPrintable(QString::number(position)));
        }
      }
    }
    for (const dnm::NetworkFormat& format : dnm::test::written_formats()) {
      const std::string name = "damaged" + std::string(format.extension);
      for (const NetworkFile& table : samples()) {
        dnm::write_network(in_folder(name), table);
        const std::string text = content_of(in_folder(name));
        for (std::size_t position = 0; position < text.size(); ++position) {
          std::string damaged = text;
          damaged[position] = static_cast<char>(static_cast<unsigned char>(damaged[position]) ^ 0x15);
          write_content(in_folder(name), damaged);
          static_cast<void>(outcome_of(in_folder(name)));
        }
      }
    }
  }
};

DNM_TEST(TestDamagedNetworkFiles, QCoreApplication)
#include "test_damaged_network_files.moc"
