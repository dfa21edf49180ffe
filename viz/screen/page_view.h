// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viz/scenes/scene.h"

namespace dnm {

/// The part of the page that is seen: the page (in points, y upwards) magnified along each axis, with `center` in the
/// middle.
struct PageView {
  double zoom_x = 1.0, zoom_y = 1.0;
  Point center{};  ///< in page coordinates
  bool operator==(const PageView&) const = default;

  /// Of the axis that is magnified more.
  [[nodiscard]] double zoom() const { return zoom_x > zoom_y ? zoom_x : zoom_y; }

  /// The transform of a scene that lies on the page by `page`, as seen on a screen of the page's size.
  [[nodiscard]] PageTransform seen(const PageTransform& page, double width_points, double height_points) const {
    return {page.scale_x * zoom_x, page.scale_y * zoom_y, (page.shift_x - center.x) * zoom_x + 0.5 * width_points,
            (page.shift_y - center.y) * zoom_y + 0.5 * height_points};
  }
};

}  // namespace dnm
