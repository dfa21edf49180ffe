// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_part.h"
#include "training/metrics/task_metrics.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// A value of the setting "data".
struct TaskDataSet {
  Choice choice;
  NodeIndex hidden_width = 0;  ///< of each hidden layer of the network that is usual for it; 0: of a model without
};

/// One task, with the parameters it brings. Which task a run has follows from its data set.
struct TaskEntry {
  /// "image-classification". Finds the data; throws InvalidInput, FileError, ResourceError.
  ParameterPart<std::unique_ptr<Task>(const TrainingSettings&)> part;
  std::vector<TaskDataSet> data_sets;
  std::string_view model = "mlp";  ///< of model_table(): the one that takes its batches
  /// What the settings' data set, one of these, asks of a model. Reads no more of the data than tells that.
  TaskShape (*shape)(const TrainingSettings& settings) = nullptr;
  /// Examples to train with, those held out for validation included. Finds the data; throws as `part`.
  std::uint64_t (*training_examples)(const TrainingSettings& settings) = nullptr;
  /// What the data set is called where its row's label does not say it all; null where it does. Reads nothing.
  std::string (*label)(const TrainingSettings& settings) = nullptr;
  std::string_view examples_word = "examples";  ///< what BatchSums count
  /// Steps of an epoch where they do not follow from examples and batch size; null where they do. Reads nothing.
  std::uint64_t (*steps_per_epoch)(const TrainingSettings& settings) = nullptr;
  TaskMetrics metrics;  ///< what it measures, and which of them leads
  /// The same where a setting chooses which of them leads; null: `metrics`.
  const TaskMetrics& (*metrics_of)(const TrainingSettings& settings) = nullptr;
};

/// In display order. Add a task: its file, its id in task_ids.h, one row in task_table.cpp, and its metrics in
/// metric_table.cpp.
[[nodiscard]] std::span<const TaskEntry> task_table();
/// The values of the setting "data", each with the rows that its task brings.
[[nodiscard]] std::span<const PartRows> task_data_sets();
/// The data set of this id, null where there is none.
[[nodiscard]] const TaskDataSet* find_task_data_set(std::string_view id);

/// The model that takes the batches of the settings' data set. Throws InvalidInput for an unknown one.
[[nodiscard]] std::string_view model_of(const TrainingSettings& settings);
/// What the settings' data set asks of a model; quick, reads no more of the data than tells that. Throws InvalidInput
/// for an unknown data set, and what TaskEntry::shape throws for a file of the user's own: FileError, InvalidInput.
[[nodiscard]] TaskShape shape_of(const TrainingSettings& settings);
/// Examples of the settings' data set to train with, those held out for validation included. Finds the data, reads no
/// more than tells that. Throws as make_task.
[[nodiscard]] std::uint64_t training_examples(const TrainingSettings& settings);
/// Steps of an epoch, at least 1. Finds the data as training_examples() does. Throws as make_task.
[[nodiscard]] std::uint64_t steps_per_epoch(const TrainingSettings& settings);
/// The data set in words: "Fashion-MNIST", "iris.csv". Throws InvalidInput for an unknown data set, nothing else.
[[nodiscard]] std::string data_label(const TrainingSettings& settings);

/// What the task's examples are called: "examples", "pieces". Throws InvalidInput for an unknown data set.
[[nodiscard]] std::string_view examples_word(const TrainingSettings& settings);

/// What the task of the settings' data set measures. Throws InvalidInput for an unknown data set.
[[nodiscard]] const TaskMetrics& metrics_of(const TrainingSettings& settings);
/// The task of a run, its files found. Throws as metrics_of and as TaskEntry::part.
[[nodiscard]] std::unique_ptr<Task> make_task(const TrainingSettings& settings);

}  // namespace dnm
