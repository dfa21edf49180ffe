// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <cmath>

#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/smoothing.h"
#include "tests/support/not_finite.h"
#include "tests/support/test_class.h"
#include "tests/training/epoch_columns.h"

using namespace dnm;
using dnm::test::infinity;
using dnm::test::missing;

namespace {

EpochResult result(std::uint64_t seed, int epoch, double accuracy, std::optional<double> validation = {}) {
  EpochResult made;
  made.seed = seed;
  made.epoch = epoch;
  made.values.set("train_loss", 1.0 / epoch);
  made.values.set("train_accuracy", accuracy + 0.05);
  made.values.set("test_accuracy", accuracy);
  if (validation) made.values.set("validation_accuracy", *validation);
  made.values.set("links", 1000);
  made.values.set("seconds", 1.5);
  return made;
}

RunHistory run(std::uint64_t seed, const std::vector<double>& accuracies) {
  RunHistory history;
  for (const double accuracy : accuracies)
    history.push_back(result(seed, static_cast<int>(history.size()) + 1, accuracy));
  return history;
}

Experiment experiment(const std::string& name, std::vector<RunHistory> runs, std::size_t color = 0) {
  Experiment made;
  made.name = name;
  made.color = color;
  made.start.training.epochs = 0;
  for (RunHistory& epochs : runs) {
    ExperimentRun run;
    run.waiting = false;
    run.progress.state = RunState::finished;
    run.seed = epochs.front().seed;
    run.epochs = std::move(epochs);
    made.runs.push_back(std::move(run));
  }
  return made;
}

bool close(double a, double b) { return std::abs(a - b) < 1e-12; }

QStringList lines_of(const std::string& text) { return QString::fromStdString(text).trimmed().split('\n'); }

}  // namespace

