// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "training/optimisers/optimiser.h"
#include "training/runs/training_settings.h"

namespace dnm {

[[nodiscard]] std::unique_ptr<Optimiser> make_optimiser(const TrainingSettings& settings);

}  // namespace dnm
