// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/heat_map_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/axis_words.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double wanted_aspect = 1.3;  // of a map with its words
constexpr double least_width = 150.0;  // points, for the words beside the cells
constexpr std::size_t most_letters = 12;
constexpr int bar_steps = 64, bar_ticks = 4;
constexpr double bar_width = 1.1;  // text sizes
constexpr double gap = 0.9;        // text sizes, between cells, bar and words
constexpr double line_height = 1.45;

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
};

Extent extent_of(const HeatMap& map) {
  Extent extent;
  for (const double value : map.values) {
    if (!std::isfinite(value)) continue;
    extent.low = std::min(extent.low, value);
    extent.high = std::max(extent.high, value);
  }
  if (!(extent.low <= extent.high)) return {0.0, 1.0};
  if (extent.high - extent.low > 1e-9 * std::abs(extent.high)) return extent;
  const double half = std::max(5e-4, 0.05 * std::abs(extent.high));
  return {extent.low - half, extent.high + half};
}

std::size_t longest(std::span<const std::string> words) {
  std::size_t most = 1;
  for (const std::string& word : words) most = std::max(most, character_count(word));
  return std::min(most, most_letters);
}

/// One map within an area of the page.
class MapWriter {
 public:
  MapWriter(Scene& scene, const HeatMap& map, const ChartStyle& style, const Rectangle& area)
      : scene_(scene), map_(map), style_(style), area_(area), size_(style.text_size), extent_(extent_of(map)) {}

  Rectangle write() {
    const double line = line_height * size_;
    const auto [ticks, words] = number_ticks(extent_.low, extent_.high, bar_ticks);
    const double beside = (bar_width + 2.0 * gap) * size_ + room_for(longest(words), size_);
    const double left = room_for(longest(map_.y_words), size_) + 1.0 * size_;
    // The name of the rows stands upright to their left.
    const double name = line;
    const double width = std::max(10.0, area_.width - name - left - beside);
    const AxisWords columns(map_.x_words, width / static_cast<double>(map_.x_words.size()), size_);
    const double below = 2.3 * line + static_cast<double>(columns.lines() - 1) * columns.line_height();
    plot_ = {area_.x + name + left, area_.y + below, width, std::max(10.0, area_.height - below - 1.6 * line)};
    const double top = area_.y + area_.height - 0.65 * line;
    add_text({area_.x + 0.4 * size_, top}, shortened(map_.title, size_, area_.width - 0.8 * size_), style_.ink);
    add_cells();
    add_column_words(columns);
    add_row_words();
    add_bar(ticks, words);
    return plot_;
  }

 private:
  void add_text(Point place, std::string words, Color color, Anchor anchor = Anchor::left, bool upright = false) {
    Text text{place, std::move(words), size_, color, anchor};
    text.upright = upright;
    scene_.items.emplace_back(std::move(text));
  }

  [[nodiscard]] Rectangle cell(std::size_t column, std::size_t row) const {
    const double width = plot_.width / static_cast<double>(map_.x_words.size());
    const double height = plot_.height / static_cast<double>(map_.y_words.size());
    return {plot_.x + static_cast<double>(column) * width, plot_.y + static_cast<double>(row) * height, width, height};
  }

  [[nodiscard]] Color color_of(double value) const {
    return value_color((value - extent_.low) / (extent_.high - extent_.low), style_.dark);
  }

  void add_cells() {
    Cells cells;
    std::vector<Point> without;
    for (std::size_t row = 0; row < map_.y_words.size(); ++row) {
      for (std::size_t column = 0; column < map_.x_words.size(); ++column) {
        const double value = map_.values[row * map_.x_words.size() + column];
        const Rectangle area = cell(column, row);
        cells.cells.push_back(area);
        cells.colors.push_back(std::isfinite(value) ? color_of(value) : style_.grid);
        if (!std::isfinite(value)) without.push_back({area.x + 0.5 * area.width, area.y + 0.5 * area.height});
      }
    }
    const bool has_room = cell(0, 0).height >= size_ && cell(0, 0).width >= size_;
    scene_.items.emplace_back(std::move(cells));
    if (has_room)
      for (const Point place : without) add_text(place, "–", style_.faint, Anchor::center);
  }

