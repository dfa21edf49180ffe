// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/chart_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/axis_words.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/chart_values.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double band_alpha_on_light = 0.16, band_alpha_on_dark = 0.22, raw_alpha = 0.38;
constexpr double marker_distance = 46.0;  // points along the x axis
constexpr double close_markers = 1.5;     // marker sizes a point, where each has one
constexpr double widest_key = 0.36;       // of the page, to the right of the charts
constexpr double highest_key = 0.45;      // of the page, below the charts
constexpr double widest_small_key = 0.3, highest_small_key = 0.2;
constexpr double worth_of_short_names = 0.85;
constexpr double wanted_aspect = 1.7;             // of a chart
constexpr double least_lines = 7.6;               // of a chart without its key: title, curves, numbers below
constexpr double x_label = 1.1;                   // text sizes from the axis to the middle of its numbers
constexpr double least_height_for_x_name = 95.0;  // points

/// Calls body(first, end) for every stretch of consecutive points that satisfy the condition.
template <class Element, class Condition, class Body>
void for_stretches(const std::vector<Element>& points, const Condition& condition, const Body& body) {
  for (std::size_t first = 0; first < points.size();) {
    if (!condition(points[first])) {
      ++first;
      continue;
    }
    std::size_t end = first + 1;
    while (end < points.size() && condition(points[end])) ++end;
    body(first, end);
    first = end;
  }
}

std::string value_text(double value, bool percent) {
  if (percent) return number_text(value, 1e-4, true) + " %";
  const bool is_whole = value == std::floor(value);  // a count
  return number_text(value, std::abs(value) < 100.0 && !is_whole ? 1e-3 : 1.0);
}

/// The usable value farthest to the right, as it was before smoothing; empty when there is none.
std::string last_value(const ChartCurve& curve, bool percent) {
  if (curve.may_end_without_value && !curve.points.empty() && !is_usable(curve.points.back())) return "n/a";
  for (auto point = curve.raw.rbegin(); point != curve.raw.rend(); ++point) {
    if (is_usable(*point)) return value_text(point->y, percent);
  }
  for (auto point = curve.points.rbegin(); point != curve.points.rend(); ++point) {
    if (is_usable(*point)) return value_text(point->y, percent);
  }
  return {};
}

std::vector<KeyEntry> key_entries(const Chart& chart) {
  std::vector<KeyEntry> entries;
  for (const ChartCurve& curve : chart.curves) {
    entries.push_back({curve.label, last_value(curve, chart.percent), curve.look, true});
  }
  return entries;
}

/// The curves of all charts, each once; nothing when a name or a look means different curves in them. Charts of the
/// same curves may have names twice.
std::optional<std::vector<KeyEntry>> common_key(std::span<const Chart> charts) {
  std::vector<KeyEntry> all = key_entries(charts.front());
  for (const Chart& chart : charts.subspan(1)) {
    const std::vector<KeyEntry> entries = key_entries(chart);
    const auto same = [](const KeyEntry& a, const KeyEntry& b) { return a.name == b.name && a.look == b.look; };
    if (std::ranges::equal(entries, all, same)) continue;
    for (const KeyEntry& entry : entries) {
      const auto known = std::ranges::find_if(
          all, [&](const KeyEntry& other) { return other.name == entry.name || other.look == entry.look; });
      if (known == all.end()) {
        all.push_back(entry);
      } else if (!same(*known, entry)) {
        return std::nullopt;
      }
    }
  }
  return all;
}

/// One chart within an area of the page.
class ChartWriter {
 public:
  ChartWriter(Scene& scene, const Chart& chart, const ChartStyle& style, const Rectangle& area)
      : scene_(scene), chart_(chart), style_(style), area_(area), size_(style.text_size), line_(1.45 * size_) {}

  PlotArea write(bool with_key) {
    const ValueRange range = value_range(chart_);
    plot_.logarithmic = range.logarithmic;
    empty_ = range.is_empty;
    const double above = add_title(with_key && !empty_ && chart_.is_named);
    set_plot(range, above);
    add_axes();
    for (const ChartCurve& curve : chart_.curves) add_band(curve);
    for (auto curve = chart_.curves.rbegin(); curve != chart_.curves.rend(); ++curve) {
      add_faint(*curve, curve->raw, Dash::solid);
      add_faint(*curve, curve->tail, Dash::dotted);
    }
    for (auto curve = chart_.curves.rbegin(); curve != chart_.curves.rend(); ++curve) add_curve(*curve);
    if (empty_) {
      const Point middle{plot_.area.x + 0.5 * plot_.area.width, plot_.area.y + 0.5 * plot_.area.height};
      scene_.items.emplace_back(Text{middle, chart_.without, size_, style_.faint, Anchor::center});
    }
    return plot_;
  }

