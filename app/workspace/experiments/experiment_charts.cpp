// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment_charts.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "app/workspace/experiments/experiment_curves.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/latex_cells.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "training/runs/epochs_file.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

/// What the experiments are compared by.
const Metric& leading_of(std::span<const Experiment> experiments) { return *tasks_of(experiments).front()->leading; }

/// A cell of a table of numbers: empty where there is none.
std::string number(double value) {
  constexpr int digits = 10;
  return std::isfinite(value) ? with_significant(value, digits) : std::string();
}

std::string exported_cell(const Metric& metric, const MetricValues& values) {
  return metric.unit == MetricUnit::count ? metric_cell(metric, values) : number(values[metric.id]);
}

/// "best on test" as a column of a CSV file: "best_on_test".
std::string column_name(std::string words) {
  std::ranges::replace(words, ' ', '_');
  return words;
}

}  // namespace

ComparedValue compared_value(const std::vector<double>& runs) {
  ComparedValue value;
  value.runs = runs;
  if (runs.empty()) return value;
  const MeanWithError mean = mean_with_error(runs);
  value.mean = mean.mean;
  value.error = mean.standard_error;
  return value;
}

std::vector<Chart> experiment_charts(std::span<const Experiment> experiments, double smoothing) {
  return experiment_pictures(experiments, "curves", smoothing).curves;
}

std::span<const ExperimentPanel> experiment_panels() {
  static const std::vector<ExperimentPanel> panels = [] {
    std::string all_charts;
    const auto charts = metric_charts();
    for (const MetricChart& chart : charts) {
      const std::string_view before = all_charts.empty() ? "" : &chart == &charts.back() ? " and " : ", ";
      all_charts.append(before).append(before.empty() ? std::string(chart.label) : in_sentence(chart.label));
    }
    std::vector<ExperimentPanel> made{{"all", "All"}, {"curves", all_charts}};
    for (const MetricChart& chart : metric_charts()) made.push_back({chart.id, std::string(chart.label)});
    made.push_back({"updates", "Updates of the topology"});
    for (const auto further : {update_charts(), measured_charts()}) {
      for (const MetricChart& chart : further) made.push_back({chart.id, std::string(chart.label)});
    }
    made.push_back({"comparison", "Comparison"});
    return made;
  }();
  return panels;
}

ExperimentPictures experiment_pictures(std::span<const Experiment> experiments, std::string_view panel,
                                       double smoothing) {
  static_cast<void>(look_up(experiment_panels(), panel, "panel"));
  const bool all = panel == "all";
  ExperimentPictures pictures;
  for (const MetricChart& which : metric_charts()) {
    const bool above_updates = panel == "updates" && which.id == leading_of(experiments).chart;
    if (!all && panel != "curves" && panel != which.id && !above_updates) continue;
    if (auto chart = epoch_chart(which, experiments, smoothing)) pictures.curves.push_back(std::move(*chart));
  }
  for (const auto charts : {update_charts(), measured_charts()}) {
    for (const MetricChart& which : charts) {
      if (!all && panel != "updates" && panel != which.id) continue;
      std::ranges::move(charts_of_updates(which, experiments, smoothing), std::back_inserter(pictures.curves));
    }
  }
  if (all || panel == "comparison") pictures.comparison = experiment_comparison(experiments);
  return pictures;
}

Comparison experiment_comparison(std::span<const Experiment> experiments) {
  Comparison comparison;
  const Metric& leading = leading_of(experiments);
  comparison.title = leading.label;
  comparison.percent = leading.unit == MetricUnit::fraction;
  comparison.lowest_is_best = leading.direction == MetricDirection::lower_is_better;
  comparison.figures = {"last epoch", "best on test"};
  const bool validated = std::ranges::any_of(experiments, [](const Experiment& experiment) {
    return has_values(experiment, *metrics_of(experiment).selecting);
  });
  if (validated) comparison.figures.emplace_back("at best validation");
  std::vector<ExperimentSummary> summaries;
  for (const Experiment& experiment : experiments) {
    const ExperimentSummary& summary = summaries.emplace_back(summary_of(experiment));
    ComparedGroup row;
    row.name = experiment.name;
    row.look = group_look(experiment.color);
    row.count = summary.last.size();
    row.count_words = count_text(summary);
    row.values = {compared_value(summary.last), compared_value(summary.best_on_test)};
    if (validated) row.values.push_back(compared_value(summary.at_best_validation));
    comparison.groups.push_back(std::move(row));
  }
  comparison.note = different_epochs_note(summaries);
  if (comparison.note.empty()) return comparison;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (summaries[i].is_complete())
      comparison.groups[i].count_words += " at epoch " + std::to_string(summaries[i].epoch);
  }
  return comparison;
}

