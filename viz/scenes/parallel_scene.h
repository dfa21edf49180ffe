// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "viz/scenes/chart_scene.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// One upright axis.
struct ParallelAxis {
  std::string name;
  double low = 0.0, high = 1.0;    ///< its ends
  std::vector<ChartTick> ticks{};  ///< from below
};

/// One line through all axes.
struct ParallelLine {
  std::vector<double> places{};  ///< on each axis; NaN: it has none there, and passes below the axis
  double value = std::numeric_limits<double>::quiet_NaN();  ///< decides its colour; NaN: none, a faint line
  bool is_best = false;                                     ///< drawn on top, with a mark on each axis
  bool is_marked = false;                                   ///< the same, above all others, in the colour of the ink
};

/// Settings that were tried, and what came of each (parallel coordinates; Inselberg 1985, doi:10.1007/BF01898350).
struct ParallelPlot {
  std::string title{};
  std::vector<ParallelAxis> axes{};
  std::vector<ParallelLine> lines{};
  std::string value_name{};  ///< of the colours
  bool percent = false;      ///< the values are fractions, shown in per cent
  bool lowest_is_best = false;
};

struct ParallelPicture {
  Scene scene;
  std::vector<Rectangle> axes;  ///< of each axis, in points, y upwards; without width
  double below = 0.0;           ///< how far below its axis a line passes that has no place there
};

/// The lines as plain geometry whose data unit is one point: the best values on top, coloured by value with a bar of
/// round numbers beside them, words at the axes. Without lines it says so. O(lines · axes).
[[nodiscard]] ParallelPicture parallel_scene(const ParallelPlot& plot, const ChartStyle& style);

/// Where a line of the picture meets an axis, in points.
[[nodiscard]] Point parallel_place(const ParallelPlot& plot, const ParallelPicture& picture, std::size_t line,
                                   std::size_t axis);
/// The line nearest to a point of the picture, among those that pass within `reach` points of it; nothing where none
/// does. O(lines · axes).
[[nodiscard]] std::optional<std::size_t> parallel_line_at(const ParallelPlot& plot, const ParallelPicture& picture,
                                                          Point point, double reach);

/// Height in points at which it stands comfortably on a page of the style's width.
[[nodiscard]] double parallel_height(const ChartStyle& style);

}  // namespace dnm
