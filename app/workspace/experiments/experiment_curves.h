// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/workspace/experiments/experiment.h"
#include "viz/scenes/chart_scene.h"

// One chart of experiments: its curves, from the metrics of epochs and of updates.
namespace dnm {

/// The tasks of all experiments, each once; without experiments that of the usual data set.
[[nodiscard]] std::vector<const TaskMetrics*> tasks_of(std::span<const Experiment> experiments);

/// Whether any epoch has a value of it.
[[nodiscard]] bool has_values(const Experiment& experiment, const Metric& metric);

/// A chart of metric_charts(); nothing when no experiment has a metric for it. As experiment_charts().
[[nodiscard]] std::optional<Chart> epoch_chart(const MetricChart& which, std::span<const Experiment> experiments,
                                               double smoothing);
/// What a chart of update_charts() or measured_charts() shows, of all layers together, on the same axis; nothing when
/// no experiment has a value for it. One experiment: a chart with a curve for each metric that is ever other than 0;
/// several: a chart for each of these metrics, with a curve for each experiment.
[[nodiscard]] std::vector<Chart> charts_of_updates(const MetricChart& which, std::span<const Experiment> experiments,
                                                   double smoothing);

}  // namespace dnm
