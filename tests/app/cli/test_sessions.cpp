// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/workspace/session/opened_file.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/app/file_content.h"
#include "tests/support/test_class.h"

/// Sessions that have been moved, and what exported files say of the machine they were made on.
class TestSessions : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  void write(const QString& name, const QByteArray& text) {
    QDir(folder_.path()).mkpath(QFileInfo(name).path());
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
      qFatal("cannot write %s", qPrintable(name));
  }

 private Q_SLOTS:
  void a_session_is_measured_where_it_was_moved_to() {
    write("proj/netz.tsv", "0\t1\n1\t2\n2\t0\n");
    write("proj/s.dnm.json", R"({"format":"dnm-session","version":1,"network_file":"netz.tsv"})");
    write("proj/old.dnm.json",
          R"({"format":"dnm-session","version":1,"network_file":"/somewhere/else/proj/netz.tsv"})");
    QVERIFY(QDir(folder_.path()).rename("proj", "other"));
    const Outcome moved = run_dnm({"measure", "other/s.dnm.json", "--draws", "2", "--json"}, folder_.path());
    QVERIFY2(moved.status == 0, qPrintable(moved.describe()));
    QCOMPARE(moved.json()["edges"].toInt(), 3);
    QCOMPARE(moved.json()["source"].toString(), "other/netz.tsv");
    const Outcome old = run_dnm({"measure", "other/old.dnm.json", "--draws", "2", "--json"}, folder_.path());
    QVERIFY2(old.status == 0, qPrintable(old.describe()));
    QCOMPARE(old.json()["edges"].toInt(), 3);
    QVERIFY(old.output.contains("/somewhere/else/proj/netz.tsv is gone"));
    QVERIFY(QFile::remove(folder_.filePath("other/netz.tsv")));
    for (const char* session : {"other/s.dnm.json", "other/old.dnm.json"}) {
      const Outcome missing = run_dnm({"measure", session, "--draws", "2"}, folder_.path());
      QCOMPARE(missing.status, 1);
      QVERIFY2(missing.is_one_sentence() && missing.errors.contains("netz.tsv"), qPrintable(missing.describe()));
    }
  }

  void the_seed_of_a_session_is_that_of_its_measures() {
    QVERIFY(QDir(folder_.path()).mkpath("seed"));
    QVERIFY(QFile::copy(QString(dnm::test::reference_folder()) + "/karate.tsv", folder_.filePath("seed/netz.tsv")));
    write("seed/s.dnm.json",
          R"({"format":"dnm-session","version":1,"network_file":"netz.tsv","parameters":{"seed":"5"}})");
    const auto sigma = [this](const QStringList& words) {
      return run_dnm(QStringList{"measure"} + words + QStringList{"--draws", "3", "--json"}, folder_.path())
          .json()["sigma_c"]
          .toObject();
    };
    QVERIFY(!sigma({"seed/s.dnm.json"}).isEmpty());
    QVERIFY(sigma({"seed/netz.tsv", "--seed", "5"}) == sigma({"seed/s.dnm.json"}));
    QVERIFY(sigma({"seed/netz.tsv", "--seed", "5"}) != sigma({"seed/s.dnm.json", "--seed", "6"}));
  }

  void exported_files_name_no_folder_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("file");
    const QString network = folder_.filePath("a secret place/netz.tsv");
    const QString session = folder_.filePath("a secret place/s.dnm.json");
    for (const char* extension : {"svg", "pdf", "png"}) {
      const QString file = folder_.filePath(QString("figures/f.") + extension);
      const QStringList end{"--panel", "layers", "-o", file};
      QTest::addRow("network, %s", extension) << QStringList{"figure", network} + end << file;
      QTest::addRow("session, %s", extension) << QStringList{"figure", "--session", session} + end << file;
      QTest::addRow("parameters, %s", extension)
          << QStringList{"figure", "--layers", "9,6", "--sparsity", "0.5"} + end << file;
    }
    for (const char* extension : {"npz", "tsv", "graphml", "mtx"}) {
      const QString file = folder_.filePath(QString("figures/n.") + extension);
      QTest::addRow("converted, %s", extension) << QStringList{"convert", network, file} << file;
      QTest::addRow("session, converted, %s", extension) << QStringList{"convert", session, file} << file;
      QTest::addRow("generated, %s", extension)
          << QStringList{"generate", "--layers", "9,6", "--sparsity", "0.5", "-o", file} << file;
    }
  }
  void exported_files_name_no_folder() {
    QFETCH(QStringList, command);
    QFETCH(QString, file);
    write("figures/here", "");
    write("a secret place/netz.tsv", "# layers=2,2\n# provenance={\"command_line\":\"dnm generate --data-dir '" +
                                         folder_.path().toUtf8() + "/a secret place/images' -o " +
                                         folder_.path().toUtf8() + "/x.tsv\"}\n0\t2\n1\t3\n0\t3\n");
    write("a secret place/s.dnm.json", R"({"format":"dnm-session","version":1,"network_file":"netz.tsv",
        "training":{"run-dir":"/root/a secret place/runs","data-dir":"images"}})");
    const Outcome outcome = run_dnm(command, folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray content = samples::content_with_streams(file);
    QVERIFY(!content.isEmpty());
    for (const QString& secret : {folder_.path(), QDir::tempPath() + "/", QDir::homePath() + "/",
                                  QStringLiteral("a secret place"), QStringLiteral("/root/")})
      QVERIFY2(!samples::says(content, secret), qPrintable(secret));
    // The search finds what is there.
    if (command.contains("figure"))
      QVERIFY(samples::says(content, "dnm figure "));
    else
      QVERIFY(samples::says(content, "dnm generate "));
  }

  /// The command that a figure carries draws it again where the network lies beside it.
  void a_figure_is_drawn_again_beside_its_network() {
    write("nets/karate.tsv", "0\t1\n1\t2\n2\t3\n3\t4\n4\t0\n0\t2\n1\t3\n5\t1\n5\t6\n6\t7\n7\t5\n");
    QVERIFY(QDir(folder_.path()).mkpath("drawn"));
    const Outcome first = run_dnm(
        {"figure", folder_.filePath("nets/karate.tsv"), "--seed", "3", "-o", "drawn/first.svg"}, folder_.path());
    QVERIFY2(first.status == 0, qPrintable(first.describe()));
    QVERIFY(QDir(folder_.path()).mkpath("elsewhere"));
    QVERIFY(QFile::copy(folder_.filePath("nets/karate.tsv"), folder_.filePath("elsewhere/karate.tsv")));
    QVERIFY(QFile::rename(folder_.filePath("drawn/first.svg"), folder_.filePath("elsewhere/carried.svg")));
    const QByteArray figure = samples::content_with_streams(folder_.filePath("elsewhere/carried.svg"));
    const qsizetype begin = figure.indexOf("dnm figure ");
    const QString command = QString::fromUtf8(figure.mid(begin, figure.indexOf('<', begin) - begin));
    const Outcome again = run_dnm(command.split(' ').mid(1), folder_.filePath("elsewhere"));
    QVERIFY2(again.status == 0, qPrintable(command + ": " + again.describe()));
    QCOMPARE(samples::content_with_streams(folder_.filePath("elsewhere/first.svg")), figure);
    // And the session in it opens there.
    QVERIFY(dnm::open_file(folder_.filePath("elsewhere/carried.svg").toStdString()).notices.empty());
  }
};

DNM_TEST(TestSessions, QCoreApplication)
#include "test_sessions.moc"
