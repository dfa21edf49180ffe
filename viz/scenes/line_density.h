// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "viz/scenes/scene.h"

namespace dnm {

/// Counts how many lines cover each pixel of an image: a pixel gets the share of its area that a line covers, summed
/// over all lines. A line costs some additions for each row (or column, if it is flat) that it crosses, however wide it
/// is: only where it begins and ends in the row is written down, and counts() adds up. Whole numbers, so that a million
/// lines leave no rounding behind.
///
/// The cover of a line in a row is taken as even between its two borders, which is exact for steep lines, spreads
/// slanted ones by half a pixel at most, and keeps the total. At most a million lines on one pixel.
class LineDensity {
 public:
  /// `width` of the lines in pixels, > 0.
  LineDensity(std::uint32_t columns, std::uint32_t rows, double width);

  /// A straight line in pixels from the upper left corner, y downwards; what lies outside is left out. O(pixels
  /// along it).
  void add(Point from, Point to);
  /// Lines over each pixel, first row on top. O(pixels).
  [[nodiscard]] std::vector<float> counts() const;

 private:
  /// Where lines begin and end within rows (or columns): a list of `length` + 2 differences for each of `count`.
  struct Differences {
    std::size_t length = 0, count = 0;
    std::vector<std::uint32_t> values{};     ///< empty until the first line
    std::size_t first = SIZE_MAX, last = 0;  ///< rows with lines
  };
  /// A line by its places along the rows that it crosses (`place_from` at height `from`), from < to.
  void add_along(Differences& differences, double from, double place_from, double to, double place_to) const;

  std::size_t columns_, rows_;
  double width_;
  Differences in_rows_, in_columns_;
};

}  // namespace dnm
