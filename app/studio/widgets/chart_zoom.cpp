// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/chart_zoom.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dnm {

namespace {

Point between(const Point& left, const Point& right, double x) {
  const double share = (x - left.x) / (right.x - left.x);
  return {x, left.y + share * (right.y - left.y)};
}

ChartPoint between(const ChartPoint& left, const ChartPoint& right, double x) {
  const double share = (x - left.x) / (right.x - left.x);
  return {x, left.y + share * (right.y - left.y), left.error + share * (right.error - left.error)};
}

/// Points with rising x.
template <class Element>
void cut(std::vector<Element>& points, const ChartSpan& span) {
  std::vector<Element> kept;
  for (std::size_t index = 0; index < points.size(); ++index) {
    const Element& point = points[index];
    if (index > 0) {
      for (const double end : {span.first, span.last}) {
        if (points[index - 1].x < end && end < point.x) kept.push_back(between(points[index - 1], point, end));
      }
    }
    if (point.x >= span.first && point.x <= span.last) kept.push_back(point);
  }
  points = std::move(kept);
}

}  // namespace

bool is_empty(const Chart& chart) {
  return std::ranges::all_of(chart.curves,
                             [](const ChartCurve& curve) { return curve.points.empty() && curve.tail.empty(); });
}

ChartSpan whole_span(std::span<const Chart> charts) {
  if (charts.empty()) return {};
  ChartSpan whole{charts.front().first_x, charts.front().last_x};
  for (const Chart& chart : charts) {
    whole.first = std::min(whole.first, chart.first_x);
    whole.last = std::max(whole.last, chart.last_x);
    for (const ChartCurve& curve : chart.curves) {
      if (!curve.points.empty()) whole.last = std::max(whole.last, curve.points.back().x);
      if (!curve.tail.empty()) whole.last = std::max(whole.last, curve.tail.back().x);
    }
  }
  return {std::floor(whole.first), std::max(std::ceil(whole.last), std::floor(whole.first) + 1.0)};
}

ChartSpan fitted_span(double first, double last, const ChartSpan& whole) {
  ChartSpan fitted{std::floor(first), std::ceil(last)};
  if (fitted.last - fitted.first < least_span) fitted.last = fitted.first + least_span;
  const double length = std::min(fitted.last - fitted.first, whole.last - whole.first);
  fitted.first = std::clamp(fitted.first, whole.first, whole.last - length);
  fitted.last = fitted.first + length;
  return fitted;
}

ChartSpan magnified(const ChartSpan& span, double about, double factor, const ChartSpan& whole) {
  const double place = (about - span.first) / (span.last - span.first);
  double length = (span.last - span.first) / factor;
  // A step changes the picture, also where whole numbers are few.
  if (factor > 1.0) length = std::min(length, span.last - span.first - 1.0);
  if (factor < 1.0) length = std::max(length, span.last - span.first + 1.0);
  length = std::max(std::round(length), least_span);
  const double first = std::round(about - place * length);
  return fitted_span(first, first + length, whole);
}

std::vector<Chart> cut_to(std::span<const Chart> charts, const ChartSpan& span) {
  std::vector<Chart> seen(charts.begin(), charts.end());
  for (Chart& chart : seen) {
    chart.first_x = span.first;
    chart.last_x = span.last;
    for (ChartCurve& curve : chart.curves) {
      cut(curve.points, span);
      cut(curve.raw, span);
      cut(curve.tail, span);
    }
  }
  return seen;
}

}  // namespace dnm
