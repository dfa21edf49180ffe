// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/workspace/search/search_curves.h"
#include "app/workspace/search/search_plot.h"
#include "tests/support/test_class.h"

using dnm::SearchPlan;
using dnm::SearchResults;

namespace {

SearchPlan trained_plan(const std::vector<std::string>& varied, std::int64_t trials) {
  SearchPlan plan;
  for (const std::string& text : varied) plan.varied.push_back(dnm::searched_from_text(text));
  plan.objectives = {{"validation_accuracy", dnm::SearchDirection::maximise}};
  plan.trials = trials;
  return plan;
}

/// All trials are done, with these objectives.
SearchResults results_of(const SearchPlan& plan, const std::vector<double>& values) {
  const dnm::SearchSpace space(plan);
  SearchResults results;
  for (std::size_t i = 0; i < values.size(); ++i) {
    dnm::TrialResult& trial = results.trials.emplace_back();
    trial.trial = static_cast<std::int64_t>(i);
    trial.values = space.values(trial.trial);
    trial.state = dnm::StepState::done;
    trial.objectives = {values[i]};
  }
  return results;
}

double number_of(const dnm::ParameterTexts& values, std::string_view id) {
  for (const auto& [name, text] : values)
    if (name == id) return std::stod(text);
  return std::nan("");
}

}  // namespace

/// A search as parallel coordinates and as curves.
class TestSearchPictures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Numbers stand on their axis as its ticks say, whichever end the range was given from.
  void numbers_stand_where_the_ticks_say_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("range");
    QTest::newRow("linear") << "sparsity"
                            << "0.5:0.9";
    QTest::newRow("from its upper end") << "sparsity"
                                        << "0.9:0.5";
    QTest::newRow("whole numbers") << "batch"
                                   << "8:12";
    QTest::newRow("whole numbers by ratios") << "batch"
                                             << "16:48:log";
    QTest::newRow("many whole numbers by ratios") << "batch"
                                                  << "8:1024:log";
  }
  void numbers_stand_where_the_ticks_say() {
    QFETCH(QString, id);
    QFETCH(QString, range);
    const SearchPlan plan = trained_plan({(id + "=" + range).toStdString()}, 60);
    std::vector<double> values(60, 0.5);
    const SearchResults results = results_of(plan, values);
    const dnm::ParallelPlot plot = dnm::search_plot(plan, dnm::SearchSpace(plan), results);
    const std::vector<dnm::ChartTick>& ticks = plot.axes[0].ticks;
    QVERIFY(ticks.size() >= 2);
    for (const dnm::ChartTick& tick : ticks) {
      QVERIFY2(tick.place >= 0.0 && tick.place <= 1.0, tick.words.c_str());
      if (id == "batch") QVERIFY2(tick.words.find('.') == std::string::npos, tick.words.c_str());
    }
    for (std::size_t line = 0; line < plot.lines.size(); ++line) {
      const double number = number_of(results.trials[line].values, id.toStdString()),
                   place = plot.lines[line].places[0];
      for (const dnm::ChartTick& tick : ticks) {
        const double named = std::stod(tick.words);
        if (number > named) QVERIFY(place > tick.place - 2e-3);
        if (number < named) QVERIFY(place < tick.place + 2e-3);
        if (id == "batch" && number == named) QVERIFY(std::abs(place - tick.place) < 1e-9);
      }
    }
  }

  /// A fraction has no room above 1, where all values are equal too.
  void equal_fractions_stay_fractions() {
    for (const double value : {0.0, 0.5, 1.0}) {
      const SearchPlan plan = trained_plan({"sparsity=0.5:0.9"}, 3);
      const dnm::ParallelAxis axis =
          dnm::search_plot(plan, dnm::SearchSpace(plan), results_of(plan, {value, value, value})).axes.back();
      QVERIFY(axis.low >= 0.0 && axis.high <= 1.0 && axis.low < axis.high);
      QVERIFY(axis.low <= value && value <= axis.high);
    }
  }

  void the_best_so_far_is_that_of_the_trials_before() {
    for (const auto direction : {dnm::SearchDirection::maximise, dnm::SearchDirection::minimise}) {
      SearchPlan plan = trained_plan({"sparsity=0.5:0.9"}, 7);
      plan.objectives[0].direction = direction;
      SearchResults results = results_of(plan, {0.4, 0.7, 0.2, 0.9, 0.9, 0.1, 0.95});
      results.trials[3].reason = "a condition is broken";
      const dnm::Chart chart = dnm::search_charts(plan, results, {}).front();
      const bool highest = direction == dnm::SearchDirection::maximise;
      QVERIFY(std::ranges::is_sorted(chart.curves[0].points, {}, &dnm::ChartPoint::x));
      for (std::size_t trial = 0; trial < results.trials.size(); ++trial) {
        if (trial == 3) continue;
        double best = *results.trials[0].objectives[0];
        for (std::size_t before = 0; before <= trial; ++before) {
          const double value = *results.trials[before].objectives[0];
          if (before != 3) best = highest ? std::max(best, value) : std::min(best, value);
        }
        const auto at = [&](const dnm::ChartCurve& curve) {
          const auto point = std::ranges::find(curve.points, static_cast<double>(trial), &dnm::ChartPoint::x);
          return point == curve.points.end() ? std::nan("") : point->y;
        };
        QCOMPARE(at(chart.curves[0]), best);
        QCOMPARE(at(chart.curves[1]), *results.trials[trial].objectives[0]);
      }
    }
  }

  /// The best trials as their run folders have them, under two seeds as means; a folder that is gone is left out.
  void learning_curves_are_those_of_the_run_folders() {
    QTemporaryDir folder;
    SearchPlan plan = trained_plan({"sparsity=0.5:0.9"}, 3);
    plan.seeds = {0, 1};
    SearchResults results = results_of(plan, {0.6, 0.8, 0.7});
    for (dnm::TrialResult& trial : results.trials) trial.epochs = 2;
    const auto write = [&](int trial, int seed, const char* lines) {
      const QString run = folder.filePath(QString("trials/trial-0000%1/seed-%2").arg(trial).arg(seed));
      QVERIFY(QDir().mkpath(run));
      QFile file(run + "/epochs.csv");
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(QByteArray("seed,epoch,validation_accuracy\n") + lines);
    };
    write(1, 0, "0,1,0.5\n0,2,0.75\n");
    write(1, 1, "1,1,0.7\n1,2,0.85\n1,3,0.9\n");  // of a higher rung that is under way
    write(2, 0, "0,1,0.25\n0,2,0.5\n");
    write(2, 1, "1,1,0.75\n1,2,0.5\n");
    dnm::LearningCurves curves;
    const std::filesystem::path path(folder.path().toStdString());
    const auto found = curves.of_best(plan, results, path, {});
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].trial, 1);
    QCOMPARE(found[0].values, (std::vector<double>{0.6, 0.8}));
    QCOMPARE(found[1].trial, 2);
    QCOMPARE(found[1].values, (std::vector<double>{0.5, 0.5}));
    const dnm::Chart chart = dnm::search_charts(plan, results, found).back();
    QCOMPARE(chart.curves[0].label, std::string("trial 1"));
    QCOMPARE(chart.curves[0].points[1].y, 0.8);
    results.trials[1].epochs = 3;  // the first seed has no third epoch yet
    QCOMPARE(curves.of_best(plan, results, path, {})[0].values.size(), std::size_t{2});
  }
};

DNM_TEST(TestSearchPictures)
#include "test_search_pictures.moc"
