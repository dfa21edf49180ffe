// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

/// dnm status, collect and cancel, and what dnm search writes for a cluster.
class TestSearchFolder : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  QStringList search(const QStringList& more) const {
    return QStringList{"search",     "--layers", "16,24,12", "--vary", "sparsity=0.5:0.9",
                       "--maximise", "Q",        "--runs",   "2"} +
           more;
  }
  QByteArray text(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void tells_of_a_finished_search_and_collects_it() {
    QVERIFY(run_dnm(search({"--trials", "6", "-o", "done"}), folder_.path()).status == 0);
    const Outcome status = run_dnm({"status", "done"}, folder_.path());
    QVERIFY2(status.status == 0, qPrintable(status.describe()));
    QVERIFY(status.output.contains("finished"));
    const QJsonObject json = run_dnm({"status", "done", "--json"}, folder_.path()).json();
    QVERIFY(json["finished"].toBool());
    QCOMPARE(json["trials"].toInt(), 6);
    QCOMPARE(json["running"].toInt(), 0);
    QVERIFY(json["cancelled"].isNull());
    const QByteArray table = text("done/search.csv");
    QVERIFY(QFile::remove(folder_.filePath("done/search.csv")));
    const Outcome collected = run_dnm({"collect", "done"}, folder_.path());
    QVERIFY2(collected.status == 0, qPrintable(collected.describe()));
    QCOMPARE(text("done/search.csv"), table);
  }

  /// A cancelled search ends within the time of a few heartbeats, and goes on to the same trials.
  void cancels_a_search_that_runs() {
    const QStringList options = search({"--trials", "60", "--layers", "98,196,196", "--runs", "40"});
    QVERIFY(run_dnm(options + QStringList{"-o", "whole"}, folder_.path()).status == 0);
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  options + QStringList{"-o", "cancelled", "--jobs", "1"});
    QTRY_VERIFY_WITH_TIMEOUT(run_dnm({"status", "cancelled", "--json"}, folder_.path()).json()["steps"].toInt() > 0,
                             20000);
    const Outcome cancelled = run_dnm({"cancel", "cancelled", "--reason", "lunch"}, folder_.path());
    QVERIFY2(cancelled.status == 0, qPrintable(cancelled.describe()));
    QVERIFY(process.waitForFinished(60000));
    const QJsonObject status = run_dnm({"status", "cancelled", "--json"}, folder_.path()).json();
    QCOMPARE(status["cancelled"].toString(), "lunch");
    QCOMPARE(status["running"].toInt(), 0);
    QVERIFY(run_dnm({"search", "-o", "cancelled", "--join"}, folder_.path()).status == 0);
    QVERIFY(!run_dnm({"status", "cancelled", "--json"}, folder_.path()).json()["finished"].toBool());
    QVERIFY(run_dnm({"search", "-o", "cancelled"}, folder_.path()).status == 0);
    QVERIFY(run_dnm({"status", "cancelled", "--json"}, folder_.path()).json()["finished"].toBool());
    const auto without_seconds = [&](const QString& name) {
      QList<QList<QByteArray>> rows;
      for (const QByteArray& line : text(name + "/search.csv").trimmed().split('\n')) {
        rows += line.split(',');
        rows.back().removeAt(rows.front().contains("trial_seconds") ? rows.front().indexOf("trial_seconds") : 4);
      }
      return rows.mid(1);
    };
    QCOMPARE(without_seconds("cancelled"), without_seconds("whole"));
  }

  /// Of a worker of this machine it is known at once that it was killed.
  void tells_of_a_worker_that_was_killed() {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  search({"--trials", "3", "--layers", "98,196,196", "--runs", "4000", "-o", "killed", "--jobs", "1"}));
    const auto status = [&] { return run_dnm({"status", "killed", "--json"}, folder_.path()).json(); };
    QTRY_COMPARE_WITH_TIMEOUT(status()["running"].toInt(), 1, 20000);
    process.kill();
    QVERIFY(process.waitForFinished());
    QCOMPARE(status()["dead"].toInt(), 1);
    QCOMPARE(status()["running"].toInt(), 0);
  }

  void prints_what_a_dry_run_would_submit() {
    const Outcome outcome = run_dnm(search({"--trials", "1500", "-o", "dry run", "--dry-run", "--partition", "long",
                                            "--time", "8:00:00", "--array-limit", "1200"}),
                                    folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(outcome.output.contains("#SBATCH --partition=long\n"));
    QVERIFY(outcome.output.contains("#SBATCH --time=8:00:00\n"));
    QVERIFY(outcome.output.contains("--array 0-999 "));
    QVERIFY(outcome.output.contains("--array 0-199 "));
    QVERIFY(!QDir(folder_.filePath("dry run")).exists());
    QVERIFY(run_dnm(search({"--trials", "2", "-o", "other"}), folder_.path()).status == 0);
    const Outcome other =
        run_dnm(search({"--trials", "2", "--border", "bounded", "-o", "other", "--dry-run"}), folder_.path());
    QVERIFY2(other.status == 1 && other.errors.contains("was begun with"), qPrintable(other.describe()));
    QProcess bash;  // all of it is a script
    bash.start("bash", {"-n"});
    bash.write(outcome.output);
    bash.closeWriteChannel();
    QVERIFY(bash.waitForFinished());
    QCOMPARE(bash.exitCode(), 0);
  }

  /// The images alone are 55 MB, half as much again is below a gigabyte: two with the program. Where nothing is
  /// trained, or the user says how much, nothing is estimated.
  void asks_for_what_its_trainings_need() {
    const QStringList trained{"search", "--vary", "sparsity=0.9:0.95", "--trials", "3", "--hidden", "98,98", "--epochs",
                              "1",      "-o",     "dry run",           "--dry-run"};
    const Outcome estimated = run_dnm(trained, folder_.path());
    QVERIFY2(estimated.output.contains("#SBATCH --mem=2G\n"), qPrintable(estimated.describe()));
    // A trial takes seconds: the least limit.
    QVERIFY2(estimated.output.contains("#SBATCH --time=10\n"), qPrintable(estimated.describe()));
    QVERIFY2(estimated.output.startsWith("# about "), qPrintable(estimated.describe()));
    const Outcome given = run_dnm(trained + QStringList{"--memory", "7G", "--time", "2:00:00"}, folder_.path());
    QVERIFY(given.output.contains("#SBATCH --mem=7G\n"));
    QVERIFY(given.output.contains("#SBATCH --time=2:00:00\n"));
    const Outcome measured = run_dnm(search({"--trials", "3", "-o", "dry run", "--dry-run"}), folder_.path());
    QVERIFY(!measured.output.contains("--mem") && !measured.output.contains("--time"));
  }

  void refuses_in_one_sentence() {
    for (const char* command : {"status", "collect", "cancel"}) {
      const Outcome outcome = run_dnm({command, "nowhere"}, folder_.path());
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
      QVERIFY(!QDir(folder_.filePath("nowhere")).exists());
    }
    for (const QStringList& options :
         {QStringList{"--time", "soon"}, QStringList{"--array-limit", "0"}, QStringList{"--array-limit", "1.5"},
          QStringList{"--partition", "a b"}, QStringList{"--memory", "much"}, QStringList{"--memory", "-4G"}}) {
      const Outcome outcome = run_dnm(search({"--trials", "4", "-o", "x", "--dry-run"}) + options, folder_.path());
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    }
  }

  /// Where Slurm is missing the sentence says so, and the search can still be run here.
  void says_that_slurm_is_missing() {
    const Outcome outcome =
        run_dnm(search({"--trials", "2", "-o", "local", "--slurm"}), folder_.path(), {{"PATH", "/nowhere"}});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY(outcome.errors.contains("sbatch"));
    QVERIFY(run_dnm({"search", "-o", "local"}, folder_.path()).status == 0);
  }
};

DNM_TEST(TestSearchFolder)
#include "test_search_folder.moc"
