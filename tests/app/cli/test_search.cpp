// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <cmath>
#include <csignal>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm search of the topology alone: its trials are what dnm measure says, whatever the jobs and however often it is
/// stopped.
class TestSearchCommand : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  Outcome search(const QStringList& more) const { return run_dnm(QStringList{"search"} + more, folder_.path()); }
  QStringList small(const QStringList& more) const {
    return QStringList{
               "--layers", "16,24,12",         "--runs",     "2", "--vary",         "degree=fixed;gaussian:{0.5:4}",
               "--vary",   "sparsity=0.5:0.9", "--maximise", "Q", "--sampler-seed", "3"} +
           more;
  }
  QByteArray text(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  QList<QList<QByteArray>> rows(const QString& name) const {
    QList<QList<QByteArray>> made;
    for (const QByteArray& line : text(name).trimmed().split('\n')) made += line.split(',');
    return made;
  }
  /// search.csv without its seconds.
  QList<QList<QByteArray>> results(const QString& folder) const {
    QList<QList<QByteArray>> made = rows(folder + "/search.csv");
    for (QList<QByteArray>& row : made)
      if (row.size() > 4) row.removeAt(4);
    return made;
  }
  bool write(const QString& name, const QByteArray& content) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
  }

 private Q_SLOTS:
  void trials_are_what_dnm_measure_says() {
    const Outcome outcome = search(small({"--minimise", "L", "--trials", "6", "-o", "front", "--json"}));
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QList<QByteArray>> table = rows("front/search.csv");
    QCOMPARE(table.size(), 7);
    const QList<QByteArray>& header = table.front();
    for (qsizetype i = 1; i < table.size(); ++i) {
      const auto cell = [&](const char* name) { return QString::fromUtf8(table[i][header.indexOf(name)]); };
      const Outcome single = run_dnm({"measure", "--layers", "16,24,12", "--sparsity", cell("sparsity"), "--degree",
                                      cell("degree"), "--runs", "2", "--draws", "2", "--json"});
      QVERIFY2(single.status == 0, qPrintable(single.describe()));
      for (const char* id : {"L", "Q"}) QCOMPARE(cell(id).toDouble(), single.json()[id].toObject()["value"].toDouble());
    }
    // The front, by all pairs.
    QSet<int> expected, found;
    const auto number = [&](qsizetype row, const char* name) { return table[row][header.indexOf(name)].toDouble(); };
    for (qsizetype i = 1; i < table.size(); ++i) {
      bool beaten = false;
      for (qsizetype j = 1; j < table.size(); ++j) {
        const double q = number(j, "Q") - number(i, "Q"), l = number(i, "L") - number(j, "L");
        beaten = beaten || (q >= 0 && l >= 0 && (q > 0 || l > 0));
      }
      if (!beaten) expected += static_cast<int>(number(i, "trial"));
    }
    for (const QJsonValue& one : outcome.json()["best"].toArray()) found += one.toObject()["trial"].toInt();
    QCOMPARE(found, expected);
  }

  void a_grid_from_a_file_and_what_is_made_of_the_best() {
    QVERIFY(write("grid.json", R"({
      "vary": {"degree": ["fixed", "gaussian:2"], "sparsity": "0.5:0.9:3"},
      "maximise": "Q", "sampler": "grid", "measures": {"runs": 2}, "model": {"layers": [16, 24, 12]}})"));
    const Outcome outcome = search({"grid.json", "-o", "grid", "--jobs", "2"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QCOMPARE(rows("grid/search.csv").size(), 7);
    for (const char* name : {"search.json", "search.md", "search.tex", "best.json", "best.dnm.json"})
      QVERIFY2(!text(QString("grid/") + name).isEmpty(), name);
    QVERIFY(outcome.output.contains("best setting: dnm generate "));
    // The best of the table is what its session measures.
    double best = 0.0;
    const QList<QList<QByteArray>> table = rows("grid/search.csv");
    for (qsizetype i = 1; i < table.size(); ++i) best = std::max(best, table[i][table[0].indexOf("Q")].toDouble());
    const Outcome measured =
        run_dnm({"measure", "grid/best.dnm.json", "--runs", "2", "--draws", "2", "--json"}, folder_.path());
    QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
    QCOMPARE(measured.json()["Q"].toObject()["value"].toDouble(), best);
    const Outcome preset =
        run_dnm({"measure", "--preset", "grid/best.json", "--runs", "2", "--draws", "2", "--json"}, folder_.path());
    QVERIFY2(preset.status == 0, qPrintable(preset.describe()));
    QCOMPARE(preset.json()["Q"].toObject()["value"].toDouble(), best);
    QVERIFY(write("no preset.json", R"({"id": "x"})"));
    const Outcome wrong = run_dnm({"generate", "--preset", "no preset.json", "-o", "x.json"}, folder_.path());
    QVERIFY2(wrong.status == 1 && wrong.is_one_sentence(), qPrintable(wrong.describe()));
  }

  void a_search_goes_on_to_the_same_trials() {
    const QStringList options =
        small({"--trials", "14", "--sampler", "latin-hypercube", "--layers", "98,196,196", "--runs", "10"});
    QVERIFY(search(options + QStringList{"-o", "whole"}).status == 0);
    for (int stop = 0; stop < 4; ++stop) {
      QProcess process;
      process.setWorkingDirectory(folder_.path());
      process.start(QString(dnm::test::program_folder()) + "/dnm",
                    QStringList{"search"} + options + QStringList{"-o", "stopped", "--jobs", "2"});
      QVERIFY(process.waitForStarted());
      QThread::msleep(static_cast<unsigned long>(120 + 90 * stop));
      process.terminate();
      QVERIFY(process.waitForFinished());
      QVERIFY(process.exitStatus() == QProcess::NormalExit);
    }
    QVERIFY(QDir(folder_.filePath("stopped")).exists());
    const Outcome end = search({"-o", "stopped"});
    QVERIFY2(end.status == 0, qPrintable(end.describe()));
    QCOMPARE(results("stopped"), results("whole"));
  }

  void trials_can_be_added_and_other_searches_are_refused() {
    QVERIFY(search(small({"--trials", "3", "-o", "more"})).status == 0);
    const QList<QList<QByteArray>> before = rows("more/search.csv");
    const Outcome more = search({"--trials", "5", "-o", "more"});
    QVERIFY2(more.status == 0, qPrintable(more.describe()));
    const QList<QList<QByteArray>> after = rows("more/search.csv");
    QCOMPARE(after.size(), 6);
    QCOMPARE(after.mid(0, 4), before);
    const Outcome other = search({"--border", "bounded", "-o", "more"});
    QVERIFY(other.status == 1 && other.is_one_sentence());
    QVERIFY2(other.errors.contains("was begun with border wrap, not bounded"), other.errors.constData());
  }

  void a_condition_keeps_a_trial_out() {
    const Outcome outcome = search(small({"--trials", "8", "--where", "L=:2.2", "-o", "where", "--json"}));
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QList<QByteArray>> table = rows("where/search.csv");
    const qsizetype l = table[0].indexOf("L"), q = table[0].indexOf("Q");
    int best = -1;
    double highest = -1.0;
    for (qsizetype i = 1; i < table.size(); ++i) {
      const bool keeps = table[i][l].toDouble() <= 2.2;
      QCOMPARE(table[i].last().isEmpty(), keeps);
      if (!keeps || table[i][q].toDouble() <= highest) continue;
      highest = table[i][q].toDouble();
      best = table[i].front().toInt();
    }
    QCOMPARE(outcome.json()["best"].toArray().first().toObject()["trial"].toInt(), best);
  }

  void what_cannot_be_searched_is_refused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, int status, const char* says) {
      QTest::newRow(name) << arguments << status << QString::fromUtf8(says);
    };
    row("nothing", {}, 2, "name what is searched");
    row("unknown parameter", {"--vary", "degre=fixed,gaussian"}, 2, "did you mean \"degree\"?");
    row("unknown objective", {"--vary", "degree=fixed,gaussian", "--maximise", "q"}, 2, "not known");
    row("test data", {"--vary", "degree=fixed,gaussian", "--maximise", "test_accuracy"}, 1, "must not choose");
    row("unknown sampler", {"--vary", "degree=fixed,gaussian", "--sampler", "halton", "--maximise", "Q"}, 2, "sampler");
    row("varied and set", {"--vary", "degree=fixed,gaussian", "--degree", "fixed", "--maximise", "Q"}, 2,
        "varied already");
    row("missing file", {"nothing.json"}, 1, "nothing.json");
    row("unknown name", {"dnm-fashion-mnist-stati"}, 2, "did you mean \"dnm-fashion-mnist-static\"?");
    row("a comparison", {"poster-fashion-mnist-static"}, 1, "run dnm compare poster-fashion-mnist-static");
    row("a training that there is none of", {"--vary", "sparsity=0.5:0.9", "--maximise", "Q", "--epochs", "3"}, 2,
        "--epochs");
    row("of a cluster", {"--vary", "sparsity=0.5:0.9", "--maximise", "Q", "--partition", "long"}, 2, "--slurm");
    row("jobs of a cluster", {"--vary", "sparsity=0.5:0.9", "--maximise", "Q", "--jobs", "2", "--dry-run"}, 2,
        "--array-limit");
    row("another model's row", {"--vary", "beta=0:1", "--maximise", "Q"}, 1, "beta");
  }
  void what_cannot_be_searched_is_refused() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, says);
    const Outcome outcome = search(arguments + QStringList{"-o", "refused"});
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(says.toUtf8()), outcome.errors.constData());
    QCOMPARE(outcome.status, status);
    QVERIFY(!QFile::exists(folder_.filePath("refused")));
  }
};

DNM_TEST(TestSearchCommand, QCoreApplication)
#include "test_search.moc"
