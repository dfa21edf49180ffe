// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <csignal>

#include <sys/resource.h>

#include "core/network/random.h"
#include "samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/runs/checkpoint.h"

/// `dnm train` killed at random moments, and on a disk that is full for a while.
class TestInterruptedRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    samples::write_data_set(path("data").toStdString(), 1000, 200);
    const auto whole = started("whole", {});
    QVERIFY(whole->waitForFinished(60000));
    QCOMPARE(whole->exitCode(), 0);
  }

  void killed_runs_end_at_the_same_bits() {
    const auto expected = dnm::load_checkpoint(path("whole/checkpoint.pt").toStdString());
    const QList<QByteArray> expected_lines = lines("whole");
    QCOMPARE(expected_lines.size(), epochs + 1);

    dnm::Random random(11);
    int kills = 0;
    int kills_in_training = 0;
    for (int chain = 0; kills < 20; ++chain) {
      const QString name = QString("killed-%1").arg(chain);
      bool ended = false;
      while (!ended) {
        const auto process = started(name, {"--resume"});
        // Loading the program takes longer than training; the clock starts when there is something to lose. Some are
        // killed before that.
        if (random.uniform() < 0.9) {
          process->waitForReadyRead(60000);  // its first line says that it trains
        }
        QThread::usleep(static_cast<unsigned long>(random.below(150000)));
        if (kills < 20) ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished(60000));
        ended = process->exitStatus() == QProcess::NormalExit;
        if (ended) {
          QCOMPARE(process->exitCode(), 0);
        } else {
          ++kills;
          if (QFile::exists(path(name + "/checkpoint.pt"))) ++kills_in_training;
        }
      }
      const auto found = dnm::load_checkpoint(path(name + "/checkpoint.pt").toStdString());
      QVERIFY2(found.state == expected.state, qPrintable(name));
      // Every epoch once, with the same figures but for the seconds.
      const QList<QByteArray> found_lines = lines(name);
      QCOMPARE(found_lines.size(), expected_lines.size());
      for (qsizetype i = 0; i < expected_lines.size(); ++i) {
        QCOMPARE(found_lines[i].left(found_lines[i].lastIndexOf(',')),
                 expected_lines[i].left(expected_lines[i].lastIndexOf(',')));
      }
      QVERIFY(QDir(path(name)).entryList({".dnm-*"}, QDir::Files | QDir::Hidden).isEmpty());
    }
    QVERIFY2(kills_in_training >= 10, qPrintable(QString::number(kills_in_training)));
  }

  /// No test can count on mounting a small disk; a limit on the size of files refuses writes all the same.
  void a_full_disk_pauses_the_run_until_there_is_room() {
    QProcess process;
    process.setChildProcessModifier([] {
      std::signal(SIGXFSZ, SIG_IGN);  // the write fails instead
      rlimit limit{};
      ::getrlimit(RLIMIT_FSIZE, &limit);
      limit.rlim_cur = 20000;  // enough for the text files, not for a checkpoint
      ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    start(process, "full", {});
    process.setReadChannel(QProcess::StandardError);  // what waitForReadyRead waits for
    QByteArray errors;
    while (!errors.contains("paused") && process.waitForReadyRead(60000)) errors += process.readAllStandardError();
    QVERIFY2(errors.contains("cannot write") && errors.contains("checkpoint"), errors.constData());
    QVERIFY(!QFile::exists(path("full/checkpoint.pt")));
    QCOMPARE(process.state(), QProcess::Running);
    rlimit limit{};
    ::prlimit(static_cast<pid_t>(process.processId()), RLIMIT_FSIZE, nullptr, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::prlimit(static_cast<pid_t>(process.processId()), RLIMIT_FSIZE, &limit, nullptr);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    errors += process.readAllStandardError();
    QVERIFY2(errors.contains("continuing"), errors.constData());
    QCOMPARE(lines("full").size(), epochs + 1);
    QVERIFY(dnm::load_checkpoint(path("full/checkpoint.pt").toStdString()).state ==
            dnm::load_checkpoint(path("whole/checkpoint.pt").toStdString()).state);
  }

 private:
  static constexpr int epochs = 6;

  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }

  void start(QProcess& process, const QString& name, const QStringList& more) const {
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  QStringList{"train", "--data", "fashion-mnist", "--data-dir", path("data"), "--hidden", "100,80",
                              "--sparsity", "0.9", "--engine", "sparse", "--epochs", QString::number(epochs),
                              "--validation", "50", "--run-dir", path(name), "--checkpoint-every", "0.005"} +
                      more);
    QVERIFY(process.waitForStarted());
  }
  [[nodiscard]] std::unique_ptr<QProcess> started(const QString& name, const QStringList& more) const {
    auto process = std::make_unique<QProcess>();
    start(*process, name, more);
    return process;
  }

  [[nodiscard]] QList<QByteArray> lines(const QString& name) const {
    QFile file(path(name + "/epochs.csv"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().trimmed().split('\n');
  }

  QTemporaryDir folder_;
};

DNM_TEST(TestInterruptedRuns, QCoreApplication)
#include "test_interrupted_runs.moc"
