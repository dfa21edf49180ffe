// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/workspace/state.h"
#include "viz/figure/page_settings.h"

namespace dnm {

// The command lines that reproduce what the window shows. Words are quoted for a POSIX shell where needed; options that
// have their default are left out.

/// `dnm generate` for the network; without the output file.
[[nodiscard]] std::string generate_command_line(const WorkspaceState& state);
/// `dnm measure` of what is shown; empty for a run without a folder, whose network no option names.
[[nodiscard]] std::string measure_command_line(const WorkspaceState& state);
/// The options that make these settings of the measures, each with a blank before it.
[[nodiscard]] std::string measure_options(const MeasureSettings& settings);
/// `dnm train` of this network under these seeds. The layers are those of the network. Empty for a run without a
/// folder.
[[nodiscard]] std::string training_command_line(const WorkspaceState& state);
/// The inverse for the network: what a `dnm train` line draws it from, without the layers that follow from the data.
/// Nothing for a line that names a file or a folder, or an option that is not known.
[[nodiscard]] std::optional<ModelParameters> trained_model(const std::string& command_line);

/// The options of `dnm figure` besides the network and its view, as on the command line.
struct FigureOutput {
  std::string panel;  ///< the grid of its pictures, as text
  PageSettings page;
  std::string file;
  std::string preset{};  ///< the id of the one whose title heads the figure, if any
  std::string select{};  ///< the neurons that stand out, for NeuronQuery; empty: none
};
/// `dnm figure` of what is shown; for a run without a folder, of the model or the file that it began with. For the
/// folder that the figure is in, with names of folders as in exported.h.
[[nodiscard]] std::string figure_command_line(const WorkspaceState& state, const FigureOutput& output);

}  // namespace dnm
