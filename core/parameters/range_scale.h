// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameters/parameter.h"

namespace dnm {

/// The numbers of a range along a line such as a slider: `positions()` equal lengths from the minimum to the soft
/// maximum, linear, logarithmic or logarithmic in 1 - x as the range says. Where it is long and linear, its low end
/// gets more of it. Every position stands for a number as a person would type it: a multiple of the step, or one of two
/// significant figures (of 1 - x). O(1).
class RangeScale {
 public:
  /// A logarithmic range begins above 0, and one of 1 - x ends below 1; others are linear. `integer`: whole numbers
  /// alone.
  explicit RangeScale(const Range& range, bool integer = false);

  [[nodiscard]] int positions() const { return positions_; }
  /// The nearest position, in [0, positions()].
  [[nodiscard]] int position_of(double value) const;
  [[nodiscard]] double value_at(int position) const;
  /// The next such number above (or below) `value`, at most the maximum (at least the minimum) of the range.
  [[nodiscard]] double next(double value, bool above) const;
  /// The next mark of the range above (or below) `value`, or the end of the scale; without marks, the number a tenth of
  /// the scale away.
  [[nodiscard]] double next_mark(double value, bool above) const;

 private:
  enum class Kind { linear, cubic, logarithmic, complement };
  [[nodiscard]] double place_of(double value) const;
  [[nodiscard]] double rounded(double value) const;

  Range range_;
  bool integer_;
  double end_;
  Kind kind_ = Kind::linear;
  int positions_;
};

}  // namespace dnm
