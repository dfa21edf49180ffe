// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/model_parameters.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// The seeds of a group of runs, which are one experiment: the row of `dnm train --seeds` and of the window's dock, an
/// integer list.
[[nodiscard]] const ParameterInfo& seeds_info();
/// Throws InvalidInput when a seed is named twice.
[[nodiscard]] std::vector<std::uint64_t> seeds_of(const ParameterValue& value);
[[nodiscard]] ParameterValue seeds_value(std::span<const std::uint64_t> seeds);

/// How the folder of a run begins that is one of several: RUN-FOLDER/seed-N.
inline constexpr std::string_view seed_folder_start = "seed-";
[[nodiscard]] std::string seed_folder_name(std::uint64_t seed);
/// The settings of the run under one of `count` seeds: several runs have a folder each, RUN-FOLDER/seed-N.
[[nodiscard]] TrainingSettings settings_of_seed(TrainingSettings settings, std::uint64_t seed, std::size_t count);
/// The parameters that draw the network of the run under this seed.
[[nodiscard]] ModelParameters parameters_of_seed(ModelParameters parameters, std::uint64_t seed);

/// The training settings of a session (JSON object) with the group's seeds among them; without any, none are named.
[[nodiscard]] std::string training_json_with_seeds(const TrainingSettings& settings,
                                                   std::span<const std::uint64_t> seeds);
/// Those seeds; empty when none are named: the network's own then. An older session's single training seed counts when
/// it is not 0. Throws InvalidInput.
[[nodiscard]] std::vector<std::uint64_t> seeds_from_training_json(std::string_view text);

}  // namespace dnm
