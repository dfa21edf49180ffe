// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "viz/scenes/curve_look.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// One value of a curve.
struct ChartPoint {
  double x = 0.0, y = 0.0;                                  ///< a y that is no finite number is a gap in the curve
  double error = std::numeric_limits<double>::quiet_NaN();  ///< half height of the band here; NaN: no band
};

/// One curve, say over the epochs.
struct ChartCurve {
  std::string label;
  std::vector<ChartPoint> points{};  ///< x rising
  std::vector<Point> raw{};          ///< what it was before smoothing: a faint line behind it; may be empty
  CurveLook look{};
  double width = 1.2;         ///< points
  std::vector<Point> tail{};  ///< continues it where it is of fewer runs: a faint line; not its value in a key
  bool has_dots = false;      ///< a dot at each point
  bool marks_points = false;  ///< its marker at each point, where there is room for them
  /// Where the last point has no value, the key says so, instead of the last value that there is.
  bool may_end_without_value = false;
};

/// A place on an axis, and what stands there.
struct ChartTick {
  double place = 0.0;
  std::string words;
};

struct Chart {
  std::string title;
  std::vector<ChartCurve> curves{};  ///< the first lies on top
  double first_x = 0.0, last_x = 10.0;
  bool percent = false;  ///< values are fractions, shown in per cent
  std::string x_name = "epoch";
  std::vector<ChartTick> x_ticks{};             ///< from left to right; empty: round whole numbers
  std::string without = "nothing trained yet";  ///< said in place of curves
  bool is_named = true;                         ///< its curves have a key; false: the title says what the only curve is
  /// A logarithmic axis of values, which leaves out those that are not positive; linear where none is positive.
  bool logarithmic = false;
};

struct ChartStyle {
  double width = 200.0, height = 140.0;  ///< in points
  double text_size = 8.0;                ///< in points
  Color ink{40, 40, 40};
  Color faint{110, 110, 110};
  Color grid{222, 222, 222};
  Color ground{255, 255, 255};  ///< what it is drawn on
  bool dark = false;            ///< curves in the colours for dark ground
  double line_scale = 1.0;      ///< of the curves' widths
  double marker_size = 4.2;     ///< points across
  /// What stands beside the page names the curves: a key that several charts share is left out where it is no small
  /// one.
  bool named_beside = false;
};

/// Where a chart's values lie on its page.
struct PlotArea {
  Rectangle area;  ///< in points, y upwards
  double first_x = 0.0, last_x = 1.0, low = 0.0, high = 1.0;
  bool logarithmic = false;  ///< of the values: y, low and high > 0
  [[nodiscard]] Point place(double x, double y) const {
    const double up = logarithmic ? std::log(y / low) / std::log(high / low) : (y - low) / (high - low);
    return {area.x + area.width * (x - first_x) / (last_x - first_x), area.y + area.height * up};
  }
};

struct ChartPicture {
  Scene scene;
  std::vector<PlotArea> plots;  ///< one per chart
};

/// Charts on one page, in as many rows as its shape requires, as plain geometry whose data unit is one
/// point: axes with round ticks, a light grid, bands of error, curves and their names. When
/// equal labels and looks mean the same curves in all charts, they share one key, to the right or below, with the
/// values of the first chart that has the curve; else each has its own in its title line or under it. Names that are
/// too long for the page end in "…", so that no word lies over another. A chart without a point says that nothing is
/// there yet. Linear in the number of points.
[[nodiscard]] ChartPicture charts_scene(std::span<const Chart> charts, const ChartStyle& style);

/// The least height, in points, of a page of the style's width on which so many charts stand side by side, their curves
/// have room and all their names are there. Linear in the number of curves.
[[nodiscard]] double least_height(std::span<const Chart> charts, const ChartStyle& style, std::size_t columns);

}  // namespace dnm