std::string different_epochs_note(std::span<const ExperimentSummary> summaries) {
  int fewest = std::numeric_limits<int>::max(), most = 0;
  for (const ExperimentSummary& summary : summaries) {
    if (summary.last.empty()) continue;
    fewest = std::min(fewest, summary.epoch);
    most = std::max(most, summary.epoch);
  }
  if (fewest >= most) return {};
  return "The groups have trained for different numbers of epochs: from " + std::to_string(fewest) + " to " +
         std::to_string(most) + ".";
}

void sort_best_first(Comparison& comparison) {
  std::ranges::stable_sort(comparison.groups, std::ranges::greater{}, [&](const ComparedGroup& group) {
    const double mean = group.values.empty() ? std::numeric_limits<double>::quiet_NaN() : group.values.front().mean;
    if (!std::isfinite(mean)) return -std::numeric_limits<double>::infinity();
    return comparison.lowest_is_best ? -mean : mean;
  });
}

std::string epochs_csv(std::span<const Experiment> experiments) {
  std::vector<const Metric*> columns;
  for (const Metric& metric : metric_table()) {
    const bool measured = std::ranges::any_of(tasks_of(experiments), [&](const TaskMetrics* metrics) {
      return std::ranges::find(metrics->all, &metric) != metrics->all.end();
    });
    if (measured) columns.push_back(&metric);
  }
  std::string lines = "group,seed,epoch";
  for (const Metric* metric : columns) lines += ',' + std::string(metric->id);
  lines += '\n';
  for (const Experiment& experiment : experiments) {
    for (const ExperimentRun& run : experiment.runs) {
      for (const EpochResult& epoch : run.epochs) {
        lines += csv_cell(experiment.name) + ',' + std::to_string(epoch.seed) + ',' + std::to_string(epoch.epoch);
        for (const Metric* metric : columns) lines += ',' + exported_cell(*metric, epoch.values);
        lines += '\n';
      }
    }
  }
  return lines;
}

std::string comparison_csv(std::span<const Experiment> experiments) {
  const Comparison comparison = experiment_comparison(experiments);
  std::string lines = "group,n,seeds,epoch,epochs";
  for (const std::string& figure : comparison.figures) {
    lines += "," + column_name(figure) + "_mean," + column_name(figure) + "_se";
  }
  lines += ",method,command\n";
  for (std::size_t index = 0; index < experiments.size(); ++index) {
    const ComparedGroup& row = comparison.groups[index];
    const ExperimentSummary summary = summary_of(experiments[index]);
    lines += csv_cell(row.name) + ',' + std::to_string(row.count) + ',' + std::to_string(summary.seeds) + ',' +
             std::to_string(summary.epoch) + ',' + std::to_string(summary.epochs);
    for (const ComparedValue& value : row.values) lines += ',' + number(value.mean) + ',' + number(value.error);
    lines += ',' + experiments[index].start.training.method;
    lines += ',' + csv_cell(experiments[index].command_line) + '\n';
  }
  return lines;
}

std::string comparison_latex(std::span<const Experiment> experiments) {
  const Comparison comparison = experiment_comparison(experiments);
  std::vector<ExperimentSummary> summaries;
  for (const Experiment& experiment : experiments) summaries.push_back(summary_of(experiment));
  const auto is_marked = [](const ExperimentSummary& summary) { return !incomplete_mark(summary).empty(); };
  const bool any_marked = std::ranges::any_of(summaries, is_marked);
  const bool with_epochs = any_marked || !comparison.note.empty();
  std::string table = "% " + comparison.title + (comparison.percent ? " in per cent" : "") +
                      ": mean, and standard error over N runs where there are several.\n";
  if (!comparison.note.empty()) table += "% " + comparison.note + "\n";
  const std::size_t columns = comparison.figures.size() + (with_epochs ? 3 : 2);
  table += "\\begin{tabular}{l" + std::string(columns - 1, 'r') + "}\n\\hline\n & $N$";
  if (with_epochs) table += " & epochs";
  for (const std::string& figure : comparison.figures) table += " & " + latex_words(figure);
  table += " \\\\\n\\hline\n";
  for (std::size_t index = 0; index < comparison.groups.size(); ++index) {
    const ComparedGroup& group = comparison.groups[index];
    table +=
        latex_words(group.name) + " & " + std::to_string(group.count) + latex_words(incomplete_mark(summaries[index]));
    if (with_epochs) table += " & " + std::to_string(summaries[index].epoch);
    for (const ComparedValue& value : group.values)
      table += " & " + latex_value(value.mean, value.error, comparison.percent);
    table += " \\\\\n";
  }
  table += "\\hline\n";
  if (any_marked) {
    table += "\\multicolumn{" + std::to_string(columns) + "}{l}{\\footnotesize " +
             latex_words(std::string(incomplete_mark_meaning)) + "} \\\\\n";
  }
  return table + "\\end{tabular}\n";
}

}  // namespace dnm
