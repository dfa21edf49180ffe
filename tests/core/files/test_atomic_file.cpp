// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "tests/core/files/network_samples.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;

using dnm::test::content_of;

class TestAtomicFile : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path in_folder(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
  std::ptrdiff_t files_in_folder() const {
    return std::distance(fs::directory_iterator(folder_.path().toStdString()), fs::directory_iterator());
  }

 private Q_SLOTS:
  void init() {
    for (const auto& entry : fs::directory_iterator(folder_.path().toStdString())) fs::remove_all(entry.path());
  }

  void writes_a_new_file() {
    dnm::write_atomically(in_folder("new.txt"), "first");
    QCOMPARE(content_of(in_folder("new.txt")), std::string("first"));
    QCOMPARE(files_in_folder(), std::ptrdiff_t{1});
  }

  void replaces_a_file_and_keeps_its_permissions() {
    const fs::path path = in_folder("kept.txt");
    dnm::write_atomically(path, "first");
    ::chmod(path.c_str(), 0640);
    dnm::write_atomically(path, "second, and longer");
    QCOMPARE(content_of(path), std::string("second, and longer"));
    struct stat status {};
    ::stat(path.c_str(), &status);
    QCOMPARE(status.st_mode & 0777, mode_t{0640});
  }

  void gives_the_writer_a_temporary_of_the_same_kind() {
    const fs::path path = in_folder("figure.svg");
    dnm::write_atomically(path, [&](const fs::path& temporary) {
      QCOMPARE(temporary.extension().string(), std::string(".svg"));
      QCOMPARE(temporary.parent_path().string(), path.parent_path().string());
      QVERIFY(!fs::exists(path));
      std::ofstream(temporary) << "drawn";
    });
    QCOMPARE(content_of(path), std::string("drawn"));
  }

  void keeps_the_old_file_when_the_writer_fails() {
    const fs::path path = in_folder("old.txt");
    dnm::write_atomically(path, "old");
    const auto failing = [](const fs::path& temporary) {
      std::ofstream(temporary) << "half";
      throw std::runtime_error("no more");
    };
    QVERIFY_EXCEPTION_THROWN(dnm::write_atomically(path, failing), std::runtime_error);
    QCOMPARE(content_of(path), std::string("old"));
    QCOMPARE(files_in_folder(), std::ptrdiff_t{1});
  }

  /// A limit on the size of files stands in for a full disk.
  void keeps_the_old_file_when_the_disk_is_full() {
    const fs::path path = in_folder("large.txt");
    dnm::write_atomically(path, "old");
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    bool refused = false;
    try {
      dnm::write_atomically(path, std::string(100000, 'x'));
    } catch (const dnm::FileError& error) {
      refused = std::string(error.what()).find("large.txt") != std::string::npos;
    }
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(refused);
    QCOMPARE(content_of(path), std::string("old"));
    QCOMPARE(files_in_folder(), std::ptrdiff_t{1});
  }

  void follows_a_symbolic_link() {
    fs::create_directory(in_folder("store"));
    dnm::write_atomically(in_folder("store") / "real.txt", "old");
    fs::create_symlink(in_folder("store") / "real.txt", in_folder("link.txt"));
    dnm::write_atomically(in_folder("link.txt"), "new");
    QVERIFY(fs::is_symlink(in_folder("link.txt")));
    QCOMPARE(content_of(in_folder("store") / "real.txt"), std::string("new"));
  }

  void refuses_what_is_no_place_for_a_file_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing folder") << "missing/file.txt"
                                    << "does not exist";
    QTest::newRow("a folder") << "."
                              << "folder";
    QTest::newRow("a file as folder") << "plain/file.txt"
                                      << "not a folder";
    QTest::newRow("a device") << "/dev/null"
                              << "not a regular file";
    QTest::newRow("no name") << ""
                             << "file name";
    QTest::newRow("a name too long") << QString(300, 'x') << "too long";
  }
  void refuses_what_is_no_place_for_a_file() {
    QFETCH(QString, path);
    QFETCH(QString, reason);
    dnm::write_atomically(in_folder("plain"), "a file");
    const fs::path target = path.isEmpty() ? fs::path() : in_folder(path.toUtf8().constData());
    try {
      dnm::write_atomically(target, "text");
      QFAIL("nothing was thrown");
    } catch (const dnm::FileError& error) {
      const QString message = QString::fromUtf8(error.what());
      QVERIFY2(message.contains(reason), error.what());
      QVERIFY2(message.contains(path), error.what());
    }
    QVERIFY(fs::is_character_file("/dev/null"));
  }
};

DNM_TEST(TestAtomicFile, QCoreApplication)
#include "test_atomic_file.moc"
