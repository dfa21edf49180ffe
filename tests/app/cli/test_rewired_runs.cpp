// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"
#include "tests/training/samples.h"

/// What the command line tells of runs that rewire their network.
class TestRewiredRuns : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] Outcome train(const QStringList& more) const {
    return run_dnm(QStringList{"train", "--data-dir", "data", "--hidden", "60,40", "--sparsity", "0.8", "--engine",
                               "sparse", "--epochs", "3", "--method", "chts", "--rewire-end", "1"} +
                       more,
                   folder_.path());
  }
  [[nodiscard]] QByteArray text(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() { samples::write_data_set(folder_.filePath("data").toStdString(), 400, 100); }

  void the_first_line_names_the_rule() {
    const Outcome outcome = train({"--run-dir", "run"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY2(outcome.output.left(outcome.output.indexOf('\n')).contains("rewired by CHTs"), outcome.output.constData());
  }

  void moments_stand_beside_each_other_on_a_page() {
    const auto figure = [this](const QStringList& options) {
      return run_dnm(QStringList{"figure", "-o", "moments.svg"} + options, folder_.path());
    };
    const Outcome outcome =
        figure({"--run-dir", "run", "--panel", "update-0:matrix update-2:matrix / update-1:layers"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray drawn = text("moments.svg");
    for (const char* title : {"update 0", "update 1", "update 2"}) QVERIFY2(drawn.contains(title), title);
    // Its own command draws it again.
    QVERIFY2(drawn.contains("update-0:matrix update-2:matrix / update-1:layers"), drawn.left(2000).constData());
    for (const QStringList& options :
         {QStringList{"--run-dir", "run", "--panel", "update-3:matrix"}, QStringList{"--panel", "update-1:matrix"}}) {
      const Outcome refused = figure(options);
      QVERIFY2(refused.status != 0 && refused.is_one_sentence(), qPrintable(refused.describe()));
      QVERIFY2(refused.errors.contains("update"), refused.errors.constData());
    }
  }

  /// An object for every update before that of its epoch, with what updates.csv has; with and without a run folder.
  void updates_are_json_objects() {
    const QByteArray table = text("run/updates.csv");
    const QList<QByteArray> lines = table.trimmed().split('\n');
    QCOMPARE(lines.size(), 1 + 2 * 3);
    const QList<QByteArray> names = lines[0].split(',');
    const Outcome outcome = train({"--json"});
    QList<QJsonObject> objects = outcome.json_lines();
    QCOMPARE(objects.size(), 3 + 2 + 1);
    for (const int update : {1, 2}) {
      const QJsonObject object = objects[2 * (update - 1)];
      QCOMPARE(object["update"].toInt(), update);
      QCOMPARE(objects[2 * update - 1]["epoch"].toInt(), update);
      QVERIFY(!objects[2 * update - 1].contains("update"));
      QCOMPARE(object["leading_after"].toDouble(), objects[2 * update - 1]["test_accuracy"].toDouble());
      for (int row = 0; row < 3; ++row) {
        const QList<QByteArray> cells = lines[1 + 3 * (update - 1) + row].split(',');
        const QJsonObject of = row == 0 ? object : object["layers"].toArray().at(row - 1).toObject();
        for (const char* id : {"links", "removed", "chain_removed", "regrown", "regrown_again", "itop"})
          QCOMPARE(of[id].toDouble(-1.0), cells[names.indexOf(id)].toDouble());
        if (row == 0) QCOMPARE(of["zeta"].toDouble(-1.0), cells[names.indexOf("zeta")].toDouble());
      }
    }
  }

  void the_network_of_a_file_has_no_start_sparsity() {
    QCOMPARE(run_dnm({"generate", "--layers", "784,20,10", "-o", "net.npz"}, folder_.path()).status, 0);
    const Outcome refused = run_dnm({"train", "net.npz", "--data-dir", "data", "--method", "chtss", "--start-sparsity",
                                     "0.5", "--final-sparsity", "0.95", "--epochs", "3"},
                                    folder_.path());
    QVERIFY2(refused.status == 2 && refused.errors.contains("leave out --start-sparsity"), refused.errors.constData());
  }

  void resumes_without_all_of_its_topologies_data() {
    QTest::addColumn<bool>("gone");
    QTest::newRow("a byte of the last update is lost") << false;
    QTest::newRow("the file is gone") << true;
  }
  void resumes_without_all_of_its_topologies() {
    QFETCH(bool, gone);
    const QString name = gone ? "gone" : "short";
    QCOMPARE(train({"--run-dir", name}).status, 0);
    const QByteArray before = text(name + "/updates.csv");
    QFile topology(folder_.filePath(name + "/topology.bin"));
    QVERIFY(gone ? topology.remove() : topology.resize(topology.size() - 1));
    const Outcome resumed = train({"--run-dir", name, "--epochs", "5", "--resume"});
    QVERIFY2(resumed.status == 0, qPrintable(resumed.describe()));
    const QByteArray after = text(name + "/updates.csv");
    QVERIFY2(after.startsWith(before) && after.size() > before.size(), after.constData());
  }

  /// From the topologies alone, as of a folder of an earlier version: the same picture and the same measures.
  void a_folder_is_drawn_and_measured() {
    const QStringList figure{"figure", "--run-dir", "run", "--panel", "updates", "-o"};
    const Outcome drawn = run_dnm(figure + QStringList{"a.svg"}, folder_.path());
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    QVERIFY(QFile::rename(folder_.filePath("run/updates.csv"), folder_.filePath("kept.csv")));
    QCOMPARE(run_dnm(figure + QStringList{"a.svg"}, folder_.path()).status, 0);
    const QByteArray before = text("a.svg");
    QVERIFY(!before.isEmpty());
    QVERIFY(QFile::rename(folder_.filePath("kept.csv"), folder_.filePath("run/updates.csv")));
    QCOMPARE(run_dnm(figure + QStringList{"a.svg"}, folder_.path()).status, 0);
    QCOMPARE(text("a.svg"), before);
    const Outcome missing =
        run_dnm({"figure", "--run-dir", "run", "--panel", "path-length", "-o", "b.svg"}, folder_.path());
    QVERIFY2(missing.status == 1 && missing.errors.contains("dnm measure"), missing.errors.constData());
    const Outcome measured = run_dnm({"measure", "--run-dir", "run"}, folder_.path());
    QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
    QVERIFY2(measured.output.contains("3 networks, 3 measured now"), measured.output.constData());
    QCOMPARE(text("run/measures.csv").count('\n'), 4);
    QVERIFY(run_dnm({"measure", "--run-dir", "run"}, folder_.path()).output.contains("0 measured now"));
    QCOMPARE(run_dnm(figure + QStringList{"a.svg"}, folder_.path()).status, 0);
    QVERIFY(text("a.svg") != before);
    QCOMPARE(run_dnm({"train", "--data-dir", "data", "--hidden", "60,40", "--sparsity", "0.8", "--epochs", "1",
                      "--run-dir", "plain"},
                     folder_.path())
                 .status,
             0);
    const Outcome plain =
        run_dnm({"figure", "--run-dir", "plain", "--panel", "updates", "-o", "c.svg"}, folder_.path());
    QVERIFY2(plain.status == 1 && plain.errors.contains("--panel updates"), plain.errors.constData());
    const Outcome none = run_dnm({"measure", "--run-dir", "data"}, folder_.path());
    QVERIFY2(none.status == 1 && none.is_one_sentence(), none.errors.constData());
    QCOMPARE(run_dnm({"measure", "net.npz", "--run-dir", "run"}, folder_.path()).status, 2);
  }
};

DNM_TEST(TestRewiredRuns, QCoreApplication)
#include "test_rewired_runs.moc"
