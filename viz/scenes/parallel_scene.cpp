// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/parallel_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/curve_look.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double line_height = 1.45, gap = 0.9, bar_width = 1.1;  // in text sizes, as the next
constexpr double above = 2.7, above_in_turn = 3.6;                // line heights: the names of the axes and the title
constexpr double room_below = 1.3;                                // where lines pass that an axis does not concern
constexpr int bar_steps = 64, bar_ticks = 4;
constexpr double wanted_aspect = 2.2;
constexpr double many_lines = 60.0;  // from so many on, lines are fainter
constexpr double faintest = 0.25;

/// Where a line meets an axis of the picture.
Point place_on_axis(const ParallelAxis& axis, const Rectangle& drawn, double value, double below) {
  if (!std::isfinite(value)) return {drawn.x, drawn.y - below};
  return {drawn.x, drawn.y + drawn.height * (value - axis.low) / (axis.high - axis.low)};
}

double distance_to_segment(Point point, Point from, Point to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
  const double part =
      length > 0.0 ? std::clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length, 0.0, 1.0) : 0.0;
  return std::hypot(point.x - from.x - part * dx, point.y - from.y - part * dy);
}

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
};

Extent extent_of(const ParallelPlot& plot) {
  Extent extent;
  for (const ParallelLine& line : plot.lines) {
    if (!std::isfinite(line.value)) continue;
    extent.low = std::min(extent.low, line.value);
    extent.high = std::max(extent.high, line.value);
  }
  if (!(extent.low <= extent.high)) return {0.0, 1.0};
  if (extent.high - extent.low > 1e-9 * std::abs(extent.high)) return extent;
  const double half = std::max(5e-4, 0.05 * std::abs(extent.high));
  if (!plot.percent) return {extent.low - half, extent.high + half};
  return {std::max(0.0, extent.low - half), std::min(1.0, extent.high + half)};
}

class ParallelWriter {
 public:
  ParallelWriter(const ParallelPlot& plot, const ChartStyle& style)
      : plot_(plot), style_(style), size_(style.text_size), extent_(extent_of(plot)) {
    scene_.bounds = {0.0, 0.0, style.width, style.height};
    scene_.ink = style.ink;
  }

  ParallelPicture write() {
    const double line = line_height * size_;
    if (!plot_.title.empty())
      put({0.6 * size_, style_.height - 0.65 * line}, shortened(plot_.title, size_, style_.width - 1.2 * size_),
          style_.ink);
    if (plot_.lines.empty() || plot_.axes.empty()) {
      put({0.5 * style_.width, 0.5 * style_.height}, "nothing tried yet", style_.faint, Anchor::center);
      return {std::move(scene_), {}, 0.0};
    }
    const auto [ticks, words] = number_ticks(extent_.low, extent_.high, bar_ticks, plot_.percent);
    std::size_t letters = 1;
    for (const std::string& word : words) letters = std::max(letters, character_count(word));
    const double beside = (bar_width + 2.0 * gap) * size_ + room_for(letters, size_);
    const double first = 0.6 * size_ + room_for(longest_tick(0), size_);
    bottom_ = (room_below + 1.7) * size_;
    set_places(first, style_.width - beside - 1.5 * size_);
    height_ = std::max(10.0, style_.height - bottom_ -
                                 ((in_turn_ ? above_in_turn : above) - (plot_.title.empty() ? 1.0 : 0.0)) * line);
    for (Rectangle& axis : axes_) axis.height = height_;
    add_lines();
    add_axes();
    add_bar(ticks, words);
    return {std::move(scene_), std::move(axes_), room_below * size_};
  }

 private:
  void put(Point place, std::string words, Color color, Anchor anchor = Anchor::left) {
    scene_.items.emplace_back(Text{place, std::move(words), size_, color, anchor});
  }

  [[nodiscard]] std::size_t longest_tick(std::size_t axis) const {
    constexpr std::size_t most = 20;
    std::size_t letters = 0;
    for (const ChartTick& tick : plot_.axes[axis].ticks) letters = std::max(letters, character_count(tick.words));
    return std::min(letters, most);
  }

