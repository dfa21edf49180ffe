// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "tests/training/samples.h"

/// dnm compare on small image files: the table, and that it continues where it was.
class TestCompare : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  Outcome compare(const QStringList& more) const {
    return run_dnm(QStringList{"compare", "-o", "out", "--data-dir", "data", "--hidden", "60,40", "--sparsity", "0.8",
                               "--epochs", "2", "--seeds", "0,3", "--engine", "sparse"} +
                       more,
                   folder_.path());
  }
  QByteArray text(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() { samples::write_data_set(folder_.filePath("data").toStdString(), 400, 100); }

  /// A file says what options would, and options count before it.
  void a_file_says_the_same_as_options() {
    QFile file(folder_.filePath("rows.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"title": "t", "description": "d", "rows": ["random", "bsw"], "seeds": [0, 3], "sparsity": 0.7,
                   "validation": 0, "training": {"epochs": 1, "method": ["static", "set"]}})");
    file.close();
    const QStringList common{"--data-dir", "data", "--hidden", "60,40", "--sparsity", "0.8", "--engine", "sparse"};
    const Outcome by_file = run_dnm(QStringList{"compare", "rows.json", "-o", "by-file"} + common, folder_.path());
    QVERIFY2(by_file.status == 0, qPrintable(by_file.describe()));
    const Outcome by_options =
        run_dnm(QStringList{"compare", "-o", "by-options", "--rows", "random,bsw", "--seeds", "0,3", "--validation",
                            "0", "--epochs", "1", "--method", "static,set"} +
                    common,
                folder_.path());
    QVERIFY2(by_options.status == 0, qPrintable(by_options.describe()));
    // Without the command above the tables.
    const auto tables = [&](const QString& folder) {
      const QByteArray tex = text(folder + "/comparison.tex");
      return tex.mid(tex.indexOf("\\begin"));
    };
    QVERIFY(tables("by-options").contains("SET"));
    QCOMPARE(tables("by-file"), tables("by-options"));
    for (const auto& [content, says] :
         {std::pair(R"({"rows": ["random"], "seed": [0]})", "did you mean \"seeds\"?"),
          std::pair(R"({"rows": ["random"], "training": {"epoch": 1}})", "did you mean \"epochs\"?"),
          std::pair(R"({"row": ["random"]})", "names its rows"), std::pair("{", "no JSON")}) {
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(content);
      file.close();
      const Outcome refused = run_dnm({"compare", "rows.json", "-o", "refused"}, folder_.path());
      QVERIFY2(refused.is_one_sentence() && refused.errors.contains(says), refused.errors.constData());
    }
  }

  void writes_the_table_that_single_runs_give() {
    const Outcome outcome = compare({"--rows", "fc,random", "--validation", "50"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QByteArray> lines = text("out/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    const QList<QByteArray> random = lines[4].split(',');
    QCOMPARE(random[0], QByteArray("random"));
    QCOMPARE(random[2], QByteArray("50"));
    QCOMPARE(random[3].toInt(), 784 * 60 / 5 + 60 * 40 / 5);
    QCOMPARE(random[4], QByteArray("2"));
    QCOMPARE(lines[1].split(',')[4], QByteArray("1"));  // the dense net: one seed, hence no standard error
    QVERIFY(lines[1].split(',')[6].isEmpty());
    // The command that stands in the table gives the same figures.
    const QByteArray command = lines[4].mid(lines[4].indexOf("\"dnm train") + 1).chopped(1);
    const Outcome single =
        run_dnm(QString::fromUtf8(command).split(' ').mid(1) + QStringList{"--json"}, folder_.path());
    QVERIFY2(single.status == 0, qPrintable(single.describe()));
    const QJsonObject summary = single.json_lines().back()["summary"].toObject();
    const auto near = [&](const char* key, int column) {
      return std::abs(summary[key].toObject()["mean"].toDouble() - random[column].toDouble()) < 1e-6 &&
             std::abs(summary[key].toObject()["se"].toDouble() - random[column + 1].toDouble()) < 1e-6;
    };
    QVERIFY(near("last", 5) && near("best_on_test", 7) && near("at_best_validation", 9));
    const QByteArray page = text("out/comparison.md");
    QVERIFY(page.contains("| Random |") && page.contains("dnm compare -o out") && page.contains(command));
  }

  void continues_where_it_was() {
    const QByteArray table = text("out/comparison.csv");
    const QByteArray epochs = text("out/runs/random/seed-3/epochs.csv");
    QCOMPARE(epochs.count('\n'), 3);
    // A run is lost; the others are not trained again, and the table comes out the same.
    QVERIFY(QDir(folder_.filePath("out/runs/random/seed-0")).removeRecursively());
    QCOMPARE(compare({"--rows", "fc,random", "--validation", "50"}).status, 0);
    QCOMPARE(text("out/comparison.csv"), table);
    QCOMPARE(text("out/runs/random/seed-3/epochs.csv"), epochs);
    // Other settings in the same folder are refused.
    const Outcome other = compare({"--rows", "random", "--validation", "50", "--lr", "0.01"});
    QCOMPARE(other.status, 1);
    QVERIFY2(other.errors.contains("lr"), other.errors.constData());
  }

  /// Whatever cannot continue is found before anything is written, and a row that fails later takes no figure away.
  void tables_with_figures_stay_when_runs_cannot_continue() {
    const QStringList both{"--rows", "random,bsw", "--validation", "0", "--method", "static,chts", "-o", "kept"};
    QCOMPARE(compare(both).status, 0);
    const QByteArray csv = text("kept/comparison.csv"), page = text("kept/comparison.md");
    QCOMPARE(csv.count('\n'), 5);
    // The last row alone cannot continue: none is trained.
    QVERIFY(QDir(folder_.filePath("kept/runs/random-chts")).removeRecursively());
    const Outcome longer = compare(both + QStringList{"--epochs", "8"});
    QCOMPARE(longer.status, 1);
    QVERIFY2(longer.is_one_sentence() && longer.errors.contains("was started with epochs 2, not 8; compare with") &&
                 longer.errors.contains("(-o)"),
             qPrintable(longer.describe()));
    QVERIFY(!QFile::exists(folder_.filePath("kept/runs/random-chts")));
    QCOMPARE(text("kept/comparison.csv"), csv);
    QCOMPARE(text("kept/comparison.md"), page);
    // Another network is seen only as the runs continue.
    const Outcome sparser = compare(both + QStringList{"--sparsity", "0.9"});
    QCOMPARE(sparser.status, 1);
    QVERIFY2(sparser.errors.contains("another network") && sparser.errors.contains("stay as they were"),
             qPrintable(sparser.describe()));
    QCOMPARE(text("kept/comparison.csv"), csv);
    QCOMPARE(text("kept/comparison.md"), page);
  }

  /// Nothing but their data are missing here.
  void comparisons_that_ship_can_be_run() {
    QVERIFY(QDir(folder_.path()).mkpath("no-data"));
    int comparisons = 0;
    const QDir shipped(QString(dnm::test::source_folder()) + "/resources/experiments");
    for (const QString& name : shipped.entryList({"*.json"})) {
      QFile file(shipped.filePath(name));
      QVERIFY(file.open(QIODevice::ReadOnly));
      const QJsonObject content = QJsonDocument::fromJson(file.readAll()).object();
      if (!content.contains("rows")) continue;
      ++comparisons;
      QVERIFY2(!content["title"].toString().isEmpty() && content["description"].toString().endsWith('.'),
               qPrintable(name));
      const QString id = QString(name).chopped(5);
      const Outcome outcome = run_dnm({"compare", id, "-o", "shipped", "--data-dir", "no-data"}, folder_.path());
      QVERIFY2(outcome.status == 1 && outcome.errors.contains("dnm: cannot find "), qPrintable(outcome.describe()));
    }
    QVERIFY(comparisons >= 6);
  }

  void fewer_rows_than_before_are_said() {
    const QStringList wanted{"--validation", "0", "-o", "fewer"};
    QCOMPARE(compare(wanted + QStringList{"--rows", "random,bsw"}).status, 0);
    const QByteArray csv = text("fewer/comparison.csv");
    const Outcome fewer = compare(wanted + QStringList{"--rows", "random"});
    QVERIFY2(fewer.status == 0 && fewer.errors.contains("1 row of this command alone, instead of 2"),
             qPrintable(fewer.describe()));
    QCOMPARE(text("fewer/comparison.csv").count('\n'), 2);
    const Outcome both = compare(wanted + QStringList{"--rows", "random,bsw"});
    QVERIFY2(both.status == 0 && !both.errors.contains("instead of"), qPrintable(both.describe()));
    QCOMPARE(text("fewer/comparison.csv"), csv);
  }

  /// A rule whose density falls begins denser than the others, and they do not begin with it.
  void each_rule_begins_at_its_own_density() {
    for (const char* methods : {"static,gmp", "gmp,static"}) {
      const QString folder = methods;
      const Outcome outcome =
          compare({"--rows", "random", "--validation", "0", "--method", methods, "--sparsity", "0.9", "-o", folder});
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      const auto first_links = [&](const char* run) {
        const QByteArray config = text(folder + "/runs/" + run + "/seed-3/config.json");
        const QJsonArray links = QJsonDocument::fromJson(config).object()["links"].toArray();
        return links[0].toInt();
      };
      QCOMPARE(first_links("random-gmp"), 5 * first_links("random"));
    }
  }

  /// Every cell is what one run under its rule gives; dense networks stand under none but the static one.
  void takes_rules_as_columns() {
    const QStringList rules{"--rows",         "dense-equal,random",
                            "--validation",   "0",
                            "--method",       "static,set,chts",
                            "--zeta",         "0.2",
                            "--rewire-every", "1"};
    const Outcome outcome = compare(rules);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains("dense-equal"), outcome.errors.constData());
    QVERIFY2(outcome.output.contains("Random, CHTs: last"), outcome.output.constData());
    const QList<QByteArray> lines = text("out/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].endsWith(",data,sparsity,method,command"));
    QByteArrayList methods;
    for (const QByteArray& line : lines.mid(1)) {
      const QByteArray before_command = line.left(line.indexOf(",\"dnm train"));
      methods << line.split(',').value(0) + " " + before_command.mid(before_command.lastIndexOf(',') + 1);
    }
    QCOMPARE(methods, QByteArrayList({"dense-equal static", "random static", "random set", "random chts"}));
    for (const char* folder : {"random", "random-set", "random-chts"}) {
      const QString run = QString("out/runs/") + folder + "/seed-3/";
      QCOMPARE(text(run + "epochs.csv").count('\n'), 3);
      QCOMPARE(QFile::exists(folder_.filePath(run + "updates.csv")), QByteArray(folder) != "random");
      const QByteArray first_weights = QByteArray(folder) == "random-set" ? "kaiming" : "swi";
      QVERIFY(text(run + "config.json").contains("\"weight-init\": \"" + first_weights + "\""));
    }
    QVERIFY(text("out/comparison.md").contains("| initialiser | Static | SET | CHTs |"));
    QVERIFY(text("out/comparison.tex").contains(" & Static & SET & CHTs"));
    const QByteArray command = lines[4].mid(lines[4].indexOf("\"dnm train") + 1).chopped(1);
    QVERIFY2(command.contains("--method chts") && command.contains("--zeta 0.2"), command.constData());
    const Outcome single =
        run_dnm(QString::fromUtf8(command).split(' ').mid(1) + QStringList{"--json"}, folder_.path());
    QVERIFY2(single.status == 0, qPrintable(single.describe()));
    const double mean = single.json_lines().back()["summary"].toObject()["last"].toObject()["mean"].toDouble();
    QVERIFY(std::abs(mean - lines[4].split(',')[5].toDouble()) < 1e-6);
    for (const auto& [methods_given, status, words] :
         {std::tuple{"set,sett", 2, "did you mean"}, {"set,set", 1, "twice"}, {",", 1, "empty"}}) {
      const Outcome refused = compare({"--rows", "random", "--method", methods_given});
      QVERIFY2(refused.status == status && refused.errors.contains(words), refused.errors.constData());
    }
    const Outcome foreign = compare({"--rows", "random", "--method", "static,rigl", "--tau-end", "4"});
    QVERIFY2(foreign.status == 1 && foreign.errors.contains("tau-end"), foreign.errors.constData());
  }

  /// Every group of columns is what a comparison with that data set and sparsity alone gives; the dense net, which has
  /// no sparsity, is trained once for each data set.
  void takes_several_data_sets_and_sparsities() {
    const QStringList common{"--hidden",      "40,40",      "--epochs", "1",        "--seeds", "0,3",          "--rows",
                             "fc,random,bsw", "--data-dir", "data",     "--engine", "sparse",  "--validation", "0"};
    const Outcome outcome = run_dnm(QStringList{"compare", "-o", "grid", "--data", "mnist,fashion-mnist", "--sparsity",
                                                "0.7,0.9", "--method", "static,set"} +
                                        common,
                                    folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray page = text("grid/comparison.md");
    for (const char* title : {"## MNIST, sparsity 0.7, all training examples: last epoch",
                              "## Fashion-MNIST, sparsity 0.9, all training examples: best on test"})
      QVERIFY2(page.contains(title), page.constData());
    const QList<QByteArray> lines = text("grid/comparison.csv").trimmed().split('\n');
    QMap<QByteArray, QByteArray> found;
    for (const QByteArray& line : lines.mid(1)) {
      const QList<QByteArray> before = line.left(line.indexOf(",\"dnm train")).split(',');
      const QByteArray key = before[0] + " " + before.mid(before.size() - 3).join(' ');
      QVERIFY2(!found.contains(key), key.constData());
      found[key] = before[5] + " " + before[7];
    }
    for (const char* run : {"fc-mnist-0.7/seed-0", "random-set-fashion-mnist-0.9/seed-3"})
      QVERIFY2(QFile::exists(folder_.filePath(QString("grid/runs/%1/epochs.csv").arg(run))), run);
    QVERIFY(!QFile::exists(folder_.filePath("grid/runs/fc-mnist-0.9")));
    const Outcome figure =
        run_dnm({"figure", "--run-dir", "grid", "--panel", "comparison", "-o", "grid.svg"}, folder_.path());
    QVERIFY2(figure.status == 0, qPrintable(figure.describe()));
    QCOMPARE(found.size(), 2 * (1 + 2 * 4));  // FC under the static rule alone, two rows under two rules
    for (const auto& [data, label] : {std::pair("mnist", "MNIST"), std::pair("fashion-mnist", "Fashion-MNIST")}) {
      const QString folder = QString("one-%1").arg(data);
      const Outcome one = run_dnm(
          QStringList{"compare", "-o", folder, "--data", data, "--sparsity", "0.9", "--method", "static,set"} + common,
          folder_.path());
      QVERIFY2(one.status == 0, qPrintable(one.describe()));
      for (const QByteArray& line : text(folder + "/comparison.csv").trimmed().split('\n').mid(1)) {
        const QList<QByteArray> before = line.left(line.indexOf(",\"dnm train")).split(',');
        const QByteArray sparsity = before[0] == "fc" ? "0.7" : "0.9", method = before.back();
        QCOMPARE(before[5] + " " + before[7], found[before[0] + " " + label + " " + sparsity + " " + method]);
      }
    }
    for (const auto& [option, value, says] :
         {std::tuple("--sparsity", "0.7,0.7", "twice"), std::tuple("--data", "mnist,mnist", "twice"),
          std::tuple("--sparsity", "0.7,1.5", "sparsity"), std::tuple("--data", "mnist,mnit", "mnit")}) {
      const Outcome refused = run_dnm(QStringList{"compare", "-o", "refused", option, value} + common, folder_.path());
      QVERIFY2(refused.is_one_sentence() && refused.errors.contains(says), qPrintable(refused.describe()));
    }
  }

  /// A row of a file has parameters of its own, and is trained as they are on the command line.
  void takes_rows_with_parameters_of_their_own() {
    const auto write = [&](const char* rows) {
      QFile file(folder_.filePath("own.json"));
      if (file.open(QIODevice::WriteOnly)) file.write(QByteArray(R"({"rows": )") + rows + "}");
    };
    write(R"(["random", {"id": "five", "label": "Five dendrites", "model": {"dendrites": "fixed:5", "model": "dnm"}},
              {"id": "hubs", "label": "Hubs", "preset": "poster-c", "model": {"dendrites": "fixed:2"}}])");
    const QStringList common{"--hidden",   "40,40", "--epochs", "1",      "--seeds",      "0", "--sparsity", "0.8",
                             "--data-dir", "data",  "--engine", "sparse", "--validation", "0"};
    const Outcome outcome = run_dnm(QStringList{"compare", "own.json", "-o", "own"} + common, folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QByteArray> lines = text("own/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[2].startsWith("five,Five dendrites,"));
    const auto command = [&](int line) { return lines[line].mid(lines[line].indexOf("\"dnm train") + 1).chopped(1); };
    QVERIFY2(command(2).contains("--model dnm") && command(2).contains("--dendrites fixed:5"), command(2).constData());
    QVERIFY2(command(3).contains("--degree spatial-gaussian") && command(3).contains("--dendrites fixed:2"),
             command(3).constData());
    QVERIFY(QFile::exists(folder_.filePath("own/runs/five/seed-0/epochs.csv")));
    for (const auto& [rows, says] :
         {std::pair(R"([{"id": "random", "label": "x", "model": {}}])", "another id"),
          std::pair(R"([{"id": "a/b", "label": "x", "model": {}}])", "letters"),
          std::pair(R"([{"id": "x", "model": {}}])", "\"label\""),
          std::pair(R"([{"id": "x", "label": "x", "model": {"dendrite": "fixed:5"}}])", "did you mean \"dendrites\"?"),
          std::pair(R"([{"id": "x", "label": "x", "model": {"sparsity": 0.5}}])", "not known"),
          std::pair(R"([{"id": "x", "label": "x", "models": {}}])", "did you mean \"model\"?"),
          std::pair(R"([{"id": "x", "label": "x", "preset": "poster-z"}])", "poster-z"),
          std::pair(R"(["random"], "rows": ["bsw"])", "twice")}) {
      write(rows);
      const Outcome refused = run_dnm({"compare", "own.json", "-o", "refused"}, folder_.path());
      QVERIFY2(refused.is_one_sentence() && refused.errors.contains(says), qPrintable(refused.describe()));
    }
  }

  void takes_every_data_set_in_every_format_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("packing");
    QTest::addColumn<QString>("subfolder");
    using samples::Packing;
    const auto row = [](const char* name, const QString& id, Packing packing, const char* subfolder = "") {
      QTest::newRow(name) << id << static_cast<int>(packing) << QString(subfolder);
    };
    row("Fashion-MNIST, plain", "fashion-mnist", Packing::plain);
    row("Fashion-MNIST, gzip", "fashion-mnist", Packing::compressed);
    for (const dnm::DataSetInfo& info : dnm::data_set_table()) {
      const auto id = QString::fromUtf8(info.id.data());
      if (id != "fashion-mnist") row(info.id.data(), id, Packing::compressed);
    }
    row("MNIST, plain", "mnist", Packing::plain);
    row("CIFAR-10, as it is unpacked", "cifar-10", Packing::plain, "/cifar-10-batches-bin");
  }
  void takes_every_data_set_in_every_format() {
    QFETCH(const QString, id);
    QFETCH(const int, packing);
    QFETCH(const QString, subfolder);
    const dnm::DataSetInfo& info = dnm::data_set_info(id.toStdString());
    const QString out = QString(QTest::currentDataTag()).replace(' ', '-');
    const std::string files = folder_.filePath(out + "-data" + subfolder).toStdString();
    if (info.format == dnm::DataSetFormat::cifar) {
      samples::write_cifar(files, 20, 20);
    } else {
      samples::write_idx_set(files, info, 100, 20, static_cast<samples::Packing>(packing));
    }
    // SNIP reads the files, too.
    const QStringList rows{"random", "snip"};
    const QString sparsity = packing == 0 ? "0.99" : "0.5";
    const double density = 1.0 - sparsity.toDouble();
    const Outcome outcome = run_dnm({"compare",    "-o",          out,        "--data",       id,
                                     "--data-dir", out + "-data", "--hidden", "20,10",        "--sparsity",
                                     sparsity,     "--epochs",    "1",        "--seeds",      "1",
                                     "--engine",   "sparse",      "--rows",   rows.join(','), "--validation",
                                     "20"},
                                    folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QByteArray> lines = text(out + "/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 1 + 2 * rows.size());
    const auto inputs = static_cast<int>(info.inputs());
    for (qsizetype i = 1; i < lines.size(); ++i) {
      const QList<QByteArray> cells = lines[i].split(',');
      QCOMPARE(cells[0], rows[(i - 1) % rows.size()].toUtf8());
      QCOMPARE(cells[3].toInt(), qRound(density * inputs * 20) + qRound(density * 20 * 10));
      QVERIFY(cells[5].toDouble() >= 0.0 && cells[5].toDouble() <= 1.0 && !cells[5].isEmpty());
      QCOMPARE(cells[9].isEmpty(), cells[2] == "0");
    }
    const QByteArray page = text(out + "/comparison.md");
    const QString net = QString("Layers %1-20-10-%2, ").arg(inputs).arg(info.classes);
    QVERIFY2(page.contains(net.toUtf8()) && page.contains(info.label.data()), page.constData());
    QCOMPARE(page.contains("| published |"), id == "fashion-mnist" && sparsity == "0.99");
  }

  void a_row_that_fails_does_not_stop_the_others() {
    QDir(folder_.path()).mkpath("failed/runs");
    samples::write_file(folder_.filePath("failed/runs/random").toStdString(), "in the way");
    const Outcome outcome = run_dnm({"compare", "-o", "failed", "--data-dir", "data", "--hidden", "12,8", "--epochs",
                                     "1", "--seeds", "0", "--rows", "random,fc", "--validation", "0"},
                                    folder_.path());
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.startsWith("note: Random: cannot make the run folder"), outcome.errors.constData());
    QVERIFY2(outcome.errors.endsWith("dnm: 1 of 2 rows failed; the same command tries them again\n"),
             outcome.errors.constData());
    QVERIFY2(outcome.output.startsWith("FC (dense): last ") && outcome.output.count('\n') == 1,
             outcome.output.constData());
    const QList<QByteArray> lines = text("failed/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[1].startsWith("random,Random,0,0,0,,,,,,,0.8734,\"cannot make"), lines[1].constData());
    QVERIFY2(lines[2].startsWith("fc,FC (dense),0,9504,1,0."), lines[2].constData());
  }

  /// At this sparsity a layer of 2 x 2 has no link, but for the dense net.
  void two_rows_that_fail_alike_are_both_in_the_table() {
    const Outcome outcome =
        run_dnm({"compare", "-o", "alike", "--data-dir", "data", "--hidden", "2,2", "--sparsity", "0.9", "--epochs",
                 "1", "--seeds", "0", "--rows", "fc,random,bsw", "--validation", "0"},
                folder_.path());
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.endsWith("dnm: 2 of 3 rows failed; the same command tries them again\n"),
             outcome.errors.constData());
    const QList<QByteArray> lines = text("alike/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[2].contains("without a single link") && lines[3].contains("without a single link"),
             lines[3].constData());
  }

  /// A tenth of the 400 training images, since 5,000 are more than there are.
  void a_small_set_holds_a_tenth_out() {
    const Outcome outcome = run_dnm({"compare", "-o", "tenth", "--data-dir", "data", "--hidden", "12,8", "--sparsity",
                                     "0.5", "--epochs", "1", "--seeds", "0", "--rows", "random", "--engine", "sparse"},
                                    folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QByteArray> lines = text("tenth/comparison.csv").trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1].split(',')[2], QByteArray("0"));
    QCOMPARE(lines[2].split(',')[2], QByteArray("40"));
  }

  /// What stops every row is said once, and nothing is left behind.
  void what_stops_every_row_is_said_once() {
    const Outcome outcome =
        run_dnm({"compare", "-o", "nothing", "--data-dir", "nowhere", "--epochs", "1", "--rows", "random,bsw,fc"},
                folder_.path());
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("nowhere"), qPrintable(outcome.describe()));
    QVERIFY(!QFile::exists(folder_.filePath("nothing")));
    const Outcome one = run_dnm(
        {"compare", "-o", "one", "--data-dir", "nowhere", "--epochs", "1", "--rows", "random", "--validation", "0"},
        folder_.path());
    QCOMPARE(one.status, 1);
    QVERIFY2(one.is_one_sentence() && one.errors.startsWith("dnm: Random: cannot find"), qPrintable(one.describe()));
    // A group that cannot be does not take the other one with it.
    const Outcome held = compare({"--rows", "random,fc", "--validation", "400"});
    QCOMPARE(held.status, 1);
    QCOMPARE(held.output.count('\n'), 2);
    QVERIFY2(held.errors.startsWith("dnm: holding 400 images") && held.errors.count('\n') == 1,
             held.errors.constData());
  }

  /// A second command keeps out; Ctrl+C ends the first as something that is not done; the same command continues.
  void stops_and_continues() {
    const QStringList arguments{"compare",    "-o",       "stopped", "--data-dir",   "data",     "--hidden", "300,200",
                                "--sparsity", "0.5",      "--rows",  "random",       "--epochs", "150",      "--seeds",
                                "0",          "--engine", "sparse",  "--validation", "0"};
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm", arguments);
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(text("stopped/runs/random/seed-0/epochs.csv").count('\n') > 2, 60000);
    const Outcome second = run_dnm(arguments, folder_.path());
    QCOMPARE(second.status, 1);
    QVERIFY2(second.is_one_sentence() && second.errors.contains("a comparison is in progress in the folder stopped"),
             qPrintable(second.describe()));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.startsWith("dnm: stopped on request; the same command") && errors.count('\n') == 1,
             errors.constData());
    QVERIFY(process.readAllStandardOutput().isEmpty());
    const QByteArray epochs = text("stopped/runs/random/seed-0/epochs.csv");
    const Outcome resumed = run_dnm(arguments, folder_.path());
    QVERIFY2(resumed.status == 0, qPrintable(resumed.describe()));
    const QByteArray all = text("stopped/runs/random/seed-0/epochs.csv");
    QVERIFY(all.startsWith(epochs) && all.count('\n') == 151);
  }

  void refuses_what_there_is_not() {
    const Outcome row = compare({"--rows", "randon"});
    QCOMPARE(row.status, 2);
    QVERIFY2(row.is_one_sentence() && row.errors.contains("random"), qPrintable(row.describe()));
    const Outcome twice = compare({"--rows", "random, random"});
    QCOMPARE(twice.status, 1);
    QVERIFY2(twice.is_one_sentence() && twice.errors.contains("twice"), qPrintable(twice.describe()));
    const Outcome none = compare({"--rows", ","});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.is_one_sentence() && none.errors.contains("--rows is empty"), qPrintable(none.describe()));
    QCOMPARE(compare({"--seeds", "1,1"}).status, 1);
    QCOMPARE(run_dnm({"compare"}).status, 2);
  }
};

DNM_TEST(TestCompare, QCoreApplication)
#include "test_compare.moc"