 private:
  /// The title and, beside it or in lines under it, the key; beside a common key only the value of a single curve. The
  /// height they take.
  double add_title(bool with_key) {
    const double top = area_.y + area_.height;
    const double y = top - 0.65 * line_;
    const double left = area_.x + 0.4 * size_;
    scene_.items.emplace_back(
        Text{{left, y}, shortened(chart_.title, size_, area_.width - 0.8 * size_), size_, style_.ink, Anchor::left});
    if (!with_key) {
      if (chart_.curves.size() == 1 && chart_.is_named) {
        const std::string value = last_value(chart_.curves.front(), chart_.percent);
        const double room = area_.width - 2.6 * size_ - room_for(character_count(chart_.title) + value.size(), size_);
        const Point end{area_.x + area_.width - 1.2 * size_, y};
        if (room > 0.0) scene_.items.emplace_back(Text{end, value, size_, style_.faint, Anchor::right});
      }
      return 1.55 * line_;
    }
    const ChartKey key(key_entries(chart_), style_);
    const double right = area_.x + area_.width - 1.2 * size_;
    const double room = right - left - room_for(character_count(chart_.title), size_) - size_;
    for (const bool with_values : {true, false}) {
      if (key.line_width(with_values) > room) continue;
      key.add_line(scene_, right, y, with_values);
      return 1.55 * line_;
    }
    const double width = right - left;
    const double most = std::max(0.4 * area_.height, area_.height - least_lines * line_);
    const double height = std::min(key.grid_height(width), most);
    key.add_grid(scene_, {left, top - 1.15 * line_ - height, width, height});
    return 1.6 * line_ + height;
  }

  void set_plot(const ValueRange& range, double above) {
    more_below_ = 0.0;
    if (!chart_.x_ticks.empty()) {
      const AxisWords words = own_words();
      more_below_ = static_cast<double>(words.lines() - 1) * words.line_height();
    }
    const double below = (x_is_named_below() ? 2.3 : 1.35) * line_ + more_below_;
    const double height = std::max(0.25 * area_.height, area_.height - above - below);
    const int rows = std::max(2, static_cast<int>(height / (2.4 * line_)));
    const ValueAxis axis = value_axis(range, chart_.percent, rows);
    y_ticks_ = axis.ticks;
    y_words_ = axis.words;
    std::size_t longest = x_is_named_below() ? 4 : 5;  // "epoch" stands below the numbers then
    for (const std::string& words : y_words_)
      if (!empty_) longest = std::max(longest, character_count(words));
    const double left = std::min(0.45 * area_.width, room_for(longest, size_) + 0.9 * size_);
    plot_.low = axis.low;
    plot_.high = axis.high;
    plot_.first_x = chart_.first_x;
    plot_.last_x = chart_.x_ticks.empty() ? std::max(chart_.last_x, chart_.first_x + 1.0) : chart_.last_x;
    for (const ChartCurve& curve : chart_.curves) {
      for (const ChartPoint& point : curve.points) {
        if (is_usable(point)) plot_.last_x = std::max(plot_.last_x, point.x);
      }
      for (const Point& point : curve.tail) {
        if (is_usable(point)) plot_.last_x = std::max(plot_.last_x, point.x);
      }
    }
    // The number at the end of the x axis reaches beyond it, and does not touch what stands to its right.
    const std::size_t last_tick =
        chart_.x_ticks.empty() ? character_count(number_text(plot_.last_x, 1.0)) : letters_of_last_tick();
    const double right = std::max(1.2 * size_, 0.5 * room_for(last_tick, size_) + 0.4 * size_);
    plot_.area = {area_.x + left, area_.y + below, std::max(0.3 * area_.width, area_.width - left - right), height};
  }

