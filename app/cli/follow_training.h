// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/network_options.h"
#include "training/metrics/task_metrics.h"
#include "training/runs/run_queue.h"
#include "training/runs/run_summary.h"
#include "training/runs/training_module.h"

namespace dnm::cli {

/// What became of one run.
struct TrainingOutcome {
  std::uint64_t seed = 0;
  RunState state = RunState::preparing;
  RunHistory epochs{};
  std::string problem{};        ///< why it failed, or had to be stopped while it waited for room on the disk
  TrainingProgress progress{};  ///< the last
};

/// Whether it came so far as to train.
[[nodiscard]] bool has_begun(const TrainingOutcome& outcome);

/// What a run tells while it is followed.
struct TrainingListener {
  std::function<void(const TrainingProgress&)> started{};  ///< once, when device and engines are known
  std::function<void(const EpochResult&)> epoch{};
};

/// --jobs: how many runs go on side by side.
class JobsOption {
 public:
  void declare(CLI::App& app, const std::string& group);
  /// At most the processors, since every run keeps one of them busy; 0: all of them. Throws InvalidInput.
  [[nodiscard]] unsigned jobs() const;

 private:
  TableOptions option_;
};

/// A run on the network that `draw` gives; what there is to note about that network is printed, under the run's label
/// where it has one. `drawn`, where there is one, is told of it. Both are called on the queue's thread.
[[nodiscard]] RunRequest run_request(std::string label, TrainingSettings settings,
                                     std::function<SourceNetwork(const TaskControl&)> draw,
                                     std::function<void(const SourceNetwork&)> drawn = {});

/// Follows all runs of a queue, whose ids count from 0, to their end, with a line of progress. They go on side by side,
/// but the listeners (one for each run) hear of the first run to its end, then of the second, and so on, so that output
/// does not depend on the number of jobs. A stop request stops them after the batch under way, and so does the first
/// failure; what was reached is kept. A run that waits for room on the disk says so on standard error, and is waited
/// for. Nothing is thrown for a run that failed.
[[nodiscard]] std::vector<TrainingOutcome> follow_runs(RunQueue& queue, const std::string& label,
                                                       const TaskMetrics& metrics,
                                                       const std::vector<TrainingListener>& listeners,
                                                       const std::stop_token& stop);

/// "layer 1 sparse 0.21 ms (masked 3.10 ms), layer 2 …; 48.3 times as fast as masked dense products; 248 MB".
[[nodiscard]] std::string engine_line(const TrainingProgress& progress);
/// "epoch  3/10  loss 0.4123  train 85.31 %  test 84.20 %  1.21 s".
[[nodiscard]] std::string epoch_line(const EpochResult& epoch, const TrainingSettings& settings);

}  // namespace dnm::cli
