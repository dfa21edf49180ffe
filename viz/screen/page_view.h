// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viz/scenes/scene.h"

namespace dnm {

/// The part of the page that is seen: the page (in points, y upwards) magnified by `zoom`, with `center` in the middle.
struct PageView {
  double zoom = 1.0;
  Point center{};  ///< in page coordinates
  bool operator==(const PageView&) const = default;

  /// The transform of a scene that lies on the page by `page`, as seen on a screen of the page's size.
  [[nodiscard]] PageTransform seen(const PageTransform& page, double width_points, double height_points) const {
    return {page.scale_x * zoom, page.scale_y * zoom, (page.shift_x - center.x) * zoom + 0.5 * width_points,
            (page.shift_y - center.y) * zoom + 0.5 * height_points};
  }
};

}  // namespace dnm
