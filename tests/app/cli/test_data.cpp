// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

/// dnm data, with an apt-get of the test's own, so that nothing is downloaded.
class TestData : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
  void write(const QString& name, const QByteArray& text) const {
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  /// A folder of programs that stands before the others; apt-get does what the script says.
  [[nodiscard]] QMap<QString, QString> with_apt(const QString& name, const QByteArray& script) const {
    const QString program = name + "/bin/apt-get";
    write(program, "#!/bin/sh\n" + script);
    QFile::setPermissions(path(program), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {{"PATH", path(name + "/bin") + ":/usr/bin:/bin"}, {"XDG_DATA_HOME", path(name + "/data")}};
  }
  /// A package of one language's help, with pages enough for all three parts.
  void make_package(const QString& language, const QString& folder, const QByteArray& word) const {
    const QString package = "packages/libreoffice-help-" + language;
    write(package + "/DEBIAN/control",
          "Package: libreoffice-help-" + language.toUtf8() +
              "\nVersion: 4:7.4-9\nArchitecture: all\nMaintainer: a <a@b>\nDescription: x\n");
    for (int page = 0; page < 320; ++page) {
      QByteArray text = "<html>";
      for (int line = 0; line < 10; ++line) {
        QByteArray letters;
        for (int rest = page * 10 + line + 1; rest > 0; rest /= 26) letters += static_cast<char>('a' + rest % 26);
        text += "<p id=\"par_id" + QByteArray::number(line) + "\">" + word + " one two " + letters + "</p>\n";
      }
      write(package + "/usr/share/libreoffice/help/" + folder + "/text/p" + QString::number(page) + ".html", text);
    }
    QProcess build;
    build.start("dpkg-deb", {"-b", path(package), path("packages/libreoffice-help-" + language + "_7.4-9_all.deb")});
    QVERIFY(build.waitForFinished(60000) && build.exitCode() == 0);
  }

 private Q_SLOTS:
  void lists_what_is_there_and_what_is_not() {
    const auto nowhere = with_apt("none", "exit 1\n");
    const Outcome outcome = run_dnm({"data"}, {}, nowhere);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    for (const char* line : {"cifar-10: not here", "libreoffice-help:en-de", "bible:en-es"})
      QVERIFY2(outcome.output.contains(line), outcome.output.constData());
  }

  void fetches_lists_and_fetches_again() {
    make_package("en-us", "en-US", "The");
    make_package("de", "de", "Die");
    const auto environment =
        with_apt("fetch", "[ \"$2\" = download ] || exit 9\ncp " + path("packages").toUtf8() + "/$3_*.deb .\n");
    for (int time = 0; time < 2; ++time) {
      const Outcome outcome = run_dnm({"data", "fetch", "libreoffice-help:en-de"}, {}, environment);
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      QVERIFY(outcome.output.contains("libreoffice-help-en-us 4:7.4-9"));
      QVERIFY2(outcome.output.contains("sentence pairs to train with"), outcome.output.constData());
      QVERIFY(outcome.errors.contains("differs from that of version"));
    }
    // Nothing but the packages is left.
    QCOMPARE(QDir(path("fetch/data/dnm-studio/data")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{"libreoffice-help-de", "libreoffice-help-en-us"}));
    const Outcome listed = run_dnm({"data", "libreoffice-help:en-de"}, {}, environment);
    QCOMPARE(listed.status, 0);
    static const QRegularExpression sum("^  [0-9a-f]{64}  train\\.de +[0-9,]+ lines",
                                        QRegularExpression::MultilineOption);
    QVERIFY2(sum.match(listed.output).hasMatch(), listed.output.constData());
  }

  void refuses_in_one_sentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("offline") << QStringList{"fetch", "bible"} << 1
                             << "cannot download the Debian package sword-text-kjv: no network here; see whether";
    QTest::newRow("not packaged") << QStringList{"fetch", "libreoffice-help:en-xx"} << 2 << "language";
    QTest::newRow("unknown") << QStringList{"fetch", "bibel"} << 2 << "did you mean \"bible\"?";
    QTest::newRow("one's own") << QStringList{"fetch", "text-folder"} << 1 << "nothing to fetch";
    QTest::newRow("images") << QStringList{"fetch", "mnist"} << 1 << "images are not fetched";
    QTest::newRow("nothing") << QStringList{"fetch"} << 2 << "say what to fetch";
    QTest::newRow("an unknown action") << QStringList{"fech", "bible"} << 2 << "no action";
    QTest::newRow("not there") << QStringList{"libreoffice-help:en-dz"} << 1 << "dnm data fetch libreoffice-help:en-dz";
    QTest::newRow("no pair") << QStringList{"bible:en"} << 1 << "no pair of languages";
  }
  void refuses_in_one_sentence() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, words);
    const auto offline = with_apt("offline", "echo 'W: a warning' >&2; echo 'E: no network here' >&2; exit 100\n");
    const Outcome outcome = run_dnm(QStringList{"data"} + arguments, {}, offline);
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(words.toUtf8()), outcome.errors.constData());
  }

  void says_that_there_is_no_apt() {
    auto environment = with_apt("empty", "");
    QFile::remove(path("empty/bin/apt-get"));
    environment["PATH"] = path("empty/bin");
    const Outcome outcome = run_dnm({"data", "fetch", "bible"}, {}, environment);
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("cannot run apt-get"), outcome.errors.constData());
  }
};

DNM_TEST(TestData)
#include "test_data.moc"
