// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/measures/measure.h"
#include "core/parameters/parameter.h"

namespace dnm {

/// One setting of the measures, described as the parameters of the models are: the command line, the window and
/// sessions are made from these rows.
struct MeasureSetting {
  ParameterInfo info;
  std::string_view measure;  ///< id of the measure it belongs to
  ParameterValue (*get)(const MeasureSettings&);
  void (*set)(MeasureSettings&, const ParameterValue&);
};

/// q, runs, draws, sigma-error, engine, gamma-fit, p-value. What a row is left at by default is what a
/// default-constructed MeasureSettings holds.
[[nodiscard]] std::span<const MeasureSetting> measure_setting_table();
/// Throws InvalidInput for an unknown id.
[[nodiscard]] const MeasureSetting& measure_setting(std::string_view id);

/// Samples when a p-value is asked for without a number: good to ±0.01 (Clauset et al.: ¼ ε⁻² samples for ε).
inline constexpr int default_p_value_samples = 1000;
/// Copies when a comparison with chance is asked for without a number.
inline constexpr int default_chance_copies = 20;

}  // namespace dnm
