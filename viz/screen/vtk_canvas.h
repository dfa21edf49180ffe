// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>

#include "viz/screen/picture_canvas.h"
#include "viz/screen/vtk_picture.h"

namespace dnm {

/// A scene that VTK paints into the widget's own framebuffer, of which the graphics hardware composes the window. VTK
/// draws only inside paintGL, so that Qt keeps control of the window.
class VtkCanvas final : public QOpenGLWidget, public PictureCanvas {
 public:
  explicit VtkCanvas(QWidget* parent);

  [[nodiscard]] QWidget* widget() override { return this; }
  void set_scene(const ScenePointer& scene) override;
  void set_view(const PageView& view) override;
  void set_motion(bool moving, std::size_t limit) override;
  [[nodiscard]] double last_paint_time() const override { return paint_time_; }

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;

 private:
  VtkPicture picture_;
  double paint_time_ = 0.0;
};

}  // namespace dnm
