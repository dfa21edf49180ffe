// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viz/scenes/chart_scene.h"

// The values of a chart, and their axis. Not for other headers.
namespace dnm {

/// Whether a value can be drawn: finite, and not so large that the arithmetic of axes would overflow.
[[nodiscard]] bool is_usable(double value);
[[nodiscard]] bool is_usable(const Point& point);
[[nodiscard]] bool is_usable(const ChartPoint& point);
/// Whether the point has an error that can be drawn.
[[nodiscard]] bool has_band(const ChartPoint& point);

/// What the axis of values has to cover: all of them with their bands, and more where they are all alike.
struct ValueRange {
  double low = 0.0, high = 1.0;
  bool is_empty = true;      ///< there is no value: the usual range
  bool logarithmic = false;  ///< then 0 < low
};
/// Linear in the number of points.
[[nodiscard]] ValueRange value_range(const Chart& chart);

/// An axis over that range, with about so many ticks, at least two, and what stands at them.
struct ValueAxis {
  double low = 0.0, high = 1.0;
  std::vector<double> ticks{};
  std::vector<std::string> words{};
};
[[nodiscard]] ValueAxis value_axis(const ValueRange& range, bool percent, int rows);

}  // namespace dnm
