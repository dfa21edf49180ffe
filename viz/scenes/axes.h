// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "viz/scenes/scene.h"

// What charts share: where ticks stand and what stands at them.
namespace dnm {

/// Round numbers that divide [low, high] into about `count` parts, and hold it; at least two. low < high.
[[nodiscard]] std::vector<double> round_ticks(double low, double high, int count);

/// Round numbers in [low, high] for a logarithmic axis, at most about `count`: powers of ten, or 1, 2, 5 times them
/// where there is room, or every n-th power. Several at least where there are some. 0 < low <= high.
[[nodiscard]] std::vector<double> log_ticks(double low, double high, int count);

/// `value` with as many decimals as a `step` of the axis needs; `percent`: of fractions, in per cent.
[[nodiscard]] std::string number_text(double value, double step, bool percent = false);
/// "0.001", "20", "10⁻⁵": a tick of a logarithmic axis.
[[nodiscard]] std::string log_tick_text(double value);

void append_line(Lines& lines, Point from, Point to, Color color);
/// A dashed polyline: `dash` points of the page drawn, `gap` left out, whatever the scale of the axes.
void append_dashes(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page, double dash,
                   double gap);

}  // namespace dnm
