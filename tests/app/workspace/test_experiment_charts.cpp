// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <cmath>

#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/experiment_words.h"
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
    QCOMPARE(points.size(), std::size_t{1});
    // By hand: .50 .56 .53 have mean .53 and standard deviation .03.
    QVERIFY(close(points[0].y, 0.53) && close(points[0].error, 0.03 / std::sqrt(3.0)));
    // What not all seeds have continues it, as the mean of those that have it.
    const std::vector<Point>& tail = charts[0].curves[0].tail;
    QCOMPARE(tail.size(), std::size_t{3});
    QVERIFY(close(tail[0].y, 0.53) && close(tail[1].y, 0.615) && close(tail[2].y, 0.70));
    QVERIFY(charts[0].curves[1].tail.empty());
    // Two seeds at epoch 2, a third that has not begun: the mean and error of both there.
    Experiment begun = experiment("seeds", {run(0, {0.50, 0.60, 0.70}), run(1, {0.56, 0.63})});
    begun.runs.emplace_back().seed = 2;
    const ChartCurve curve = experiment_charts(std::vector{begun, other}, 0.0)[0].curves[0];
    QCOMPARE(curve.points.size(), std::size_t{2});
    QVERIFY(close(curve.points[1].y, 0.615) && close(curve.points[1].error, 0.015));
    QVERIFY(charts[0].curves[0].look == group_look(0) && charts[0].curves[1].look == group_look(4));
    QVERIFY(charts[0].curves[0].raw.empty());
  }

  /// Metrics of updates lie on the axis of the epochs; what is never other than 0 is not drawn.
  void updates_have_curves_on_the_same_axis() {
    const auto rewired = [](std::uint64_t seed, double offset, std::size_t updates) {
      ExperimentRun made;
      made.waiting = false;
      made.progress.state = RunState::finished;
      made.seed = seed;
      made.epochs = run(seed, {0.5, 0.6, 0.7});
      for (std::uint64_t i = 1; i <= updates; ++i) {
        UpdateResult result{.seed = seed, .update = i, .step = 10 * i, .epoch = static_cast<int>((i + 1) / 2)};
        result.epochs_passed = 0.5 * static_cast<double>(i);
        result.set(update_metric("itop"), 0, 0.01 * static_cast<double>(i) + offset);
        result.set(update_metric("removed"), 0, 100.0);
        result.set(update_metric("active_neurons"), 0, 0.9);
        result.set(update_metric("pruned"), 0, 0.0);
        if (i % 2 == 0) result.set(update_metric("leading_before"), 0, 0.4 + offset);
        made.updates.push_back(result);
      }
      return made;
    };
    Experiment one = experiment("one", {});
    one.start.training.epochs = 3;
    one.runs = {rewired(0, 0.0, 4)};
    const auto curve_of = [](const std::vector<Chart>& charts, const std::string& title, const std::string& label) {
      for (const Chart& chart : charts)
        for (const ChartCurve& curve : chart.curves)
          if (chart.title == title && curve.label == label) return curve;
      return ChartCurve{};
    };
    const auto pictures = experiment_pictures(std::vector{one}, "updates", 0.0).curves;
    QCOMPARE(pictures.front().title, std::string("Accuracy"));
    const ChartCurve before = curve_of(pictures, "Accuracy", "before updates");
    QCOMPARE(before.points.size(), std::size_t{2});
    QVERIFY(before.points[0].x == 1.0 && before.points[0].y == 0.4 && before.points[1].x == 2.0);
    const ChartCurve itop = curve_of(pictures, "Exploration", "ITOP rate");
    QCOMPARE(itop.points.size(), std::size_t{4});
    QVERIFY(itop.points[2].x == 1.5 && close(itop.points[2].y, 0.03));
    QVERIFY(!curve_of(pictures, "Rewired links", "removed").points.empty());
    QVERIFY(curve_of(pictures, "Rewired links", "pruned").points.empty());
    for (const Chart& chart : pictures) QCOMPARE(chart.last_x, 3.0);
    // Those of the epochs alone are as before but for the accuracy before an update.
    QCOMPARE(experiment_charts(std::vector{one}, 0.0).size(), std::size_t{2});
    // Two seeds, one ahead of the other; another group beside them.
    Experiment seeds = one;
    seeds.runs.push_back(rewired(1, 0.1, 2));
    const auto mean =
        curve_of(experiment_pictures(std::vector{seeds}, "exploration", 0.0).curves, "Exploration", "ITOP rate");
    QCOMPARE(mean.points.size(), std::size_t{2});
    QVERIFY(close(mean.points[1].y, 0.07) && close(mean.points[1].error, 0.05));
    QCOMPARE(mean.tail.size(), std::size_t{3});
    Experiment plain = experiment("plain", {run(0, {0.5})});
    QVERIFY(experiment_pictures(std::vector{plain}, "exploration", 0.0).curves.empty());
    const auto both = experiment_pictures(std::vector{seeds, plain}, "exploration", 0.0).curves;
    QCOMPARE(both.size(), std::size_t{1});
    QVERIFY(both[0].title == "ITOP rate" && both[0].curves.size() == 2 && both[0].curves[1].points.empty());
    // Measured networks stand at their updates; the beginning at 0.
    one.runs[0].measured.updates = {{0, {2.0, missing, missing, 3.0, 1.0, 0.0}},
                                    {3, {2.5, missing, missing, missing, 1.5, 0.0}}};
    const auto measured = experiment_pictures(std::vector{one}, "updates", 0.0).curves;
    const ChartCurve length = curve_of(measured, "Path length L", "L");
    QCOMPARE(length.points.size(), std::size_t{2});
    QVERIFY(length.points[0].x == 0.0 && length.points[0].y == 2.0 && length.points[1].x == 1.5);
    QVERIFY(!curve_of(measured, "Degree spread", "degree spread").points.empty());
    QCOMPARE(curve_of(measured, "Neurons", "dead neurons").points.size(), std::size_t{2});
    // Of several experiments every metric has a chart.
    one.runs[0].measured.updates = {{0, {2.0, 0.4, 0.2, 3.0, 1.0, 0.0}}, {3, {2.5, 0.3, 0.1, missing, 1.5, 0.0}}};
    const auto all = experiment_pictures(std::vector{one, plain}, "updates", 0.0).curves;
    for (const char* title : {"Q", "σ_c", "Active neurons", "Dead neurons", "ITOP rate", "Removed"}) {
      const auto chart = std::ranges::find(all, title, &Chart::title);
      QVERIFY2(chart != all.end() && chart->curves.size() == 2, title);
    }
    QVERIFY(std::ranges::find(all, "Q", &Chart::title)->curves[0].points[1].y == 0.3);
    QVERIFY(std::ranges::find(all, "σ_c", &Chart::title)->curves[0].points[1].y == 0.1);
    // Of a group of matrices the curves say so, and those of another group are no part of the mean.
    one.runs[0].measured.matrices = "encoder1.ffn";
    one.runs.push_back(one.runs[0]);
    one.runs[1].seed = 1;
    one.runs[1].measured.matrices = "encoder2.ffn";
    one.runs[1].measured.updates[0].values[0] = 9.0;
    const auto of_group = experiment_pictures(std::vector{one}, "updates", 0.0).curves;
    QVERIFY(curve_of(of_group, "Path length L", "L of encoder1.ffn").points[0].y == 2.0);
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
    QCOMPARE(test.tail.size(), std::size_t{2});
    QVERIFY(close(test.tail[1].y, (w * w * 0.2 + w * 0.4 + 0.9) / (w * w + w + 1.0)));
    QCOMPARE(test.raw.size(), std::size_t{2});
    QVERIFY(close(test.raw[1].y, 0.4));
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

  void one_number_everywhere_for_seeds_at_different_epochs_data() {
    QTest::addColumn<QList<int>>("epochs");  // of each seed, of 10
    QTest::addColumn<int>("epoch");
    QTest::addColumn<QString>("words");
    QTest::newRow("running") << QList<int>{10, 10, 2} << 2 << "3 seeds at epoch 2 of 10";
    QTest::newRow("stopped") << QList<int>{10, 3, 0} << 3 << "2 of 3 seeds at epoch 3 of 10";
    QTest::newRow("one to come") << QList<int>{10, 10, 0} << 10 << "2 of 3 seeds at epoch 10";
    QTest::newRow("alone") << QList<int>{4} << 4 << "1 seed at epoch 4 of 10";
    QTest::newRow("all") << QList<int>{10, 10, 10} << 10 << "N = 3";
  }

  void one_number_everywhere_for_seeds_at_different_epochs() {
    QFETCH(QList<int>, epochs);
    QFETCH(int, epoch);
    QFETCH(QString, words);
    Experiment group;
    group.name = "group";
    std::vector<double> at_epoch;
    for (const int count : epochs) {
      ExperimentRun& made = group.runs.emplace_back();
      made.seed = group.runs.size() - 1;
      made.progress.epochs = 10;
      // Accuracies that rise, so that the best epoch counted is the last one counted.
      for (int e = 1; e <= count; ++e)
        made.epochs.push_back(result(made.seed, e, 0.05 * e + 0.01 * static_cast<double>(made.seed)));
      if (count >= epoch) at_epoch.push_back(0.05 * epoch + 0.01 * static_cast<double>(made.seed));
    }
    double mean = 0.0;
    for (const double value : at_epoch) mean += value / static_cast<double>(at_epoch.size());
    const ExperimentSummary summary = summary_of(group);
    QCOMPARE(summary.epoch, epoch);
    QCOMPARE(QString::fromStdString(count_text(summary)), words);
    QCOMPARE(incomplete_mark(summary).empty(), words == "N = 3");
    const Comparison comparison = experiment_comparison(std::vector{group});
    QCOMPARE(QString::fromStdString(comparison.groups[0].count_words), words);
    for (const ComparedValue& value : comparison.groups[0].values) QVERIFY(close(value.mean, mean));
    const auto pictures = experiment_pictures(std::vector{group}, "accuracy", 0.0);
    const ChartCurve& test = pictures.curves.front().curves.front();
    QCOMPARE(test.points.back().x, static_cast<double>(epoch));
    QVERIFY(close(test.points.back().y, mean));
    const QStringList cells = lines_of(comparison_csv(std::vector{group}))[1].split(',');
    QCOMPARE(cells[1].toInt(), static_cast<int>(at_epoch.size()));
    QCOMPARE(cells[2].toInt(), static_cast<int>(epochs.size()));
    QCOMPARE(cells[3].toInt(), epoch);
    QCOMPARE(cells[4].toInt(), 10);
    QVERIFY(close(cells[5].toDouble(), mean));
    const QString latex = QString::fromStdString(comparison_latex(std::vector{group}));
    QCOMPARE(latex.contains("dagger"), words != "N = 3");
    QVERIFY(latex.contains(QString::number(100.0 * mean, 'f', 2)));
    for (const RunFact& fact : facts_of(group)) {
      if (!QString::fromStdString(fact.what).contains("last epoch")) continue;
      QVERIFY(fact.value.starts_with(QString::number(100.0 * mean, 'f', 2).toStdString()));
      QCOMPARE(QString::fromStdString(fact.value).contains(words), epochs.size() > 1);
    }
  }

  void groups_of_different_lengths_are_not_compared_without_a_word() {
    const std::vector<Experiment> groups{experiment("ten", {run(0, std::vector<double>(10, 0.5))}),
                                         experiment("forty", {run(0, std::vector<double>(40, 0.6))})};
    const Comparison comparison = experiment_comparison(groups);
    QCOMPARE(comparison.note, std::string("The groups have trained for different numbers of epochs: from 10 to 40."));
    QCOMPARE(comparison.groups[0].count_words, std::string("N = 1 at epoch 10"));
    const QString latex = QString::fromStdString(comparison_latex(groups));
    QVERIFY(latex.contains("ten & 1 & 10 &") && latex.contains("forty & 1 & 40 &"));
    QVERIFY(experiment_comparison(std::span(groups).first(1)).note.empty());
    QVERIFY(comparison_latex(std::span(groups).first(1)).find("epochs") == std::string::npos);
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
    // Both seeds at epoch 1, the last that both have: .5 and .75.
    QCOMPARE(
        comparison[0],
        "group,n,seeds,epoch,epochs,last_epoch_mean,last_epoch_se,best_on_test_mean,best_on_test_se,method,command");
    QVERIFY2(comparison[1].endsWith(",2,2,1,2,0.625,0.125,0.625,0.125,static,\"dnm train --seeds 3,4\""),
             qPrintable(comparison[1]));
    const QString latex = QString::fromStdString(comparison_latex(groups));
    QVERIFY2(latex.contains("DNM, \"M\" = 3\\_5 \\& 50 \\% \\{$\\gamma$\\} & 2$^\\dagger$ & 1 & $62.50 \\pm 12.50$ & "
                            "$62.50 \\pm 12.50$ \\\\\n"),
             qPrintable(latex));
    QVERIFY(latex.contains("\\begin{tabular}{lrrrr}") && latex.trimmed().endsWith("\\end{tabular}"));
    QVERIFY(latex.contains("\\multicolumn{5}{l}{\\footnotesize $^\\dagger$ Not all seeds"));
    QVERIFY(!latex.contains("toprule"));
    QVERIFY(!QString::fromStdString(comparison_latex(std::vector{experiment("whole", {run(0, {0.5}), run(1, {0.6})})}))
                 .contains("dagger"));
    Experiment alone = experiment("one\\run", {run(0, {0.5})});
    QVERIFY(QString::fromStdString(comparison_latex(std::vector{alone}))
                .contains("one\\textbackslash{}run & 1 & $50.00$ & $50.00$"));
  }
};

DNM_TEST(TestExperimentCharts, QCoreApplication)
#include "test_experiment_charts.moc"
