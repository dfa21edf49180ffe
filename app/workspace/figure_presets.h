// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace dnm {

/// A whole figure by name: several networks, and what is shown of each.
struct FigurePreset {
  std::string_view id;       ///< "poster-characterization"
  std::string_view meaning;  ///< one sentence
  std::string_view panel;    ///< its grid, whose networks are presets
  std::string_view width;    ///< of the page, unless another is asked for
};
/// Add one: a row in figure_presets.cpp.
[[nodiscard]] std::span<const FigurePreset> figure_presets();

}  // namespace dnm
