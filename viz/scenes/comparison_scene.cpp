// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/comparison_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/comparison_table.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double line_height = 1.45;  // in text sizes, as the next three
constexpr double axis_height = 1.7;
constexpr double row_spacing = 1.2;
constexpr double comfortable_row = 2.0;
constexpr double smallest_text = 5.0, highest_row = 64.0;     // points
constexpr double widest_names = 0.4, narrowest_names = 0.15;  // of the page
constexpr double narrowest_plot = 0.2;                        // of the page
constexpr double width_for_numbers = 56.0;                    // of the page, in text sizes
constexpr double beside_columns = 0.6 + 0.8 + 1.4;  // text sizes left, right of the names and around the numbers
constexpr double run_alpha = 0.4;
constexpr double least_range = 0.004;   // of the axis: of fractions as it is, of other values as a part of their size
constexpr double x_label = 1.0;         // text sizes from the axis to the middle of its numbers
constexpr std::size_t widest_tick = 7;  // letters: "87.25 %"

constexpr Marker marker_of(std::size_t figure) {
  constexpr Marker markers[] = {Marker::disk, Marker::diamond, Marker::square};
  return markers[figure % std::size(markers)];
}

bool is_value(const ComparedValue& value) { return std::isfinite(value.mean); }
bool has_error(const ComparedValue& value) { return is_value(value) && std::isfinite(value.error); }

class ComparisonWriter {
 public:
  ComparisonWriter(const Comparison& comparison, const ChartStyle& style)
      : comparison_(comparison), style_(style), size_(style.text_size) {
    picture_.scene.bounds = {0.0, 0.0, style.width, style.height};
    picture_.scene.ink = style.ink;
  }

  ComparisonPicture write() {
    const double above = add_note(add_key());
    set_rows(above);
    set_columns();
    add_axis();
    for (std::size_t row = 0; row < shown_; ++row) add_row(row);
    if (shown_ < comparison_.groups.size()) {
      put(rest_words(), {0.6 * size_, picture_.plot.area.y - x_label * size_}, style_.faint, Anchor::left, row_size_);
    }
    if (comparison_.groups.empty()) {
      const Rectangle& area = picture_.plot.area;
      put("nothing trained yet", {area.x + 0.5 * area.width, area.y + 0.5 * area.height}, style_.faint, Anchor::center,
          size_);
    }
    return std::move(picture_);
  }

 private:
  void put(std::string text, Point position, Color color, Anchor anchor, double size) {
    picture_.scene.items.emplace_back(Text{position, std::move(text), size, color, anchor});
  }

  /// How many rows there is no room for; it stands under the names, left of the numbers of the axis.
  [[nodiscard]] std::string rest_words() const {
    return "and " + std::to_string(comparison_.groups.size() - shown_) + " more";
  }

  /// The title and what the marks mean. The height they take.
  double add_key() {
    const std::string& title = comparison_.title;
    const double left = 0.6 * size_, y = style_.height - 0.65 * line_height * size_;
    put(shortened(title, size_, style_.width - 2.0 * left), {left, y}, style_.ink, Anchor::left, size_);
    if (comparison_.groups.empty()) return line_height * size_;
    std::vector<KeyEntry> entries;
    for (std::size_t figure = 0; figure < comparison_.figures.size(); ++figure) {
      entries.push_back({comparison_.figures[figure], {}, {0, Dash::solid, marker_of(figure)}, false});
    }
    const ChartKey key(std::move(entries), style_);
    const double right = style_.width - 1.2 * size_;
    if (key.line_width(false) <= right - left - room_for(character_count(title), size_) - size_) {
      key.add_line(picture_.scene, right, y, false);
      return 1.25 * line_height * size_;
    }
    const double height = std::min(key.grid_height(right - left), 0.4 * style_.height);
    key.add_grid(picture_.scene, {left, style_.height - 1.1 * line_height * size_ - height, right - left, height});
    return 1.2 * line_height * size_ + height;
  }

  /// Under what takes the height `above`. The height of both.
  double add_note(double above) {
    if (comparison_.note.empty()) return above;
    const double left = 0.6 * size_;
    put(shortened(comparison_.note, size_, style_.width - 2.0 * left),
        {left, style_.height - above - 0.4 * line_height * size_}, style_.faint, Anchor::left, size_);
    return above + line_height * size_;
  }

