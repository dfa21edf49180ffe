// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/smoothing.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "training/runs/epochs_file.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

/// The tasks of all experiments, each once; without experiments that of the usual data set.
std::vector<const TaskMetrics*> tasks_of(std::span<const Experiment> experiments) {
  std::vector<const TaskMetrics*> tasks;
  for (const Experiment& experiment : experiments) {
    const TaskMetrics* const metrics = &metrics_of(experiment);
    if (std::ranges::find(tasks, metrics) == tasks.end()) tasks.push_back(metrics);
  }
  if (tasks.empty()) tasks.push_back(&metrics_of(TrainingSettings{}));
  return tasks;
}

/// A metric of an experiment over the epochs.
struct MeanCurve {
  std::vector<ChartPoint> points;  ///< mean and standard error, up to the last epoch that all its runs have
  std::vector<Point> tail;         ///< the mean of the runs that have more, from there on
};
MeanCurve mean_curve(const Experiment& experiment, const Metric& metric, double smoothing) {
  std::map<int, std::vector<double>> by_epoch;
  for (const ExperimentRun& run : experiment.runs) {
    std::vector<double> values;
    for (const EpochResult& epoch : run.epochs) values.push_back(epoch.values[metric.id]);
    values = smoothed(values, smoothing);
    for (std::size_t i = 0; i < values.size(); ++i) by_epoch[run.epochs[i].epoch].push_back(values[i]);
  }
  const int last_of_all = summary_of(experiment).epoch;
  MeanCurve curve;
  for (auto& [epoch, values] : by_epoch) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const MeanWithError mean = values.empty() ? MeanWithError{nan, nan, 0} : mean_with_error(values);
    const auto x = static_cast<double>(epoch);
    if (epoch <= last_of_all) curve.points.push_back({x, mean.mean, mean.standard_error});
    if (epoch >= last_of_all) curve.tail.push_back({x, mean.mean});
  }
  if (curve.tail.size() == 1) curve.tail.clear();
  return curve;
}

ChartCurve make_curve(std::string label, const Experiment& experiment, const Metric& metric, double smoothing,
                      CurveLook look, double width) {
  MeanCurve mean = mean_curve(experiment, metric, smoothing);
  ChartCurve curve;
  curve.label = std::move(label);
  curve.points = std::move(mean.points);
  curve.tail = std::move(mean.tail);
  if (smoothing > 0.0) {
    for (const ChartPoint& point : mean_curve(experiment, metric, 0.0).points) curve.raw.push_back({point.x, point.y});
  }
  curve.look = look;
  curve.width = width;
  return curve;
}

/// The line continues from the last whole epoch. Its end is the value of no epoch, so the smoothed line does not take
/// it in.
void add_open_end(ChartCurve& curve, const Experiment& experiment, double smoothing) {
  const OpenEnd end = open_end(experiment);
  const bool is_ahead = curve.points.empty() || end.epoch > curve.points.back().x;
  if (!(end.epoch > 0.0) || !(end.mean > 0.0) || !is_ahead) return;
  if (smoothing > 0.0) {
    curve.raw.push_back({end.epoch, end.mean});
  } else {
    curve.points.push_back({end.epoch, end.mean});
  }
}

bool has_values(const Experiment& experiment, const Metric& metric) {
  return std::ranges::any_of(experiment.runs, [&](const ExperimentRun& run) {
    return std::ranges::any_of(run.epochs,
                               [&](const EpochResult& epoch) { return epoch.values.get(metric).has_value(); });
  });
}

/// How a metric is drawn where an experiment has a curve for each: its colour and dash say what it was measured on.
struct SplitLook {
  std::string_view name;
  CurveLook look;
  double width;  ///< among several curves
};
constexpr double width_alone = 1.5;
constexpr std::size_t split_looks = 4;  ///< in the first colours of group_look
const SplitLook& look_of(Split split) {
  static constexpr SplitLook looks[split_looks] = {{"test", {1, Dash::solid, Marker::none}, 1.8},
                                                   {"validation", {2, Dash::dotted, Marker::none}, 1.4},
                                                   {"train", {0, Dash::dashed, Marker::none}, 1.3},
                                                   {"", {3, Dash::solid, Marker::none}, 1.5}};
  return looks[static_cast<std::size_t>(split)];
}

