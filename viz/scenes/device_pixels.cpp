// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/device_pixels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dnm {

namespace {

/// Edges this near to those of pixels, in pixels, are there.
constexpr double same_place = 1e-3;

/// The whole pixels of a device that hold [left, right) × [top, bottom).
DevicePixels pixels_around(double left, double top, double right, double bottom, int width, int height) {
  const auto within = [](double place, int length) {
    return static_cast<int>(std::clamp(place, 0.0, static_cast<double>(length)));
  };
  DevicePixels around;
  around.left = within(std::floor(left + same_place), width);
  around.top = within(std::floor(top + same_place), height);
  around.columns = std::max(0, within(std::ceil(right - same_place), width) - around.left);
  around.rows = std::max(0, within(std::ceil(bottom - same_place), height) - around.top);
  return around;
}

bool is_empty(const DevicePixels& part) { return part.columns == 0 || part.rows == 0; }

bool is_whole(double place) { return std::abs(place - std::round(place)) < same_place; }

}  // namespace

AreaRaster::AreaRaster(std::uint32_t columns, std::uint32_t rows)
    : columns_(columns), rows_(rows), sums_(std::size_t{columns} * rows) {}

void AreaRaster::add(double left, double top, double right, double bottom, Color color) {
  left = std::max(left, 0.0);
  top = std::max(top, 0.0);
  right = std::min(right, static_cast<double>(columns_));
  bottom = std::min(bottom, static_cast<double>(rows_));
  if (!(left < right && top < bottom)) return;
  const float opacity = static_cast<float>(color.alpha) / 255.0F;
  const Sum ink{opacity * color.red, opacity * color.green, opacity * color.blue, opacity};
  const auto last_column = static_cast<std::uint32_t>(std::ceil(right));
  const auto last_row = static_cast<std::uint32_t>(std::ceil(bottom));
  for (auto row = static_cast<std::uint32_t>(top); row < last_row; ++row) {
    const double height = std::min(bottom, row + 1.0) - std::max(top, static_cast<double>(row));
    Sum* const line = sums_.data() + std::size_t{row} * columns_;
    for (auto column = static_cast<std::uint32_t>(left); column < last_column; ++column) {
      const double width = std::min(right, column + 1.0) - std::max(left, static_cast<double>(column));
      const auto share = static_cast<float>(width * height);
      Sum& sum = line[column];
      sum.red += share * ink.red;
      sum.green += share * ink.green;
      sum.blue += share * ink.blue;
      sum.cover += share * ink.cover;
    }
  }
}

std::vector<Color> AreaRaster::pixels() const {
  std::vector<Color> pixels(sums_.size(), Color{0, 0, 0, 0});
  const auto whole = [](float value) { return static_cast<std::uint8_t>(std::min(value + 0.5F, 255.0F)); };
  for (std::size_t pixel = 0; pixel < sums_.size(); ++pixel) {
    const Sum& sum = sums_[pixel];
    if (sum.cover <= 0.0F) continue;
    pixels[pixel] = {whole(sum.red / sum.cover), whole(sum.green / sum.cover), whole(sum.blue / sum.cover),
                     whole(255.0F * sum.cover)};
  }
  return pixels;
}

DevicePixels in_device_pixels(const Cells& cells, const DeviceTransform& transform, int width, int height) {
  constexpr double far = std::numeric_limits<double>::infinity();
  double left = far, top = far, right = -far, bottom = -far;
  for (const Rectangle& cell : cells.cells) {
    left = std::min(left, transform.x(cell.x));
    right = std::max(right, transform.x(cell.x + cell.width));
    top = std::min(top, transform.y(cell.y + cell.height));
    bottom = std::max(bottom, transform.y(cell.y));
  }
  DevicePixels found = pixels_around(left, top, right, bottom, width, height);
  if (cells.cells.empty() || is_empty(found)) return {};
  AreaRaster raster(static_cast<std::uint32_t>(found.columns), static_cast<std::uint32_t>(found.rows));
  for (std::size_t index = 0; index < cells.cells.size(); ++index) {
    const Rectangle& cell = cells.cells[index];
    raster.add(transform.x(cell.x) - found.left, transform.y(cell.y + cell.height) - found.top,
               transform.x(cell.x + cell.width) - found.left, transform.y(cell.y) - found.top, cells.colors[index]);
  }
  found.pixels = raster.pixels();
  return found;
}

DevicePixels in_device_pixels(const Image& image, const DeviceTransform& transform, int width, int height) {
  if (image.columns == 0 || image.rows == 0) return {};
  const double left = transform.x(image.area.x), right = transform.x(image.area.x + image.area.width);
  const double top = transform.y(image.area.y + image.area.height), bottom = transform.y(image.area.y);
  DevicePixels found = pixels_around(left, top, right, bottom, width, height);
  if (is_empty(found)) return {};
  const double step_x = (right - left) / image.columns, step_y = (bottom - top) / image.rows;
  // Those of the image that lie on the device.
  const auto first = [](double begin, double step) {
    return static_cast<std::uint32_t>(std::max(0.0, std::floor(-begin / step)));
  };
  const auto last = [](double begin, double step, double length, std::uint32_t count) {
    return static_cast<std::uint32_t>(std::clamp(std::ceil((length - begin) / step), 0.0, static_cast<double>(count)));
  };
  const bool same_pixels = is_whole(left) && is_whole(top) && std::abs(right - left - image.columns) < same_place &&
                           std::abs(bottom - top - image.rows) < same_place;
  if (same_pixels) {
    const auto skipped_columns = static_cast<std::size_t>(found.left - std::lround(left));
    const auto skipped_rows = static_cast<std::size_t>(found.top - std::lround(top));
    const auto columns = static_cast<std::size_t>(found.columns);
    found.pixels.reserve(columns * static_cast<std::size_t>(found.rows));
    for (std::size_t row = 0; row < static_cast<std::size_t>(found.rows); ++row) {
      const Color* const line = image.pixels.data() + (skipped_rows + row) * image.columns + skipped_columns;
      found.pixels.insert(found.pixels.end(), line, line + columns);
    }
    return found;
  }
  AreaRaster raster(static_cast<std::uint32_t>(found.columns), static_cast<std::uint32_t>(found.rows));
  for (auto row = first(top, step_y); row < last(top, step_y, height, image.rows); ++row) {
    const double y = top - found.top + row * step_y;
    for (auto column = first(left, step_x); column < last(left, step_x, width, image.columns); ++column) {
      const Color color = image.pixels[std::size_t{row} * image.columns + column];
      if (color.alpha == 0) continue;
      const double x = left - found.left + column * step_x;
      raster.add(x, y, x + step_x, y + step_y, color);
    }
  }
  found.pixels = raster.pixels();
  return found;
}

}  // namespace dnm
