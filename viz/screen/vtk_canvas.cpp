// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/vtk_canvas.h"

#include <QElapsedTimer>

#include "viz/screen/opengl.h"

namespace dnm {

VtkCanvas::VtkCanvas(QWidget* parent)
    : QOpenGLWidget(parent),
      picture_(*this, {[this] { return context(); }, [this] { makeCurrent(); }, [this] { doneCurrent(); }}) {
  setFormat(picture_surface_format());
  setMouseTracking(true);
}

void VtkCanvas::set_scene(const ScenePointer& scene) {
  picture_.set_scene(scene);
  update();
}

void VtkCanvas::set_view(const PageView& view) {
  picture_.set_view(view);
  update();
}

void VtkCanvas::set_motion(bool moving, std::size_t limit) {
  if (picture_.set_motion(moving, limit)) update();
}

void VtkCanvas::initializeGL() { picture_.start(); }

void VtkCanvas::resizeGL(int /*width*/, int /*height*/) { picture_.resize(); }

void VtkCanvas::paintGL() {
  if (!picture_.is_started()) return;
  QElapsedTimer clock;
  clock.start();
  picture_.paint(defaultFramebufferObject());
  paint_time_ = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
  if (painted) painted();
}

}  // namespace dnm
