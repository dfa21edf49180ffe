// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/parameters/parameter_table.h"

namespace dnm {

/// How the names of figures' files end, and the same in words.
inline constexpr std::string_view figure_extensions[] = {".svg", ".pdf", ".png", ".tiff", ".tif"};
inline constexpr std::string_view figure_extensions_words = ".svg, .pdf, .png or .tiff";

/// The type face of a figure. Journals that ask for Helvetica or Arial take the free faces of the same widths too.
enum class FigureFont { dejavu, helvetica, arial };

/// The page of a figure and what is printed on it besides the pictures.
struct PageSettings {
  std::string width = "183mm";  ///< a length, or the name of a usual width
  std::string height{};         ///< a length; empty: what the pictures need
  bool letters = false;         ///< a, b, c … at the upper left of the pictures
  FigureFont font = FigureFont::dejavu;
  std::int64_t dpi = 300;  ///< of .png and .tiff
  bool operator==(const PageSettings&) const = default;
};
/// Rows: width, height, letters, font, dpi.
[[nodiscard]] const ParameterTable<PageSettings>& page_setting_table();

/// A width that journals and conferences ask for.
struct PageWidth {
  std::string_view id;     ///< "nature-1"
  std::string_view label;  ///< "Nature, one column"
  double millimetres;
};
[[nodiscard]] std::span<const PageWidth> page_widths();

/// "183mm", "18.3 cm", "7.2in", "520pt", a plain number of millimetres, or the id of a page width; in millimetres.
/// Throws InvalidInput for another text.
[[nodiscard]] double length_in_millimetres(std::string_view text);

/// Of the page, in millimetres. Throw InvalidInput for lengths that are not those of a page (20 to 1000 mm).
[[nodiscard]] double page_width(const PageSettings& page);
[[nodiscard]] std::optional<double> page_height(const PageSettings& page);

}  // namespace dnm
