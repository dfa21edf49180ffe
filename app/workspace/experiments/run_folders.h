// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/workspace/experiments/experiment.h"

namespace dnm {

/// The experiments under a folder, as `dnm train --run-dir` and `dnm compare` leave them: a folder with epochs.csv is
/// an experiment of one run, one with folders seed-N is an experiment of those, and one with such folders (for dnm
/// compare in its folder runs) holds as many; named after their folders and in the order of their names, seeds by
/// number. Their settings come from config.json as far as it has them, and so does the model that drew their networks;
/// where it does not tell, they were started with what the first of them has kept. A run that has trained all its
/// epochs is finished, any other stopped; a run without an epoch is left out, and so is an incomplete last line of a
/// run that was killed. Throws FileError if the folder is missing, has no runs, or has a file that is no table of
/// epochs.
[[nodiscard]] std::vector<Experiment> read_experiments(const std::filesystem::path& folder);

/// The network of a group of matrices (empty: the first that there is, see RunMoments::groups) of the run in this
/// folder after so many updates of its topology (0: as the training began), from topology.bin. O(links · updates).
/// Throws FileError if the folder or the file is missing, and InvalidInput if the run has no such update or group.
[[nodiscard]] NetworkPointer network_of_run(const std::filesystem::path& folder, std::uint64_t update,
                                            const std::string& matrices = {});

/// The settings that the run in this folder was started with, as far as its config.json tells them.
[[nodiscard]] TrainingSettings settings_of_run(const std::filesystem::path& folder);

/// What the run in this folder was started with, by its config.json, where a checkpoint would be resumed there; nothing
/// where there is none, or where the settings cannot be read.
[[nodiscard]] std::optional<TrainingSettings> settings_to_resume(const std::filesystem::path& folder);

/// The seed of the run in this folder, by its epochs; nothing before the first of them.
[[nodiscard]] std::optional<std::uint64_t> seed_of_run(const std::filesystem::path& folder);

/// The run that an option or argument names by its folder: itself if it has a topology.bin, or the only folder seed-N
/// in it that has one. Throws FileError when there is none, and InvalidInput when there are several.
[[nodiscard]] std::filesystem::path rewired_run_in(const std::filesystem::path& folder);

}  // namespace dnm
