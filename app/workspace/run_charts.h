// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "training/metrics/task_metrics.h"
#include "training/runs/run_summary.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"

// Groups of runs as charts and tables: what the window and the command line share. Plain numbers go to viz, which knows
// nothing of training.
namespace dnm {

/// Runs that differ only in their seed.
struct PlottedGroup {
  std::string name;
  std::size_t index = 0;  ///< its place among all groups: its colour, dash and marker
  std::vector<RunHistory> runs{};
  int epochs = 0;              ///< of a whole run, for the axis
  double epoch_now = 0.0;      ///< with its fraction, while an epoch is under way; else 0
  double running_loss = 0.0;   ///< of that epoch: the open end of the loss curve
  std::string command_line{};  ///< what makes these runs again; may be empty
  const TaskMetrics* metrics = &image_classification_metrics();  ///< what its runs measure
};

/// The charts of the table of metrics over the epochs, those that the groups have a metric for (without groups those of
/// image classification). One group: a curve for each of its metrics there; several: one curve each, chart_metric's. A
/// curve is the mean over the runs that have that epoch, with a band of ± one standard error
/// where there are two or more. `smoothing` in [0, largest_smoothing] is applied to every run by itself, before the
/// mean, so that the band is the error of the line that is drawn, and runs that are not equally far do not leak into
/// each other; the curves then have the unsmoothed mean beside them.
[[nodiscard]] std::vector<Chart> run_charts(std::span<const PlottedGroup> groups, double smoothing);

/// The leading metric at the last epoch, at the best by test and, when a run held examples out, at the best by
/// validation.
[[nodiscard]] Comparison run_comparison(std::span<const PlottedGroup> groups);

/// The highest first, by the last epoch; groups without an epoch last. Equal ones keep their order.
void sort_by_value(Comparison& comparison);

/// One line per group, run and epoch, after a header: every metric that the groups have, as it was recorded, never
/// smoothed; accuracies are fractions.
[[nodiscard]] std::string epochs_csv(std::span<const PlottedGroup> groups);
/// One line per group: N, then mean, standard error (empty for one run) of each figure of run_comparison, and the
/// command line.
[[nodiscard]] std::string comparison_csv(std::span<const PlottedGroup> groups);
/// The comparison as a plain LaTeX tabular that needs no package: per cent, mean ± standard error.
[[nodiscard]] std::string comparison_latex(std::span<const PlottedGroup> groups);

}  // namespace dnm
