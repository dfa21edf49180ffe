// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "training/runs/training_module.h"

namespace dnm::cli {

/// What became of one run.
struct TrainingOutcome {
  std::uint64_t seed = 0;
  RunState state = RunState::finished;
  std::vector<EpochResult> epochs{};
};

/// What a run tells while it is followed.
struct TrainingListener {
  std::function<void(const TrainingProgress&)> started{};  ///< once, when device and engine are known
  std::function<void(const EpochResult&)> epoch{};
};

/// Follows a run to its end with a line of progress; a stop request stops it after the batch under way, and what was
/// reached is kept. A run that waits for room on the disk says so on standard error, and is waited for. Throws Error
/// with the run's own sentence when it failed.
[[nodiscard]] TrainingOutcome follow_training(TrainingRun& run, std::uint64_t seed, const std::string& label,
                                              const TrainingListener& listener, std::stop_token stop);

/// Mean and its standard error (sd with n-1, over sqrt n; NaN for one value).
struct MeanWithError {
  double mean;
  double standard_error;
};
[[nodiscard]] MeanWithError mean_with_error(const std::vector<double>& values);

/// Test accuracies of runs as they are reported: at the last epoch, at the best epoch by test, and (with images held
/// out) at the best epoch by validation; one value per run that finished an epoch.
struct AccuracySummary {
  std::vector<double> last;
  std::vector<double> best_on_test;
  std::vector<double> at_best_validation;
};
[[nodiscard]] AccuracySummary summarise(const std::vector<TrainingOutcome>& outcomes);

/// "epoch  3/10  loss 0.4123  train 85.31 %  test 84.20 %  1.21 s".
[[nodiscard]] std::string epoch_line(const EpochResult& epoch, std::int64_t epochs);
/// "86.12 %" or "86.12 ± 0.05 %".
[[nodiscard]] std::string format_accuracy(const MeanWithError& accuracy);

}  // namespace dnm::cli
