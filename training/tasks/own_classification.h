// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/parameters/parameter_table.h"
#include "training/data/own_set.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// The value of the setting "data" that stands for a file of the user's own.
inline constexpr std::string_view own_data_set = "file";

/// The rows that name the file and its parts.
[[nodiscard]] const ParameterTable<OwnSetChoice>& own_set_table();
/// The file's name, without looking into it.
[[nodiscard]] std::string own_data_label(const TrainingSettings& settings);
/// What the examples of the file ask of a model. Reads its header and classes. Throws InvalidInput, FileError.
[[nodiscard]] TaskShape own_classification_shape(const TrainingSettings& settings);

/// Without those that are held out for tests. Reads the header and the classes. Throws InvalidInput, FileError.
[[nodiscard]] std::uint64_t own_training_examples(const TrainingSettings& settings);

/// Which class an example of the user's own is of (see Classification, OwnSet). Reads the header and the classes.
/// Throws InvalidInput, FileError, ResourceError.
[[nodiscard]] std::unique_ptr<Task> make_own_classification(const OwnSetChoice& choice,
                                                            const TrainingSettings& settings);

}  // namespace dnm
