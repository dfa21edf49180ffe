// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <QThread>
#include <algorithm>

#include "tests/app/cli/training_folder.h"
#include "tests/support/test_class.h"

/// dnm search that trains: trials are what dnm train gives, and rungs go on with the same bits.
class TestTrainedSearch : public TrainingFolder {
  Q_OBJECT

 private:
  QStringList options(const QStringList& more) const {
    return QStringList{"search",
                       "--data",
                       "mnist",
                       "--data-dir",
                       folder_.path(),
                       "--hidden",
                       "60,40",
                       "--sparsity",
                       "0.8",
                       "--vary",
                       "dendrites=fixed:{1:5:5:linear}",
                       "--vary",
                       "lr=0.005:0.1",
                       "--validation",
                       "80"} +
           more;
  }
  QByteArray text(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// Lines of a CSV file as maps.
  QList<QMap<QByteArray, QByteArray>> rows(const QString& name) const {
    QList<QMap<QByteArray, QByteArray>> made;
    QList<QByteArray> header;
    for (const QByteArray& line : text(name).trimmed().split('\n')) {
      const QList<QByteArray> cells = line.split(',');
      if (header.isEmpty()) {
        header = cells;
        continue;
      }
      QMap<QByteArray, QByteArray>& row = made.emplace_back();
      for (qsizetype i = 0; i < std::min(header.size(), cells.size()); ++i) row[header[i]] = cells[i];
    }
    return made;
  }
  /// The accuracies of a run folder.
  QList<double> validations(const QString& folder) const {
    QList<double> values;
    for (const auto& row : rows(folder + "/epochs.csv")) values += row["validation_accuracy"].toDouble();
    return values;
  }

 private Q_SLOTS:
  void initTestCase() { write_data(); }

  void trials_are_what_dnm_train_gives() {
    const Outcome outcome = run_dnm(
        options({"--epochs", "3", "--trials", "3", "--final-seeds", "7,8", "-o", "random", "--json"}), folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const auto table = rows("random/search.csv");
    QCOMPARE(table.size(), 3);
    double best = 0.0;
    for (const auto& row : table) {
      const QString name = QString("alone-%1").arg(row["trial"].toInt());
      const Outcome alone =
          run({"--validation", "80", "--epochs", "3", "--dendrites", QString::fromUtf8(row["dendrites"]), "--lr",
               QString::fromUtf8(row["lr"]), "--run-dir", name});
      QVERIFY2(alone.status == 0, qPrintable(alone.describe()));
      QList<double> values = validations(name);
      QCOMPARE(values, validations(QString("random/trials/trial-%1").arg(row["trial"].toInt(), 5, 10, QChar('0'))));
      QCOMPARE(row["validation_accuracy"].toDouble(), *std::max_element(values.begin(), values.end()));
      best = std::max(best, row["validation_accuracy"].toDouble());
    }
    const QJsonObject first = outcome.json()["best"].toArray().first().toObject();
    QCOMPARE(first["objectives"].toObject()["validation_accuracy"].toDouble(), best);
    QVERIFY(first["command"].toString().contains("--seeds 7,8"));
    const QJsonObject finals = outcome.json()["finals"].toArray().first().toObject();
    QCOMPARE(finals["n"].toInt(), 2);
    QCOMPARE(finals["values"].toObject()["test_accuracy"].toArray().size(), 2);
    // Test figures are of the final seeds alone.
    QVERIFY(!table.front().contains("test_accuracy"));
  }

  /// A rung ends a training, and the next goes on with it: as if it had never stopped.
  void rungs_go_on_with_the_same_bits() {
    const Outcome outcome = run_dnm(options({"--epochs", "4", "--trials", "6", "--sampler", "asha", "--eta", "2",
                                             "--first-rung", "1", "--jobs", "2", "-o", "asha", "--json"}),
                                    folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const auto table = rows("asha/search.csv");
    QCOMPARE(table.size(), 6);
    int whole = 0;
    QList<int> epochs;
    for (const auto& row : table) {
      epochs += row["epochs"].toInt();
      if (row["epochs"] != "4") continue;
      ++whole;
      const QString name = QString("asha-alone-%1").arg(row["trial"].toInt());
      const Outcome alone =
          run({"--validation", "80", "--epochs", "4", "--dendrites", QString::fromUtf8(row["dendrites"]), "--lr",
               QString::fromUtf8(row["lr"]), "--run-dir", name});
      QVERIFY2(alone.status == 0, qPrintable(alone.describe()));
      QCOMPARE(validations(QString("asha/trials/trial-%1").arg(row["trial"].toInt(), 5, 10, QChar('0'))),
               validations(name));
    }
    QVERIFY(whole >= 1);
    QVERIFY(epochs.count(1) >= 1 && epochs.count(1) <= 3);
    QCOMPARE(outcome.json()["best"].toArray().first().toObject()["epochs"].toInt(), 4);
  }

  void a_stopped_training_goes_on() {
    const QStringList more{"--epochs", "12", "--trials", "3", "--jobs", "1", "-o"};
    const Outcome whole = run_dnm(options(more + QStringList{"undisturbed"}), folder_.path());
    QVERIFY2(whole.status == 0, qPrintable(whole.describe()));
    for (int stop = 0; stop < 3; ++stop) {
      QProcess process;
      process.setWorkingDirectory(folder_.path());
      process.start(QString(dnm::test::program_folder()) + "/dnm", options(more + QStringList{"stopped"}));
      QVERIFY(process.waitForStarted());
      QThread::msleep(1300);
      process.terminate();
      QVERIFY(process.waitForFinished());
      QVERIFY(process.exitStatus() == QProcess::NormalExit);
      if (process.exitCode() == 0) break;
      QVERIFY(process.readAllStandardError().contains("goes on with it"));
    }
    const Outcome end = run_dnm({"search", "-o", "stopped"}, folder_.path());
    QVERIFY2(end.status == 0, qPrintable(end.describe()));
    auto expected = rows("undisturbed/search.csv"), found = rows("stopped/search.csv");
    for (auto* table : {&expected, &found})
      for (auto& row : *table) {
        row.remove("seconds");
        row.remove("trial_seconds");
      }
    QCOMPARE(found, expected);
  }

  /// The folder of the data is that of who began the search, wherever it goes on.
  void a_search_goes_on_from_another_folder() {
    const QStringList begin{"search",   "--data",       "mnist",        "--data-dir", ".",        "--hidden", "60,40",
                            "--vary",   "lr=0.005:0.1", "--trials",     "2",          "--epochs", "1",        "-o",
                            "relative", "--json",       "--validation", "80"};
    const Outcome began = run_dnm(begin, folder_.path());
    QVERIFY2(began.status == 0, qPrintable(began.describe()));
    QVERIFY(QDir(folder_.path()).mkdir("elsewhere"));
    const Outcome end = run_dnm({"search", "-o", folder_.filePath("relative"), "--trials", "3", "--json"},
                                folder_.filePath("elsewhere"));
    QVERIFY2(end.status == 0, qPrintable(end.describe()));
    QCOMPARE(end.json()["failed"].toInt(), 0);
    QCOMPARE(end.json()["trials"].toInt(), 3);
  }

  void more_examples_held_out_than_there_are() {
    QStringList arguments = options({"--trials", "2", "-o", "held out"});
    arguments[arguments.indexOf("80")] = "50000";
    const Outcome outcome = run_dnm(arguments, folder_.path());
    QVERIFY2(outcome.status != 0 && outcome.errors.contains("hold fewer out"), qPrintable(outcome.describe()));
    QVERIFY(!QDir(folder_.filePath("held out")).exists());
  }

  void missing_data_are_no_failure_of_trials() {
    const Outcome outcome = run_dnm({"search", "--data", "mnist", "--data-dir", "nowhere", "--vary",
                                     "dendrites=fixed:{1:5:5:linear}", "-o", "nothing"},
                                    folder_.path());
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("nowhere"), outcome.errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("nothing")));
  }
};

DNM_TEST(TestTrainedSearch, QCoreApplication)
#include "test_trained_search.moc"
