// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_table.h"
#include "training/schedules/learning_rate.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// The learning-rate schedule of the settings.
[[nodiscard]] RateSettings rate_settings(const TrainingSettings& settings);

/// The default hidden layers of a data set: three of 1568 neurons, of 3072 for CIFAR-10.
[[nodiscard]] std::vector<std::int64_t> usual_hidden(std::string_view data_set);

/// The rows of TrainingSettings in display order: data, data-dir, hidden, architecture (the model), method, epochs,
/// batch, lr, lr-schedule, lr-final-ratio, lr-decay-end, optimiser, dropout, weight-init, engine, device, validation,
/// seed, run-dir, resume, checkpoint-every. After data, architecture, method and optimiser come the rows that the task
/// of the data set and the parts chosen bring: momentum and weight-decay those of SGD. While there is one architecture
/// or one optimiser, no row chooses it. Setting the data set also sets the hidden layers, from those usual for the one
/// before to those usual for it; hidden layers chosen by the user stay.
[[nodiscard]] const ParameterTable<TrainingSettings>& training_parameter_table();
/// Throws InvalidInput for the first setting out of range or of an unknown name.
void check_settings(const TrainingSettings& settings);

/// JSON object id -> text, and back (settings not named keep their defaults, unknown keys are ignored; throws
/// InvalidInput for text that is not a JSON object or a bad value).
[[nodiscard]] std::string training_settings_to_json(const TrainingSettings& settings);
[[nodiscard]] TrainingSettings training_settings_from_json(std::string_view text);

}  // namespace dnm
