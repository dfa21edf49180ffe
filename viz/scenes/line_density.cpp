// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/line_density.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dnm {

namespace {

constexpr double whole_line = 4096.0;        // of a difference
constexpr double place_unit = 4294967296.0;  // of a place along a row: 32 bits of a pixel
constexpr double steepest = 4.0;             // pixels along a row per row, for a line that is cut into rows

/// A row is `level` higher between two places, in shares of the pixels that they are in.
inline void add_between(std::uint32_t* row, std::int64_t left, std::int64_t right, std::uint32_t level) {
  const auto beyond = [level](std::int64_t place) {
    return (level * static_cast<std::uint32_t>((place >> 16) & 0xFFFF)) >> 16U;
  };
  const auto first = static_cast<std::size_t>(left >> 32), last = static_cast<std::size_t>(right >> 32);
  const std::uint32_t after_first = beyond(left), after_last = beyond(right);
  row[first] += level - after_first;
  row[first + 1] += after_first;
  row[last] -= level - after_last;
  row[last + 1] -= after_last;
}

std::int64_t fixed(double place) { return static_cast<std::int64_t>(std::llround(place * place_unit)); }

}  // namespace

LineDensity::LineDensity(std::uint32_t columns, std::uint32_t rows, double width)
    : columns_(columns), rows_(rows), width_(width), in_rows_{columns, rows}, in_columns_{rows, columns} {}

void LineDensity::add(Point from, Point to) {
  const double along = to.x - from.x, down = to.y - from.y;
  if (!std::isfinite(along) || !std::isfinite(down)) return;
  if (std::abs(along) <= steepest * std::abs(down)) {
    if (down < 0.0) std::swap(from, to);
    add_along(in_rows_, from.y, from.x, to.y, to.x);
  } else {
    if (along < 0.0) std::swap(from, to);
    add_along(in_columns_, from.x, from.y, to.x, to.y);
  }
}

void LineDensity::add_along(Differences& differences, double from, double place_from, double to,
                            double place_to) const {
  const double slope = to > from ? (place_to - place_from) / (to - from) : 0.0;
  const double across = width_ * std::sqrt(1.0 + slope * slope);
  const auto length = static_cast<double>(differences.length);
  // The rows in which the line is on the image.
  double begin = std::max(from, 0.0), end = std::min(to, static_cast<double>(differences.count));
  if (slope == 0.0) {
    if (place_from + across < 0.0 || place_from - across > length) return;
  } else {
    const double reach = across + std::abs(slope);
    double enters = from + (-reach - place_from) / slope, leaves = from + (length + reach - place_from) / slope;
    if (enters > leaves) std::swap(enters, leaves);
    begin = std::max(begin, enters);
    end = std::min(end, leaves);
  }
  if (!(begin < end)) return;
  if (differences.values.empty()) differences.values.resize((differences.length + 2) * differences.count);

  const auto row_of = [&](std::size_t row) { return differences.values.data() + row * (differences.length + 2); };
  // The part of the line between two heights of one row.
  const auto add_piece = [&](std::size_t row, double top, double bottom) {
    const double height = bottom - top, wide = across + std::abs(slope) * height;
    const double middle = place_from + (0.5 * (top + bottom) - from) * slope;
    const double left = std::max(middle - 0.5 * wide, 0.0), right = std::min(middle + 0.5 * wide, length);
    if (!(left < right)) return;
    const auto level = static_cast<std::uint32_t>(std::lround(whole_line * height * across / wide));
    add_between(row_of(row), fixed(left), fixed(right), level);
  };
  const auto first = static_cast<std::size_t>(begin);
  const auto last = static_cast<std::size_t>(std::ceil(end)) - 1;
  differences.first = std::min(differences.first, first);
  differences.last = std::max(differences.last, last);
  if (first == last) return add_piece(first, begin, end);
  add_piece(first, begin, static_cast<double>(first + 1));
  add_piece(last, static_cast<double>(last), end);

  const double wide = across + std::abs(slope);
  const auto level = static_cast<std::uint32_t>(std::lround(whole_line * across / wide));
  const std::int64_t step = fixed(slope), extent = fixed(wide), room = fixed(length) - extent;
  std::int64_t left = fixed(place_from + (static_cast<double>(first) + 1.5 - from) * slope - 0.5 * wide);
  for (std::size_t row = first + 1; row < last; ++row, left += step) {
    if (left >= 0 && left <= room) {
      add_between(row_of(row), left, left + extent, level);
    } else {
      add_piece(row, static_cast<double>(row), static_cast<double>(row + 1));
    }
  }
}

std::vector<float> LineDensity::counts() const {
  std::vector<float> counts(columns_ * rows_, 0.0F);
  constexpr auto unit = static_cast<float>(1.0 / whole_line);
  if (!in_rows_.values.empty()) {
    for (std::size_t row = in_rows_.first; row <= in_rows_.last; ++row) {
      const std::uint32_t* const differences = in_rows_.values.data() + row * (columns_ + 2);
      std::uint32_t sum = 0;
      for (std::size_t column = 0; column < columns_; ++column) {
        sum += differences[column];
        counts[row * columns_ + column] = unit * static_cast<float>(sum);
      }
    }
  }
  if (!in_columns_.values.empty()) {
    std::vector<std::uint32_t> sums(columns_, 0);
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = in_columns_.first; column <= in_columns_.last; ++column) {
        sums[column] += in_columns_.values[column * (rows_ + 2) + row];
        counts[row * columns_ + column] += unit * static_cast<float>(sums[column]);
      }
    }
  }
  return counts;
}

}  // namespace dnm
