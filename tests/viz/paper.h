// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "viz/paper/paper_painter.h"

// Pictures as they are on paper, and how much two of them differ.
namespace dnm::test {

/// A scene on a page of `size` pixels, with so many pixels per point.
[[nodiscard]] inline QImage on_paper(const Scene& scene, QSize size, double scale) {
  QImage image(size, QImage::Format_RGB32);
  image.fill(QColor(scene.background.red, scene.background.green, scene.background.blue));
  QPainter painter(&image);
  painter.scale(scale, scale);
  paint_scene(painter, scene, QRectF(0.0, 0.0, size.width() / scale, size.height() / scale), PaperStyle::raster());
  return image;
}

/// Difference of two pictures of one size, for an eye that does not count pixels: both are averaged over blocks of
/// 8 × 8 pixels, and the mean over all blocks of the largest difference of a colour channel is given, 0 (same) to 1
/// (black against white). Up to 0.04 an eye sees no difference; hundreds of faint lines on each other, which the
/// painters round differently, take most of it.
[[nodiscard]] inline double block_difference(const QImage& first, const QImage& second) {
  constexpr int block = 8;
  double total = 0.0;
  int blocks = 0;
  for (int top = 0; top + block <= first.height(); top += block) {
    for (int left = 0; left + block <= first.width(); left += block) {
      double difference[3] = {0.0, 0.0, 0.0};
      for (int y = top; y < top + block; ++y) {
        for (int x = left; x < left + block; ++x) {
          const QRgb a = first.pixel(x, y), b = second.pixel(x, y);
          difference[0] += qRed(a) - qRed(b);
          difference[1] += qGreen(a) - qGreen(b);
          difference[2] += qBlue(a) - qBlue(b);
        }
      }
      total += std::max({std::abs(difference[0]), std::abs(difference[1]), std::abs(difference[2])}) /
               (255.0 * block * block);
      ++blocks;
    }
  }
  return total / blocks;
}

constexpr double same_picture = 0.04;

/// Mean distance from white, of the channel that is furthest, in a part of a picture given in shares of its sides.
[[nodiscard]] inline double ink(const QImage& image, const QRectF& part = {0.0, 0.0, 1.0, 1.0}) {
  const auto place = [](double share, int length) { return static_cast<int>(std::lround(share * length)); };
  double red = 0.0, green = 0.0, blue = 0.0;
  const int top = place(part.top(), image.height()), bottom = place(part.bottom(), image.height());
  const int left = place(part.left(), image.width()), right = place(part.right(), image.width());
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const QRgb pixel = image.pixel(x, y);
      red += 255 - qRed(pixel);
      green += 255 - qGreen(pixel);
      blue += 255 - qBlue(pixel);
    }
  }
  return std::max({red, green, blue}) / (255.0 * (bottom - top) * (right - left));
}

}  // namespace dnm::test
