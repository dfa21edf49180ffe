// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/task_table.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/support/error.h"
#include "training/data/data_set_table.h"
#include "training/tasks/image_classification.h"

namespace dnm {
namespace {

std::vector<Choice> image_sets() {
  std::vector<Choice> made;
  for (const DataSetInfo& row : data_set_table()) made.push_back({row.id, row.label, row.meaning});
  return made;
}

}  // namespace

std::span<const TaskEntry> task_table() {
  static const std::array table{
      TaskEntry{{"image-classification", "Image classification", "Which class an image is of."},
                image_sets(),
                make_image_classification},
  };
  return table;
}

std::unique_ptr<Task> make_task(const TrainingSettings& settings) {
  for (const TaskEntry& task : task_table()) {
    if (std::ranges::find(task.data_sets, settings.data_set, &Choice::id) != task.data_sets.end()) {
      return task.make(settings);
    }
  }
  throw InvalidInput("there is no data set \"" + settings.data_set + "\"");
}

}  // namespace dnm
