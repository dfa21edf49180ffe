// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "viz/scenes/scene.h"

namespace dnm {

/// One curve over the epochs.
struct ChartCurve {
  std::string label;
  std::vector<Point> points;  ///< x: epoch, y: the value
  Color color;
  double width = 1.2;  ///< points
};

struct Chart {
  std::string title;
  std::vector<ChartCurve> curves;
  double first_x = 0.0, last_x = 10.0;
  bool percent = false;  ///< values are fractions, shown in per cent
};

struct ChartStyle {
  double width = 200.0, height = 140.0;  ///< in points
  double text_size = 8.0;                ///< in points
  Color ink{40, 40, 40};
  Color faint{110, 110, 110};
  Color grid{222, 222, 222};
};

/// The chart as plain geometry whose data unit is one point: axes with round ticks, a light grid, curves, and each
/// curve's name with its last value. Without a point it says that nothing is there yet.
[[nodiscard]] Scene chart_scene(const Chart& chart, const ChartStyle& style);

}  // namespace dnm
