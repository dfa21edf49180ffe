// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment_curves.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/smoothing.h"
#include "core/support/letter_case.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A value of a run.
struct Sample {
  std::uint64_t key = 0;  ///< those of several runs with the same key are averaged: an epoch, or the step of an update
  double x = 0.0;         ///< in epochs
  double value = nan;
};
/// What is drawn of a run, over its time.
struct Quantity {
  std::function<std::vector<Sample>(const ExperimentRun&)> samples;
  std::uint64_t last_of_all = 0;  ///< the last key that all runs have that have begun
};

Quantity epochs_of(const Experiment& experiment, const Metric& metric) {
  return {[&metric](const ExperimentRun& run) {
            std::vector<Sample> samples;
            samples.reserve(run.epochs.size());
            for (const EpochResult& epoch : run.epochs) {
              samples.push_back({static_cast<std::uint64_t>(epoch.epoch), static_cast<double>(epoch.epoch),
                                 epoch.values.get(metric).value_or(nan)});
            }
            return samples;
          },
          static_cast<std::uint64_t>(summary_of(experiment).epoch)};
}

/// Samples at the steps of updates. `last`: the last key of a run; nothing for one without any.
Quantity over_updates(const Experiment& experiment, std::function<std::vector<Sample>(const ExperimentRun&)> samples,
                      const std::function<std::optional<std::uint64_t>(const ExperimentRun&)>& last) {
  std::optional<std::uint64_t> last_of_all;
  for (const ExperimentRun& run : experiment.runs) {
    if (const auto of_run = last(run)) last_of_all = std::min(last_of_all.value_or(*of_run), *of_run);
  }
  return {std::move(samples), last_of_all.value_or(0)};
}

Quantity updates_of(const Experiment& experiment, const UpdateMetric& metric) {
  return over_updates(
      experiment,
      [&metric](const ExperimentRun& run) {
        std::vector<Sample> samples;
        for (const UpdateResult& update : run.updates) {
          // An update that ends no epoch has no value of some; the curve goes on behind it.
          if (const auto value = update.get(metric)) samples.push_back({update.step, update.epochs_passed, *value});
        }
        return samples;
      },
      [](const ExperimentRun& run) {
        return run.updates.empty() ? std::nullopt : std::optional(run.updates.back().step);
      });
}

/// The group of matrices whose measures are drawn of the experiment: that of its first run that has some.
std::string measured_matrices(const Experiment& experiment) {
  const auto has = [](const ExperimentRun& run) { return !run.measured.updates.empty(); };
  const auto found = std::ranges::find_if(experiment.runs, has);
  return found == experiment.runs.end() ? std::string() : found->measured.matrices;
}

/// "Q", or "Q of encoder1.ffn" for matrices that are not all.
std::string with_matrices(std::string_view label, const std::string& matrices) {
  return matrices.empty() ? std::string(label) : std::string(label) + " of " + matrices;
}

Quantity measured_of(const Experiment& experiment, const MeasuredQuantity& what) {
  const auto column = static_cast<std::size_t>(&what - measured_quantities().data());
  const auto samples_of = [column, matrices = measured_matrices(experiment)](const ExperimentRun& run) {
    std::vector<Sample> samples;
    if (run.measured.matrices != matrices) return samples;
    for (const MeasuredUpdate& measured : run.measured.updates) {
      const auto update = std::ranges::lower_bound(run.updates, measured.update, {}, &UpdateResult::update);
      const bool is_known = update != run.updates.end() && update->update == measured.update;
      if (measured.update != 0 && !is_known) continue;  // its place on the axis is not
      samples.push_back({is_known ? update->step : 0, is_known ? update->epochs_passed : 0.0, measured.values[column]});
    }
    return samples;
  };
  return over_updates(experiment, samples_of, [&](const ExperimentRun& run) {
    const auto samples = run.updates.empty() ? std::vector<Sample>() : samples_of(run);
    return samples.empty() ? std::nullopt : std::optional(samples.back().key);
  });
}

