// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viz/scenes/chart_scene.h"

// Charts of epochs, of which a part is seen.
namespace dnm {

/// Whether it has no point: nothing was trained yet.
[[nodiscard]] bool is_empty(const Chart& chart);

/// A part of the x axis, from one whole number to another: first < last.
struct ChartSpan {
  double first = 0.0, last = 1.0;
  bool operator==(const ChartSpan&) const = default;
};

/// The least number of epochs that is seen.
inline constexpr double least_span = 2.0;

/// What all of the charts reach over. Linear in the number of curves.
[[nodiscard]] ChartSpan whole_span(std::span<const Chart> charts);
/// The whole numbers around [first, last] within `whole`; at least least_span of them where there are so many.
[[nodiscard]] ChartSpan fitted_span(double first, double last, const ChartSpan& whole);
/// The span magnified by `factor`, with `about` at the place where it was.
[[nodiscard]] ChartSpan magnified(const ChartSpan& span, double about, double factor, const ChartSpan& whole);
/// The charts over the span alone: points in it, and those that curves have at its ends, by linear interpolation.
/// Linear in the number of points.
[[nodiscard]] std::vector<Chart> cut_to(std::span<const Chart> charts, const ChartSpan& span);

}  // namespace dnm
