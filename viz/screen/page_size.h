// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <algorithm>

namespace dnm {

/// A widget as a page: its size in points and how many device pixels a point is, by the resolution that the desktop
/// sets its texts in.
struct PageSize {
  double width, height;
  double pixels_per_point;
};

[[nodiscard]] inline PageSize page_size(const QWidget& widget) {
  const double points_per_pixel = 72.0 / std::clamp(widget.logicalDpiX(), 48, 480);
  return {std::max(1, widget.width()) * points_per_pixel, std::max(1, widget.height()) * points_per_pixel,
          widget.devicePixelRatioF() / points_per_pixel};
}

}  // namespace dnm
