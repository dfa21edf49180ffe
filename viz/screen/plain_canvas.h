// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viz/screen/picture_canvas.h"

namespace dnm {

/// The same picture by QPainter, for sessions without OpenGL (a bare remote desktop): slower, so fewer links
/// are drawn.
class PlainCanvas final : public QWidget, public PictureCanvas {
 public:
  explicit PlainCanvas(QWidget* parent);

  [[nodiscard]] QWidget* widget() override { return this; }
  void set_scene(const ScenePointer& scene) override;
  void set_view(const PageView& view) override;
  void set_motion(bool /*moving*/, std::size_t /*limit*/) override {}
  [[nodiscard]] std::size_t most_links() const override { return 3000; }
  [[nodiscard]] double last_paint_time() const override { return paint_time_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  ScenePointer scene_;
  PageView view_;
  double paint_time_ = 0.0;
};

}  // namespace dnm
