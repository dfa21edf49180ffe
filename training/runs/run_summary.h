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

/// The leading metric of runs as it is reported: at the last epoch, at the best epoch by itself, which is measured on
/// the test split, and (with examples held out) at the best epoch by the selecting metric; one value per run that has
/// one. "Best" follows the direction of the metric; of equally good epochs the first.
struct RunSummary {
  const Metric* metric = nullptr;  ///< the leading one
  std::vector<double> last{};
  std::vector<double> best_on_test{};
  std::vector<double> at_best_validation{};
};
/// Adds one run to a summary of `metrics.leading`: no value when it has no epochs.
void add_run(RunSummary& summary, const RunHistory& epochs, const TaskMetrics& metrics);

}  // namespace dnm