  void set_places(double first, double last) {
    const std::size_t count = plot_.axes.size();
    apart_ = count == 1 ? style_.width : std::max(10.0, last - first) / static_cast<double>(count - 1);
    for (std::size_t axis = 0; axis < count; ++axis) {
      const double x = count == 1 ? 0.5 * (first + last) : first + static_cast<double>(axis) * apart_;
      axes_.push_back({x, bottom_, 0.0, 0.0});
    }
    std::size_t letters = 1;
    for (const ParallelAxis& one : plot_.axes) letters = std::max(letters, character_count(one.name));
    // A name that has to make way for the end of the page may reach its neighbour's.
    in_turn_ = room_for(letters, size_) > apart_ || name_place(0) != 0.0 || name_place(count - 1) != 0.0;
  }

  [[nodiscard]] Point place(std::size_t axis, double value) const {
    return place_on_axis(plot_.axes[axis], axes_[axis], value, room_below * size_);
  }

  [[nodiscard]] double part_of(double value) const { return (value - extent_.low) / (extent_.high - extent_.low); }
  [[nodiscard]] Color color_of(double part) const {
    return value_color(plot_.lowest_is_best ? 1.0 - part : part, style_.dark);
  }

  /// The best last, so that they lie on top.
  [[nodiscard]] std::vector<std::size_t> order() const {
    std::vector<std::size_t> places(plot_.lines.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto rank = [&](std::size_t index) {
      const ParallelLine& line = plot_.lines[index];
      if (line.is_marked) return 4.0;
      if (line.is_best) return 3.0;
      if (!std::isfinite(line.value)) return -1.0;
      return plot_.lowest_is_best ? 1.0 - part_of(line.value) : part_of(line.value);
    };
    std::ranges::stable_sort(places, {}, rank);
    return places;
  }

  void add_lines() {
    Lines thin, thick;
    thin.width = 0.7 * style_.line_scale;
    thick.width = 2.0 * style_.line_scale;
    Bands marks;
    const double alpha = std::clamp(many_lines / static_cast<double>(plot_.lines.size()), faintest, 1.0);
    for (const std::size_t index : order()) {
      const ParallelLine& line = plot_.lines[index];
      const Color color = line.is_marked              ? style_.ink
                          : std::isfinite(line.value) ? color_of(part_of(line.value))
                                                      : style_.grid;
      const bool stands_out = line.is_best || line.is_marked;
      std::vector<Point> corners;
      for (std::size_t axis = 0; axis < plot_.axes.size(); ++axis) corners.push_back(place(axis, line.places[axis]));
      append_curve(stands_out ? thick : thin, corners, stands_out ? color : with_alpha(color, alpha), Dash::solid);
      if (!stands_out) continue;
      for (const Point corner : corners) append_marker(marks, Marker::disk, corner, style_.marker_size, color);
    }
    if (!thin.starts.empty()) scene_.items.emplace_back(std::move(thin));
    if (!thick.starts.empty()) scene_.items.emplace_back(std::move(thick));
    if (!marks.starts.empty()) scene_.items.emplace_back(std::move(marks));
  }

  /// The words at the ticks of an axis that have room, and where they end.
  [[nodiscard]] std::vector<std::pair<Point, std::string>> words_of_ticks(std::size_t axis) const {
    std::vector<std::pair<Point, std::string>> words;
    double free_from = -std::numeric_limits<double>::infinity();
    for (const ChartTick& tick : plot_.axes[axis].ticks) {
      const Point at = place(axis, tick.place);
      if (at.y - 0.6 * size_ < free_from) continue;
      free_from = at.y + 0.6 * size_;
      const double room = std::min(room_for(longest_tick(axis), size_), apart_ - 0.8 * size_);
      words.emplace_back(Point{at.x - 0.4 * size_, at.y}, shortened(tick.words, size_, room));
    }
    return words;
  }

  /// Lines shine through behind the words, but do not cross them out.
  void add_ground_of_ticks() {
    constexpr double opacity = 0.8;
    Cells ground;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      for (const auto& [at, words] : words_of_ticks(axis)) {
        const double width = room_for(character_count(words), size_);
        ground.cells.push_back({at.x - width, at.y - 0.6 * size_, width, 1.2 * size_});
        ground.colors.push_back(with_alpha(style_.ground, opacity));
      }
    }
    if (!ground.cells.empty()) scene_.items.emplace_back(std::move(ground));
  }

