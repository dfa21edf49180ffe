// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm {

/// In a run folder, beside checkpoint_file_name, epochs_file_name, updates_file_name and topology_file_name: what the
/// run was started with, the checkpoint before the newest, and the one that is being written.
inline constexpr const char* config_file_name = "config.json";
inline constexpr const char* previous_checkpoint_name = "checkpoint.previous.pt";
inline constexpr const char* unfinished_checkpoint_name = "checkpoint.new.pt";

/// Whether a run has been in this folder: it has left a checkpoint, config.json or epochs.csv.
[[nodiscard]] bool holds_run(const std::filesystem::path& folder);

}  // namespace dnm
