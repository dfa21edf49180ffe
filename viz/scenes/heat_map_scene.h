// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "viz/scenes/chart_scene.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// A value for each pair of two things that have an order.
struct HeatMap {
  std::string title;
  std::string x_name, y_name;
  std::vector<std::string> x_words, y_words;  ///< of the columns from left to right, of the rows from below
  std::vector<double> values{};               ///< of column x in row y at y·columns + x; NaN: none
};

struct HeatMapPicture {
  Scene scene;
  std::vector<Rectangle> plots;  ///< the cells of each map together, in points, y upwards
};

/// Maps beside each other, in as many rows as the page's shape requires, as plain geometry whose data unit is one
/// point: a coloured cell for each value, a plain one with a dash where there is none, the words of columns and rows
/// that have room, and a colour bar for each map with round numbers. Linear in the number of cells.
[[nodiscard]] HeatMapPicture heat_maps_scene(std::span<const HeatMap> maps, const ChartStyle& style);

/// Height in points at which maps stand comfortably on a page of the style's width.
[[nodiscard]] double heat_maps_height(std::size_t maps, const ChartStyle& style);

}  // namespace dnm
