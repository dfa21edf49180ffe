// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "viz/scenes/scene.h"

// How areas become pixels: the same for the screen and for paper.
namespace dnm {

/// Adds areas of colour up in a picture of pixels. A pixel's alpha is the share of it that is covered, its colour the
/// mean of what covers it: linear, so that the ink of a part of the picture (its mean darkness) is the same at every
/// resolution and wherever the pixels begin, and nothing small is lost. Areas lie beside each other; where they overlap
/// they add up, to full cover at most.
class AreaRaster {
 public:
  AreaRaster(std::uint32_t columns, std::uint32_t rows);
  /// [left, right) × [top, bottom) in pixels from the upper left corner, y downwards; what lies outside is left out.
  /// O(pixels touched).
  void add(double left, double top, double right, double bottom, Color color);
  /// Straight RGBA, first row on top.
  [[nodiscard]] std::vector<Color> pixels() const;

 private:
  struct Sum {
    float red = 0.0F, green = 0.0F, blue = 0.0F, cover = 0.0F;
  };
  std::uint32_t columns_, rows_;
  std::vector<Sum> sums_;
};

/// Where data coordinates lie on a device, in its pixels from the upper left corner, y downwards.
struct DeviceTransform {
  double scale_x = 1.0, scale_y = 1.0;  ///< pixels per data unit, > 0
  double left = 0.0, top = 0.0;         ///< pixel coordinates of the origin of the data

  [[nodiscard]] double x(double data_x) const { return left + data_x * scale_x; }
  [[nodiscard]] double y(double data_y) const { return top - data_y * scale_y; }
};

/// Whole pixels of a device, and what is in them.
struct DevicePixels {
  int left = 0, top = 0, columns = 0, rows = 0;
  std::vector<Color> pixels;  ///< straight RGBA, first row on top; empty when nothing lies on the device
};

/// An item in the pixels of a device of `width` × `height` pixels, by AreaRaster: no row or column is dropped, doubled
/// or moved at any size. O(cells + pixels covered).
[[nodiscard]] DevicePixels in_device_pixels(const Cells& cells, const DeviceTransform& transform, int width,
                                            int height);
/// The same. An image whose pixels are those of the device is taken as it is. O(pixels of both).
[[nodiscard]] DevicePixels in_device_pixels(const Image& image, const DeviceTransform& transform, int width,
                                            int height);

}  // namespace dnm
