// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QWidget>
#include <memory>

#include "viz/screen/picture_canvas.h"
#include "viz/screen/vtk_picture.h"

namespace dnm {

/// A scene that VTK draws off screen, into an image that the widget paints. For software OpenGL: with a VtkCanvas in
/// the window, each change of any widget has the processor compose all of it.
class OffscreenCanvas final : public QWidget, public PictureCanvas {
 public:
  explicit OffscreenCanvas(QWidget* parent);
  ~OffscreenCanvas() override;

  [[nodiscard]] QWidget* widget() override { return this; }
  void set_scene(const ScenePointer& scene) override;
  void set_view(const PageView& view) override;
  void set_motion(bool moving, std::size_t limit) override;
  [[nodiscard]] double last_paint_time() const override { return paint_time_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  /// False: there is no OpenGL.
  bool make_current();
  void draw();
  void forget();

  QOpenGLContext context_;
  QOffscreenSurface surface_;
  std::unique_ptr<QOpenGLFramebufferObject> framebuffer_;
  VtkPicture picture_;  // after the context, which it needs to its end
  QImage image_;        // null: to be drawn
  QColor background_;
  double paint_time_ = 0.0;
};

}  // namespace dnm