  void add_column_words(const AxisWords& words) {
    std::vector<double> places;
    for (std::size_t column = 0; column < map_.x_words.size(); ++column)
      places.push_back(cell(column, 0).x + 0.5 * cell(column, 0).width);
    words.add(scene_, places, plot_.y - 0.9 * size_, style_.faint);
    const double below = static_cast<double>(words.lines() - 1) * words.line_height();
    add_text({plot_.x + 0.5 * plot_.width, plot_.y - 2.25 * size_ - below}, map_.x_name, style_.faint, Anchor::center);
  }

  void add_row_words() {
    double free_from = -std::numeric_limits<double>::infinity();
    const double right = plot_.x - 0.5 * size_;
    for (std::size_t row = 0; row < map_.y_words.size(); ++row) {
      const double middle = cell(0, row).y + 0.5 * cell(0, row).height;
      if (middle - 0.55 * size_ < free_from) continue;
      free_from = middle + 0.55 * size_;
      add_text({right, middle}, shortened(map_.y_words[row], size_, room_for(most_letters, size_)), style_.faint,
               Anchor::right);
    }
    add_text({area_.x + 0.9 * size_, plot_.y + 0.5 * plot_.height}, map_.y_name, style_.faint, Anchor::center, true);
  }

  void add_bar(const std::vector<double>& ticks, const std::vector<std::string>& words) {
    const double x = plot_.x + plot_.width + gap * size_, width = bar_width * size_;
    Cells steps;
    for (int step = 0; step < bar_steps; ++step) {
      steps.cells.push_back({x, plot_.y + plot_.height * step / bar_steps, width, plot_.height / bar_steps});
      steps.colors.push_back(value_color((step + 0.5) / bar_steps, style_.dark));
    }
    scene_.items.emplace_back(std::move(steps));
    Lines marks;
    marks.width = 0.6;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      const double y = plot_.y + plot_.height * (ticks[i] - extent_.low) / (extent_.high - extent_.low);
      append_line(marks, {x + width, y}, {x + width + 0.25 * size_, y}, style_.faint);
      add_text({x + width + 0.5 * size_, y}, words[i], style_.faint);
    }
    if (!marks.starts.empty()) scene_.items.emplace_back(std::move(marks));
  }

  Scene& scene_;
  const HeatMap& map_;
  const ChartStyle& style_;
  Rectangle area_;
  double size_;
  Extent extent_;
  Rectangle plot_{};
};

std::size_t columns_of(std::size_t maps, double width, double height) {
  std::size_t best = 1;
  double best_off = std::numeric_limits<double>::infinity();
  for (std::size_t columns = 1; columns <= maps; ++columns) {
    const double one = width / static_cast<double>(columns);
    if (columns > 1 && one < least_width) break;
    const double high = height / static_cast<double>((maps + columns - 1) / columns);
    const double off = std::abs(std::log(one / high / wanted_aspect));
    if (off >= best_off) continue;
    best = columns;
    best_off = off;
  }
  return best;
}

}  // namespace

HeatMapPicture heat_maps_scene(std::span<const HeatMap> maps, const ChartStyle& style) {
  HeatMapPicture picture;
  picture.scene.bounds = {0.0, 0.0, style.width, style.height};
  picture.scene.ink = style.ink;
  if (maps.empty()) return picture;
  const std::size_t columns = columns_of(maps.size(), style.width, style.height);
  const std::size_t rows = (maps.size() + columns - 1) / columns;
  const double width = style.width / static_cast<double>(columns), height = style.height / static_cast<double>(rows);
  for (std::size_t index = 0; index < maps.size(); ++index) {
    const auto column = static_cast<double>(index % columns), row = static_cast<double>(index / columns);
    const Rectangle area{column * width, style.height - (row + 1.0) * height, width, height};
    picture.plots.push_back(MapWriter(picture.scene, maps[index], style, area).write());
  }
  return picture;
}

double heat_maps_height(std::size_t maps, const ChartStyle& style) {
  if (maps == 0) return 0.0;
  constexpr std::size_t most_columns = 2;
  const std::size_t columns = std::min(maps, style.width < 2.0 * least_width ? std::size_t{1} : most_columns);
  return style.width / static_cast<double>(columns) / wanted_aspect *
         static_cast<double>((maps + columns - 1) / columns);
}

}  // namespace dnm
