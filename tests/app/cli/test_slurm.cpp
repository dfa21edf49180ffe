// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <functional>

#include "tests/app/cli/dnm_process.h"
#include "tests/app/cli/slurm_cluster.h"
#include "tests/support/test_class.h"

namespace {

/// A file system of four megabytes in a folder.
class SmallDisk {
 public:
  explicit SmallDisk(const QString& folder) : folder_(folder) {
    is_there_ =
        QDir().mkpath(folder) && QProcess::execute("mount", {"-t", "tmpfs", "-o", "size=4m", "tmpfs", folder}) == 0;
  }
  ~SmallDisk() {
    if (is_there_) QProcess::execute("umount", {"--lazy", folder_});
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool is_there() const { return is_there_; }
  void fill() const {
    QFile file(folder_ + "/filler");
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) return;
    for (const qsizetype size : {4096, 512, 1}) {
      const QByteArray block(size, 'x');
      while (file.write(block) == size) {
      }
    }
  }
  void make_room() const { QFile::remove(folder_ + "/filler"); }

 private:
  QString folder_;
  bool is_there_ = false;
};

}  // namespace

/// Searches under a real Slurm: whatever happens to its tasks, the trials are those of a search on one machine.
class TestSlurm : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  SlurmCluster cluster_;

  QStringList search(const QString& name, int trials) const {
    return {"search",
            "--layers",
            "98,196,196",
            "--vary",
            "degree=fixed;gaussian:{0.5:4}",
            "--vary",
            "sparsity=0.8:0.95",
            "--maximise",
            "sigma_c",
            "--draws",
            "30",
            "--trials",
            QString::number(trials),
            "-o",
            folder_.filePath(name)};
  }
  QJsonObject status(const QString& name) const { return run_dnm({"status", folder_.filePath(name), "--json"}).json(); }
  /// search.csv without its seconds.
  QList<QList<QByteArray>> results(const QString& name) const {
    QFile file(folder_.filePath(name + "/search.csv"));
    QList<QList<QByteArray>> rows;
    if (!file.open(QIODevice::ReadOnly)) return rows;
    qsizetype seconds = -1;
    for (const QByteArray& line : file.readAll().trimmed().split('\n')) {
      rows += line.split(',');
      if (rows.size() == 1) seconds = rows[0].indexOf("trial_seconds");
      if (seconds >= 0 && seconds < rows.back().size()) rows.back().removeAt(seconds);
    }
    return rows;
  }
  bool wait_for(int seconds, const std::function<bool()>& condition) {
    const QDeadlineTimer limit(seconds * 1000);
    while (!limit.hasExpired()) {
      if (condition()) return true;
      QThread::msleep(500);
    }
    return false;
  }
  bool wait_until_finished(const QString& name, int seconds) {
    return wait_for(seconds, [&] {
      cluster_.hurry();
      return status(name)["finished"].toBool();
    });
  }
  QByteArray logs(const QString& name) const {
    QByteArray text;
    const QDir slurm(folder_.filePath(name + "/slurm"));
    for (const QString& file : slurm.entryList({"*.log"}, QDir::Files)) {
      QFile log(slurm.filePath(file));
      if (log.open(QIODevice::ReadOnly)) text += log.readAll();
    }
    return text;
  }
  void compare_with_one_machine(const QString& name, int trials) {
    const Outcome collected = run_dnm({"collect", folder_.filePath(name)});
    QVERIFY2(collected.status == 0, qPrintable(collected.describe()));
    const Outcome alone = run_dnm(search(name + "-alone", trials));
    QVERIFY2(alone.status == 0, qPrintable(alone.describe()));
    QCOMPARE(results(name).size(), trials + 1);
    QCOMPARE(results(name), results(name + "-alone"));
  }

 private Q_SLOTS:
  void initTestCase() {
    const QString reason = cluster_.start();
    if (!reason.isEmpty()) QSKIP(qPrintable("Slurm is not tested here: " + reason));
  }

  void an_array_finishes_a_search() {
    const Outcome submitted = run_dnm(search("whole", 24) + QStringList{"--slurm", "--array-limit", "4"});
    QVERIFY2(submitted.status == 0, qPrintable(submitted.describe()));
    QVERIFY(submitted.output.startsWith("4 workers submitted as job "));
    QVERIFY2(wait_until_finished("whole", 400), logs("whole").constData());
    compare_with_one_machine("whole", 24);
  }

  /// Workers are killed, all tasks are preempted, a node fails.
  void nothing_is_lost_with_tasks_that_end() {
    bool is_given = false;
    const int given = qEnvironmentVariableIntValue("DNM_KILLS", &is_given);
    const int wanted = is_given ? given : 8, trials = 15 * wanted;
    const Outcome submitted = run_dnm(search("hard", trials) + QStringList{"--slurm", "--array-limit", "4"});
    QVERIFY2(submitted.status == 0, qPrintable(submitted.describe()));
    QVERIFY(wait_for(200, [&] { return status("hard")["steps"].toInt() > 4; }));
    int kills = 0;
    const QDeadlineTimer limit(wanted * 10'000);
    while (kills < wanted && !limit.hasExpired()) {
      kills += cluster_.kill_a_worker() ? 1 : 0;
      QThread::msleep(200 + QRandomGenerator::global()->bounded(800U));
      cluster_.hurry();
    }
    QCOMPARE(kills, wanted);
    SlurmCluster::ask("sbatch",
                      {"--partition=urgent", "--ntasks=4", "--nodes=2", "--output=/dev/null", "--wrap=sleep 2"});
    QVERIFY(wait_for(180, [&] { return status("hard")["running"].toInt() == 0; }));
    QVERIFY(wait_for(240, [&] {
      cluster_.hurry();
      return status("hard")["running"].toInt() > 1;
    }));
    cluster_.kill_node(2);
    QThread::sleep(2);
    cluster_.start_node(2);
    QVERIFY2(wait_until_finished("hard", 100 * wanted), logs("hard").constData());
    compare_with_one_machine("hard", trials);
  }

  void a_full_disk_is_waited_for() {
    const SmallDisk disk(folder_.filePath("disk"));
    if (!disk.is_there()) QSKIP("a full disk is not tested here: no small file system can be mounted");
    const Outcome submitted = run_dnm(search("disk/full", 40) + QStringList{"--slurm", "--array-limit", "4"});
    QVERIFY2(submitted.status == 0, qPrintable(submitted.describe()));
    QVERIFY(wait_for(200, [&] { return status("disk/full")["steps"].toInt() > 2; }));
    disk.fill();
    QThread::sleep(5);
    const int steps = status("disk/full")["steps"].toInt();
    QThread::sleep(5);
    QCOMPARE(status("disk/full")["steps"].toInt(), steps);
    QVERIFY(steps < 40);
    disk.make_room();
    QVERIFY2(wait_until_finished("disk/full", 400), logs("disk/full").constData());
    compare_with_one_machine("disk/full", 40);
  }

  void the_time_limit_queues_a_task_again() {
    const Outcome submitted =
        run_dnm(search("limit", 400) + QStringList{"--slurm", "--array-limit", "1", "--time", "1"});
    QVERIFY2(submitted.status == 0, qPrintable(submitted.describe()));
    // Of this search alone: tasks of the others may wait for their next turn long after the end.
    const QString job =
        QString::fromUtf8(submitted.output).section(" as job ", 1).section(QRegularExpression("\\W"), 0, 0);
    QVERIFY(!job.isEmpty());
    const auto queued = [&] { return SlurmCluster::ask("squeue", {"--noheader", "--jobs=" + job, "--format=%T %r"}); };
    const auto restarts = [&] { return queued().contains("PENDING BeginTime"); };
    QVERIFY2(wait_for(200, restarts), logs("limit").constData());
    // What it was at it has given back, and nobody finds it dead.
    QCOMPARE(status("limit")["running"].toInt(), 0);
    QCOMPARE(status("limit")["dead"].toInt(), 0);
    const Outcome cancelled = run_dnm({"cancel", folder_.filePath("limit")});
    QVERIFY2(cancelled.status == 0, qPrintable(cancelled.describe()));
    QVERIFY(wait_for(90, [&] { return queued().isEmpty(); }));
    QVERIFY(!status("limit")["cancelled"].isNull());
  }
};

DNM_TEST(TestSlurm, QCoreApplication)
#include "test_slurm.moc"
