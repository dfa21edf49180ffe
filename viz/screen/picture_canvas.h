// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <limits>

#include "viz/scenes/scene.h"
#include "viz/screen/page_view.h"

class QWidget;

namespace dnm {

/// A widget that shows one scene; with VTK, or with QPainter where there is no OpenGL.
class PictureCanvas {
 public:
  virtual ~PictureCanvas() = default;
  [[nodiscard]] virtual QWidget* widget() = 0;
  /// Shown with the next paint event.
  virtual void set_scene(const ScenePointer& scene) = 0;
  virtual void set_view(const PageView& view) = 0;
  /// While the picture moves, speed goes before beauty, and at most `limit` of each list of lines are drawn (0: all).
  virtual void set_motion(bool moving, std::size_t limit) = 0;
  /// Links that it can draw in reasonable time.
  [[nodiscard]] virtual std::size_t most_links() const { return std::numeric_limits<std::size_t>::max(); }
  /// Milliseconds that the last paint event took.
  [[nodiscard]] virtual double last_paint_time() const = 0;

  /// Called after each paint event.
  std::function<void()> painted;
};

}  // namespace dnm
