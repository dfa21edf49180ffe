// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/comparison_table.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/chart_key.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double line_height = 1.45, comfortable_row = 1.9, row_spacing = 1.2, side = 0.6;  // in text sizes
constexpr double smallest_text = 5.0;                                                       // points
constexpr double widest_names = 0.4, narrowest_names = 0.2;                                 // of the page

class TableWriter {
 public:
  TableWriter(const Comparison& comparison, const ChartStyle& style)
      : comparison_(comparison), style_(style), size_(style.text_size) {
    picture_.scene.bounds = {0.0, 0.0, style.width, style.height};
    picture_.scene.ink = style.ink;
  }

  ComparisonPicture write() {
    set_rows(add_head());
    set_columns();
    add_lines();
    for (std::size_t column = 0; column < comparison_.figures.size(); ++column) {
      put_cell(comparison_.figures[column], column, middle_of(-1), style_.faint, false);
    }
    for (std::size_t row = 0; row < shown_; ++row) add_row(row);
    const std::size_t rest = comparison_.groups.size() - shown_;
    if (rest > 0) {
      put("and " + std::to_string(rest) + " more", {left(), 0.6 * row_size_}, style_.faint, Anchor::left, row_size_);
    }
    return std::move(picture_);
  }

 private:
  void put(std::string text, Point position, Color color, Anchor anchor, double size, bool bold = false) {
    Text made{position, std::move(text), size, color, anchor};
    made.bold = bold;
    picture_.scene.items.emplace_back(std::move(made));
  }

  [[nodiscard]] double left() const { return side * size_; }

  /// Title and note. The height they take.
  double add_head() {
    const double room = style_.width - 2.0 * left();
    double y = style_.height - 0.65 * line_height * size_;
    put(shortened(comparison_.title, size_, room), {left(), y}, style_.ink, Anchor::left, size_);
    if (!comparison_.note.empty()) {
      y -= line_height * size_;
      put(shortened(comparison_.note, size_, room), {left(), y}, style_.faint, Anchor::left, size_);
    }
    return style_.height - y + 0.5 * line_height * size_;
  }

  /// Under what takes the height `above`.
  void set_rows(double above) {
    const std::size_t rows = comparison_.groups.size() + 1;  // with the head
    const double room = std::max(0.2 * style_.height, style_.height - above - 0.3 * size_);
    const double least = row_spacing * std::min(smallest_text, size_);
    const auto most = static_cast<std::size_t>(std::max(2.0, std::floor(room / least)));
    // What is left out is counted in a line of its own.
    shown_ = rows <= most ? comparison_.groups.size() : most - 2;
    const double lines = static_cast<double>(std::min(rows, most));
    row_height_ = std::min(room / lines, comfortable_row * size_);
    row_size_ = std::clamp(row_height_ / row_spacing, std::min(smallest_text, size_), size_);
    top_ = style_.height - above;
    picture_.plot.area = {left(), top_ - row_height_ * static_cast<double>(shown_ + 1), style_.width - 2.0 * left(),
                          row_height_ * static_cast<double>(shown_)};
  }

  /// Of row -1, the head, and of those below.
  [[nodiscard]] double middle_of(int row) const { return top_ - row_height_ * (static_cast<double>(row) + 1.5); }

  [[nodiscard]] std::string cell_text(const ComparedValue& value) const {
    if (!std::isfinite(value.mean)) return value.words.empty() ? "–" : value.words;
    const double error = with_errors_ ? value.error : std::nan("");
    return mean_and_error(value.mean, error, comparison_.percent) + (value.is_complete ? "" : "†");
  }

  [[nodiscard]] double widest_cell() const {
    double widest = 0.0;
    const auto include = [&](const std::string& text) {
      widest = std::max(widest, room_for(character_count(text), row_size_));
    };
    for (const std::string& figure : comparison_.figures) include(figure);
    for (const ComparedGroup& group : comparison_.groups)
      for (const ComparedValue& value : group.values) include(cell_text(value));
    return widest + row_size_;  // between columns
  }

  void set_columns() {
    double names = 0.0;
    for (const ComparedGroup& group : comparison_.groups)
      names = std::max(names, room_for(character_count(group.name), row_size_));
    const double width = style_.width - 2.0 * left();
    const auto columns = static_cast<double>(std::max<std::size_t>(comparison_.figures.size(), 1));
    const double least_names = std::min(names, narrowest_names * width);
    with_errors_ = true;
    with_errors_ = widest_cell() * columns <= width - least_names;
    const double cells = widest_cell() * columns;
    name_width_ = std::clamp(width - cells, least_names, std::max(least_names, std::min(names, widest_names * width)));
    column_width_ = std::min(widest_cell(), (width - name_width_) / columns);
  }

  void put_cell(const std::string& text, std::size_t column, double y, Color color, bool bold) {
    const double right = left() + name_width_ + column_width_ * static_cast<double>(column + 1);
    put(shortened(text, row_size_, column_width_ - 0.5 * row_size_), {right, y}, color, Anchor::right, row_size_, bold);
  }

  void add_lines() {
    Lines lines;
    lines.width = 0.8;
    const double right = left() + name_width_ + column_width_ * static_cast<double>(comparison_.figures.size());
    for (const double rows : {0.0, 1.0, static_cast<double>(shown_ + 1)}) {
      const double y = top_ - row_height_ * rows;
      append_line(lines, {left(), y}, {right, y}, style_.faint);
    }
    picture_.scene.items.emplace_back(std::move(lines));
  }

  [[nodiscard]] bool is_best(std::size_t row, std::size_t column) const {
    const auto mean = [&](const ComparedGroup& group) {
      return column < group.values.size() ? group.values[column].mean : std::nan("");
    };
    const double own = mean(comparison_.groups[row]);
    std::size_t others = 0;
    for (const ComparedGroup& group : comparison_.groups) {
      const double other = mean(group);
      if (!std::isfinite(other)) continue;
      ++others;
      if (comparison_.lowest_is_best ? other < own : other > own) return false;
    }
    return std::isfinite(own) && others > 1;
  }

  void add_row(std::size_t row) {
    const ComparedGroup& group = comparison_.groups[row];
    const double y = middle_of(static_cast<int>(row));
    picture_.rows.push_back({0.0, y - 0.5 * row_height_, style_.width, row_height_});
    put(shortened(group.name, row_size_, name_width_), {left(), y}, style_.ink, Anchor::left, row_size_);
    for (std::size_t column = 0; column < group.values.size(); ++column) {
      const bool has_value = std::isfinite(group.values[column].mean);
      put_cell(cell_text(group.values[column]), column, y, has_value ? style_.ink : style_.faint, is_best(row, column));
    }
  }

  const Comparison& comparison_;
  const ChartStyle& style_;
  double size_;
  ComparisonPicture picture_;
  std::size_t shown_ = 0;
  double top_ = 0.0, row_height_ = 0.0, row_size_ = 0.0, name_width_ = 0.0, column_width_ = 0.0;
  bool with_errors_ = true;
};

}  // namespace

ComparisonPicture comparison_table(const Comparison& comparison, const ChartStyle& style) {
  return TableWriter(comparison, style).write();
}

}  // namespace dnm
