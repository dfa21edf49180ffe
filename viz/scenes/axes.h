// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "viz/scenes/scene.h"

// Ticks of axes and their labels, for all charts.
namespace dnm {

/// Round numbers that divide [low, high] into about `count` parts and cover it; at least two. low < high.
[[nodiscard]] std::vector<double> round_ticks(double low, double high, int count);

/// A range of an axis that covers [low, high] with a small margin: its ends are at quarters of the distance of its
/// ticks, which are round and at least two. It stays put while the range grows a little. low < high.
struct Axis {
  double low, high;
  std::vector<double> ticks;
};
[[nodiscard]] Axis round_axis(double low, double high, int count);

/// Round numbers in [low, high] for a logarithmic axis, at most about `count`: powers of ten, or 1, 2, 5 times them
/// where there is room, or every n-th power. Several at least where there are some. 0 < low <= high.
[[nodiscard]] std::vector<double> log_ticks(double low, double high, int count);

/// `value` with as many decimals as a `step` of the axis needs; `percent`: of fractions, in per cent. Very large values
/// and very small steps get an exponent.
[[nodiscard]] std::string number_text(double value, double step, bool percent = false);

/// The ticks of round_ticks() that lie in [low, high], and what stands at them. low < high.
struct NumberTicks {
  std::vector<double> places;
  std::vector<std::string> words;
};
[[nodiscard]] NumberTicks number_ticks(double low, double high, int count, bool percent = false);

/// "0.001", "20", "10⁻⁵": a tick of a logarithmic axis.
[[nodiscard]] std::string log_tick_text(double value);

void append_line(Lines& lines, Point from, Point to, Color color);
/// A dashed polyline: `pattern` says in points of the page how much is drawn, left out, drawn …, whatever the scale of
/// the axes. An even number of lengths > 0.
void append_dashes(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page,
                   std::span<const double> pattern);

}  // namespace dnm