  void set_rows(double above) {
    const auto count = static_cast<double>(std::max<std::size_t>(comparison_.groups.size(), 1));
    const double room = std::max(0.2 * style_.height, style_.height - above - axis_height * size_);
    const double least_row = row_spacing * std::min(smallest_text, size_);
    shown_ = comparison_.groups.size();
    if (room / count < least_row) shown_ = static_cast<std::size_t>(std::max(1.0, std::floor(room / least_row)));
    const auto rows = static_cast<double>(std::max<std::size_t>(shown_, 1));
    row_height_ = std::min(room / rows, highest_row);
    row_size_ = std::clamp(row_height_ / row_spacing, std::min(smallest_text, size_), size_);
    const double height = shown_ == 0 ? room : row_height_ * rows;
    picture_.plot.area.height = height;
    picture_.plot.area.y = style_.height - above - height;
    picture_.plot.low = 0.0;
    picture_.plot.high = rows;
  }

  void set_columns() {
    double names = 0.0, numbers = 0.0;
    with_numbers_ = style_.width >= width_for_numbers * size_;
    for (std::size_t row = 0; row < shown_; ++row) {
      const ComparedGroup& group = comparison_.groups[row];
      names = std::max(names, room_for(character_count(group.name), row_size_));
      numbers = std::max(numbers, room_for(character_count(numbers_of(group)), row_size_));
    }
    // Names give way to the numbers, and these to the plot, so that nothing is printed over it.
    const double two_ticks = 2.0 * room_for(widest_tick, size_) + size_;
    const double narrowest = std::max(narrowest_plot * style_.width, std::min(two_ticks, 0.5 * style_.width));
    const double room = style_.width - narrowest - beside_columns * size_;
    name_width_ =
        std::min(names, std::clamp(room - numbers, narrowest_names * style_.width, widest_names * style_.width));
    if (shown_ < comparison_.groups.size()) {
      const double beside_axis =
          room_for(rest_words().size(), row_size_) + 0.5 * room_for(widest_tick, size_) - 0.8 * size_;
      name_width_ = std::max(name_width_, beside_axis);
    }
    const double left = 0.6 * size_ + name_width_ + 0.8 * size_;
    number_width_ = std::min(numbers, std::max(0.0, room - name_width_));
    picture_.plot.area.x = left;
    picture_.plot.area.width = std::max(narrowest, style_.width - left - number_width_ - 1.4 * size_);
    set_range();
  }

  [[nodiscard]] std::string numbers_of(const ComparedGroup& group) const {
    std::string count = count_text(group);
    if (!with_numbers_ || group.values.empty() || !is_value(group.values.front())) return count;
    return compared_text(group.values.front(), comparison_.percent) + ", " + count;
  }

  void set_range() {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto include = [&](double value) {
      if (!std::isfinite(value)) return;
      low = std::min(low, value);
      high = std::max(high, value);
    };
    for (const ComparedGroup& group : comparison_.groups) {
      for (const ComparedValue& value : group.values) {
        const double error = has_error(value) ? value.error : 0.0;
        include(value.mean - error);
        include(value.mean + error);
        for (const double run : value.runs) include(run);
      }
    }
    if (!(low <= high)) {
      low = 0.0;
      high = 1.0;
    }
    const double size = std::max(std::abs(low), std::abs(high));
    const double least = least_range * (comparison_.percent || size == 0.0 ? 1.0 : size);
    if (high - low < least) {
      const double top = 0.5 * (low + high + least);
      high = comparison_.percent && high <= 1.0 ? std::min(top, 1.0) : top;  // no 101 %
      low = high - least;
    }
    const Axis axis = round_axis(
        low, high,
        std::max(2, static_cast<int>(picture_.plot.area.width / (room_for(widest_tick, size_) + size_)) - 1));
    ticks_ = axis.ticks;
    picture_.plot.first_x = axis.low;
    picture_.plot.last_x = axis.high;
  }

