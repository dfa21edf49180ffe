// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "training/runs/training_module.h"

namespace dnm {

/// A mean over N runs and its standard error (sd with N-1, over sqrt N; NaN for one value).
struct MeanWithError {
  double mean;
  double standard_error;
  std::size_t count;  ///< N
};
/// Of at least one value.
[[nodiscard]] MeanWithError mean_with_error(std::span<const double> values);

/// The middle one, of an even number the higher of the two; of at least one value. Linear.
[[nodiscard]] double median(std::vector<double> values);

/// The epochs of one run, first to last.
using RunHistory = std::vector<EpochResult>;

/// Test accuracies of runs as they are reported: at the last epoch, at the best epoch by test, and (with images held
/// out) at the best epoch by validation; one value per run that finished an epoch. Of equally good epochs the first.
struct AccuracySummary {
  std::vector<double> last;
  std::vector<double> best_on_test;
  std::vector<double> at_best_validation;
};
/// Adds one run: nothing when it has no epochs.
void add_run(AccuracySummary& summary, const RunHistory& epochs);
[[nodiscard]] AccuracySummary summarise(std::span<const RunHistory> runs);

}  // namespace dnm
