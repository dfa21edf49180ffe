// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/support/version.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace {

struct Ended {
  int status = -1;
  QString output;
  QString errors;
};

/// Without the folders of the build, and without a display.
Ended run(const QString& program, const QStringList& arguments, const QString& folder,
          const QMap<QString, QString>& more = {}) {
  QProcess process;
  QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
  for (const char* name : {"LD_LIBRARY_PATH", "DNM_MODULE_PATH", "DISPLAY", "WAYLAND_DISPLAY", "DESTDIR"})
    variables.remove(name);
  for (auto entry = more.begin(); entry != more.end(); ++entry) variables.insert(entry.key(), entry.value());
  process.setProcessEnvironment(variables);
  process.setWorkingDirectory(folder);
  process.start(program, arguments);
  Ended ended;
  const bool finished = process.waitForFinished(240000);
  ended.output = QString::fromUtf8(process.readAllStandardOutput());
  ended.errors = QString::fromUtf8(process.readAllStandardError());
  if (finished && process.exitStatus() == QProcess::NormalExit) ended.status = process.exitCode();
  return ended;
}

}  // namespace

/// What `cmake --install` installs, where it was installed and where that was moved to.
class TestInstall : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString place_;  ///< the installed tree, moved

  [[nodiscard]] static QString build_folder() { return QFileInfo(dnm::test::program_folder()).path(); }
  [[nodiscard]] Ended dnm(const QStringList& arguments) const {
    return run(place_ + "/bin/dnm", arguments, folder_.path());
  }
  [[nodiscard]] static bool has_studio() { return QFile::exists(QString(dnm::test::program_folder()) + "/dnm-studio"); }
  [[nodiscard]] static QStringList files_in(const QString& folder) {
    QStringList files;
    for (QDirIterator entries(folder, QDir::Files, QDirIterator::Subdirectories); entries.hasNext();)
      files += QDir(folder).relativeFilePath(entries.next());
    files.sort();
    return files;
  }

 private Q_SLOTS:
  void initTestCase() {
    const QString prefix = folder_.filePath("prefix");
    const Ended ended = run("cmake", {"--install", build_folder(), "--prefix", prefix}, folder_.path());
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
    // Nothing may depend on the place.
    place_ = folder_.filePath("another place");
    QVERIFY(QDir().rename(prefix, place_));
  }

  void programs_and_what_belongs_to_them_are_there() {
    const QStringList files = files_in(place_);
    QStringList expected{"bin/dnm",
                         "share/doc/dnm-studio/manual/index.md",
                         "share/doc/dnm-studio/LICENSE",
                         "share/dnm-studio/python/load_mask.py",
                         "share/man/man1/dnm.1",
                         "share/bash-completion/completions/dnm",
                         "share/zsh/vendor-completions/_dnm",
                         "share/fish/vendor_completions.d/dnm.fish"};
    if (has_studio())
      expected += {"bin/dnm-studio",
                   "share/man/man1/dnm-studio.1",
                   "share/applications/io.github.dnm_studio.Studio.desktop",
                   "share/metainfo/io.github.dnm_studio.Studio.metainfo.xml",
                   "share/icons/hicolor/scalable/apps/dnm-studio.svg",
                   "share/mime/packages/dnm-session.xml"};
    for (const QString& file : expected) QVERIFY2(files.contains(file), qPrintable(file));
    QVERIFY(files.filter(QRegularExpression("lib/.*/libdnm_core\\.so$")).size() == 1);
    for (const char* stray : {"test_", "bench_", "test-plugins", "__pycache__", ".a"})
      QVERIFY2(files.filter(stray).isEmpty(), stray);
    QCOMPARE(files.filter(QRegularExpression("^bin/")).size(), has_studio() ? 2 : 1);
  }

  /// A page for each command, which man(1) shows without a complaint.
  void manual_pages_are_right() {
    const QString man = QStandardPaths::findExecutable("man");
    for (const QString& name : command_names()) {
      if (name == "help") continue;
      const QString file = place_ + "/share/man/man1/dnm-" + name + ".1";
      QVERIFY2(QFile::exists(file), qPrintable(file));
      if (man.isEmpty()) continue;
      const Ended shown = run(man, {"--warnings", "--local-file", file}, folder_.path(), {{"LC_ALL", "C.UTF-8"}});
      QCOMPARE(shown.status, 0);
      QCOMPARE(shown.errors, QString());
      const QString help = dnm({name, "--help"}).output;
      for (const char* word : {"--help", "--output", "--method", "--matrices"}) {
        if (help.contains(QString("%1 ").arg(word))) QVERIFY2(shown.output.contains(word), word);
      }
    }
  }

  void desktop_files_are_valid() {
    if (!has_studio()) QSKIP("the window is not part of this build");
    const QString id = "/io.github.dnm_studio.Studio";
    const QStringList checks[] = {
        {"desktop-file-validate", place_ + "/share/applications" + id + ".desktop"},
        {"appstreamcli", "validate", "--no-net", "--pedantic", place_ + "/share/metainfo" + id + ".metainfo.xml"},
        {"xmllint", "--noout", place_ + "/share/mime/packages/dnm-session.xml"}};
    for (const QStringList& check : checks) {
      if (QStandardPaths::findExecutable(check.first()).isEmpty()) continue;
      const Ended ended = run(check.first(), check.mid(1), folder_.path());
      QVERIFY2(ended.status == 0, qPrintable(ended.output + ended.errors));
    }
  }

  void libraries_are_those_of_the_installed_tree() {
    int of_ours = 0;
    for (const QString& file : files_in(place_).filter(QRegularExpression("^bin/|\\.so$"))) {
      const Ended ended = run("ldd", {place_ + "/" + file}, folder_.path());
      QCOMPARE(ended.status, 0);
      QVERIFY2(!ended.output.contains("not found"), qPrintable(file + ": " + ended.output));
      for (const QString& line : ended.output.split('\n').filter("libdnm_")) {
        ++of_ours;
        QVERIFY2(QDir::cleanPath(line.section("=> ", 1).section(" (", 0, 0)).startsWith(place_), qPrintable(line));
      }
    }
    QVERIFY(of_ours > 3);
  }

  void the_command_line_works() {
    QCOMPARE(dnm({"--version"}).output.trimmed(), QString("dnm ") + dnm::program_version());
    QVERIFY(dnm({"help", "files"}).output.contains("Sessions"));
    QVERIFY(dnm({"presets"}).output.contains("poster-b"));
    const Ended generated = dnm({"generate", "--preset", "poster-b", "-o", "b.npz"});
    QVERIFY2(generated.status == 0, qPrintable(generated.errors));
    const Ended measured = dnm({"measure", "b.npz", "--draws", "1"});
    QVERIFY2(measured.status == 0, qPrintable(measured.errors));
    if (!has_studio()) return;
    const Ended drawn = dnm({"figure", "b.npz", "--panel", "layers", "-o", "b.svg"});
    QVERIFY2(drawn.status == 0, qPrintable(drawn.errors));
    QVERIFY(QFile::exists(folder_.filePath("b.svg")));
  }

  void it_trains() {
    if (files_in(place_).filter("dnm-training.so").isEmpty()) QSKIP("training is not part of this build");
    const auto number = [](std::uint32_t value) {
      QByteArray bytes;
      for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFFU);
      return bytes;
    };
    for (const char* part : {"train", "t10k"}) {
      const std::uint32_t count = 40;
      QByteArray images = number(0x803) + number(count) + number(28) + number(28);
      QByteArray labels = number(0x801) + number(count);
      for (std::uint32_t image = 0; image < count; ++image) {
        labels += static_cast<char>(image % 10);
        images += QByteArray(28 * 28, static_cast<char>(image % 10 * 20));
      }
      for (const auto& [name, bytes] :
           {std::pair("-images-idx3-ubyte", images), std::pair("-labels-idx1-ubyte", labels)}) {
        QFile file(folder_.filePath(QString(part) + name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
      }
    }
    const Ended ended =
        dnm({"train", "--data", "mnist", "--data-dir", folder_.path(), "--hidden", "30", "--epochs", "1"});
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
  }

  void the_window_starts() {
    if (!has_studio()) QSKIP("the window is not part of this build");
    const QString program = place_ + "/bin/dnm-studio";
    QCOMPARE(run(program, {"--version"}, folder_.path()).output.trimmed(),
             QString("dnm-studio ") + dnm::program_version());
    const Ended ended = run(program, {"--capture", folder_.filePath("window.png")}, folder_.path(),
                            {{"QT_QPA_PLATFORM", "offscreen"}, {"XDG_CONFIG_HOME", folder_.filePath("config")}});
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
    QVERIFY(QFile::exists(folder_.filePath("window.png")));
  }

  void a_package_can_be_staged() {
    const QString stage = folder_.filePath("stage");
    const Ended ended =
        run("cmake", {"--install", build_folder(), "--prefix", "/usr"}, folder_.path(), {{"DESTDIR", stage}});
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
    QCOMPARE(files_in(stage + "/usr"), files_in(place_));
    QCOMPARE(QDir(stage).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{"usr"});
    QCOMPARE(run(stage + "/usr/bin/dnm", {"--version"}, folder_.path()).output.trimmed(),
             QString("dnm ") + dnm::program_version());
  }
};

DNM_TEST(TestInstall, QCoreApplication)
#include "test_install.moc"
