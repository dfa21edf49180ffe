// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"

namespace dnm {

/// A mean over N runs and its standard error (sd with N-1, over sqrt N; NaN for one value).
struct MeanWithError {
  double mean;
  double standard_error;
  std::size_t count;  ///< N
};
/// Of at least one value.
[[nodiscard]] MeanWithError mean_with_error(std::span<const double> values);

/// The first of the best epochs that have a value of this metric; null when none has. Epochs with more links than the
/// last one do not count: under a falling density they are those of a larger network. `epochs`: at least one.
[[nodiscard]] const EpochResult* best_epoch(std::span<const EpochResult> epochs, const Metric& metric);

/// The leading metric of runs as it is reported, at equal epochs: all figures are of the epochs up to the last one that
/// every run has. One value per run that has one: at that epoch, at the best epoch by itself, which is measured on the
/// test split, and (with examples held out) at the best epoch by the selecting metric. "Best" follows the direction of
/// the metric; of equally good epochs the first.
struct RunSummary {
  const Metric* metric = nullptr;  ///< the leading one
  int epoch = 0;                   ///< of `last`, from 1; 0: there are no figures
  std::vector<double> last{};
  std::vector<double> best_on_test{};
  std::vector<double> at_best_validation{};
};
/// Of runs of one task; those without an epoch are left out. O(epochs).
[[nodiscard]] RunSummary summarise(std::span<const RunHistory* const> runs, const TaskMetrics& metrics);

}  // namespace dnm
