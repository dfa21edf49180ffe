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
  bool operator==(const Point&) const = default;
};
/// (x, y) is the lower left corner.
struct Rectangle {
  double x = 0.0, y = 0.0, width = 1.0, height = 1.0;
  bool operator==(const Rectangle&) const = default;
};
/// Borders included.
[[nodiscard]] inline bool contains(const Rectangle& area, Point point) {
  return point.x >= area.x && point.x <= area.x + area.width && point.y >= area.y && point.y <= area.y + area.height;
}
struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
  bool operator==(const Color&) const = default;
};

/// Polylines of one width, each with its colour. Widths, text sizes and node sizes are in points (1/72 inch) on the
/// page or screen at every zoom; positions are in data coordinates, y upwards.
struct Lines {
  std::vector<Point> points;
  std::vector<std::uint32_t> starts;  ///< first point of each polyline
  std::vector<Color> colors;          ///< one per polyline
  double width = 0.5;
  std::size_t dashed = 0;  ///< how many lines the polylines are the dashes of; 0: each is a line of its own
  /// Points of polyline `line`: [starts[line], end_of(line)).
  [[nodiscard]] std::size_t end_of(std::size_t line) const {
    return line + 1 < starts.size() ? starts[line + 1] : points.size();
  }
};
struct Disks {
  std::vector<Point> centers;
  std::vector<float> diameters;  ///< in points
  std::vector<Color> colors;
};
/// Areas between two polylines, from left to right: bands of error, and small filled shapes. Each has its colour; an
/// area is one shape, so that it can be translucent.
struct Bands {
  std::vector<Point> lower, upper;    ///< as many of one as of the other
  std::vector<std::uint32_t> starts;  ///< first pair of each area
  std::vector<Color> colors;          ///< one per area
  /// Pairs of points of area `band`: [starts[band], end_of(band)).
  [[nodiscard]] std::size_t end_of(std::size_t band) const {
    return band + 1 < starts.size() ? starts[band + 1] : lower.size();
  }
};
/// Axis-aligned cells in data coordinates, beside each other. A device that is pixels shows the share of each that is
/// covered.
struct Cells {
  std::vector<Rectangle> cells;
  std::vector<Color> colors;
};
/// Straight RGBA, first row on top; each pixel fills its part of `area` evenly, and a pixel of the device shows their
/// mean.
struct Image {
  Rectangle area;
  std::uint32_t columns = 0, rows = 0;
  std::vector<Color> pixels;
};
enum class Anchor { left, center, right };
enum class VerticalAnchor { bottom, middle, top };
struct Text {
  Point position;
  std::string text;  ///< UTF-8
  double size = 7.0;
  Color color;
  Anchor horizontal = Anchor::left;
  bool upright =
      false;  ///< turned by 90° counter-clockwise for a vertical axis; anchors and offset stay those of the page
  VerticalAnchor vertical = VerticalAnchor::middle;
  Point offset{};  ///< from `position`, in points, y upwards: keeps a label clear of its mark at every zoom
  bool bold = false;
};

using SceneItem = std::variant<Image, Cells, Bands, Lines, Disks, Text>;

/// Room around the bounds for text, in points.
struct Margins {
  double left = 0.0, right = 0.0, top = 0.0, bottom = 0.0;
};

/// What the view magnifies of a picture.
enum class ZoomAxes { both, x, y };

/// A picture as plain geometry: painted by VTK on the screen and by QPainter on paper, so that both are the same.
struct Scene {
  Rectangle bounds;  ///< what is to be seen at 100 %
  bool keep_aspect = true;
  std::vector<SceneItem> items;  ///< back to front
  std::string note;  ///< "20,000 of 61,465 links drawn"; empty when everything is. Painted below the picture
  std::uint64_t link_count = 0;  ///< of the network, drawn or not
  Margins margins{};
  Color background{255, 255, 255, 255};
  Color ink{0, 0, 0, 255};    ///< of the note
  double note_size = 6.0;     ///< in points
  bool follows_view = false;  ///< made for the part in view and the pixels of the device: built again as the view moves
  ZoomAxes zoom_axes = ZoomAxes::both;
  double most_zoom = 40.0;  ///< how far the view may magnify it
  bool turns = false;       ///< a drag turns it (PictureOptions::turn)
};
using ScenePointer = std::shared_ptr<const Scene>;

/// Where a scene lies on a page of the given size: page coordinates are points from the lower left corner, y upwards.
/// The bounds fill the page less the margins (and a line for the note), centred, with one scale for both axes if the
/// aspect is kept.
struct PageTransform {
  double scale_x = 1.0, scale_y = 1.0;  ///< points per data unit, > 0
  double shift_x = 0.0, shift_y = 0.0;

  [[nodiscard]] Point to_page(Point data) const { return {data.x * scale_x + shift_x, data.y * scale_y + shift_y}; }
  [[nodiscard]] Point to_data(Point page) const { return {(page.x - shift_x) / scale_x, (page.y - shift_y) / scale_y}; }
};
[[nodiscard]] PageTransform page_transform(const Scene& scene, double width_points, double height_points);
/// Of the line for the note, in points; 0 without one.
[[nodiscard]] double note_height(const Scene& scene);

}  // namespace dnm
