// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "core/models/model_parameters.h"
#include "tests/support/test_class.h"

using dnm::ComparisonReport;

namespace {

/// Cells of one line of CSV, by RFC 4180.
QStringList csv_cells(const QString& line) {
  QStringList cells{""};
  bool quoted = false;
  for (qsizetype i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      cells.append("");
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

/// Cells of one line of a Markdown table.
QStringList markdown_cells(QString line) {
  line.replace("\\|", "\x01");
  QStringList cells = line.split('|').mid(1);
  cells.removeLast();
  for (QString& cell : cells) cell = cell.trimmed().replace("\x01", "|");
  return cells;
}

/// A row whose runs end with these test accuracies (last, best, at best validation).
struct Accuracies {
  double last, best, at_best_validation = 0.0;
};
ComparisonReport::Row row(std::string id, const std::string& name, const std::string& command, std::uint64_t links,
                          const std::vector<Accuracies>& runs, std::int64_t validation = 0) {
  ComparisonReport::Row made{std::move(id)};
  made.experiment.name = name;
  made.initialiser = name;
  made.experiment.command_line = command;
  made.experiment.start.training.validation = validation;
  for (const Accuracies& accuracies : runs) {
    dnm::ExperimentRun run;
    for (const double test : {accuracies.best, accuracies.at_best_validation, accuracies.last}) {
      dnm::EpochResult epoch;
      epoch.epoch = static_cast<int>(run.epochs.size()) + 1;
      epoch.values.set("test_accuracy", test);
      epoch.values.set("links", static_cast<double>(links));
      if (validation > 0) epoch.values.set("validation_accuracy", test == accuracies.at_best_validation ? 0.9 : 0.8);
      run.epochs.push_back(epoch);
    }
    made.experiment.runs.push_back(run);
  }
  return made;
}

ComparisonReport report() {
  ComparisonReport::Row three =
      row("random", "Random", "dnm train --seeds 0,1,2", 61465, {{0.87, 0.88}, {0.88, 0.89}, {0.89, 0.90}});
  three.published = 87.34;
  const ComparisonReport::Row one =
      row("fc", R"(FC, "dense")", R"(dnm train --data-dir '/a "b"/c, d')", 6146528, {{0.9, 0.91}});
  ComparisonReport::Row failed = row("snip", "SNIP", "dnm train", 0, {});
  failed.published = 87.85;
  failed.experiment.runs.emplace_back();
  failed.experiment.runs.front().progress.problem = "cannot read a|b, \"c\"; look";
  ComparisonReport::Row held_out =
      row("random", "Random", "dnm train --validation 5000", 61465, {{0.86, 0.87, 0.85}, {0.86, 0.87, 0.87}}, 5000);
  held_out.published = 87.34;
  return {"Fashion-MNIST",
          {784, 1568, 10},
          "0.99",
          100,
          "0,1,2",
          "dnm compare -o 'a b'",
          {three, one, failed, held_out},
          {{"static", "Static", ""}}};
}

}  // namespace

/// The files of dnm compare: cells, quotes and what stays empty.
class TestComparisonReport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void csv_is_read_back() {
    const QStringList lines = QString::fromStdString(report_csv(report())).trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    const QStringList head = csv_cells(lines[0]);
    for (const QString& line : lines) QCOMPARE(csv_cells(line).size(), head.size());
    const auto cell = [&](int row, const char* column) {
      return csv_cells(lines[row + 1])[head.indexOf(QString(column))];
    };
    QCOMPARE(cell(0, "links"), "61465");
    QCOMPARE(cell(0, "runs"), "3");
    QCOMPARE(cell(0, "last_mean").toDouble(), 0.88);
    // sd 0.01 over sqrt 3
    QVERIFY(std::abs(cell(0, "last_se").toDouble() - 0.0057735) < 1e-6);
    QCOMPARE(cell(0, "at_best_validation_mean"), "");
    QCOMPARE(cell(0, "published").toDouble(), 0.8734);
    QCOMPARE(cell(1, "label"), R"(FC, "dense")");
    QCOMPARE(cell(1, "command"), R"(dnm train --data-dir '/a "b"/c, d')");
    QCOMPARE(cell(1, "last_mean").toDouble(), 0.9);
    QCOMPARE(cell(1, "last_se"), "");
    QCOMPARE(cell(1, "published"), "");
    QCOMPARE(cell(2, "problem"), R"(cannot read a|b, "c"; look)");
    QCOMPARE(cell(2, "runs"), "0");
    QCOMPARE(cell(2, "last_mean") + cell(2, "best_on_test_mean"), "");
    QCOMPARE(cell(3, "validation_images"), "5000");
    QCOMPARE(cell(3, "at_best_validation_mean").toDouble(), 0.86);
    QCOMPARE(cell(3, "last_se").toDouble(), 0.0);
  }

  void markdown_has_a_table_per_group() {
    const QString page = QString::fromStdString(report_markdown(report()));
    QVERIFY(page.contains("784-1568-10, sparsity 0.99, 100 epochs, seeds 0,1,2"));
    QVERIFY(page.contains("\n    dnm compare -o 'a b'\n"));
    QList<QStringList> rows;
    for (const QString& line : page.split('\n')) {
      if (line.startsWith('|')) rows.append(markdown_cells(line));
    }
    const QList<QStringList> expected{
        {"initialiser", "links", "runs", "last epoch", "best on test", "published"},
        {"---", "---", "---", "---", "---", "---"},
        {"Random", "61,465", "3", "88.00 ± 0.58", "89.00 ± 0.58", "87.34"},
        {R"(FC, "dense")", "6,146,528", "1", "90.00", "91.00", ""},
        {"SNIP", "", "", R"(failed: cannot read a|b, "c"; look)", "", "87.85"},
        {"initialiser", "links", "runs", "last epoch", "best on test", "at best validation"},
        {"---", "---", "---", "---", "---", "---"},
        {"Random", "61,465", "2", "86.00 ± 0.00", "87.00 ± 0.00", "86.00 ± 1.00"},
    };
    QCOMPARE(rows, expected);
    QVERIFY(page.indexOf("## All training examples") < page.indexOf("## 5,000 training examples held out"));
    QVERIFY(page.contains("\nPublished: ") && page.contains("\n    dnm train --validation 5000\n"));
  }

  /// Rules as columns, initialisers as rows; a cell that is not there yet is empty, a failure says why.
  void several_rules_are_columns() {
    ComparisonReport several = report();
    several.methods = {{"static", "Static", ""}, {"set", "SET", ""}, {"chts", "CHTs", ""}};
    several.rows = {row("random", "Random", "a", 10, {{0.80, 0.81}, {0.82, 0.83}}),
                    row("random", "Random", "b", 10, {{0.90, 0.91}}), row("bsw", "B_S%W", "c", 10, {{0.70, 0.72}}),
                    row("bsw", "B_S%W", "d", 0, {}), row("random", "Random", "e", 10, {{0.60, 0.65, 0.63}}, 5000)};
    several.rows[1].experiment.start.training.method = "chts";
    several.rows[1].published = 90.42;
    several.rows[4].published = 90.42;  // not comparable with examples held out
    several.rows[3].experiment.start.training.method = "set";
    several.rows[3].experiment.runs.emplace_back().progress.problem = "no data";
    const QString page = QString::fromStdString(report_markdown(several));
    QList<QStringList> rows;
    for (const QString& line : page.split('\n'))
      if (line.startsWith('|') && !line.startsWith("|---")) rows.append(markdown_cells(line));
    const QStringList head{"initialiser", "Static", "SET", "CHTs"};
    const QList<QStringList> expected{head,
                                      {"Random", "81.00 ± 1.00", "", "90.00"},
                                      {"B_S%W", "70.00", "failed: no data", ""},
                                      head,
                                      {"Random", "82.00 ± 1.00", "", "91.00 (90.42)"},
                                      {"B_S%W", "72.00", "failed: no data", ""},
                                      head,
                                      {"Random", "60.00", "", ""},
                                      head,
                                      {"Random", "65.00", "", ""},
                                      head,
                                      {"Random", "63.00", "", ""}};
    QCOMPARE(rows, expected);
    QVERIFY(page.contains("\nIn brackets: ") && !page.contains("rewired by"));
    ComparisonReport one = report();
    one.methods = {{"chts", "CHTs", ""}};
    QVERIFY(QString::fromStdString(report_markdown(one)).contains("seeds 0,1,2, rewired by CHTs. Test accuracy"));
    const QString latex = QString::fromStdString(report_latex(several));
    QCOMPARE(latex.count("\\begin{tabular}{lrrr}"), 5);
    QVERIFY(latex.contains(" & Static & SET & CHTs \\\\\n"));
    QVERIFY2(latex.contains("Random & $82.00 \\pm 1.00$ & -- & $91.00$ \\\\\n"), qPrintable(latex));
    QVERIFY(latex.contains("B\\_S\\%W & $72.00$ & -- & -- \\\\\n"));
    const QStringList lines = QString::fromStdString(report_csv(several)).trimmed().split('\n');
    const qsizetype method = csv_cells(lines[0]).indexOf("method");
    QCOMPARE(csv_cells(lines[2]).value(method), "chts");
    QCOMPARE(csv_cells(lines[3]).value(method), "static");
  }

  /// The window's experiments make the tables of dnm compare: the same cells in text and picture.
  void experiments_are_such_a_report() {
    std::vector<dnm::Experiment> experiments;
    const auto add = [&](const char* model, const char* rule, const std::vector<Accuracies>& runs) {
      dnm::Experiment one = row("", model, std::string("dnm train --model ") + model, 10, runs).experiment;
      dnm::set_from_text(one.start.parameters, "model", model);
      one.start.training.method = rule;
      one.start.training.epochs = 3;
      for (std::size_t seed = 0; seed < one.runs.size(); ++seed) {
        one.runs[seed].seed = seed;
        one.runs[seed].progress.epochs = 3;
      }
      experiments.push_back(std::move(one));
    };
    add("random", "chts", {{0.90, 0.91}});
    add("random", "static", {{0.80, 0.81}, {0.82, 0.83}});
    add("bsw", "static", {{0.70, 0.72}});
    add("bsw", "set", {});
    experiments.back().runs.emplace_back().progress.problem = "no data";
    add("random", "static", {{0.60, 0.61}});  // again
    const ComparisonReport made = dnm::report_of(experiments);
    QCOMPARE(made.epochs, std::int64_t{3});
    QCOMPARE(made.sparsity, std::string("0.9"));
    QCOMPARE(made.seeds, std::string("of each row's own"));
    const QString page = QString::fromStdString(report_markdown(made));
    QList<QStringList> rows;
    for (const QString& line : page.section("##", 1, 1).split('\n'))
      if (line.startsWith('|') && !line.startsWith("|---")) rows.append(markdown_cells(line));
    const QList<QStringList> expected{{"initialiser", "Static", "SET", "CHTs"},
                                      {"Random", "81.00 ± 1.00", "", "90.00"},
                                      {"BSW", "70.00", "failed: no data", ""},
                                      {"Random (2)", "60.00", "", ""}};
    QCOMPARE(rows, expected);
    QVERIFY(!page.contains("Made by") && page.contains("dnm train --model bsw"));

    const dnm::Comparison picture = dnm::rule_comparison(made, dnm::RuleFigure::last);
    QVERIFY(picture.as_table && picture.percent);
    QCOMPARE(picture.figures, (std::vector<std::string>{"Static", "SET", "CHTs"}));
    QCOMPARE(picture.groups.size(), std::size_t{3});
    for (std::size_t group = 0; group < 3; ++group) {
      const QStringList& row_of = expected[static_cast<qsizetype>(group) + 1];
      QCOMPARE(QString::fromStdString(picture.groups[group].name), row_of[0]);
      for (std::size_t column = 0; column < 3; ++column) {
        const dnm::ComparedValue& value = picture.groups[group].values[column];
        const QString cell = QString::fromStdString(compared_text(value, true)).remove(" %");
        const QString& said = row_of[static_cast<qsizetype>(column) + 1];
        QCOMPARE(cell, said.startsWith("failed") ? "" : said);
        QCOMPARE(value.words.empty(), !said.startsWith("failed"));
      }
    }
    QCOMPARE(dnm::rule_comparison(made, dnm::RuleFigure::best_on_test).groups[0].values[0].mean, 0.82);

    const std::vector<std::string> two{"chts", "static"};
    const ComparisonReport chosen = dnm::report_of(experiments, two);
    QCOMPARE(dnm::rule_comparison(chosen, dnm::RuleFigure::last).figures, (std::vector<std::string>{"Static", "CHTs"}));
    QCOMPARE(chosen.rows.size(), std::size_t{4});
    QVERIFY(dnm::report_of({}).rows.empty() &&
            dnm::rule_comparison(dnm::report_of({}), dnm::RuleFigure::last).groups.empty());
  }

  /// As the bars do, the table says that its figures are of runs of different length.
  void a_table_of_runs_of_different_length_says_so() {
    const auto trained = [](const char* rule, int epochs) {
      dnm::Experiment experiment;
      experiment.start.training.method = rule;
      experiment.start.training.epochs = epochs;
      dnm::ExperimentRun& run = experiment.runs.emplace_back();
      run.waiting = false;
      run.progress.state = dnm::RunState::finished;
      run.progress.epochs = epochs;
      for (int epoch = 1; epoch <= epochs; ++epoch) {
        run.epochs.push_back({0, epoch});
        run.epochs.back().values.set("test_accuracy", 0.5);
      }
      return experiment;
    };
    const std::vector<dnm::Experiment> different{trained("static", 40), trained("set", 3)};
    const std::string bars = dnm::experiment_comparison(different).note;
    QVERIFY2(bars.find("from 3 to 40") != std::string::npos, bars.c_str());
    QCOMPARE(dnm::rule_comparison(dnm::report_of(different), dnm::RuleFigure::last).note, bars);
    const std::vector<dnm::Experiment> alike{trained("static", 3), trained("set", 3)};
    QVERIFY(dnm::rule_comparison(dnm::report_of(alike), dnm::RuleFigure::last).note.empty());
  }

  void what_was_published_is_named_only_where_it_can_be_compared() {
    ComparisonReport other = report();
    for (ComparisonReport::Row& row : other.rows) row.published.reset();
    other.epochs = 1;
    const QString page = QString::fromStdString(report_markdown(other));
    QVERIFY(!page.contains("poster") && !page.contains("published", Qt::CaseInsensitive));
    QVERIFY(page.contains(", 1 epoch,"));
  }
};

DNM_TEST(TestComparisonReport)
#include "test_comparison_report.moc"
