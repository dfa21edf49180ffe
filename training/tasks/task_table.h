// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/parameters/parameter.h"
#include "training/runs/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// One task. Which task a run has follows from its data set.
struct TaskEntry {
  Choice choice;                  ///< "image-classification"
  std::vector<Choice> data_sets;  ///< values of the setting "data"
  /// Finds the data. Throws InvalidInput, FileError, ResourceError.
  std::unique_ptr<Task> (*make)(const TrainingSettings& settings);
};

[[nodiscard]] std::span<const TaskEntry> task_table();
/// The task of the settings' data set, its files found. Throws as TaskEntry::make.
[[nodiscard]] std::unique_ptr<Task> make_task(const TrainingSettings& settings);

}  // namespace dnm
