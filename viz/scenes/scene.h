// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace dnm {

struct Point {
  double x = 0.0, y = 0.0;
};
struct Rectangle {
  double x = 0.0, y = 0.0, width = 1.0, height = 1.0;
};
struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
  bool operator==(const Color&) const = default;
};

/// Polylines of one width, each with its colour. Widths, text sizes and node sizes are in points (1/72 inch at 100 %);
/// positions in data coordinates, y upwards.
struct Lines {
  std::vector<Point> points;
  std::vector<std::uint32_t> starts;  ///< first point of each polyline
  std::vector<Color> colors;          ///< one per polyline
  double width = 0.5;
};
struct Disks {
  std::vector<Point> centers;
  std::vector<float> diameters;  ///< in points
  std::vector<Color> colors;
};
/// Axis-aligned cells in data coordinates.
struct Cells {
  std::vector<Rectangle> cells;
  std::vector<Color> colors;
};
/// Straight RGBA, first row on top.
struct Image {
  Rectangle area;
  std::uint32_t columns = 0, rows = 0;
  std::vector<Color> pixels;
};
enum class Anchor { left, center, right };
struct Text {
  Point position;
  std::string text;  ///< UTF-8
  double size = 7.0;
  Color color;
  Anchor horizontal = Anchor::left;
  bool upright = false;  ///< turned by 90° for a vertical axis
};

using SceneItem = std::variant<Image, Cells, Lines, Disks, Text>;

/// A picture as plain geometry: painted by VTK on the screen and by QPainter on paper, so that both are the same.
struct Scene {
  Rectangle bounds;              ///< what is to be seen at 100 %
  bool keep_aspect = true;
  std::vector<SceneItem> items;  ///< back to front
  std::string note;              ///< "20,000 of 61,465 links drawn"; empty when everything is
};
using ScenePointer = std::shared_ptr<const Scene>;

}  // namespace dnm