struct MeanCurve {
  std::vector<ChartPoint> points;  ///< mean and standard error, up to the last key that all its runs have
  std::vector<Point> tail;         ///< the mean of the runs that have more, from there on
};
MeanCurve mean_curve(const Experiment& experiment, const Quantity& quantity, double smoothing) {
  std::vector<Sample> together;
  for (const ExperimentRun& run : experiment.runs) {
    std::vector<Sample> samples = quantity.samples(run);
    std::vector<double> values;
    for (const Sample& sample : samples) values.push_back(sample.value);
    values = smoothed(values, smoothing);
    for (std::size_t i = 0; i < values.size(); ++i) samples[i].value = values[i];
    together.insert(together.end(), samples.begin(), samples.end());
  }
  std::ranges::stable_sort(together, {}, &Sample::key);
  MeanCurve curve;
  std::vector<double> values;  // those of one key that are finite
  for (auto at = together.begin(); at != together.end();) {
    const auto end = std::find_if(at, together.end(), [at](const Sample& sample) { return sample.key != at->key; });
    values.clear();
    for (auto sample = at; sample != end; ++sample)
      if (std::isfinite(sample->value)) values.push_back(sample->value);
    const MeanWithError mean = values.empty() ? MeanWithError{nan, nan, 0} : mean_with_error(values);
    const double x = std::prev(end)->x;
    if (at->key <= quantity.last_of_all) curve.points.push_back({x, mean.mean, mean.standard_error});
    if (at->key >= quantity.last_of_all) curve.tail.push_back({x, mean.mean});
    at = end;
  }
  if (curve.tail.size() == 1) curve.tail.clear();
  return curve;
}

ChartCurve make_curve(std::string label, const Experiment& experiment, const Quantity& quantity, double smoothing,
                      CurveLook look, double width) {
  MeanCurve mean = mean_curve(experiment, quantity, smoothing);
  ChartCurve curve;
  curve.label = std::move(label);
  curve.points = std::move(mean.points);
  curve.tail = std::move(mean.tail);
  if (smoothing > 0.0) {
    for (const ChartPoint& point : mean_curve(experiment, quantity, 0.0).points)
      curve.raw.push_back({point.x, point.y});
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

/// Whether there is more to see than a line at 0.
bool has_values(const Experiment& experiment, const UpdateMetric& metric) {
  return std::ranges::any_of(experiment.runs, [&](const ExperimentRun& run) {
    return std::ranges::any_of(run.updates,
                               [&](const UpdateResult& update) { return update.get(metric).value_or(0.0) != 0.0; });
  });
}

bool has_values(const Experiment& experiment, const MeasuredQuantity& what) {
  const auto column = static_cast<std::size_t>(&what - measured_quantities().data());
  return std::ranges::any_of(experiment.runs, [&](const ExperimentRun& run) {
    return std::ranges::any_of(run.measured.updates,
                               [&](const MeasuredUpdate& update) { return std::isfinite(update.values[column]); });
  });
}

/// How a metric is drawn where an experiment has a curve for each: its colour and dash say what it was measured on.
struct SplitLook {
  std::string_view name;
  CurveLook look;
  double width;  ///< among several curves
};
constexpr double width_alone = 1.5;
constexpr double width_of_updates = 1.2;
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
            make_curve(experiment.name, experiment, epochs_of(experiment, *metric), smoothing,
                       group_look(experiment.color), width_alone),
            *metric, experiment, smoothing);
}

/// The metrics of updates that this chart draws of the experiment, each with a look of its own.
void add_update_curves(Chart& chart, std::string_view id, const Experiment& experiment, double smoothing) {
  std::size_t further = chart.curves.empty() ? 0 : split_looks;
  for (const UpdateMetric& metric : update_metric_table()) {
    if (chart_of(metric, *metrics_of(experiment).leading) != id || !has_values(experiment, metric)) continue;
    chart.curves.push_back(make_curve(std::string(metric.label), experiment, updates_of(experiment, metric), smoothing,
                                      group_look(further++), width_of_updates));
    chart.curves.back().marks_points = metric.is_leading;
  }
  for (const MeasuredQuantity& what : measured_quantities()) {
    if (what.chart != id || !has_values(experiment, what)) continue;
    chart.curves.push_back(make_curve(with_matrices(what.label, measured_matrices(experiment)), experiment,
                                      measured_of(experiment, what), smoothing, group_look(further++),
                                      width_of_updates));
    chart.curves.back().may_end_without_value = true;
  }
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
              make_curve(std::string(look.name.empty() ? metric->label : look.name), experiment,
                         epochs_of(experiment, *metric), smoothing, look.look, width),
              *metric, experiment, smoothing);
  }
  add_update_curves(chart, id, experiment, smoothing);
}

