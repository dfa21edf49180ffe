// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/chart_block.h"

#include <algorithm>

#include "core/support/error.h"
#include "viz/scenes/palette.h"

namespace dnm {

namespace {

constexpr double full_text_size = 6.5;                             // points
constexpr double two_charts_ratio = 0.37, one_chart_ratio = 0.62;  // height over width, without the key
constexpr std::size_t charts_in_row = 3;                           // of more than two
constexpr double row_ratio = 0.25;
constexpr double least_chart_height = 16.0;  // in text sizes
constexpr double gutter = 10.0;              // between curves and comparison

ChartStyle print_style(double width, double text_scale) {
  const Palette& colors = palette(false);
  ChartStyle style;
  style.width = width;
  style.text_size = full_text_size * text_scale;
  style.ink = colors.ink;
  style.faint = mixed(colors.ink, colors.background, 0.3);
  style.grid = mixed(colors.ink, colors.background, 0.88);
  style.line_scale = 0.75;
  style.marker_size = 3.6 * text_scale;
  return style;
}

/// Of so many charts, height over width.
double height_ratio(std::size_t charts) {
  if (charts < 3) return charts == 2 ? two_charts_ratio : one_chart_ratio;
  return std::max(two_charts_ratio, row_ratio * static_cast<double>((charts + charts_in_row - 1) / charts_in_row));
}

}  // namespace

ChartBlock::ChartBlock(const FigureCharts& charts) : charts_(charts) {
  if (charts.curves.empty() && charts.maps.empty() && !charts.comparison && !charts.parallel)
    throw InvalidInput("a figure needs curves, maps, a comparison or the settings of a search");
}

double ChartBlock::full_text_width() const { return 200.0; }

double ChartBlock::curves_height(double width, double text_size) const {
  if (charts_.curves.empty()) return 0.0;
  double height = std::max(height_ratio(charts_.curves.size()) * width, least_chart_height * text_size);
  const auto rows = static_cast<double>(charts_.curves.front().curves.size());
  // A key that does not fit into one line takes room of its own, so that the charts keep theirs.
  if (rows > 1.0) height += std::min(rows, 8.0) * 0.5 * text_size;
  return height;
}

double ChartBlock::lower_height(const ChartStyle& style) const {
  double height = 0.0;
  if (!charts_.maps.empty()) height += gutter + heat_maps_height(charts_.maps.size(), style);
  if (charts_.comparison) height += gutter + comparison_height(charts_.comparison->groups.size(), style.text_size);
  if (charts_.parallel) height += gutter + parallel_height(style);
  return charts_.curves.empty() ? height - gutter : height;
}

double ChartBlock::height_at(double width, const PageLook& look) const {
  const ChartStyle style = print_style(width, look.text_scale);
  return curves_height(width, style.text_size) + lower_height(style);
}

void ChartBlock::lay_out(const QRectF& area, const PageLook& look) {
  ChartStyle style = print_style(area.width(), look.text_scale);
  double top = area.top();
  const auto add = [&](Scene scene) {
    const QRectF place(area.left(), top, area.width(), scene.bounds.height);
    pictures_.push_back({std::move(scene), place});
    top = place.bottom() + gutter;
  };
  // Maps and comparison keep the heights of their rows; the curves take what is left.
  if (!charts_.curves.empty()) {
    style.height = std::max(area.height() - lower_height(style), least_chart_height * style.text_size);
    add(charts_scene(charts_.curves, style).scene);
  }
  if (!charts_.maps.empty()) {
    style.height = heat_maps_height(charts_.maps.size(), style);
    add(heat_maps_scene(charts_.maps, style).scene);
  }
  if (charts_.comparison) {
    style.height = comparison_height(charts_.comparison->groups.size(), style.text_size);
    add(comparison_scene(*charts_.comparison, style).scene);
  }
  if (charts_.parallel) {
    style.height = parallel_height(style);
    add(parallel_scene(*charts_.parallel, style).scene);
  }
}

}  // namespace dnm
