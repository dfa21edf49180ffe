// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/experiments/experiment.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"

// Experiments as charts, comparison and tables, for window and command line. Plain numbers go to viz, which knows
// nothing of training.
namespace dnm {

/// The charts of the table of metrics over the epochs, those that the experiments have a metric for (without
/// experiments those of the usual data set). One experiment: a curve for each of its metrics there, and where its
/// only run trains, the running mean of the epoch under way as an open end; several: one curve each, chart_metric's. A
/// curve is the mean over the runs that have begun, up to the last epoch that all of them have, with a band of ± one
/// standard error where there are two or more; its tail is the mean of those that have more. `smoothing` in [0,
/// largest_smoothing] is applied to every run by itself, before the mean, so that the band is the error of the line
/// that is drawn, and runs of different lengths are smoothed independently; the curves then have the unsmoothed mean
/// beside them. O(epochs · log epochs).
/// One experiment whose topology was updated: the chart of the leading metric has its value before each update too.
[[nodiscard]] std::vector<Chart> experiment_charts(std::span<const Experiment> experiments, double smoothing);

/// What a figure of experiments can show.
struct ExperimentPanel {
  std::string_view id;  ///< "accuracy"
  std::string label;    ///< "Accuracy"
};
/// "all", "curves" (all charts over the epochs), each of them, "updates" (the chart of the leading metric and all
/// charts of updates of the topology), each of these, "comparison".
[[nodiscard]] std::span<const ExperimentPanel> experiment_panels();

struct ExperimentPictures {
  std::vector<Chart> curves{};
  std::optional<Comparison> comparison{};
};
/// The pictures of a panel. Throws InvalidInput with "did you mean" for an unknown one. As experiment_charts.
[[nodiscard]] ExperimentPictures experiment_pictures(std::span<const Experiment> experiments, std::string_view panel,
                                                     double smoothing);

/// The epoch under way where an experiment's only run trains, with its fraction, and the running mean of it; zero where
/// there is none. (That of several runs would jump with every run that completes an epoch.)
struct OpenEnd {
  double epoch = 0.0, mean = 0.0;
};
[[nodiscard]] OpenEnd open_end(const Experiment& experiment);

/// The values of several runs, with their mean and its standard error.
[[nodiscard]] ComparedValue compared_value(const std::vector<double>& runs);
/// The leading metric at the last epoch, at the best by test and, when a run held examples out, at the best by
/// validation: those of summary_of(). Says so where groups have different numbers of epochs.
[[nodiscard]] Comparison experiment_comparison(std::span<const Experiment> experiments);

/// "The groups have trained for different numbers of epochs: from 3 to 60."; empty where their figures are of as many,
/// and for groups without figures.
[[nodiscard]] std::string different_epochs_note(std::span<const ExperimentSummary> summaries);

/// The best first, by the last epoch; experiments without an epoch last. Equal ones keep their order.
void sort_best_first(Comparison& comparison);

/// One line per experiment, run and epoch, after a header: every metric that the experiments have, as it was recorded,
/// never smoothed.
[[nodiscard]] std::string epochs_csv(std::span<const Experiment> experiments);
/// One line per experiment: N, its seeds, the epoch that the figures are of and the epochs that were to be trained;
/// then mean and standard error (empty for one run) of each figure of experiment_comparison(), the rewiring rule and
/// the command line.
[[nodiscard]] std::string comparison_csv(std::span<const Experiment> experiments);
/// The comparison as a plain LaTeX tabular that needs no package: mean ± standard error, of fractions in per cent; with
/// the epochs where the groups differ in them, and a mark at groups that are not complete.
[[nodiscard]] std::string comparison_latex(std::span<const Experiment> experiments);

}  // namespace dnm