  void add_axes() {
    Lines grid, axes;
    axes.width = 0.8;
    const double right = plot_.area.x + plot_.area.width;
    double last_label = -std::numeric_limits<double>::infinity();
    for (std::size_t index = 0; index < y_ticks_.size(); ++index) {
      const Point left = plot_.place(plot_.first_x, y_ticks_[index]);
      append_line(grid, left, {right, left.y}, style_.grid);
      if (empty_ || left.y - last_label < 1.1 * size_) continue;
      last_label = left.y;
      scene_.items.emplace_back(
          Text{{left.x - 0.4 * size_, left.y}, y_words_[index], size_, style_.faint, Anchor::right});
    }
    add_x_ticks(axes);
    append_line(axes, {plot_.area.x, plot_.area.y}, {right, plot_.area.y}, style_.faint);
    scene_.items.emplace_back(std::move(grid));
    scene_.items.emplace_back(std::move(axes));
  }

  /// Letters of the last of the axis' own ticks, as far as they can reach beyond the axis.
  [[nodiscard]] std::size_t letters_of_last_tick() const {
    constexpr std::size_t most = 6;
    return std::min(most, character_count(chart_.x_ticks.back().words));
  }

  /// What stands at the axis' own ticks.
  [[nodiscard]] AxisWords own_words() const {
    std::vector<std::string> words;
    double least = chart_.last_x - chart_.first_x;
    for (const ChartTick& tick : chart_.x_ticks) {
      words.push_back(tick.words);
      if (&tick != &chart_.x_ticks.front()) least = std::min(least, tick.place - (&tick - 1)->place);
    }
    constexpr double share_of_plot = 0.8;
    return {words, share_of_plot * area_.width * least / (chart_.last_x - chart_.first_x), size_};
  }

  void add_own_ticks(Lines& axes) {
    std::vector<double> places;
    for (const ChartTick& tick : chart_.x_ticks) {
      const Point foot = plot_.place(tick.place, plot_.low);
      append_line(axes, foot, {foot.x, foot.y - 0.3 * size_}, style_.faint);
      places.push_back(foot.x);
    }
    own_words().add(scene_, places, plot_.area.y - x_label * size_, style_.faint);
  }

  void add_x_ticks(Lines& axes) {
    if (!chart_.x_ticks.empty()) {
      add_own_ticks(axes);
      return add_x_name();
    }
    const double widest = room_for(character_count(number_text(plot_.last_x, 1.0)), size_) + 1.5 * size_;
    const int columns = std::max(1, static_cast<int>(plot_.area.width / widest));
    for (const double tick : round_ticks(plot_.first_x, plot_.last_x, columns)) {
      if (tick < plot_.first_x || tick > plot_.last_x + 1e-9 || tick != std::floor(tick)) continue;
      const Point foot = plot_.place(tick, plot_.low);
      append_line(axes, foot, {foot.x, foot.y - 0.3 * size_}, style_.faint);
      scene_.items.emplace_back(
          Text{{foot.x, plot_.area.y - x_label * size_}, number_text(tick, 1.0), size_, style_.faint, Anchor::center});
    }
    add_x_name();
  }

  /// A low chart has the name before the numbers, where its margin has room for it.
  void add_x_name() {
    const std::string& name = chart_.x_name;
    if (x_is_named_below()) {
      const Point middle{plot_.area.x + 0.5 * plot_.area.width, plot_.area.y - (x_label + 1.35) * size_ - more_below_};
      scene_.items.emplace_back(Text{middle, name, size_, style_.faint, Anchor::center});
    } else if (plot_.area.x - area_.x >= room_for(character_count(name), size_) + 0.7 * size_) {
      const Point end{plot_.area.x - 0.7 * size_, plot_.area.y - x_label * size_};
      scene_.items.emplace_back(Text{end, name, size_, style_.faint, Anchor::right});
    }
  }

  [[nodiscard]] bool x_is_named_below() const { return area_.height >= least_height_for_x_name; }

  /// A logarithmic axis has none for what is not positive.
  [[nodiscard]] bool has_place(double value) const { return !plot_.logarithmic || value > 0.0; }

  [[nodiscard]] Color color_of(const ChartCurve& curve) const { return curve_color(curve.look.color, style_.dark); }

