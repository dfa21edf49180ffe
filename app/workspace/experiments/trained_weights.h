// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/support/task_control.h"

namespace dnm {

/// The format of exported weights, for names and file dialogs.
inline constexpr const char* weights_extension = ".safetensors";

/// The checkpoint of a run: of a folder the checkpoint in it, or of the only run below it (seed-N), else the file
/// itself. Throws FileError, which says what is there, for a folder of several runs or without a checkpoint.
[[nodiscard]] std::filesystem::path checkpoint_of(const std::filesystem::path& run);

/// What was exported.
struct ExportedWeights {
  std::size_t layers = 0;
  std::uint64_t weights = 0;  ///< with the zeros of a dense matrix left out
};
/// "3 layers, 61,465 weights".
[[nodiscard]] std::string exported_text(const ExportedWeights& exported);

/// Writes the weights of a run's checkpoint as write_trained_layers() does, with the settings of its run folder as
/// provenance; names of folders are as in exported.h. Nothing is written for a file that is no checkpoint of this
/// program: `layers` is 0. Throws FileError, ResourceError, Cancelled.
ExportedWeights export_weights(const std::filesystem::path& checkpoint, const std::filesystem::path& file,
                               const TaskControl& control = {});

}  // namespace dnm
