// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/chart_figure.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/support/error.h"
#include "viz/scenes/palette.h"

namespace dnm {

namespace {

constexpr double full_text_size = 6.5;                             // points
constexpr double full_text_from_width = 200.0;                     // narrower figures have their text scaled down
constexpr double two_charts_ratio = 0.37, one_chart_ratio = 0.62;  // height over width, without the key
constexpr std::size_t charts_in_row = 3;                           // of more than two
constexpr double row_ratio = 0.25;
constexpr double least_chart_height = 16.0;  // in text sizes
constexpr double gutter = 10.0;              // between curves and comparison

ChartStyle print_style(double width) {
  const Palette& colors = palette(false);
  const double scale = std::min(1.0, width / full_text_from_width);
  ChartStyle style;
  style.width = width;
  style.text_size = full_text_size * scale;
  style.ink = colors.ink;
  style.faint = mixed(colors.ink, colors.background, 0.3);
  style.grid = mixed(colors.ink, colors.background, 0.88);
  style.line_scale = 0.75;
  style.marker_size = 3.6 * scale;
  return style;
}

/// Of the page, height over width.
double height_ratio(std::size_t charts) {
  if (charts < 3) return charts == 2 ? two_charts_ratio : one_chart_ratio;
  return std::max(two_charts_ratio, row_ratio * static_cast<double>((charts + charts_in_row - 1) / charts_in_row));
}

}  // namespace

ChartFigure::ChartFigure(const ChartFigureRequest& request) {
  check_figure_width(request.width_mm);
  if (request.curves.empty() && request.maps.empty() && !request.comparison)
    throw InvalidInput("a figure needs curves, maps or a comparison");
  const double width = request.width_mm * points_per_mm;
  size_ = {width, 0.0};
  ChartStyle style = print_style(width);
  if (!request.curves.empty()) {
    style.height = std::max(height_ratio(request.curves.size()) * width, least_chart_height * style.text_size);
    const auto rows = static_cast<double>(request.curves.front().curves.size());
    // A key that does not fit into one line takes room of its own, so that the charts keep theirs.
    if (rows > 1.0) style.height += std::min(rows, 8.0) * 0.5 * style.text_size;
    add(charts_scene(request.curves, style).scene);
  }
  if (!request.maps.empty()) {
    style.height = heat_maps_height(request.maps.size(), style);
    add(heat_maps_scene(request.maps, style).scene);
  }
  if (request.comparison) {
    style.height = comparison_height(request.comparison->groups.size(), style.text_size);
    add(comparison_scene(*request.comparison, style).scene);
  }
  double smallest = std::numeric_limits<double>::infinity();
  for (const Picture& picture : pictures_) smallest = std::min(smallest, smallest_text(picture.scene));
  check_text(smallest, request.width_mm, "");
}

void ChartFigure::add(Scene scene) {
  const double top = size_.height() + (pictures_.empty() ? 0.0 : gutter);
  const QRectF area(0.0, top, scene.bounds.width, scene.bounds.height);
  size_.setHeight(area.bottom());
  pictures_.push_back({std::move(scene), area});
}

void ChartFigure::paint(QPainter& painter, const PaperStyle& style) const {
  for (const Picture& picture : pictures_) paint_scene(painter, picture.scene, picture.area, style);
}

}  // namespace dnm
