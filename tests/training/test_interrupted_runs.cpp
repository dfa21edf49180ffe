// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <csignal>
#include <memory>

#include <sys/resource.h>

#include "core/network/random.h"
#include "samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "timeless_table.h"
#include "training/runs/checkpoint.h"
#include "training/runs/topology_file.h"

/// `dnm train` killed at random moments, and on a disk that is full for a while; with a fixed and a rewired network.
/// DNM_KILLS: how many kills of each, at least 20.
class TestInterruptedRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    samples::write_data_set(path("data").toStdString(), 1000, 200);
    for (const QString name : {"whole", "rewired"}) {
      const auto whole = started(name, rule_of(name));
      QVERIFY(whole->waitForFinished(120000));
      QVERIFY2(whole->exitCode() == 0, whole->readAllStandardError().constData());
    }
    // An update in every fifth step: most moments are within one, or between its parts.
    QVERIFY(dnm::read_topology_file(path("rewired/topology.bin").toStdString()).events.size() > 30);
  }

  void killed_runs_end_at_the_same_bits_data() {
    QTest::addColumn<QString>("whole");
    QTest::newRow("static") << QStringLiteral("whole");
    QTest::newRow("rewired") << QStringLiteral("rewired");
  }
  void killed_runs_end_at_the_same_bits() {
    QFETCH(const QString, whole);
    const QList<QByteArray> expected_lines = text(whole, "epochs.csv").trimmed().split('\n');
    QCOMPARE(expected_lines.size(), epochs + 1);
    dnm::Random random(11);
    const int wanted = std::max(20, qEnvironmentVariableIntValue("DNM_KILLS"));
    int kills = 0;
    int kills_in_training = 0;
    for (int chain = 0; kills < wanted; ++chain) {
      const QString name = QString("killed-%1-%2").arg(whole).arg(chain);
      bool ended = false;
      while (!ended) {
        const auto process = started(name, rule_of(whole) + QStringList{"--resume"});
        // Loading the program takes longer than training; the clock starts when there is something to lose. Some are
        // killed before that.
        if (random.uniform() < 0.9) {
          process->waitForReadyRead(60000);  // its first line says that it trains
        }
        QThread::usleep(static_cast<unsigned long>(random.below(150000)));
        if (kills < wanted) ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished(60000));
        ended = process->exitStatus() == QProcess::NormalExit;
        if (ended) {
          QVERIFY2(process->exitCode() == 0, process->readAllStandardError().constData());
        } else {
          ++kills;
          if (QFile::exists(path(name + "/checkpoint.pt"))) ++kills_in_training;
        }
      }
      compare(name, whole);
      if (QTest::currentTestFailed()) return;
      QVERIFY(QDir(path(name)).entryList({".dnm-*"}, QDir::Files | QDir::Hidden).isEmpty());
    }
    QVERIFY2(kills_in_training >= wanted / 2, qPrintable(QString::number(kills_in_training)));
  }

  /// No test can count on mounting a small disk; a limit on the size of files refuses writes all the same.
  void a_full_disk_pauses_the_run_until_there_is_room_data() {
    QTest::addColumn<QString>("whole");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("file");
    // Enough for the text files, not for a checkpoint.
    QTest::newRow("static") << QStringLiteral("whole") << QStringList() << QByteArray("checkpoint");
    // No checkpoint before the epoch ends: the first that does not fit is an update.
    QTest::newRow("rewired") << QStringLiteral("rewired") << QStringList{"--checkpoint-every", "0"}
                             << QByteArray("topology.bin");
  }
  void a_full_disk_pauses_the_run_until_there_is_room() {
    QFETCH(const QString, whole);
    QFETCH(const QStringList, more);
    QFETCH(const QByteArray, file);
    const QString name = "full-" + whole;
    QProcess process;
    process.setChildProcessModifier([] {
      std::signal(SIGXFSZ, SIG_IGN);  // the write fails instead
      rlimit limit{};
      ::getrlimit(RLIMIT_FSIZE, &limit);
      limit.rlim_cur = 20000;
      ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    start(process, name, rule_of(whole), more);
    process.setReadChannel(QProcess::StandardError);  // what waitForReadyRead waits for
    QByteArray errors;
    while (!errors.contains("paused") && process.waitForReadyRead(60000)) errors += process.readAllStandardError();
    QVERIFY2(errors.contains("cannot write") && errors.contains(file), errors.constData());
    QVERIFY(!QFile::exists(path(name + "/checkpoint.pt")));
    QCOMPARE(process.state(), QProcess::Running);
    rlimit limit{};
    ::prlimit(static_cast<pid_t>(process.processId()), RLIMIT_FSIZE, nullptr, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::prlimit(static_cast<pid_t>(process.processId()), RLIMIT_FSIZE, &limit, nullptr);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    errors += process.readAllStandardError();
    QVERIFY2(errors.contains("continuing"), errors.constData());
    compare(name, whole);
  }

 private:
  static constexpr int epochs = 6;

  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }

  /// The options of the whole run of this name that the others do not have.
  static QStringList rule_of(const QString& whole) {
    if (whole != "rewired") return {};
    return {"--method", "chts", "--rewire-unit", "steps", "--rewire-every", "5", "--rewire-end", "1"};
  }

  void start(QProcess& process, const QString& name, const QStringList& rule, const QStringList& more = {}) const {
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  QStringList{"train", "--data", "fashion-mnist", "--data-dir", path("data"), "--hidden", "100,80",
                              "--sparsity", "0.9", "--engine", "sparse", "--epochs", QString::number(epochs),
                              "--validation", "50", "--run-dir", path(name)} +
                      rule + (more.isEmpty() ? QStringList{"--checkpoint-every", "0.005"} : more));
    QVERIFY(process.waitForStarted());
  }
  [[nodiscard]] std::unique_ptr<QProcess> started(const QString& name, const QStringList& more) const {
    auto process = std::make_unique<QProcess>();
    start(*process, name, more);
    return process;
  }

  /// Everything the run has left is that of the whole one, but for times.
  void compare(const QString& name, const QString& whole) const {
    const auto found = dnm::load_checkpoint(path(name + "/checkpoint.pt").toStdString());
    const auto expected = dnm::load_checkpoint(path(whole + "/checkpoint.pt").toStdString());
    QVERIFY2(found.state == expected.state && found.layers == expected.layers, qPrintable(name));
    for (const char* table : {"epochs.csv", "updates.csv"}) {
      QCOMPARE(QFile::exists(path(name + "/" + table)), QFile::exists(path(whole + "/" + table)));
      if (!QFile::exists(path(whole + "/" + table))) continue;
      QVERIFY2(text(whole, table).contains(",seconds"), table);
      QCOMPARE(dnm::test::without_seconds(text(name, table)), dnm::test::without_seconds(text(whole, table)));
    }
    if (whole != "rewired") return;
    const auto topology = [this](const QString& folder) {
      dnm::TopologyHistory history = dnm::read_topology_file(path(folder + "/topology.bin").toStdString());
      for (dnm::TopologyEvent& event : history.events) event.seconds = 0.0;
      return history;
    };
    const auto found_history = topology(name), expected_history = topology(whole);
    QCOMPARE(found_history.snapshots.size(), std::size_t{1});
    QVERIFY(found_history.events == expected_history.events);
    QVERIFY(found_history.after(0) == expected_history.after(0));
  }

  [[nodiscard]] QByteArray text(const QString& name, const char* table) const {
    QFile file(path(name + "/" + table));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  QTemporaryDir folder_;
};

DNM_TEST(TestInterruptedRuns, QCoreApplication)
#include "test_interrupted_runs.moc"
