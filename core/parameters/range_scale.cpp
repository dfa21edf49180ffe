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

RangeScale::RangeScale(const Range& range, bool integer)
    : range_(range), integer_(integer), end_(range.soft_maximum.value_or(range.maximum)) {
  const double steps = range.step > 0.0 ? std::round((end_ - range.minimum) / range.step) : 0.0;
  if (range.of_complement && end_ < 1.0) {
    kind_ = Kind::complement;
  } else if (range.logarithmic && range.minimum > 0.0) {
    kind_ = Kind::logarithmic;
  } else if (steps > most_even_steps) {
    kind_ = Kind::cubic;
  }
  positions_ = kind_ == Kind::linear && steps >= 1.0 ? static_cast<int>(steps) : fine_positions;
}

double RangeScale::place_of(double value) const {
  if (!(end_ > range_.minimum)) return 0.0;
  const double at = std::clamp(value, range_.minimum, end_);
  const double linear = (at - range_.minimum) / (end_ - range_.minimum);
  switch (kind_) {
    case Kind::linear:
      return linear;
    case Kind::cubic:
      return std::cbrt(linear);
    case Kind::logarithmic:
      return std::log(at / range_.minimum) / std::log(end_ / range_.minimum);
    case Kind::complement:
      break;
  }
  return std::log((1.0 - at) / (1.0 - range_.minimum)) / std::log((1.0 - end_) / (1.0 - range_.minimum));
}

double RangeScale::rounded(double value) const {
  if (kind_ == Kind::complement) {
    value = to_multiple(value, second_figure(1.0 - value));
  } else if (kind_ == Kind::logarithmic) {
    value = to_multiple(value, second_figure(value));
  } else if (range_.step > 0.0) {
    value = range_.minimum + std::round((value - range_.minimum) / range_.step) * range_.step;
  }
  if (integer_) value = std::round(value);
  return value;
}

int RangeScale::position_of(double value) const { return static_cast<int>(std::lround(place_of(value) * positions_)); }

double RangeScale::value_at(int position) const {
  const double place = std::clamp(static_cast<double>(position) / positions_, 0.0, 1.0);
  double value = range_.minimum;
  switch (kind_) {
    case Kind::linear:
      value += place * (end_ - range_.minimum);
      break;
    case Kind::cubic:
      value += place * place * place * (end_ - range_.minimum);
      break;
    case Kind::logarithmic:
      value *= std::pow(end_ / range_.minimum, place);
      break;
    case Kind::complement:
      value = 1.0 - (1.0 - range_.minimum) * std::pow((1.0 - end_) / (1.0 - range_.minimum), place);
      break;
  }
  return std::clamp(rounded(value), range_.minimum, end_);
}

double RangeScale::next(double value, bool above) const {
  const double way = above ? 1.0 : -1.0;
  double found = value + way * (range_.step > 0.0 ? range_.step : 1.0);
  if (kind_ == Kind::complement || kind_ == Kind::logarithmic) {
    const bool of_rest = kind_ == Kind::complement;
    const double of = of_rest ? 1.0 - value : value;
    int power = second_figure(of);
    // Towards 0 a power of ten is the last number of its decade, and the finer steps begin.
    const bool towards_0 = above == of_rest;
    if (towards_0 && of <= std::pow(10.0, power + 1) * (1.0 + rounding)) --power;
    if (integer_) power = std::max(power, 0);
    const double unit = std::pow(10.0, power);
    found = to_multiple(value, power);
    if (above ? found <= value + rounding * unit : found >= value - rounding * unit)
      found = to_multiple(value + way * unit, power);
  } else {
    found = rounded(found);
  }
  return std::clamp(found, range_.minimum, range_.maximum);
}

double RangeScale::next_mark(double value, bool above) const {
  if (range_.marks.empty()) {
    const int step = std::max(1, positions_ / tenths);
    return value_at(position_of(value) + (above ? step : -step));
  }
  double found = above ? std::max(end_, value) : range_.minimum;
  for (const double mark : range_.marks) {
    if (above ? mark > value && mark < found : mark < value && mark > found) found = mark;
  }
  return found;
}

}  // namespace dnm
