// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/range_scale.h"

#include <algorithm>
#include <cmath>

namespace dnm {

namespace {

constexpr int fine_positions = 1000;
constexpr double most_even_steps = 2000.0;
constexpr int tenths = 10;
/// Of a number's logarithm: what rounding adds must not move a power of ten into the decade below.
constexpr double rounding = 1e-9;

/// The place of the second significant figure of a number above 0, as a power of ten.
int second_figure(double value) { return static_cast<int>(std::floor(std::log10(value) + rounding)) - 1; }

/// The nearest multiple of a power of ten; division by an integer keeps 0.954 what is typed as 0.954.
double to_multiple(double value, int power) {
  const double unit = std::pow(10.0, std::abs(power));
  return power < 0 ? std::round(value * unit) / unit : std::round(value / unit) * unit;
}

}  // namespace

RangeScale::RangeScale(const Range& range, bool integer) : range_(range), integer_(integer) {
  const double steps = range.step > 0.0 ? std::round((range.maximum - range.minimum) / range.step) : 0.0;
  if (range.logarithmic && range.minimum > 0.0) {
    kind_ = Kind::logarithmic;
  } else if (steps > most_even_steps) {
    kind_ = Kind::cubic;
  }
  positions_ = kind_ == Kind::linear && steps >= 1.0 ? static_cast<int>(steps) : fine_positions;
}

double RangeScale::place_of(double value) const {
  if (!(range_.maximum > range_.minimum)) return 0.0;
  const double at = std::clamp(value, range_.minimum, range_.maximum);
  const double linear = (at - range_.minimum) / (range_.maximum - range_.minimum);
  if (kind_ == Kind::logarithmic) return std::log(at / range_.minimum) / std::log(range_.maximum / range_.minimum);
  return kind_ == Kind::cubic ? std::cbrt(linear) : linear;
}

double RangeScale::rounded(double value) const {
  if (kind_ == Kind::logarithmic) {
    value = to_multiple(value, second_figure(value));
  } else if (range_.step > 0.0) {
    value = range_.minimum + std::round((value - range_.minimum) / range_.step) * range_.step;
  }
  return integer_ ? std::round(value) : value;
}

int RangeScale::position_of(double value) const { return static_cast<int>(std::lround(place_of(value) * positions_)); }

double RangeScale::value_at(int position) const {
  const double place = std::clamp(static_cast<double>(position) / positions_, 0.0, 1.0);
  const double along = kind_ == Kind::cubic ? place * place * place : place;
  const double value = kind_ == Kind::logarithmic ? range_.minimum * std::pow(range_.maximum / range_.minimum, place)
                                                  : range_.minimum + along * (range_.maximum - range_.minimum);
  return std::clamp(rounded(value), range_.minimum, range_.maximum);
}

double RangeScale::next(double value, bool above) const {
  const double way = above ? 1.0 : -1.0;
  double found = rounded(value + way * (range_.step > 0.0 ? range_.step : 1.0));
  if (kind_ == Kind::logarithmic) {
    int power = second_figure(value);
    // Downwards a power of ten is the last number of its decade, and the finer steps begin.
    if (!above && value <= std::pow(10.0, power + 1) * (1.0 + rounding)) --power;
    if (integer_) power = std::max(power, 0);
    const double unit = std::pow(10.0, power);
    found = to_multiple(value, power);
    if (above ? found <= value + rounding * unit : found >= value - rounding * unit)
      found = to_multiple(value + way * unit, power);
  }
  return std::clamp(found, range_.minimum, range_.maximum);
}

double RangeScale::next_tenth(double value, bool above) const {
  const int step = std::max(1, positions_ / tenths);
  return value_at(position_of(value) + (above ? step : -step));
}

}  // namespace dnm
