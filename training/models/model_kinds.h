// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/models/model_kind.h"

namespace dnm {

/// The kind of model that the settings ask for.
[[nodiscard]] const ModelKind& model_kind(const TrainingSettings& settings);

}  // namespace dnm
