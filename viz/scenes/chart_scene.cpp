// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/chart_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/scenes/axes.h"

namespace dnm {

namespace {

/// Width of a text in points, estimated: no font is at hand where scenes are made.
double room_for(const std::string& text, double size) { return 0.58 * size * static_cast<double>(text.size()); }

}  // namespace

Scene chart_scene(const Chart& chart, const ChartStyle& style) {
  const double line_height = 1.45 * style.text_size;
  const Rectangle plot{4.6 * style.text_size, 1.9 * line_height, std::max(20.0, style.width - 6.2 * style.text_size),
                       std::max(20.0, style.height - 3.5 * line_height)};
  Scene scene;
  scene.bounds = {0.0, 0.0, style.width, style.height};
  const double top = style.height - 0.65 * line_height;

  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const ChartCurve& curve : chart.curves)
    for (const Point& point : curve.points)
      if (std::isfinite(point.y)) {
        low = std::min(low, point.y);
        high = std::max(high, point.y);
      }
  const bool empty = !(low <= high);
  if (empty) {
    low = 0.0;
    high = 1.0;
  }
  if (high - low < (chart.percent ? 0.02 : 1e-3)) {
    const double middle = 0.5 * (low + high);
    const double half = chart.percent ? 0.01 : std::max(5e-4, 0.05 * std::abs(middle));
    low = middle - half;
    high = middle + half;
  }
  const int rows = std::max(2, static_cast<int>(plot.height / (2.4 * line_height)));
  const std::vector<double> y_ticks = round_ticks(low, high, rows);
  const double y_step = y_ticks[1] - y_ticks[0];
  low = y_ticks.front();
  high = y_ticks.back();
  const double last_x = std::max(chart.last_x, chart.first_x + 1.0);
  const auto place = [&](double x, double y) {
    return Point{plot.x + plot.width * (x - chart.first_x) / (last_x - chart.first_x),
                 plot.y + plot.height * (y - low) / (high - low)};
  };

  Lines grid;
  Lines axes;
  axes.width = 0.8;
  for (const double tick : y_ticks) {
    const Point left = place(chart.first_x, tick);
    append_line(grid, left, {plot.x + plot.width, left.y}, style.grid);
    if (!empty)
      scene.items.emplace_back(Text{{plot.x - 0.4 * style.text_size, left.y},
                                    number_text(tick, y_step, chart.percent) + (chart.percent ? " %" : ""),
                                    style.text_size,
                                    style.faint,
                                    Anchor::right,
                                    false});
  }
  const int columns = std::max(2, static_cast<int>(plot.width / (5.0 * style.text_size)));
  for (const double tick : round_ticks(chart.first_x, last_x, columns)) {
    if (tick < chart.first_x || tick > last_x + 1e-9 || tick != std::floor(tick)) continue;
    const Point foot = place(tick, low);
    append_line(axes, foot, {foot.x, foot.y - 0.3 * style.text_size}, style.faint);
    scene.items.emplace_back(Text{{foot.x, plot.y - 0.6 * line_height},
                                  number_text(tick, 1.0),
                                  style.text_size,
                                  style.faint,
                                  Anchor::center,
                                  false});
  }
  append_line(axes, {plot.x, plot.y}, {plot.x + plot.width, plot.y}, style.faint);
  scene.items.insert(scene.items.begin(), axes);
  scene.items.insert(scene.items.begin(), grid);
  scene.items.emplace_back(Text{
      {plot.x + 0.5 * plot.width, 0.5 * line_height}, "epoch", style.text_size, style.faint, Anchor::center, false});
  scene.items.emplace_back(
      Text{{0.3 * style.text_size, top}, chart.title, style.text_size, style.ink, Anchor::left, false});

  // Names stand over the plot, right-aligned, in their curve's colour and with their last value: no legend to look up.
  const double title_end = room_for(chart.title, style.text_size);
  double name_end = plot.x + plot.width;
  for (auto curve = chart.curves.rbegin(); curve != chart.curves.rend(); ++curve) {
    Lines lines;
    lines.width = curve->width;
    Disks dots;
    for (const Point& point : curve->points) {
      if (!std::isfinite(point.y)) continue;
      lines.points.push_back(place(point.x, point.y));
      dots.centers.push_back(lines.points.back());
      dots.diameters.push_back(static_cast<float>(curve->width * 2.2));
      dots.colors.push_back(curve->color);
    }
    if (lines.points.empty()) continue;
    lines.starts.push_back(0);
    lines.colors.push_back(curve->color);
    const double last = curve->points.back().y;
    if (dots.centers.size() <= 40) scene.items.emplace_back(dots);
    scene.items.emplace_back(std::move(lines));
    const std::string name =
        curve->label + " " + (chart.percent ? number_text(last, 1e-4, true) + " %" : number_text(last, 1e-3));
    const double name_start = name_end - room_for(name, style.text_size);
    if (name_start < title_end) continue;  // too narrow: better no name than one over another
    scene.items.emplace_back(Text{{name_end, top}, name, style.text_size, curve->color, Anchor::right, false});
    name_end = name_start - 1.2 * style.text_size;
  }
  if (empty)
    scene.items.emplace_back(Text{{plot.x + 0.5 * plot.width, plot.y + 0.5 * plot.height},
                                  "nothing trained yet",
                                  style.text_size,
                                  style.faint,
                                  Anchor::center,
                                  false});
  return scene;
}

}  // namespace dnm
