// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

#include "app/workspace/search/slurm_jobs.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using namespace dnm;

class TestSlurmJobs : public QObject {
  Q_OBJECT

 private:
  static QString script(const SlurmSettings& settings, const std::string& program = "/opt/dnm") {
    return QString::fromStdString(slurm_script(settings, program));
  }

 private Q_SLOTS:
  void reads_time_limits() {
    // man sbatch, --time
    QCOMPARE(slurm_seconds("90").value_or(-1), 5400);
    QCOMPARE(slurm_seconds("2:30").value_or(-1), 150);
    QCOMPARE(slurm_seconds("4:00:05").value_or(-1), 14405);
    QCOMPARE(slurm_seconds("1-6").value_or(-1), 30 * 3600);
    QCOMPARE(slurm_seconds("1-6:30").value_or(-1), 30 * 3600 + 1800);
    QCOMPARE(slurm_seconds("1-6:30:15").value_or(-1), 30 * 3600 + 1815);
    for (const char* text : {"", "-", ":", "1:", "four", "1:2:3:4", "-5", "1-", "1-2-3", "1.5", "99999999999999999999"})
      QVERIFY2(!slurm_seconds(text), text);
  }

  void names_what_was_given() {
    const QString plain = script({});
    for (const char* name : {"--partition", "--account", "--time", "--mem"}) QVERIFY2(!plain.contains(name), name);
    QVERIFY(plain.startsWith("#!/bin/bash\n"));
    QVERIFY(plain.contains("\n#SBATCH --signal=B:USR1@180\n"));
    const QString given = script({.partition = "gpu", .account = "a1", .time = "2:00", .memory = "4G"});
    for (const char* line : {"--partition=gpu", "--account=a1", "--time=2:00", "--mem=4G", "--signal=B:USR1@60"})
      QVERIFY2(given.contains(QString("\n#SBATCH %1\n").arg(line)), line);
    for (const SlurmSettings& wrong :
         {SlurmSettings{.partition = "a b"}, SlurmSettings{.account = "x\n#SBATCH --wrap=rm"},
          SlurmSettings{.time = "soon"}, SlurmSettings{.time = "0:30"}, SlurmSettings{.memory = "\"4G\""}})
      QVERIFY_THROWS_EXCEPTION(InvalidInput, (void)slurm_script(wrong, "/opt/dnm"));
  }

  void is_a_script_whatever_the_path() {
    QTemporaryDir folder;
    const QString program = folder.filePath("a 'b' $c");
    QFile file(program);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/bash\nprintf '%s\\n' \"$@\" > arguments\n");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile written(folder.filePath("worker.sh"));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(script({}, program.toStdString()).toUtf8());
    written.close();
    QProcess bash;
    bash.setWorkingDirectory(folder.path());
    bash.start("bash", {written.fileName()});
    QVERIFY(bash.waitForFinished());
    QCOMPARE(bash.exitCode(), 0);
    QCOMPARE(bash.readAllStandardError(), QByteArray());
    QFile arguments(folder.filePath("arguments"));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    QCOMPARE(arguments.readAll(), QByteArray("search\n-o\n.\n--join\n--jobs\n1\n"));
  }

  /// The arrays of a thousand have as many tasks as there are workers.
  void submits_as_many_as_wanted() {
    for (const std::int64_t workers : {1, 7, 1000, 1001, 2500}) {
      std::int64_t tasks = 0;
      for (const auto& words : sbatch_commands({.workers = workers}, "/shared/my search")) {
        QCOMPARE(words.front(), std::string("sbatch"));
        QCOMPARE(words.back(), std::string("/shared/my search/slurm/worker.sh"));
        const auto place = std::find(words.begin(), words.end(), "--array");
        QVERIFY(place != words.end());
        const std::string range = *(place + 1);
        QVERIFY(range.starts_with("0-"));
        const std::int64_t last = std::stoll(range.substr(2));
        QVERIFY(last < 1000);
        tasks += last + 1;
      }
      QCOMPARE(tasks, workers);
    }
  }

  void knows_no_arrays_of_a_folder_without() {
    QTemporaryDir folder;
    QVERIFY(slurm_arrays(folder.path().toStdString()).empty());
    QVERIFY(!slurm_states({}));
    QVERIFY(cancel_waiting_workers({}));
  }
};

DNM_TEST(TestSlurmJobs)
#include "test_slurm_jobs.moc"
