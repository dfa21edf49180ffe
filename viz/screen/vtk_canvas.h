// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>
#include <memory>

#include "viz/screen/picture_canvas.h"

namespace dnm {

/// Whether this session can draw with VTK: an OpenGL 3.2 context can be made. Tried once; needs a QGuiApplication.
[[nodiscard]] bool has_opengl();

/// A scene painted by VTK into a Qt widget. VTK draws only inside paintGL, so that Qt keeps control of the window.
class VtkCanvas final : public QOpenGLWidget, public PictureCanvas {
 public:
  explicit VtkCanvas(QWidget* parent);
  ~VtkCanvas() override;

  [[nodiscard]] QWidget* widget() override { return this; }
  void set_scene(const ScenePointer& scene) override;
  void set_view(const PageView& view) override;
  void set_motion(bool moving, std::size_t limit) override;
  [[nodiscard]] double last_paint_time() const override;

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace dnm
