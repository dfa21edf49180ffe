// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>

#include "core/parameters/parameter_part.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

/// One value of the setting "optimiser", with the parameters it brings.
using OptimiserEntry = ParameterPart<std::unique_ptr<Optimiser>()>;

/// In display order; TrainingSettings::optimiser names the default. Add an optimiser: one file, one row in
/// optimiser_table.cpp.
[[nodiscard]] std::span<const OptimiserEntry> optimiser_table();

}  // namespace dnm
