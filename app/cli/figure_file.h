// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#ifdef DNM_STUDIO
#include "app/workspace/state.h"
#include "viz/figure/figure_module.h"
#endif

namespace dnm::cli {

#ifdef DNM_STUDIO
inline constexpr bool draws_figures = true;
#else
inline constexpr bool draws_figures = false;  ///< a build without the studio
#endif

/// For the file of a figure that a command was asked for; empty: none was. Throws ResourceError where this build draws
/// no figures, and InvalidInput for a name that no figure has.
void check_figure_name(const std::string& figure);

#ifdef DNM_STUDIO
/// Writes charts that are not of training runs as a figure, which carries the command line and a session of this state,
/// and prints what there is to notice. Throws FileError, ResourceError.
void write_charts(const std::filesystem::path& path, FigureCharts charts, std::string title,
                  const WorkspaceState& state, const std::string& command_line);
#endif

}  // namespace dnm::cli
