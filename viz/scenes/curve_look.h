// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "viz/scenes/scene.h"

namespace dnm {

enum class Dash : std::uint8_t { solid, dashed, dotted, dash_dotted };
enum class Marker : std::uint8_t { none, disk, diamond, square };

/// What distinguishes a curve from its neighbours: never its hue alone.
struct CurveLook {
  std::size_t color = 0;  ///< of curve_color
  Dash dash = Dash::solid;
  Marker marker = Marker::none;
  bool operator==(const CurveLook&) const = default;
};

/// The look of the group at place `index`. Twelve in a row differ in dash and marker alone, sixteen in colour alone;
/// neighbours differ in colour and dash.
[[nodiscard]] constexpr CurveLook group_look(std::size_t index) {
  constexpr std::size_t dashes = 4, markers = 3;
  return {index, static_cast<Dash>(index % dashes), static_cast<Marker>(index / dashes % markers)};
}

/// Eight colours after Okabe and Ito, then the same eight darker (on light ground) or lighter (on dark), then from the
/// start.
[[nodiscard]] Color curve_color(std::size_t index, bool dark);

/// Lengths drawn, left out, drawn … in points for a line of this width; empty for a solid one.
[[nodiscard]] std::span<const double> dash_pattern(Dash dash);

/// Adds the polyline in its dash. Positions are points of the page.
void append_curve(Lines& lines, std::span<const Point> corners, Color color, Dash dash);
/// Adds the shape, `size` points across, whose data unit is one point. Nothing for Marker::none.
void append_marker(Bands& shapes, Marker marker, Point center, double size, Color color);

}  // namespace dnm
