// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace dnm {

/// A widget as a page: its size in points and how many device pixels a point is, by the resolution that the desktop
/// sets its texts in.
struct PageSize {
  double width, height;
  double pixels_per_point;
};

/// Of the framebuffer that a widget's picture is drawn in.
[[nodiscard]] inline QSize size_in_pixels(const QWidget& widget) {
  const auto pixels = [&](int length) {
    return std::max(1, static_cast<int>(std::lround(length * widget.devicePixelRatioF())));
  };
  return {pixels(widget.width()), pixels(widget.height())};
}

[[nodiscard]] inline PageSize page_size(const QWidget& widget) {
  const double pixels_per_point = widget.devicePixelRatioF() * std::clamp(widget.logicalDpiX(), 48, 480) / 72.0;
  // A page of whole device pixels, also where the ratio is a fraction.
  const QSize pixels = size_in_pixels(widget);
  return {pixels.width() / pixels_per_point, pixels.height() / pixels_per_point, pixels_per_point};
}

}  // namespace dnm