void add_curve(Chart& chart, ChartCurve curve, const Metric& metric, const Experiment& experiment, double smoothing) {
  if (&metric == metrics_of(experiment).running) add_open_end(curve, experiment, smoothing);
  chart.curves.push_back(std::move(curve));
}

void add_one_curve(Chart& chart, std::string_view id, const Experiment& experiment, double smoothing) {
  const Metric* metric = chart_metric(metrics_of(experiment), id);
  if (!metric) return;
  add_curve(chart,
            make_curve(experiment.name, experiment, *metric, smoothing, group_look(experiment.color), width_alone),
            *metric, experiment, smoothing);
}

void add_all_curves(Chart& chart, std::string_view id, const Experiment& experiment, double smoothing) {
  std::vector<const Metric*> drawn;
  for (const Metric* metric : metrics_of(experiment).all) {
    if (metric->chart == id && (!metric->optional || has_values(experiment, *metric))) drawn.push_back(metric);
  }
  std::ranges::stable_sort(drawn, {}, &Metric::split);
  std::size_t further = 0;
  for (auto at = drawn.begin(); at != drawn.end(); ++at) {
    const Metric* const metric = *at;
    // A further metric of one split goes by its own name and look.
    const bool is_further = at != drawn.begin() && at[-1]->split == metric->split;
    SplitLook look = look_of(is_further ? Split::none : metric->split);
    if (is_further) look.look = group_look(split_looks + further++);
    const double width = drawn.size() > 1 ? look.width : width_alone;
    add_curve(chart,
              make_curve(std::string(look.name.empty() ? metric->label : look.name), experiment, *metric, smoothing,
                         look.look, width),
              *metric, experiment, smoothing);
  }
}

ComparedValue compared(const std::vector<double>& values) {
  ComparedValue value;
  value.runs = values;
  if (values.empty()) return value;
  const MeanWithError mean = mean_with_error(values);
  value.mean = mean.mean;
  value.error = mean.standard_error;
  return value;
}

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

/// Words as LaTeX prints them, with what its default fonts lack set as mathematics.
std::string latex_words(const std::string& text) {
  static const std::pair<std::string_view, std::string_view> replacements[] = {{"\\", "\\textbackslash{}"},
                                                                               {"{", "\\{"},
                                                                               {"}", "\\}"},
                                                                               {"&", "\\&"},
                                                                               {"%", "\\%"},
                                                                               {"$", "\\$"},
                                                                               {"#", "\\#"},
                                                                               {"_", "\\_"},
                                                                               {"~", "\\textasciitilde{}"},
                                                                               {"^", "\\textasciicircum{}"},
                                                                               {"\n", " "},
                                                                               {"\r", " "},
                                                                               {"\t", " "},
                                                                               {"±", "$\\pm$"},
                                                                               {"×", "$\\times$"},
                                                                               {"·", "$\\cdot$"},
                                                                               {"α", "$\\alpha$"},
                                                                               {"β", "$\\beta$"},
                                                                               {"γ", "$\\gamma$"},
                                                                               {"σ", "$\\sigma$"},
                                                                               {"†", "$^\\dagger$"},
                                                                               {"–", "--"},
                                                                               {"…", "\\ldots{}"},
                                                                               {"<", "$<$"},
                                                                               {">", "$>$"},
                                                                               {"|", "$|$"}};
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto match =
        std::ranges::find_if(replacements, [&](const auto& pair) { return rest.starts_with(pair.first); });
    words += match != std::end(replacements) ? std::string(match->second) : std::string(1, rest.front());
    at += match != std::end(replacements) ? match->first.size() : 1;
  }
  return words;
}

