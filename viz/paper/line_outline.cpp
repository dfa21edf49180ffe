// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/paper/line_outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace dnm {

namespace {

struct Arc {
  QPointF center;
  double radius = 0.0;
  double begin = 0.0, sweep = 0.0;  // radians; the sweep is below a full turn either way
};

double length_of(QPointF vector) { return std::hypot(vector.x(), vector.y()); }
double cross(QPointF a, QPointF b) { return a.x() * b.y() - a.y() * b.x(); }

/// The circle through three points; nothing when they lie on a line.
std::optional<Arc> circle_through(QPointF a, QPointF b, QPointF c) {
  const QPointF p = b - a, q = c - a;
  const double twice_area = 2.0 * cross(p, q);
  if (std::abs(twice_area) < 1e-9 * (1.0 + QPointF::dotProduct(q, q))) return std::nullopt;
  const double pp = QPointF::dotProduct(p, p), qq = QPointF::dotProduct(q, q);
  const QPointF offset((q.y() * pp - p.y() * qq) / twice_area, (p.x() * qq - q.x() * pp) / twice_area);
  Arc arc;
  arc.center = a + offset;
  arc.radius = length_of(offset);
  const auto angle = [&](QPointF point) { return std::atan2(point.y() - arc.center.y(), point.x() - arc.center.x()); };
  constexpr double turn = 2.0 * std::numbers::pi;
  const auto forward = [](double from, double to) { return std::fmod(std::fmod(to - from, turn) + turn, turn); };
  arc.begin = angle(a);
  const double to_middle = forward(arc.begin, angle(b)), to_end = forward(arc.begin, angle(c));
  arc.sweep = to_middle <= to_end ? to_end : to_end - turn;
  return arc;
}

std::optional<Arc> arc_along(std::span<const QPointF> points, double width, double tolerance) {
  const auto arc = circle_through(points.front(), points[points.size() / 2], points.back());
  if (!arc || arc->radius < 2.0 * width) return std::nullopt;
  const bool fits = std::all_of(points.begin(), points.end(), [&](QPointF point) {
    return std::abs(length_of(point - arc->center) - arc->radius) <= tolerance;
  });
  return fits ? arc : std::nullopt;
}

bool is_straight(std::span<const QPointF> points, double tolerance) {
  const QPointF chord = points.back() - points.front();
  const double length = length_of(chord);
  return std::all_of(points.begin(), points.end(), [&](QPointF point) {
    return std::abs(cross(chord, point - points.front())) <= tolerance * length;
  });
}

QPointF on_circle(const Arc& arc, double radius, double angle) {
  return arc.center + radius * QPointF(std::cos(angle), std::sin(angle));
}

/// Continues `path` from the circle of `radius` at angle `from` to angle `to` by cubic curves of a quarter turn at
/// most.
void add_arc(QPainterPath& path, const Arc& arc, double radius, double from, double to) {
  const int parts = std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / (0.5 * std::numbers::pi) - 1e-9)));
  const double step = (to - from) / parts;
  const double reach = 4.0 / 3.0 * std::tan(0.25 * step) * radius;
  for (int part = 0; part < parts; ++part) {
    const double a = from + part * step, b = a + step;
    const QPointF start = on_circle(arc, radius, a), end = on_circle(arc, radius, b);
    path.cubicTo(start + reach * QPointF(-std::sin(a), std::cos(a)), end - reach * QPointF(-std::sin(b), std::cos(b)),
                 end);
  }
}

/// Unit normal of the segment from a to b, to its left.
QPointF normal(QPointF a, QPointF b) {
  const QPointF along = b - a;
  const double length = length_of(along);
  return length > 0.0 ? QPointF(-along.y(), along.x()) / length : QPointF(0.0, 0.0);
}

QPainterPath polygon_along(std::span<const QPointF> points, double half) {
  std::vector<QPointF> sides;
  for (std::size_t place = 0; place < points.size(); ++place) {
    const QPointF before = place > 0 ? normal(points[place - 1], points[place]) : QPointF();
    const QPointF after = place + 1 < points.size() ? normal(points[place], points[place + 1]) : QPointF();
    QPointF direction = before + after;
    const double length = length_of(direction);
    if (length > 0.0) direction /= length;
    sides.push_back(half * direction);
  }
  QPainterPath path(points.front() + sides.front());
  for (std::size_t place = 1; place < points.size(); ++place) path.lineTo(points[place] + sides[place]);
  for (std::size_t place = points.size(); place-- > 0;) path.lineTo(points[place] - sides[place]);
  path.closeSubpath();
  return path;
}

}  // namespace

QPainterPath line_outline(std::span<const QPointF> points, double width, double tolerance) {
  const double half = 0.5 * width;
  if (is_straight(points, tolerance)) {
    const QPointF ends[] = {points.front(), points.back()};
    return polygon_along(ends, half);
  }
  const auto arc = arc_along(points, width, tolerance);
  if (!arc) return polygon_along(points, half);
  const double end = arc->begin + arc->sweep;
  QPainterPath path(on_circle(*arc, arc->radius + half, arc->begin));
  add_arc(path, *arc, arc->radius + half, arc->begin, end);
  path.lineTo(on_circle(*arc, arc->radius - half, end));
  add_arc(path, *arc, arc->radius - half, end, arc->begin);
  path.closeSubpath();
  return path;
}

QPainterPath at_whole_numbers(QPainterPath path) {
  for (int element = 0; element < path.elementCount(); ++element) {
    const QPainterPath::Element& point = path.elementAt(element);
    path.setElementPositionAt(element, std::round(point.x), std::round(point.y));
  }
  return path;
}

}  // namespace dnm
