// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/task_table.h"

#include <algorithm>
#include <array>

#include "core/parameters/look_up.h"
#include "training/data/data_set_table.h"
#include "training/tasks/image_classification.h"
#include "training/tasks/own_classification.h"
#include "training/tasks/task_ids.h"
#include "training/tasks/translation.h"

namespace dnm {
namespace {

/// Of data whose size nobody knows yet: a small net.
constexpr NodeIndex own_hidden_width = 128;

std::vector<TaskDataSet> image_sets() {
  std::vector<TaskDataSet> sets;
  for (const DataSetInfo& info : data_set_table())
    sets.push_back({{info.id, info.label, info.meaning}, info.hidden_width});
  return sets;
}

/// Throws InvalidInput for an unknown data set.
const TaskEntry& task_of(const TrainingSettings& settings) {
  for (const TaskEntry& task : task_table()) {
    if (find_row(task.data_sets, settings.data_set) != nullptr) return task;
  }
  throw_unknown("data set", settings.data_set, row_ids(task_data_sets()));
}

}  // namespace

std::span<const TaskEntry> task_table() {
  static const std::array table{
      TaskEntry{.part = parameter_part<std::unique_ptr<Task>(const TrainingSettings&)>(
                    {image_classification_task, "Image classification", "Which class an image is of."},
                    make_image_classification),
                .data_sets = image_sets(),
                .shape = image_classification_shape,
                .training_examples = image_training_examples,
                .metrics = task_metrics(
                    image_classification_task,
                    {.leading = "test_accuracy", .selecting = "validation_accuracy", .running = "train_loss"})},
      TaskEntry{.part = parameter_part<std::unique_ptr<Task>(const TrainingSettings&)>(
                    {own_classification_task, "Classification", "Which class an example of your own is of."},
                    own_set_table(), make_own_classification),
                .data_sets = {{{own_data_set, "Own file", "Examples of your own, from a table or a NumPy archive."},
                               own_hidden_width}},
                .shape = own_classification_shape,
                .training_examples = own_training_examples,
                .label = own_data_label,
                .metrics = task_metrics(
                    own_classification_task,
                    {.leading = "test_accuracy", .selecting = "validation_accuracy", .running = "train_loss"})},
      translation_entry(),
  };
  return table;
}

std::span<const PartRows> task_data_sets() {
  static const std::vector<PartRows> sets = [] {
    std::vector<PartRows> made;
    for (const TaskEntry& task : task_table()) {
      for (const TaskDataSet& data_set : task.data_sets) made.push_back({data_set.choice, task.part.rows});
    }
    return made;
  }();
  return sets;
}

const TaskDataSet* find_task_data_set(std::string_view id) {
  for (const TaskEntry& task : task_table()) {
    if (const TaskDataSet* found = find_row(task.data_sets, id)) return found;
  }
  return nullptr;
}

std::string_view model_of(const TrainingSettings& settings) { return task_of(settings).model; }

TaskShape shape_of(const TrainingSettings& settings) { return task_of(settings).shape(settings); }

std::string_view examples_word(const TrainingSettings& settings) { return task_of(settings).examples_word; }

std::uint64_t training_examples(const TrainingSettings& settings) {
  return task_of(settings).training_examples(settings);
}

std::uint64_t steps_per_epoch(const TrainingSettings& settings) {
  const TaskEntry& task = task_of(settings);
  if (task.steps_per_epoch != nullptr) return task.steps_per_epoch(settings);
  const std::uint64_t examples = task.training_examples(settings);
  const auto held_out = std::min(examples, static_cast<std::uint64_t>(settings.validation));
  const auto batch = static_cast<std::uint64_t>(settings.batch);
  return std::max<std::uint64_t>(1, (examples - held_out + batch - 1) / batch);
}

std::string data_label(const TrainingSettings& settings) {
  const TaskEntry& task = task_of(settings);
  return task.label != nullptr ? task.label(settings)
                               : std::string(find_task_data_set(settings.data_set)->choice.label);
}

const TaskMetrics& metrics_of(const TrainingSettings& settings) {
  const TaskEntry& task = task_of(settings);
  return task.metrics_of != nullptr ? task.metrics_of(settings) : task.metrics;
}

std::unique_ptr<Task> make_task(const TrainingSettings& settings) {
  return task_of(settings).part.make(settings.parts, settings);
}

}  // namespace dnm
