// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "app/workspace/module_loader.h"
#include "app/workspace/search/search_space.h"
#include "app/workspace/search/search_steps.h"
#include "core/support/task_control.h"

namespace dnm {

/// Does a step: measures the network of each seed, where measures are asked for, and trains it in a run folder of
/// `folder` up to the epochs of the step, going on with what an earlier rung, or a worker that was stopped, has left
/// there. Trainings have the learning rate of a whole training; a rung ends one, and the next goes on with the same
/// bits. Metrics are those of the epoch with the best selecting metric so far; of a final step, the test metrics of
/// that epoch and of the last one (with ".last" behind their ids) too. A trial whose network breaks a condition is not
/// trained.
///
/// What the trial's own values cause (InvalidInput, NumericalError, a training that diverges) is a failed record.
/// Throws FileError, ResourceError, and Cancelled on a stop, after a checkpoint. One thread for a training, and one
/// more that waits for it.
[[nodiscard]] StepRecord run_step(const SearchPlan& plan, const SearchSpace& space, const SearchStep& step,
                                  const std::filesystem::path& folder, const TaskControl& control,
                                  const std::function<TrainingModule&()>& module = training_module);

/// What the trainings of a search need, as far as its first trials tell. All 0 where nothing is trained.
struct TrainingNeeds {
  std::uint64_t memory_bytes = 0;  ///< at most, of the first four that can be: data, topology, weights, activations
  double epoch_seconds = 0.0;      ///< mean of the first two that can be, on one thread of this machine
};
/// Trains for up to some seconds, without a folder. Throws FileError, ResourceError, Cancelled.
[[nodiscard]] TrainingNeeds needs_of_trials(const SearchPlan& plan, const SearchSpace& space,
                                            const TaskControl& control,
                                            const std::function<TrainingModule&()>& module = training_module);

/// The folder of a trial's run, or of its runs under several seeds: FOLDER/trials/trial-00012.
[[nodiscard]] std::filesystem::path folder_of_trial(const std::filesystem::path& folder, std::int64_t trial);
/// The run folder of a step: FOLDER/trials/trial-00012, or FOLDER/finals/trial-00012/seed-1001. Under several seeds it
/// has a folder for each, seed-N.
[[nodiscard]] std::filesystem::path run_folder_of(const std::filesystem::path& folder, const SearchStep& step);

}  // namespace dnm
