// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/parameters/parameter_table.h"
#include "training/schedules/learning_rate.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// The learning-rate schedule of the settings.
[[nodiscard]] RateSettings rate_settings(const TrainingSettings& settings);

/// The rows of TrainingSettings, in display order. After the rows that choose data set, model, rewiring rule and
/// optimiser come those that the task of the data set and the chosen parts bring. While there is one model or one
/// optimiser, no row chooses it. Setting the data set also sets the hidden layers, from those usual for the one before
/// to those usual for it (three of DataSetInfo::hidden_width); hidden layers chosen by the user stay. So does
/// setting the rule with the first weights (RewiringMethod::weight_init). It also sets the architecture, and another
/// architecture the settings that come with it: those of the recipe, or the defaults. So does choosing a recipe.
[[nodiscard]] const ParameterTable<TrainingSettings>& training_parameter_table();
/// Throws InvalidInput for the first setting out of range or of an unknown name.
void check_settings(const TrainingSettings& settings);

/// JSON object id -> text, and back (settings not named keep their defaults, unknown keys are ignored; throws
/// InvalidInput for text that is not a JSON object or a bad value).
[[nodiscard]] std::string training_settings_to_json(const TrainingSettings& settings);
[[nodiscard]] TrainingSettings training_settings_from_json(std::string_view text);

}  // namespace dnm
