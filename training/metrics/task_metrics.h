// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/metric.h"

namespace dnm {

/// What a task measures in every epoch, and which metrics stand for it.
struct TaskMetrics {
  std::vector<const Metric*> all;     ///< in the order of the table
  const Metric* leading = nullptr;    ///< what a result is judged by, on the test split
  const Metric* selecting = nullptr;  ///< what chooses an epoch without a look at the test split
  const Metric* running = nullptr;    ///< the mean that a run reports while an epoch is under way
};

/// The same by their ids.
struct MetricRoles {
  std::string_view leading;
  std::string_view selecting;
  std::string_view running;
};
/// The rows of the table that belong to this task. Throws InvalidInput for an id that is none of theirs, and for a
/// leading or selecting metric without a direction.
[[nodiscard]] TaskMetrics task_metrics(std::string_view task, const MetricRoles& roles);

/// Whether `a` is strictly better than `b` in the metric's direction.
[[nodiscard]] bool is_better(const Metric& metric, double a, double b);
/// The value of a metric; `of_scores` are the means of those that are computed from scores.
[[nodiscard]] std::optional<double> metric_value(const Metric& metric, const EpochFacts& facts,
                                                 const MetricValues& of_scores);
/// The metrics of one epoch.
[[nodiscard]] EpochResult epoch_result(const TaskMetrics& metrics, std::uint64_t seed, int epoch,
                                       const EpochFacts& facts, const MetricValues& of_scores = {});

/// The metric that stands for a chart where each group of runs has one curve in it: the leading one, the running one,
/// or else its first. Null when the task has none there.
[[nodiscard]] const Metric* chart_metric(const TaskMetrics& metrics, std::string_view chart);

}  // namespace dnm
