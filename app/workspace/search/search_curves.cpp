// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "app/workspace/search/search_report.h"
#include "app/workspace/search/search_run.h"
#include "app/workspace/words.h"
#include "core/support/error.h"
#include "training/metrics/task_metrics.h"
#include "training/runs/epochs_file.h"
#include "training/runs/run_seeds.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double between_trials = 0.5;
constexpr CurveLook best_look{0}, trial_look{1};

std::vector<double> mean_curve(const SearchPlan& plan, const std::filesystem::path& trial, std::int64_t epochs) {
  std::vector<double> sum(static_cast<std::size_t>(epochs));
  const Metric& metric = *metrics_of(plan.training).selecting;
  for (const std::uint64_t seed : plan.seeds) {
    const std::filesystem::path run = plan.seeds.size() > 1 ? trial / seed_folder_name(seed) : trial;
    const RunHistory history = read_epochs(run / epochs_file_name);
    sum.resize(std::min(sum.size(), history.size()));
    for (std::size_t epoch = 0; epoch < sum.size(); ++epoch)
      sum[epoch] += history[epoch].values.get(metric).value_or(none) / static_cast<double>(plan.seeds.size());
  }
  return sum;
}

Chart chart_of_trials(const SearchPlan& plan, const SearchResults& results, std::size_t objective) {
  const auto& [id, direction] = plan.objectives[objective];
  Chart chart;
  chart.title = name_of_value(id);
  chart.x_name = "trial";
  chart.without = "nothing tried yet";
  chart.percent = !is_measure(id) && metric(id).unit == MetricUnit::fraction;
  ChartCurve best{.label = "best so far", .look = best_look};
  ChartCurve trials{.label = "each trial", .look = trial_look, .width = 0.8, .has_dots = true};
  for (const TrialResult& trial : results.trials) {
    const double value = objective < trial.objectives.size() ? trial.objectives[objective].value_or(none) : none;
    if (trial.state != StepState::done || !trial.reason.empty() || !std::isfinite(value)) continue;
    const auto place = static_cast<double>(trial.trial);
    // A gap, since trials have no order.
    if (!trials.points.empty()) trials.points.push_back({place - between_trials, none});
    trials.points.push_back({place, value});
    const double before = best.points.empty() ? value : best.points.back().y;
    const bool is_better = direction == SearchDirection::maximise ? value > before : value < before;
    if (is_better) best.points.push_back({place - between_trials, before});
    best.points.push_back({place, is_better ? value : before});
  }
  chart.first_x = -between_trials;
  chart.last_x = results.trials.empty() ? static_cast<double>(plan.trials)
                                        : static_cast<double>(results.trials.back().trial) + between_trials;
  chart.curves = {std::move(best), std::move(trials)};
  return chart;
}

Chart chart_of_learning(const SearchPlan& plan, std::span<const LearningCurve> curves) {
  const Metric& metric = *metrics_of(plan.training).selecting;
  Chart chart;
  chart.title = std::string(metric.label) + " of the best trials";
  chart.percent = metric.unit == MetricUnit::fraction;
  chart.last_x = 1.0;
  for (const LearningCurve& one : curves) {
    // The looks of the chart of all trials mean something else.
    ChartCurve& curve = chart.curves.emplace_back(
        ChartCurve{.label = "trial " + std::to_string(one.trial), .look = group_look(chart.curves.size())});
    for (std::size_t epoch = 0; epoch < one.values.size(); ++epoch)
      curve.points.push_back({static_cast<double>(epoch + 1), one.values[epoch]});
    chart.last_x = std::max(chart.last_x, static_cast<double>(one.values.size()));
  }
  return chart;
}

}  // namespace

std::vector<LearningCurve> LearningCurves::of_best(const SearchPlan& plan, const SearchResults& results,
                                                   const std::filesystem::path& folder, const TaskControl& control) {
  std::vector<LearningCurve> curves;
  if (!trains(plan)) return curves;
  for (const std::size_t place : ranking(plan, results)) {
    if (curves.size() == most) break;
    control.check();
    const TrialResult& trial = results.trials[place];
    if (trial.state != StepState::done || !trial.reason.empty()) continue;
    Read& read = read_[trial.trial];
    try {
      if (read.epochs != trial.epochs)
        read = {trial.epochs, mean_curve(plan, folder_of_trial(folder, trial.trial), trial.epochs)};
    } catch (const FileError&) {
      continue;
    }
    curves.push_back({trial.trial, read.values});
  }
  return curves;
}

std::vector<Chart> search_charts(const SearchPlan& plan, const SearchResults& results,
                                 std::span<const LearningCurve> curves) {
  std::vector<Chart> charts;
  for (std::size_t objective = 0; objective < plan.objectives.size(); ++objective)
    charts.push_back(chart_of_trials(plan, results, objective));
  if (trains(plan)) charts.push_back(chart_of_learning(plan, curves));
  return charts;
}

}  // namespace dnm
