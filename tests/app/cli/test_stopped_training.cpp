// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <QThread>
#include <csignal>

#include "tests/app/cli/training_folder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm train that is stopped, resumed and trained longer, by its run folders.
class TestStoppedTraining : public TrainingFolder {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { write_data(); }

  void keeps_one_folder_per_seed() {
    QCOMPARE(run({"--epochs", "1", "--seeds", "0,1", "--run-dir", "runs"}).status, 0);
    for (const char* name : {"runs/seed-0/epochs.csv", "runs/seed-0/config.json", "runs/seed-1/checkpoint.pt"}) {
      QVERIFY2(QFile::exists(folder_.filePath(name)), name);
    }
  }

  void says_when_there_is_nothing_to_resume() {
    const Outcome outcome = run({"--epochs", "1", "--run-dir", "fresh", "--resume"});
    QVERIFY2(outcome.status == 0 && outcome.errors.contains("no run to resume in fresh"),
             qPrintable(outcome.describe()));
  }

  void says_which_seed_has_nothing_to_resume() {
    const QStringList seeds{"--epochs", "1", "--seeds", "0,1", "--run-dir", "partly"};
    QCOMPARE(run(seeds).status, 0);
    QVERIFY(QDir(folder_.filePath("partly/seed-1")).removeRecursively());
    const Outcome outcome = run(seeds + QStringList{"--resume"});
    QVERIFY2(outcome.status == 0 && outcome.errors.count('\n') == 2 &&
                 outcome.errors.contains("no run to resume in partly/seed-1") &&
                 outcome.errors.contains("seed 0: the run has trained all its epochs (1)"),
             qPrintable(outcome.describe()));
  }

