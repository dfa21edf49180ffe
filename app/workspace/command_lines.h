// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/workspace/state.h"

namespace dnm {

// The command lines that do again what the window shows; for a run, with the network that its training began with.
// Every word is quoted for a POSIX shell where that is needed; options that have their default are left out.

/// `dnm generate` for the network; without the output file.
[[nodiscard]] std::string generate_command_line(const WorkspaceState& state);
/// `dnm measure` of what is shown.
[[nodiscard]] std::string measure_command_line(const WorkspaceState& state);
/// `dnm train` of this network under these seeds. The network brings its own layers.
[[nodiscard]] std::string training_command_line(const WorkspaceState& state);

/// What `dnm figure` is asked for beside the network and its view; each in the words of the command line.
struct FigureOutput {
  std::string panel;
  std::string width;  ///< with its unit
  std::string file;
};
/// `dnm figure` of what is shown; of a run, too, from the session in the figure itself.
[[nodiscard]] std::string figure_command_line(const WorkspaceState& state, const FigureOutput& output);

}  // namespace dnm