  /// Mean ± error: an area where neighbours have an error, an upright line where a point stands alone.
  void add_band(const ChartCurve& curve) {
    Bands bands;
    Lines whiskers;
    whiskers.width = curve.width * style_.line_scale;
    const Color color = with_alpha(color_of(curve), style_.dark ? band_alpha_on_dark : band_alpha_on_light);
    const auto shown = [this](const ChartPoint& point) { return has_band(point) && has_place(point.y - point.error); };
    for_stretches(curve.points, shown, [&](std::size_t first, std::size_t end) {
      if (end - first == 1) {
        const ChartPoint& alone = curve.points[first];
        append_line(whiskers, plot_.place(alone.x, alone.y - alone.error), plot_.place(alone.x, alone.y + alone.error),
                    with_alpha(color_of(curve), 0.5));
        return;
      }
      bands.starts.push_back(static_cast<std::uint32_t>(bands.lower.size()));
      bands.colors.push_back(color);
      for (std::size_t index = first; index < end; ++index) {
        const ChartPoint& point = curve.points[index];
        bands.lower.push_back(plot_.place(point.x, point.y - point.error));
        bands.upper.push_back(plot_.place(point.x, point.y + point.error));
      }
    });
    if (!bands.starts.empty()) scene_.items.emplace_back(std::move(bands));
    if (!whiskers.starts.empty()) scene_.items.emplace_back(std::move(whiskers));
  }

  void add_faint(const ChartCurve& curve, const std::vector<Point>& points, Dash dash) {
    Lines lines;
    lines.width = 0.7 * curve.width * style_.line_scale;
    const auto usable = [this](const Point& point) { return is_usable(point) && has_place(point.y); };
    for_stretches(points, usable, [&](std::size_t first, std::size_t end) {
      std::vector<Point> corners;
      for (std::size_t index = first; index < end; ++index) {
        corners.push_back(plot_.place(points[index].x, points[index].y));
      }
      append_curve(lines, corners, with_alpha(color_of(curve), raw_alpha), dash);
    });
    if (!lines.starts.empty()) scene_.items.emplace_back(std::move(lines));
  }

  void add_curve(const ChartCurve& curve) {
    Lines lines;
    lines.width = curve.width * style_.line_scale;
    Disks alone;  // a point without neighbours would not show as a line
    Bands marks;
    const bool marks_all =
        curve.marks_points &&
        static_cast<double>(curve.points.size()) * close_markers * style_.marker_size < plot_.area.width;
    const double distance = marks_all ? 0.0 : marker_distance;
    double next_mark = plot_.area.x + distance * (0.25 + 0.21 * static_cast<double>(curve.look.color % 4));
    Point last{};
    for_stretches(
        curve.points, [this](const ChartPoint& point) { return is_usable(point) && has_place(point.y); },
        [&](std::size_t first, std::size_t end) {
          std::vector<Point> corners;
          for (std::size_t index = first; index < end; ++index) {
            last = plot_.place(curve.points[index].x, curve.points[index].y);
            corners.push_back(last);
            if (last.x < next_mark) continue;
            append_marker(marks, curve.look.marker, last, style_.marker_size, color_of(curve));
            next_mark = last.x + distance;
          }
          append_curve(lines, corners, color_of(curve), curve.look.dash);
          if (corners.size() > 1 && !curve.has_dots) return;
          for (const Point& corner : corners) {
            alone.centers.push_back(corner);
            alone.diameters.push_back(static_cast<float>((curve.has_dots ? 3.2 : 2.4) * lines.width));
            alone.colors.push_back(color_of(curve));
          }
        });
    if (!lines.starts.empty() && marks.starts.empty()) {
      append_marker(marks, curve.look.marker, last, style_.marker_size, color_of(curve));
    }
    if (!lines.starts.empty()) scene_.items.emplace_back(std::move(lines));
    if (!alone.centers.empty()) scene_.items.emplace_back(std::move(alone));
    if (!marks.starts.empty()) scene_.items.emplace_back(std::move(marks));
  }

  Scene& scene_;
  const Chart& chart_;
  const ChartStyle& style_;
  Rectangle area_;
  double size_, line_;
  bool empty_ = false;
  double more_below_ = 0.0;  ///< the axis, for names of several lines
  PlotArea plot_;
  std::vector<double> y_ticks_;
  std::vector<std::string> y_words_;
};

