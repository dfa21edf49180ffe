// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// What the images ask of a model. Throws InvalidInput for an unknown data set.
[[nodiscard]] TaskShape image_classification_shape(const TrainingSettings& settings);

/// Which class an image is of, by softmax cross-entropy; batches are ImageBatch. The images of an epoch come in an
/// order of its own, changed at random where the data set asks for it (see Augmentation); `validation` of them, chosen
/// by the seed, are held out. Finds the files and checks their headers, quickly. Throws InvalidInput, FileError,
/// ResourceError.
[[nodiscard]] std::unique_ptr<Task> make_image_classification(const TrainingSettings& settings);

}  // namespace dnm