/// A label that begins a line.
std::string as_title(std::string_view label) {
  std::string title(label);
  if (!title.empty()) title.front() = upper_case(title.front());
  return title;
}

Chart empty_chart(std::string_view title, MetricUnit unit, std::span<const Experiment> experiments) {
  Chart chart;
  chart.title = title;
  chart.percent = unit == MetricUnit::fraction;
  chart.last_x = experiments.empty() ? 10.0 : 1.0;
  for (const Experiment& experiment : experiments) {
    chart.last_x = std::max(chart.last_x, static_cast<double>(experiment.start.training.epochs));
  }
  return chart;
}

}  // namespace

std::vector<const TaskMetrics*> tasks_of(std::span<const Experiment> experiments) {
  std::vector<const TaskMetrics*> tasks;
  for (const Experiment& experiment : experiments) {
    const TaskMetrics* const metrics = &metrics_of(experiment);
    if (std::ranges::find(tasks, metrics) == tasks.end()) tasks.push_back(metrics);
  }
  if (tasks.empty()) tasks.push_back(&metrics_of(TrainingSettings{}));
  return tasks;
}

bool has_values(const Experiment& experiment, const Metric& metric) {
  return std::ranges::any_of(experiment.runs, [&](const ExperimentRun& run) {
    return std::ranges::any_of(run.epochs,
                               [&](const EpochResult& epoch) { return epoch.values.get(metric).has_value(); });
  });
}

std::optional<Chart> epoch_chart(const MetricChart& which, std::span<const Experiment> experiments, double smoothing) {
  const Metric* metric = nullptr;
  for (const TaskMetrics* metrics : tasks_of(experiments)) {
    if (!metric) metric = chart_metric(*metrics, which.id);
  }
  if (!metric) return std::nullopt;
  Chart chart = empty_chart(experiments.size() > 1 ? metric->label : which.label, metric->unit, experiments);
  for (const Experiment& experiment : experiments) {
    experiments.size() > 1 ? add_one_curve(chart, which.id, experiment, smoothing)
                           : add_all_curves(chart, which.id, experiment, smoothing);
  }
  return chart;
}

std::vector<Chart> charts_of_updates(const MetricChart& which, std::span<const Experiment> experiments,
                                     double smoothing) {
  std::vector<Chart> charts;
  const auto add = [&](std::string_view label, MetricUnit unit, const auto& quantity_of) {
    if (experiments.size() == 1) {
      if (!charts.empty()) return;  // it has all curves
      charts.push_back(empty_chart(which.label, unit, experiments));
      add_update_curves(charts.back(), which.id, experiments.front(), smoothing);
      return;
    }
    Chart& chart = charts.emplace_back(empty_chart(as_title(label), unit, experiments));
    for (const Experiment& experiment : experiments) {
      chart.curves.push_back(make_curve(experiment.name, experiment, quantity_of(experiment), smoothing,
                                        group_look(experiment.color), width_alone));
    }
  };
  const auto is_drawn = [&](const auto& row) {
    const auto has = [&](const Experiment& experiment) { return has_values(experiment, row); };
    return row.chart == which.id && std::ranges::any_of(experiments, has);
  };
  for (const UpdateMetric& metric : update_metric_table()) {
    if (!is_drawn(metric)) continue;
    add(metric.label, metric.unit, [&](const Experiment& experiment) { return updates_of(experiment, metric); });
  }
  for (const MeasuredQuantity& what : measured_quantities()) {
    if (!is_drawn(what)) continue;
    std::string label(what.label);
    const std::string matrices = measured_matrices(experiments.front());
    const auto is_same = [&](const Experiment& experiment) { return measured_matrices(experiment) == matrices; };
    if (std::ranges::all_of(experiments, is_same)) label = with_matrices(label, matrices);
    add(label, what.unit, [&](const Experiment& experiment) { return measured_of(experiment, what); });
  }
  return charts;
}

OpenEnd open_end(const Experiment& experiment) {
  if (experiment.runs.size() != 1 || stage_of(experiment.runs.front()) != RunStage::running) return {};
  const TrainingProgress& progress = experiment.runs.front().progress;
  return {progress.epoch - 1 + progress.epoch_fraction, progress.loss};
}

}  // namespace dnm