  /// A run from the start would replace what the folder has kept of the other one.
  void records_without_a_checkpoint_are_not_replaced() {
    const QStringList two{"--epochs", "2", "--run-dir", "records"};
    QCOMPARE(run(two).status, 0);
    const auto records = [this] {
      QFile file(folder_.filePath("records/epochs.csv"));
      return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray kept = records();
    QCOMPARE(kept.count('\n'), 3);
    for (const char* name : {"checkpoint.pt", "checkpoint.previous.pt"})
      QVERIFY(QFile::remove(folder_.filePath(QString("records/") + name)));
    for (const QStringList& more : {QStringList{}, QStringList{"--method", "set"}, QStringList{"--seed", "5"}}) {
      const Outcome refused = run(two + QStringList{"--resume"} + more);
      QVERIFY2(refused.status == 1 && refused.is_one_sentence() && refused.errors.contains("records of 2 epochs") &&
                   refused.errors.contains("--run-dir"),
               qPrintable(refused.describe()));
      QCOMPARE(records(), kept);
    }
  }

  void a_longer_rewired_run_says_what_is_to_come() {
    const QStringList rewired{"--method", "set", "--zeta-schedule", "cosine", "--run-dir", "rest", "--epochs"};
    QCOMPARE(run(rewired + QStringList{"3"}).status, 0);
    const Outcome longer = run(rewired + QStringList{"6", "--resume"});
    QVERIFY2(longer.status == 0 && longer.output.contains("2 updates made; 2 updates to come, from epoch 4 to 5; ") &&
                 longer.errors.contains("so does the learning rate: ") && longer.errors.contains(" in epoch 4, after "),
             qPrintable(longer.describe()));
    const Outcome done = run(rewired + QStringList{"6", "--resume"});
    QVERIFY2(done.status == 0 && done.errors.contains("the run has trained all its epochs (6)") &&
                 done.output.contains("4 updates made; no update to come"),
             qPrintable(done.describe()));
  }

  void says_that_a_classifier_comes_on_top() {
    const auto train = [this](const char* layers) {
      return run_dnm({"train", "--data", "mnist", "--data-dir", folder_.path(), "--layers", layers, "--sparsity", "0.5",
                      "--epochs", "1"},
                     folder_.path());
    };
    const Outcome twice = train("784,40,10");
    QVERIFY2(twice.status == 0 && twice.errors.contains("classifier of 10 classes follows"),
             qPrintable(twice.describe()));
    QVERIFY(train("784,40,20").errors.isEmpty());
  }

  void says_once_that_topologies_were_lost() {
    const QStringList rewired{"--method", "set", "--lr-schedule", "constant", "--run-dir", "lost", "--epochs"};
    QCOMPARE(run(rewired + QStringList{"3"}).status, 0);
    QVERIFY(QFile::remove(folder_.filePath("lost/topology.bin")));
    const Outcome resumed = run(rewired + QStringList{"5", "--resume"});
    QVERIFY2(resumed.status == 0 && resumed.errors.contains("topology.bin was lost or damaged: links before update 2"),
             qPrintable(resumed.describe()));
    // The rate is constant: only the rule has a new length.
    QVERIFY2(resumed.errors.contains("over 5 epochs from here on, after 3 of 3; the results"),
             resumed.errors.constData());
    const Outcome again = run(rewired + QStringList{"6", "--resume"});
    QVERIFY2(again.status == 0 && !again.errors.contains("topology.bin"), qPrintable(again.describe()));
  }

  /// Ctrl+C keeps what was reached and ends cleanly; --resume continues and reports all epochs.
  void stops_and_continues() {
    const QStringList long_run{"--epochs", "100", "--hidden", "300,300", "--json", "--run-dir", "stopped"};
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm", arguments(long_run));
    QByteArray output;
    while (output.count('\n') < 2 && process.waitForReadyRead(60000)) output += process.readAllStandardOutput();
    QVERIFY(output.count('\n') >= 2);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    output += process.readAllStandardOutput();
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);  // so that a script does not continue as if it were done
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.startsWith("dnm: stopped on request") && errors.contains("--resume") && errors.count('\n') == 1,
             errors.constData());
    const qsizetype epochs = output.count('\n') - 1;
    QVERIFY(epochs < 100);
    const QJsonObject summary =
        QJsonDocument::fromJson(output.trimmed().split('\n').back()).object()["summary"].toObject();
    QCOMPARE(summary["n"].toInt(), 1);
    QCOMPARE(summary["runs"].toArray()[0].toObject()["state"].toString(), "stopped");
    QVERIFY(QFile::exists(folder_.filePath("stopped/checkpoint.pt")));
    // A folder with a run in it is not taken for another one.
    const Outcome refused = run(long_run);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.is_one_sentence() && refused.errors.contains("--resume"), qPrintable(refused.describe()));
    const Outcome resumed = run(long_run + QStringList{"--resume"});
    QVERIFY2(resumed.status == 0, qPrintable(resumed.describe()));
    QCOMPARE(resumed.json_lines().size(), 101);
    QVERIFY(!resumed.errors.contains("no run to resume"));
    QVERIFY(resumed.output.startsWith(output.left(output.indexOf('\n'))));
  }

  /// As `timeout` does it, which signals the process and then its group.
  void a_signal_sent_twice_is_one_stop() {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  arguments({"--epochs", "1000", "--hidden", "900,900", "--run-dir", "twice"}));
    QByteArray output;
    while (output.count('\n') < 3 && process.waitForReadyRead(60000)) output += process.readAllStandardOutput();
    const auto id = static_cast<pid_t>(process.processId());
    ::kill(id, SIGTERM);
    QThread::msleep(1);
    ::kill(id, SIGTERM);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("stopped on request"));
  }

  void trains_a_finished_run_longer() {
    const QStringList constant{"--lr-schedule", "constant", "--seeds", "0,1", "--json"};
    const auto of_seed = [](const Outcome& outcome) { return accuracies(outcome.json_lines(), 1); };
    const QList<double> undisturbed = of_seed(run(constant + QStringList{"--epochs", "3"}));
    QCOMPARE(run(constant + QStringList{"--epochs", "1", "--run-dir", "longer"}).status, 0);
    const Outcome longer = run(constant + QStringList{"--epochs", "3", "--run-dir", "longer", "--resume"});
    QVERIFY2(longer.status == 0 && longer.errors.isEmpty(), qPrintable(longer.describe()));
    QCOMPARE(of_seed(longer), undisturbed);
    // The schedule of the new length from here on, which is said.
    QCOMPARE(run({"--epochs", "2", "--run-dir", "falling"}).status, 0);
    const Outcome falling = run({"--epochs", "3", "--run-dir", "falling", "--resume"});
    QVERIFY2(falling.status == 0 && falling.errors.contains("learning rate follows its schedule over 3 epochs"),
             qPrintable(falling.describe()));
    QCOMPARE(falling.output.count("/3  "), 3);
    // Without --epochs the default number would be meant: nobody has asked for a hundred.
    const Outcome forgotten = run({"--run-dir", "falling", "--resume"});
    QVERIFY2(forgotten.is_one_sentence() && forgotten.errors.contains("--epochs"), qPrintable(forgotten.describe()));
    const Outcome fewer = run({"--epochs", "2", "--run-dir", "falling", "--resume"});
    QVERIFY2(fewer.is_one_sentence() && fewer.errors.contains("epochs 3, not 2"), qPrintable(fewer.describe()));
  }

  /// However early the signal comes, nothing is said of a training that was not.
  void stops_before_it_has_begun() {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.setProcessChannelMode(QProcess::SeparateChannels);
    // Drawing these links takes seconds.
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  arguments({"--hidden", "20000,20000", "--sparsity", "0.8", "--run-dir", "early"}));
    QVERIFY(process.waitForStarted());
    QThread::msleep(700);
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.contains("stopped on request before the training began"), errors.constData());
    const QByteArray output = process.readAllStandardOutput();
    QVERIFY2(!output.contains("engine"), output.constData());
  }
};

DNM_TEST(TestStoppedTraining, QCoreApplication)
#include "test_stopped_training.moc"
