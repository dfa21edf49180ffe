// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dnm::cli {

#ifdef DNM_STUDIO
inline constexpr bool draws_figures = true;
#else
inline constexpr bool draws_figures = false;  ///< a build without the studio
#endif

/// For the file of a figure that a command was asked for; empty: none was. Throws ResourceError where this build draws
/// no figures, and InvalidInput for a name that no figure has.
void check_figure_name(const std::string& figure);

}  // namespace dnm::cli
