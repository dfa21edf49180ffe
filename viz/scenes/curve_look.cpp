// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/curve_look.h"

#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>

#include "viz/scenes/axes.h"
#include "viz/scenes/palette.h"

namespace dnm {

namespace {

// Places in the table of category_color: blue, vermillion, green, purple, orange, sky blue, grey, yellow, so that the
// first curves are those that stand out most from white paper.
constexpr std::array<std::size_t, 8> color_order{1, 3, 2, 4, 0, 5, 6, 7};

constexpr std::array<double, 2> dashes{5.0, 2.2}, dots{1.4, 1.6};
constexpr std::array<double, 4> dashes_and_dots{6.0, 1.8, 1.4, 1.8};

void append_shape(Bands& shapes, std::initializer_list<Point> lower, std::initializer_list<Point> upper, Color color) {
  shapes.starts.push_back(static_cast<std::uint32_t>(shapes.lower.size()));
  shapes.lower.insert(shapes.lower.end(), lower);
  shapes.upper.insert(shapes.upper.end(), upper);
  shapes.colors.push_back(color);
}

}  // namespace

Color curve_color(std::size_t index, bool dark) {
  const Color color = category_color(color_order[index % color_order.size()], dark);
  if (index / color_order.size() % 2 == 0) return color;
  constexpr Color white{255, 255, 255, 255}, black{0, 0, 0, 255};
  return dark ? mixed(color, white, 0.5) : mixed(color, black, 0.45);
}

std::span<const double> dash_pattern(Dash dash) {
  switch (dash) {
    case Dash::dashed:
      return dashes;
    case Dash::dotted:
      return dots;
    case Dash::dash_dotted:
      return dashes_and_dots;
    case Dash::solid:
      break;
  }
  return {};
}

void append_curve(Lines& lines, std::span<const Point> corners, Color color, Dash dash) {
  if (corners.size() < 2) return;
  if (const auto pattern = dash_pattern(dash); !pattern.empty()) {
    append_dashes(lines, corners, color, PageTransform{}, pattern);
    return;
  }
  lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
  lines.points.insert(lines.points.end(), corners.begin(), corners.end());
  lines.colors.push_back(color);
}

void append_marker(Bands& shapes, Marker marker, Point center, double size, Color color) {
  const double radius = 0.5 * size;
  const auto at = [&](double x, double y) { return Point{center.x + x * radius, center.y + y * radius}; };
  switch (marker) {
    case Marker::none:
      return;
    case Marker::disk: {
      constexpr int steps = 12;
      shapes.starts.push_back(static_cast<std::uint32_t>(shapes.lower.size()));
      for (int step = 0; step <= steps; ++step) {
        const double angle = std::numbers::pi * (1.0 - static_cast<double>(step) / steps);
        shapes.lower.push_back(at(std::cos(angle), -std::sin(angle)));
        shapes.upper.push_back(at(std::cos(angle), std::sin(angle)));
      }
      shapes.colors.push_back(color);
      return;
    }
    case Marker::diamond:
      append_shape(shapes, {at(-1.2, 0), at(0, -1.2), at(1.2, 0)}, {at(-1.2, 0), at(0, 1.2), at(1.2, 0)}, color);
      return;
    case Marker::square:
      append_shape(shapes, {at(-0.9, -0.9), at(0.9, -0.9)}, {at(-0.9, 0.9), at(0.9, 0.9)}, color);
      return;
  }
}

}  // namespace dnm
