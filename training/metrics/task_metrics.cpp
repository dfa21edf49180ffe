// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/task_metrics.h"

#include <algorithm>
#include <string>

#include "core/parameters/look_up.h"
#include "core/support/error.h"

namespace dnm {
namespace {

const Metric* one_of(const TaskMetrics& metrics, std::string_view id, std::string_view task) {
  const Metric& found = metric(id);
  if (std::ranges::find(metrics.all, &found) == metrics.all.end()) {
    throw InvalidInput("the task " + std::string(task) + " has no metric \"" + std::string(id) + "\"");
  }
  return &found;
}

const Metric* judge(const TaskMetrics& metrics, std::string_view id, std::string_view task) {
  const Metric* found = one_of(metrics, id, task);
  if (found->direction == MetricDirection::neither) {
    throw InvalidInput("the metric \"" + std::string(id) + "\" has no direction, so no epoch is the best by it");
  }
  return found;
}

}  // namespace

TaskMetrics task_metrics(std::string_view task, const MetricRoles& roles) {
  TaskMetrics made;
  for (const Metric& row : metric_table()) {
    if (row.tasks.empty() || lists(row.tasks, task)) made.all.push_back(&row);
  }
  made.leading = judge(made, roles.leading, task);
  made.selecting = judge(made, roles.selecting, task);
  made.running = one_of(made, roles.running, task);
  return made;
}

bool is_better(const Metric& metric, double a, double b) {
  return metric.direction == MetricDirection::lower_is_better ? a < b : a > b;
}

std::optional<double> metric_value(const Metric& metric, const EpochFacts& facts, const MetricValues& of_scores) {
  return metric.of_scores != nullptr ? of_scores.get(metric) : metric.compute(facts);
}

EpochResult epoch_result(const TaskMetrics& metrics, std::uint64_t seed, int epoch, const EpochFacts& facts,
                         const MetricValues& of_scores) {
  EpochResult result{seed, epoch};
  for (const Metric* metric : metrics.all) {
    if (const auto value = metric_value(*metric, facts, of_scores)) result.values.set(*metric, *value);
  }
  return result;
}

const Metric* chart_metric(const TaskMetrics& metrics, std::string_view chart) {
  for (const Metric* metric : {metrics.leading, metrics.running}) {
    if (metric->chart == chart) return metric;
  }
  const auto first = std::ranges::find(metrics.all, chart, &Metric::chart);
  return first == metrics.all.end() ? nullptr : *first;
}

}  // namespace dnm
