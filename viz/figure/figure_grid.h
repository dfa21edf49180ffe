// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// One picture of a figure.
struct FigureCell {
  std::string panel;        ///< an id of panel_choices(), or of the charts of training runs
  std::size_t network = 0;  ///< of the figure's networks
  bool operator==(const FigureCell&) const = default;
};

/// What stands where on the page of a figure.
struct FigureGrid {
  std::vector<std::vector<FigureCell>> rows{};  ///< from top to bottom, each from left to right
  /// The networks as the text names them, in the order of their first use; the one that the figure is of has no name.
  std::vector<std::string> networks{};
  bool operator==(const FigureGrid&) const = default;
};

/// Reads a grid: pictures of a row with blanks between them, rows with "/" between them, and NETWORK: before a picture
/// that is not of the figure's own network: "matrix layers / disk poster-b:disk". Throws InvalidInput where nothing is
/// named, a row is empty or there are more than 100 pictures. Whether the names mean something is not checked.
[[nodiscard]] FigureGrid read_figure_grid(std::string_view text);
/// The inverse, with one blank between the parts.
[[nodiscard]] std::string to_text(const FigureGrid& grid);

/// The same panel for so many networks, in rows of nearly equal number.
[[nodiscard]] FigureGrid grid_of_networks(std::string_view panel, std::size_t networks);

/// The panels of one network, each once. Linear in the number of cells.
[[nodiscard]] std::vector<std::string_view> panels_of(const FigureGrid& grid, std::size_t network);

}  // namespace dnm
