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
#include <tuple>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm sweep: its rows are those of dnm measure, whatever the jobs and however often it is stopped.
class TestSweepCommand : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  Outcome sweep(const QStringList& more) const {
    return run_dnm(QStringList{"sweep", "--layers", "16,24,12", "--runs", "2", "--draws", "2"} + more, folder_.path());
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
  bool write(const QString& name, const QByteArray& content) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
  }

 private Q_SLOTS:
  void rows_are_what_dnm_measure_says() {
    const Outcome outcome = sweep({"--vary", "sparsity=0.6:0.9:3", "--vary", "degree=fixed,gaussian", "--seeds", "0,5",
                                   "--measures", "L,Q,sigma_c,gamma", "-o", "pairs.csv"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QList<QByteArray>> table = rows("pairs.csv");
    QCOMPARE(table.size(), 1 + 3 * 2 * 2);
    const QList<QByteArray>& header = table.front();
    for (qsizetype i = 1; i < table.size(); i += 3) {
      const auto cell = [&](const char* name) { return QString::fromUtf8(table[i][header.indexOf(name)]); };
      const Outcome single = run_dnm({"measure", "--layers", "16,24,12", "--sparsity", cell("sparsity"), "--degree",
                                      cell("degree"), "--seed", cell("seed"), "--runs", "2", "--draws", "2", "--json"});
      QVERIFY2(single.status == 0, qPrintable(single.describe()));
      const QJsonObject json = single.json();
      QCOMPARE(json["nodes"].toInt(), cell("nodes").toInt());
      QCOMPARE(json["edges"].toInt(), cell("links").toInt());
      for (const char* id : {"L", "Q", "sigma_c", "gamma"}) {
        const QJsonObject measure = json[id].toObject();
        QCOMPARE(measure["value"].isNull(), cell(id).isEmpty());
        if (!cell(id).isEmpty()) QCOMPARE(cell(id).toDouble(), measure["value"].toDouble());
        QCOMPARE(cell((QByteArray(id) + "_reason").constData()).isEmpty(), !cell(id).isEmpty());
      }
      QCOMPARE(cell("sigma_c_se").toDouble(), json["sigma_c"].toObject()["se"].toDouble());
    }
  }

  void the_summary_is_the_mean_of_the_rows() {
    const Outcome outcome =
        sweep({"sparsity=0.5:0.9:3", "--seeds", "0,1,2,3", "--measures", "L,Q", "-o", "out", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QJsonArray points = outcome.json()["points"].toArray();
    QCOMPARE(points.size(), 3);
    const QList<QList<QByteArray>> table = rows("out/sweep.csv");
    const qsizetype column = table.front().indexOf("Q");
    for (int point = 0; point < 3; ++point) {
      double sum = 0.0, squares = 0.0;
      for (int seed = 0; seed < 4; ++seed) sum += table[1 + point * 4 + seed][column].toDouble();
      for (int seed = 0; seed < 4; ++seed)
        squares += std::pow(table[1 + point * 4 + seed][column].toDouble() - sum / 4, 2);
      const QJsonObject q = points[point].toObject()["measures"].toObject()["Q"].toObject();
      QVERIFY(std::abs(q["mean"].toDouble() - sum / 4) < 1e-12);
      QVERIFY(std::abs(q["se"].toDouble() - std::sqrt(squares / 3) / 2) < 1e-12);
      QCOMPARE(q["n"].toInt(), 4);
      QCOMPARE(rows("out/summary.csv")[1 + point][rows("out/summary.csv")[0].indexOf("Q_mean")].toDouble(),
               q["mean"].toDouble());
    }
    QVERIFY(text("out/summary.md").contains("| sparsity | N | L | Q |"));
    QVERIFY(text("out/summary.md").contains("dnm sweep"));
    QVERIFY(text("out/sweep.json").contains("\"from\": 0.5"));
  }

  void jobs_do_not_change_a_byte() {
    const QStringList what{"--vary", "rewiring=0:1:4", "--measures", "L,Q,sigma_c"};
    QCOMPARE(sweep(what + QStringList{"--jobs", "1", "-o", "one.csv"}).status, 0);
    QCOMPARE(sweep(what + QStringList{"--jobs", "2", "-o", "two.csv"}).status, 0);
    QCOMPARE(text("one.csv"), text("two.csv"));
    QCOMPARE(text("one.csv").count('\n'), 13);
  }

  void goes_on_where_it_was() {
    const QStringList what{"--vary", "sparsity=0.6,0.8,0.9", "--measures", "L", "-o", "again.csv"};
    QCOMPARE(sweep(what).status, 0);
    const QByteArray whole = text("again.csv");
    const QList<QByteArray> lines = whole.split('\n');
    // Half of a table, cut in the middle of a line, and one row that the sweep itself did not write.
    QByteArray part = lines.mid(0, 5).join('\n') + "\n" + lines[5].left(9);
    QVERIFY(write("again.csv", part));
    QCOMPARE(sweep(what).status, 0);
    QCOMPARE(text("again.csv"), whole);
    QByteArray marked = whole;
    marked.replace(lines[1], "0.6,0,52,269,7.5,,");
    QVERIFY(write("again.csv", marked));
    QCOMPARE(sweep(what).status, 0);
    QCOMPARE(text("again.csv"), marked);  // rows that are there are not computed again
    QVERIFY(write("again.csv", whole));
    // More values and seeds; what was there stays.
    QCOMPARE(sweep({"--vary", "sparsity=0.6,0.7,0.8,0.9", "--seeds", "0,1,2,3", "--measures", "L", "-o", "again.csv"})
                 .status,
             0);
    QCOMPARE(text("again.csv").count('\n'), 17);
    for (const QByteArray& line : lines) QVERIFY(text("again.csv").contains(line));
  }

  /// Ctrl+C keeps what was measured; the same command gives the same bytes as one that was not stopped.
  void stops_and_continues() {
    const QStringList what{"sweep",      "--layers", "60,200,200", "--vary", "rewiring=0:1:40",
                           "--measures", "sigma_c",  "--draws",    "20",     "--seeds",
                           "0",          "-o"};
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm", what + QStringList{"stopped.csv"});
    while (text("stopped.csv").count('\n') < 2 && !process.waitForFinished(50)) {
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    if (process.exitCode() == 0) QSKIP("the sweep was done before it could be stopped");
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.startsWith("dnm: stopped on request; the same command") && errors.count('\n') == 1,
             errors.constData());
    const QByteArray part = text("stopped.csv");
    QVERIFY(part.count('\n') >= 2 && part.count('\n') < 41);
    QCOMPARE(run_dnm(what + QStringList{"stopped.csv"}, folder_.path()).status, 0);
    QCOMPARE(run_dnm(what + QStringList{"whole.csv"}, folder_.path()).status, 0);
    QVERIFY(text("stopped.csv").startsWith(part));
    QCOMPARE(text("stopped.csv"), text("whole.csv"));
  }

  void refuses_in_one_sentence() {
    QCOMPARE(sweep({"--vary", "sparsity=0.6,0.8", "--measures", "L", "-o", "kept.csv"}).status, 0);
    const QByteArray kept = text("kept.csv");
    for (const auto& [arguments, status, words] :
         {std::tuple(
              QStringList{"--vary", "sparsity=0.6,0.8", "--measures", "L", "--rewiring", "0.5", "-o", "kept.csv"}, 1,
              "rewiring 0, not 0.5"),
          std::tuple(QStringList{"--vary", "sparsity=0.6,0.8", "--measures", "Q", "-o", "kept.csv"}, 1, "measures L"),
          std::tuple(QStringList{"--vary", "sparsity=0.8", "--measures", "L", "-o", "kept.csv"}, 1, "would be lost"),
          std::tuple(QStringList{"--vary", "sparsty=0.6", "-o", "x.csv"}, 2, "did you mean \"sparsity\""),
          std::tuple(QStringList{"--vary", "degree=gausian", "-o", "x.csv"}, 2, "did you mean \"gaussian\""),
          std::tuple(QStringList{"--vary", "sparsity", "-o", "x.csv"}, 2, "names no values"),
          std::tuple(QStringList{"--vary", "sparsity=0.6:2:3", "-o", "x.csv"}, 1, "out of range"),
          std::tuple(QStringList{"--vary", "seed=1,2", "-o", "x.csv"}, 1, "--seeds"),
          std::tuple(QStringList{"--vary", "sparsity=0.6", "--sparsity", "0.5", "-o", "x.csv"}, 2, "varied already"),
          std::tuple(QStringList{"--vary", "sparsity=0.6", "--measures", "sigma", "-o", "x.csv"}, 2, "sigma_c"),
          std::tuple(QStringList{"--vary", "beta=0,1", "-o", "x.csv"}, 1, "does not belong to the model dnm"),
          std::tuple(QStringList{"--vary", "sparsity=0.9,0.9999", "-o", "x.csv"}, 1, "without a single link"),
          std::tuple(QStringList{"--vary", "sparsity=0.6", "--figure", "x.jpg", "-o", "x.csv"}, 1, ".svg"),
          std::tuple(QStringList{"-o", "x.csv"}, 1, "nothing is varied"),
          std::tuple(QStringList{"--vary", "sparsity=0.6"}, 2, "--output"),
          std::tuple(QStringList{"--vary", "sparsity=0.6", "-o", "missing/x.csv"}, 1, "missing")}) {
      const Outcome outcome = sweep(arguments);
      QVERIFY2(outcome.status == status && outcome.is_one_sentence() && outcome.errors.contains(words),
               qPrintable(arguments.join(' ') + ": " + outcome.describe()));
    }
    QCOMPARE(text("kept.csv"), kept);
    QVERIFY(!QFile::exists(folder_.filePath("x.csv")));
  }

  void what_cannot_be_drawn_or_measured_says_why() {
    // All degrees of a dense network are alike or nearly so: no power law. CSTI wants a layer as large as its images.
    const Outcome outcome = sweep({"--vary", "model=dnm,dense,csti", "--measures", "gamma,L", "-o", "reasons.csv"});
    if (outcome.errors.contains("not part of this build")) QSKIP("CSTI needs training");
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY2(outcome.output.contains("γ n/a for 3 of 9 networks (first at model dense, seed 0): "),
             outcome.output.constData());
    const QByteArray table = text("reasons.csv");
    QVERIFY(table.contains("\ndense,0,52,672,,,the fit"));
    QVERIFY(table.contains("\ncsti,0,,,,,\"the network's first layer has 16 neurons"));
    // Where nothing can be drawn, the command fails by that reason.
    const Outcome none = sweep({"--vary", "model=csti", "--measures", "L", "-o", "none.csv"});
    QVERIFY2(none.status == 1 && none.is_one_sentence() && none.errors.contains("no network of the sweep"),
             qPrintable(none.describe()));
  }

#ifdef DNM_STUDIO
  void figures_carry_their_command() {
    for (const QStringList& varied :
         {QStringList{"sparsity=0.5:0.9:4"}, QStringList{"sparsity=0.5:0.9:3", "border=wrap,bounded"}}) {
      QStringList arguments = varied + QStringList{"--measures", "L,Q", "--seeds", "0,1"};
      const QString name = QString::number(varied.size());
      arguments += QStringList{"--figure", name + ".svg", "-o", name + ".csv"};
      const Outcome outcome = sweep(arguments);
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      const QByteArray svg = text(name + ".svg");
      QVERIFY(svg.contains("dnm sweep --layers 16,24,12") && svg.contains("dnm-session"));
      QVERIFY(svg.contains("modularity") && svg.contains("sparsity s"));
    }
  }
#endif
};

DNM_TEST(TestSweepCommand)
#include "test_sweep.moc"