std::string latex_value(const ComparedValue& value, bool percent) {
  if (!std::isfinite(value.mean)) return "--";
  constexpr std::string_view sign = "±";
  std::string text = mean_and_error(value.mean, value.error, percent);
  if (const std::size_t at = text.find(sign); at != std::string::npos) text.replace(at, sign.size(), "\\pm");
  return "$" + text + "$";
}

/// Nothing when no experiment has a metric for it.
std::optional<Chart> make_chart(const MetricChart& which, std::span<const Experiment> experiments, double smoothing) {
  const Metric* metric = nullptr;
  for (const TaskMetrics* metrics : tasks_of(experiments)) {
    if (!metric) metric = chart_metric(*metrics, which.id);
  }
  if (!metric) return std::nullopt;
  Chart chart;
  chart.title = experiments.size() > 1 ? metric->label : which.label;
  chart.percent = metric->unit == MetricUnit::fraction;
  chart.last_x = experiments.empty() ? 10.0 : 1.0;
  for (const Experiment& experiment : experiments) {
    chart.last_x = std::max(chart.last_x, static_cast<double>(experiment.start.training.epochs));
    experiments.size() > 1 ? add_one_curve(chart, which.id, experiment, smoothing)
                           : add_all_curves(chart, which.id, experiment, smoothing);
  }
  return chart;
}

/// "best on test" as a column of a CSV file: "best_on_test".
std::string column_name(std::string words) {
  std::ranges::replace(words, ' ', '_');
  return words;
}

}  // namespace

OpenEnd open_end(const Experiment& experiment) {
  if (experiment.runs.size() != 1 || stage_of(experiment.runs.front()) != RunStage::running) return {};
  const TrainingProgress& progress = experiment.runs.front().progress;
  return {progress.epoch - 1 + progress.epoch_fraction, progress.loss};
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
    if (!all && panel != "curves" && panel != which.id) continue;
    if (auto chart = make_chart(which, experiments, smoothing)) pictures.curves.push_back(std::move(*chart));
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
  int fewest = std::numeric_limits<int>::max(), most = 0;
  for (const Experiment& experiment : experiments) {
    const ExperimentSummary summary = summary_of(experiment);
    if (!summary.last.empty()) {
      fewest = std::min(fewest, summary.epoch);
      most = std::max(most, summary.epoch);
    }
    ComparedGroup row;
    row.name = experiment.name;
    row.look = group_look(experiment.color);
    row.count = summary.last.size();
    row.count_words = count_text(summary);
    row.values = {compared(summary.last), compared(summary.best_on_test)};
    if (validated) row.values.push_back(compared(summary.at_best_validation));
    comparison.groups.push_back(std::move(row));
  }
  if (fewest < most) {
    comparison.note = "The groups have trained for different numbers of epochs: from " + std::to_string(fewest) +
                      " to " + std::to_string(most) + ".";
    for (std::size_t i = 0; i < experiments.size(); ++i) {
      if (const ExperimentSummary summary = summary_of(experiments[i]); summary.is_complete())
        comparison.groups[i].count_words += " at epoch " + std::to_string(summary.epoch);
    }
  }
  return comparison;
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
  lines += ",command\n";
  for (std::size_t index = 0; index < experiments.size(); ++index) {
    const ComparedGroup& row = comparison.groups[index];
    const ExperimentSummary summary = summary_of(experiments[index]);
    lines += csv_cell(row.name) + ',' + std::to_string(row.count) + ',' + std::to_string(summary.seeds) + ',' +
             std::to_string(summary.epoch) + ',' + std::to_string(summary.epochs);
    for (const ComparedValue& value : row.values) lines += ',' + number(value.mean) + ',' + number(value.error);
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
    for (const ComparedValue& value : group.values) table += " & " + latex_value(value, comparison.percent);
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