/// Puts the key where it leaves most of the page to the charts, in smaller letters if it takes that to name all, and
/// gives what is left. Curves that are named beside the page have a small key of whole names, or none.
Rectangle add_common_key(Scene& scene, const std::vector<KeyEntry>& entries, const ChartStyle& page_style) {
  const Rectangle page = scene.bounds;
  const double gap = 0.8 * page_style.text_size;
  const bool small = page_style.named_beside;
  const double most_width = (small ? widest_small_key : widest_key) * page.width;
  const double most_height = (small ? highest_small_key : highest_key) * page.height;
  for (const double scale : {1.0, 0.9, 0.8}) {
    ChartStyle style = page_style;
    style.text_size *= scale;
    const ChartKey key(entries, style);
    const double width = std::min(key.entry_width(true), most_width);
    const double height = key.grid_height(page.width - 2.0 * gap);
    const double column_height = page.height - 0.3 * style.text_size;
    const bool grid_holds_all = height <= most_height;
    const bool column_holds_all =
        key.column_capacity(column_height) >= key.size() && (!small || key.entry_width(false) <= width);
    if (small && !grid_holds_all && !column_holds_all) return page;
    if (!grid_holds_all && !column_holds_all && scale > 0.8) continue;
    const double worth = width < key.entry_width(false) ? worth_of_short_names : 1.0;
    const double left_of_column = (page.width - width - 2.0 * gap) * page.height;
    const double left_of_grid = page.width * (page.height - height - gap);
    if (grid_holds_all && !(column_holds_all && worth * left_of_column >= left_of_grid)) {
      key.add_grid(scene, {gap, 0.0, page.width - 2.0 * gap, height});
      return {0.0, height + gap, page.width, page.height - height - gap};
    }
    key.add_column(scene, {page.width - width - gap, 0.0, width, column_height});
    return {0.0, 0.0, page.width - width - 2.0 * gap, page.height};
  }
  return page;
}

std::size_t rows_of(std::size_t charts, std::size_t columns) { return (charts + columns - 1) / columns; }

/// Of the text of a chart.
double line_height(const ChartStyle& style) { return 1.45 * style.text_size; }

/// How many charts stand beside each other: those whose shape comes nearest to the wanted one, rather more than fewer.
/// Several rows need the height for it.
std::size_t columns_of(std::size_t charts, const Rectangle& page) {
  std::size_t best = charts;
  double best_off = std::numeric_limits<double>::infinity();
  for (std::size_t columns = charts; columns > 0; --columns) {
    const double width = page.width / static_cast<double>(columns);
    const double height = page.height / static_cast<double>(rows_of(charts, columns));
    if (columns < charts && height < least_height_for_x_name) break;
    const double off = std::abs(std::log(width / height / wanted_aspect));
    if (off < best_off) {
      best = columns;
      best_off = off;
    }
  }
  return best;
}

}  // namespace

double least_height(std::span<const Chart> charts, const ChartStyle& style, std::size_t columns) {
  if (charts.empty() || columns == 0) return 0.0;
  const double plain = std::max(least_height_for_x_name, least_lines * line_height(style));
  const auto rows = static_cast<double>(rows_of(charts.size(), columns));
  const auto entries = common_key(charts);
  if (entries && entries->size() > 1) {
    const double gap = 0.8 * style.text_size;
    const double key = ChartKey(*entries, style).grid_height(style.width - 2.0 * gap);
    if (style.named_beside) return rows * plain;
    return std::max(rows * plain + key + gap, key / highest_key);
  }
  const double width = style.width / static_cast<double>(columns) - 1.6 * style.text_size;
  double tallest = 0.0;
  for (const Chart& chart : charts) tallest = std::max(tallest, ChartKey(key_entries(chart), style).grid_height(width));
  return rows * (plain + tallest);
}

ChartPicture charts_scene(std::span<const Chart> charts, const ChartStyle& style) {
  ChartPicture picture;
  Scene& scene = picture.scene;
  scene.bounds = {0.0, 0.0, style.width, style.height};
  scene.ink = style.ink;
  if (charts.empty()) return picture;
  const auto entries = common_key(charts);
  const bool common = entries && entries->size() > 1;
  const Rectangle rest = common ? add_common_key(scene, *entries, style) : scene.bounds;

  const std::size_t columns = columns_of(charts.size(), rest);
  const double width = rest.width / static_cast<double>(columns);
  const double height = rest.height / static_cast<double>(rows_of(charts.size(), columns));
  for (std::size_t index = 0; index < charts.size(); ++index) {
    const auto column = static_cast<double>(index % columns), row = static_cast<double>(index / columns);
    const Rectangle area{rest.x + column * width, rest.y + rest.height - (row + 1.0) * height, width, height};
    picture.plots.push_back(ChartWriter(scene, charts[index], style, area).write(!common));
  }
  return picture;
}

}  // namespace dnm
