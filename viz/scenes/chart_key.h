// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viz/scenes/chart_scene.h"
#include "viz/scenes/curve_look.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// An entry of a chart's key: a piece of the curve (or its marker alone), the name and, where there is room, a
/// value.
struct KeyEntry {
  std::string name;
  std::string value{};
  CurveLook look{};
  bool line = true;
};

/// A key that is laid out by its estimated widths, so that no word lies over another: names that are too long end in
/// "…", and entries there is no room for are counted, as are those from the 60th on.
class ChartKey {
 public:
  ChartKey(std::vector<KeyEntry> entries, const ChartStyle& style);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] double row_height() const;
  /// Of the widest entry, with its value or without; 0 when empty.
  [[nodiscard]] double entry_width(bool with_values) const;
  /// Of all entries in one line.
  [[nodiscard]] double line_width(bool with_values) const;
  /// Height it takes as a grid of this width, without values.
  [[nodiscard]] double grid_height(double width) const;
  /// Entries that a column of this height has room for, when they stand close.
  [[nodiscard]] std::size_t column_capacity(double height) const;

  /// One line that ends at `right`, about the height `y`.
  void add_line(Scene& scene, double right, double y, bool with_values) const;
  /// One entry under another from the top of `area` down; values, where they fit, end at its right border.
  void add_column(Scene& scene, const Rectangle& area) const;
  /// One line where it fits, with values if they fit too, else columns of equal width from the top of `area` down.
  void add_grid(Scene& scene, const Rectangle& area) const;

 private:
  void add_entry(Scene& scene, const KeyEntry& entry, double x, double y, double width, bool with_value) const;
  void add_words(Scene& scene, std::string words, double x, double y, Color color, Anchor anchor) const;
  [[nodiscard]] std::size_t grid_columns(double width) const;

  std::vector<KeyEntry> entries_;
  std::size_t counted_in_last_ = 0;  ///< how many the last entry stands for, besides itself
  ChartStyle style_;
};

/// `words`, or as many letters of them as are estimated to fit into `width` points and "…".
[[nodiscard]] std::string shortened(const std::string& words, double size, double width);

}  // namespace dnm