  void add_axis() {
    const Rectangle& area = picture_.plot.area;
    Lines grid, axis;
    axis.width = 0.8;
    const double step = ticks_[1] - ticks_[0];
    for (const double tick : ticks_) {
      const double x = picture_.plot.place(tick, 0.0).x;
      append_line(grid, {x, area.y}, {x, area.y + area.height}, style_.grid);
      append_line(axis, {x, area.y}, {x, area.y - 0.3 * size_}, style_.faint);
      if (!comparison_.groups.empty()) {
        put(number_text(tick, step, comparison_.percent) + (comparison_.percent ? " %" : ""),
            {x, area.y - x_label * size_}, style_.faint, Anchor::center, size_);
      }
    }
    for (std::size_t row = 1; row < shown_; ++row) {
      const double y = area.y + row_height_ * static_cast<double>(row);
      append_line(grid, {0.6 * size_, y}, {style_.width - 0.6 * size_, y}, with_alpha(style_.grid, 0.6));
    }
    append_line(axis, {area.x, area.y}, {area.x + area.width, area.y}, style_.faint);
    picture_.scene.items.emplace_back(std::move(grid));
    picture_.scene.items.emplace_back(std::move(axis));
  }

  void add_row(std::size_t row) {
    const ComparedGroup& group = comparison_.groups[row];
    const PlotArea& plot = picture_.plot;
    const double top = plot.area.y + plot.area.height - row_height_ * static_cast<double>(row);
    const double middle = top - 0.5 * row_height_;
    picture_.rows.push_back({0.0, top - row_height_, style_.width, row_height_});
    put(shortened(group.name, row_size_, name_width_), {0.6 * size_, middle}, style_.ink, Anchor::left, row_size_);
    put(shortened(numbers_of(group), row_size_, number_width_), {style_.width - 0.6 * size_, middle}, style_.faint,
        Anchor::right, row_size_);

    const Color color = curve_color(group.look.color, style_.dark);
    const double mark = std::clamp(0.3 * row_height_, 2.6, style_.marker_size + 0.8);
    const auto figures = static_cast<double>(group.values.size());
    Disks dots;
    Lines whiskers;
    whiskers.width = 1.1;
    Bands marks;
    bool any = false;
    for (std::size_t figure = 0; figure < group.values.size(); ++figure) {
      const ComparedValue& value = group.values[figure];
      if (!is_value(value)) continue;
      any = true;
      const double y = top - row_height_ * (0.5 + static_cast<double>(figure) + 0.25) / (figures + 0.5);
      if (group.count > 1) {
        for (const double run : value.runs) {
          if (!std::isfinite(run)) continue;
          dots.centers.push_back({plot.place(run, 0.0).x, y});
          dots.diameters.push_back(static_cast<float>(0.75 * mark));
          dots.colors.push_back(with_alpha(color, run_alpha));
        }
      }
      if (has_error(value)) {
        append_line(whiskers, {plot.place(value.mean - value.error, 0.0).x, y},
                    {plot.place(value.mean + value.error, 0.0).x, y}, color);
      }
      append_marker(marks, marker_of(figure), {plot.place(value.mean, 0.0).x, y}, mark, color);
    }
    if (!dots.centers.empty()) picture_.scene.items.emplace_back(std::move(dots));
    if (!whiskers.starts.empty()) picture_.scene.items.emplace_back(std::move(whiskers));
    if (!marks.starts.empty()) picture_.scene.items.emplace_back(std::move(marks));
    if (!any) {
      put(shortened("no epoch yet", row_size_, plot.area.width), {plot.area.x + 0.6 * size_, middle}, style_.faint,
          Anchor::left, row_size_);
    }
  }

  const Comparison& comparison_;
  const ChartStyle& style_;
  double size_;
  ComparisonPicture picture_;
  std::size_t shown_ = 0;
  double row_height_ = 0.0, row_size_ = 0.0, name_width_ = 0.0, number_width_ = 0.0;
  bool with_numbers_ = false;
  std::vector<double> ticks_;
};

}  // namespace

std::string compared_text(const ComparedValue& value, bool percent) {
  if (!is_value(value)) return {};
  return mean_and_error(value.mean, value.error, percent) + (percent ? " %" : "");
}

std::string count_text(const ComparedGroup& group) {
  return group.count_words.empty() ? "N = " + std::to_string(group.count) : group.count_words;
}

ComparisonPicture comparison_scene(const Comparison& comparison, const ChartStyle& style) {
  if (comparison.as_table) return comparison_table(comparison, style);
  return ComparisonWriter(comparison, style).write();
}

double comparison_height(std::size_t groups, double text_size) {
  const double rows = comfortable_row * static_cast<double>(std::clamp<std::size_t>(groups, 1, most_compared));
  return text_size * (rows + axis_height + 3.0 * line_height);
}

}  // namespace dnm