/// Experiments as curves, comparison and tables, against values worked out by other means.
class TestExperimentCharts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_constant_stays_exactly_constant() {
    for (const double value : {0.1, 0.8734, 1.0 / 3.0, -7e9, 1e-300, 0.0}) {
      for (const double weight : {0.0, 0.1, 0.5, 0.9, 0.99}) {
        for (const double average : smoothed(std::vector<double>(500, value), weight)) QCOMPARE(average == value, true);
      }
    }
  }

  void an_impulse_decays_as_the_closed_form_says() {
    for (const double weight : {0.2, 0.6, 0.99}) {
      for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
        std::vector<double> values(60, 0.0);
        values[at] = 1.0;
        const std::vector<double> averages = smoothed(values, weight);
        for (std::size_t i = 0; i < values.size(); ++i) {
          // Weights w^(n-1) … w, 1 over their sum (1 - w^n) / (1 - w).
          const double n = static_cast<double>(i + 1);
          const double expected =
              i < at ? 0.0
                     : std::pow(weight, static_cast<double>(i - at)) * (1.0 - weight) / (1.0 - std::pow(weight, n));
          QVERIFY(close(averages[i], expected));
        }
      }
    }
  }

  void smoothing_begins_at_the_first_value_and_zero_changes_nothing() {
    const std::vector<double> values{0.3, 0.1, 0.7, 1e30, -2.0};
    QCOMPARE(smoothed(values, 0.97).front(), 0.3);
    QVERIFY(smoothed(values, 0.0) == values);
    QVERIFY(smoothed(values, -1.0) == values);
    QVERIFY(smoothed(values, missing) == values);
    QVERIFY(smoothed(values, 5.0) == smoothed(values, largest_smoothing));
    QVERIFY(smoothed({}, 0.5).empty());
  }

  void gaps_stay_gaps_and_change_nothing_else() {
    const std::vector<double> whole{0.3, 0.5, 0.4, 0.8},
        gappy{missing, 0.3, 0.5, infinity, -infinity, 0.4, missing, 0.8};
    const std::vector<double> expected = smoothed(whole, 0.7), averages = smoothed(gappy, 0.7);
    std::vector<double> kept;
    for (std::size_t i = 0; i < gappy.size(); ++i) {
      QCOMPARE(std::isnan(averages[i]), !std::isfinite(gappy[i]));
      if (std::isfinite(gappy[i])) kept.push_back(averages[i]);
    }
    QVERIFY(kept == expected);
    for (const double average : smoothed(std::vector<double>{missing, missing}, 0.5)) QVERIFY(std::isnan(average));
  }

  void curves_are_means_with_their_standard_error() {
    Experiment group = experiment("seeds", {run(0, {0.50, 0.60, 0.70}), run(1, {0.56, 0.63}), run(2, {0.53})});
    group.start.training.epochs = 100;
    Experiment other = experiment("other", {run(0, {0.4})}, 4);
    const std::vector<Chart> charts = experiment_charts(std::vector{group, other}, 0.0);
    QCOMPARE(charts.size(), std::size_t{2});
    QCOMPARE(charts[0].curves.size(), std::size_t{2});
    QCOMPARE(charts[0].last_x, 100.0);
    QVERIFY(charts[0].percent && !charts[1].percent);
    const std::vector<ChartPoint>& points = charts[0].curves[0].points;
    QCOMPARE(points.size(), std::size_t{3});
    // By hand: .50 .56 .53 have mean .53 and standard deviation .03; .60 .63 differ by .03, half of which is their SE.
    QVERIFY(close(points[0].y, 0.53) && close(points[0].error, 0.03 / std::sqrt(3.0)));
    QVERIFY(close(points[1].y, 0.615) && close(points[1].error, 0.015));
    QVERIFY(close(points[2].y, 0.70) && std::isnan(points[2].error));
    QVERIFY(charts[0].curves[0].look == group_look(0) && charts[0].curves[1].look == group_look(4));
    QVERIFY(charts[0].curves[0].raw.empty());
  }

  void each_run_is_smoothed_before_the_mean() {
    Experiment group = experiment("seeds", {run(0, {0.2, 0.4, 0.9}), run(1, {0.4, 0.4})});
    const double w = 0.5;
    const Chart chart = experiment_charts(std::vector{group}, w).front();
    const ChartCurve& test = chart.curves.front();
    QCOMPARE(test.label, std::string("test"));
    const double first = (w * 0.2 + 0.4) / (w + 1.0);
    QVERIFY(close(test.points[1].y, 0.5 * (first + 0.4)));
    QVERIFY(close(test.points[1].error, 0.5 * std::abs(first - 0.4)));
    // The run that has not come so far has no say, not even through the average.
    QVERIFY(close(test.points[2].y, (w * w * 0.2 + w * 0.4 + 0.9) / (w * w + w + 1.0)));
    QCOMPARE(test.raw.size(), std::size_t{3});
    QVERIFY(close(test.raw[1].y, 0.4) && close(test.raw[2].y, 0.9));
  }

  void one_group_shows_all_its_curves_and_the_open_end() {
    Experiment group = experiment("run", {{result(0, 1, 0.5, 0.52), result(0, 2, 0.6)}});
    group.start.training.epochs = 10;
    TrainingProgress& progress = group.runs[0].progress;
    progress.state = RunState::running;
    progress.epoch = 3;
    progress.epoch_fraction = 0.5;
    progress.loss = 0.4;
    const std::vector<Chart> charts = experiment_charts(std::vector{group}, 0.0);
    std::vector<std::string> names;
    for (const ChartCurve& curve : charts[0].curves) names.push_back(curve.label);
    QVERIFY((names == std::vector<std::string>{"test", "validation", "train"}));
    QVERIFY(close(charts[0].curves[1].points[0].y, 0.52) && std::isnan(charts[0].curves[1].points[1].y));
    const std::vector<ChartPoint>& loss = charts[1].curves[0].points;
    QCOMPARE(loss.size(), std::size_t{3});
    QCOMPARE(loss.back().x, 2.5);
    QCOMPARE(loss.back().y, 0.4);
    progress.epoch = 2;  // behind what is there: no line back
    QCOMPARE(experiment_charts(std::vector{group}, 0.0)[1].curves[0].points.size(), std::size_t{2});
    QVERIFY(experiment_charts({}, 0.3)[0].curves.empty());
  }

  void the_comparison_has_the_three_accuracies() {
    Experiment group = experiment("a",
                                  {{result(0, 1, 0.70, 0.80), result(0, 2, 0.75, 0.78), result(0, 3, 0.72, 0.79)},
                                   {result(1, 1, 0.60, 0.70), result(1, 2, 0.66, 0.74), result(1, 3, 0.64, 0.75)}},
                                  2);
    Experiment none = experiment("b", {});
    const Comparison comparison = experiment_comparison(std::vector{group, none});
    QCOMPARE(comparison.figures.size(), std::size_t{3});
    const ComparedGroup& row = comparison.groups[0];
    QCOMPARE(row.count, std::size_t{2});
    QVERIFY(close(row.values[0].mean, 0.68) && close(row.values[0].error, 0.04));
    QVERIFY(close(row.values[1].mean, 0.705) && close(row.values[1].error, 0.045));
    QVERIFY(close(row.values[2].mean, 0.67) && close(row.values[2].error, 0.03));
    QVERIFY((row.values[0].runs == std::vector<double>{0.72, 0.64}));
    QCOMPARE(comparison.groups[1].count, std::size_t{0});
    QVERIFY(std::isnan(comparison.groups[1].values[0].mean));
    QCOMPARE(experiment_comparison(std::vector{none}).figures.size(), std::size_t{2});
  }

  void rows_are_sorted_by_the_first_figure_the_best_first() {
    Comparison comparison{{"last epoch"}, {}};
    const auto add = [&](const char* name, double mean) {
      comparison.groups.push_back({name, {}, 1, {{mean, missing, {mean}}}});
    };
    add("a", 0.5);
    add("none", missing);
    add("b", 0.7);
    add("c", 0.5);
    const auto order = [&] {
      std::string names;
      for (const ComparedGroup& group : comparison.groups) names += group.name + " ";
      return names;
    };
    sort_best_first(comparison);
    QCOMPARE(order(), std::string("b a c none "));
    comparison.lowest_is_best = true;
    sort_best_first(comparison);
    QCOMPARE(order(), std::string("a c b none "));
    QVERIFY(!experiment_comparison({}).lowest_is_best);
  }

  void tables_hold_every_number_and_odd_names() {
    Experiment group = experiment("DNM, \"M\" = 3_5 & 50 % {γ}", {run(3, {0.5, 0.625}), run(4, {0.75})});
    group.command_line = "dnm train --seeds 3,4";
    const std::vector<Experiment> groups{group};
    const QStringList epochs = lines_of(epochs_csv(groups));
    QCOMPARE(epochs.size(), 4);
    const TaskMetrics& metrics = metrics_of(group);
    QCOMPARE(epochs[0].toStdString(),
             "group,seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds" +
                 samples::columns_behind_seconds(metrics));
    QCOMPARE(epochs[2].toStdString(), "\"DNM, \"\"M\"\" = 3_5 & 50 % {γ}\",3,2,0.5,0.675,0.625,,1000,1.5" +
                                          samples::no_values_behind_seconds(metrics));
    const QStringList comparison = lines_of(comparison_csv(groups));
    QCOMPARE(comparison[0], "group,n,last_epoch_mean,last_epoch_se,best_on_test_mean,best_on_test_se,command");
    QVERIFY(comparison[1].endsWith(",2,0.6875,0.0625,0.6875,0.0625,\"dnm train --seeds 3,4\""));
    const QString latex = QString::fromStdString(comparison_latex(groups));
    QVERIFY2(latex.contains(
                 "DNM, \"M\" = 3\\_5 \\& 50 \\% \\{$\\gamma$\\} & 2 & $68.75 \\pm 6.25$ & $68.75 \\pm 6.25$ \\\\\n"),
             qPrintable(latex));
    QVERIFY(latex.contains("\\begin{tabular}{lrrr}") && latex.trimmed().endsWith("\\end{tabular}"));
    QVERIFY(!latex.contains("toprule"));
    Experiment alone = experiment("one\\run", {run(0, {0.5})});
    QVERIFY(QString::fromStdString(comparison_latex(std::vector{alone}))
                .contains("one\\textbackslash{}run & 1 & $50.00$ & $50.00$"));
  }
};

DNM_TEST(TestExperimentCharts, QCoreApplication)
#include "test_experiment_charts.moc"