  void add_axes() {
    Lines lines;
    lines.width = 0.8;
    const double top = bottom_ + height_;
    add_ground_of_ticks();
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      const double x = axes_[axis].x;
      append_line(lines, {x, bottom_}, {x, top}, style_.faint);
      for (const ChartTick& tick : plot_.axes[axis].ticks) {
        const Point at = place(axis, tick.place);
        append_line(lines, {x - 0.25 * size_, at.y}, {x, at.y}, style_.faint);
      }
      for (const auto& [at, words] : words_of_ticks(axis)) put(at, words, style_.ink, Anchor::right);
      add_name(axis, top);
    }
    scene_.items.emplace_back(std::move(lines));
    if (std::ranges::any_of(plot_.lines, [](const ParallelLine& line) {
          return std::ranges::any_of(line.places, [](double place) { return !std::isfinite(place); });
        }))
      put({axes_.front().x - 0.4 * size_, bottom_ - room_below * size_}, "none", style_.faint, Anchor::right);
  }

  [[nodiscard]] double name_width(std::size_t axis) const {
    return room_for(character_count(plot_.axes[axis].name), size_);
  }
  /// How far the middle of an axis' name lies beside the axis, so that it ends within the page.
  [[nodiscard]] double name_place(std::size_t axis) const {
    const double half = 0.5 * name_width(axis), x = axes_[axis].x, margin = 0.2 * size_;
    if (2.0 * (half + margin) > style_.width) return 0.5 * style_.width - x;
    return std::clamp(x, half + margin, style_.width - half - margin) - x;
  }

  /// Names stand in turn one line higher where there is no room for all in one.
  void add_name(std::size_t axis, double top) {
    const double y = top + (in_turn_ && axis % 2 == 1 ? 1.85 : 0.95) * line_height * size_;
    const double room = (in_turn_ && axes_.size() > 2 ? 2.0 : 1.0) * apart_ - 0.5 * size_;
    const double most = in_turn_ && axes_.size() <= 2 ? style_.width : std::max(room, 3.0 * size_);
    put({axes_[axis].x + name_place(axis), y},
        shortened(plot_.axes[axis].name, size_, std::min(most, style_.width - 0.4 * size_)), style_.ink,
        Anchor::center);
  }

  void add_bar(const std::vector<double>& ticks, const std::vector<std::string>& words) {
    const double x = axes_.back().x + 1.6 * size_, width = bar_width * size_;
    Cells steps;
    for (int step = 0; step < bar_steps; ++step) {
      steps.cells.push_back({x, bottom_ + height_ * step / bar_steps, width, height_ / bar_steps});
      steps.colors.push_back(color_of((step + 0.5) / bar_steps));
    }
    scene_.items.emplace_back(std::move(steps));
    Lines marks;
    marks.width = 0.6;
    double free_from = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      const double y = bottom_ + height_ * part_of(ticks[i]);
      append_line(marks, {x + width, y}, {x + width + 0.25 * size_, y}, style_.faint);
      if (y - 0.6 * size_ < free_from) continue;
      free_from = y + 0.6 * size_;
      put({x + width + 0.5 * size_, y}, words[i], style_.ink);
    }
    if (!marks.starts.empty()) scene_.items.emplace_back(std::move(marks));
    put({style_.width - 0.4 * size_, bottom_ - 1.2 * size_}, plot_.value_name, style_.ink, Anchor::right);
  }

  const ParallelPlot& plot_;
  const ChartStyle& style_;
  double size_;
  Extent extent_;
  Scene scene_;
  std::vector<Rectangle> axes_;
  double bottom_ = 0.0, height_ = 0.0, apart_ = 0.0;
  bool in_turn_ = false;  ///< names are too long for one line
};

}  // namespace

ParallelPicture parallel_scene(const ParallelPlot& plot, const ChartStyle& style) {
  return ParallelWriter(plot, style).write();
}

Point parallel_place(const ParallelPlot& plot, const ParallelPicture& picture, std::size_t line, std::size_t axis) {
  return place_on_axis(plot.axes[axis], picture.axes[axis], plot.lines[line].places[axis], picture.below);
}

std::optional<std::size_t> parallel_line_at(const ParallelPlot& plot, const ParallelPicture& picture, Point point,
                                            double reach) {
  std::optional<std::size_t> nearest;
  if (picture.axes.empty()) return nearest;
  for (std::size_t index = 0; index < plot.lines.size(); ++index) {
    for (std::size_t axis = 0; axis < picture.axes.size(); ++axis) {
      const double distance = distance_to_segment(point, parallel_place(plot, picture, index, axis == 0 ? 0 : axis - 1),
                                                  parallel_place(plot, picture, index, axis));
      if (distance > reach) continue;
      reach = distance;
      nearest = index;
    }
  }
  return nearest;
}

double parallel_height(const ChartStyle& style) { return style.width / wanted_aspect; }

}  // namespace dnm
