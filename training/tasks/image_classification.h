// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// What the images ask of a model. Throws InvalidInput for an unknown data set.
[[nodiscard]] TaskShape image_classification_shape(const TrainingSettings& settings);

/// Finds the files and reads their headers. Throws InvalidInput, FileError.
[[nodiscard]] std::uint64_t image_training_examples(const TrainingSettings& settings);

/// Which class an image is of (see Classification); training images are changed at random where the data set asks for
/// it (see Augmentation). Finds the files and checks their headers, quickly. Throws InvalidInput, FileError,
/// ResourceError.
[[nodiscard]] std::unique_ptr<Task> make_image_classification(const TrainingSettings& settings);

}  // namespace dnm
