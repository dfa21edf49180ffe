// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measures/measure.h"
#include "core/parameters/parameter.h"

namespace dnm {

/// The rows of settings that are members of MeasureSettings, and of those that measures bring (Measure::own_settings);
/// the group of each row is the id of the measure that it belongs to.
[[nodiscard]] const ParameterTable<MeasureSettings>& measure_setting_table();

/// The same settings with igraph as the choice of every row that offers it: a second opinion.
[[nodiscard]] MeasureSettings by_igraph(MeasureSettings settings);

/// Samples when a p-value is asked for without a number: good to ±0.01 (Clauset et al.: ¼ ε⁻² samples for ε).
inline constexpr int default_p_value_samples = 1000;
/// Copies when a comparison with chance is asked for without a number.
inline constexpr int default_chance_copies = 20;

}  // namespace dnm
