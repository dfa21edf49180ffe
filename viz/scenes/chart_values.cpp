// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/chart_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/scenes/axes.h"

namespace dnm {

namespace {

constexpr double largest_value = 1e100;

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  [[nodiscard]] bool is_empty() const { return !(low <= high); }
};

/// `positive`: of the positive values alone.
Range range_of(const Chart& chart, bool positive) {
  Range range;
  const auto include = [&](double value) {
    if (!positive || value > 0.0) range.include(value);
  };
  for (const ChartCurve& curve : chart.curves) {
    for (const ChartPoint& point : curve.points) {
      if (!is_usable(point)) continue;
      const double error = has_band(point) ? point.error : 0.0;
      for (const double value : {point.y - error, point.y, point.y + error}) include(value);
    }
    for (const std::vector<Point>* faint : {&curve.raw, &curve.tail}) {
      for (const Point& point : *faint) {
        if (is_usable(point)) include(point.y);
      }
    }
  }
  return range;
}

/// Wide enough that a constant curve has an axis with different numbers at its ticks.
Range widened(Range range, bool percent) {
  const double middle = 0.5 * (range.low + range.high);
  const double least = percent ? 0.02 : std::max(1e-3, 1e-4 * std::abs(middle));
  if (range.high - range.low >= least) return range;
  const double half = percent ? 0.01 : std::max(5e-4, 0.05 * std::abs(middle));
  const double high = percent && range.high <= 1.0 ? std::min(middle + half, 1.0) : middle + half;  // no 101 %
  return {high - 2.0 * half, high};
}

/// With a small margin on both sides. A positive range.
Range widened_by_factor(const Range& range) {
  constexpr double margin = 0.04, least = 0.05;  // of logarithms
  const double room = std::max(least, margin * std::log(range.high / range.low));
  return {range.low * std::exp(-room), range.high * std::exp(room)};
}

/// Powers of ten; where these are few, 2 and 5 times them too.
std::vector<double> ticks_by_factors(double low, double high, int rows) {
  constexpr std::size_t few = 2;
  constexpr double per_decade = 3.0;
  std::vector<double> ticks = log_ticks(low, high, rows);
  if (ticks.size() <= few)
    ticks = log_ticks(low, high, static_cast<int>(std::ceil(per_decade * std::log10(high / low))));
  return ticks;
}

/// At least two round numbers, as on a linear axis: for less than a decade.
std::vector<double> ticks_inside(const ValueRange& range, int rows) {
  std::vector<double> ticks;
  for (int wanted = rows; ticks.size() < 2; ++wanted) {
    ticks = round_ticks(range.low, range.high, wanted);
    std::erase_if(ticks, [&](double tick) { return tick < range.low || tick > range.high; });
  }
  return ticks;
}

}  // namespace

bool is_usable(double value) { return std::abs(value) <= largest_value; }
bool is_usable(const Point& point) { return is_usable(point.x) && is_usable(point.y); }
bool is_usable(const ChartPoint& point) { return is_usable(point.x) && is_usable(point.y); }
bool has_band(const ChartPoint& point) { return is_usable(point) && point.error >= 0.0 && is_usable(point.error); }

ValueRange value_range(const Chart& chart) {
  if (chart.logarithmic) {
    const Range positive = range_of(chart, true);
    if (!positive.is_empty()) {
      const Range wide = widened_by_factor(positive);
      return {wide.low, wide.high, false, true};
    }
  }
  const Range range = range_of(chart, false);
  if (range.is_empty()) return {};
  const Range wide = widened(range, chart.percent);
  return {wide.low, wide.high, false, false};
}

ValueAxis value_axis(const ValueRange& range, bool percent, int rows) {
  const std::string unit = percent ? " %" : "";
  ValueAxis axis{range.low, range.high};
  if (range.logarithmic) {
    const double scale = percent ? 100.0 : 1.0;
    for (const double tick : ticks_by_factors(scale * range.low, scale * range.high, rows)) {
      axis.ticks.push_back(tick / scale);
      axis.words.push_back(log_tick_text(tick) + unit);
    }
    if (axis.ticks.size() > 2) return axis;
    axis = {range.low, range.high, ticks_inside(range, rows)};
  } else {
    const Axis round = round_axis(range.low, range.high, rows);
    axis = {round.low, round.high, round.ticks};
  }
  const double step = axis.ticks[1] - axis.ticks[0];
  for (const double tick : axis.ticks) axis.words.push_back(number_text(tick, step, percent) + unit);
  return axis;
}

}  // namespace dnm
