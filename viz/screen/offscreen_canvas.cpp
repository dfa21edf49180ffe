// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/offscreen_canvas.h"

#include <QElapsedTimer>
#include <QPainter>

#include "viz/screen/opengl.h"
#include "viz/screen/page_size.h"

namespace dnm {

OffscreenCanvas::OffscreenCanvas(QWidget* parent)
    : QWidget(parent),
      picture_(*this, {[this] { return &context_; }, [this] { make_current(); }, [this] { context_.doneCurrent(); }}) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
}

OffscreenCanvas::~OffscreenCanvas() {
  if (!framebuffer_) return;
  make_current();
  framebuffer_.reset();
}

void OffscreenCanvas::set_scene(const ScenePointer& scene) {
  if (scene) background_ = QColor(scene->background.red, scene->background.green, scene->background.blue);
  picture_.set_scene(scene);
  forget();
}

void OffscreenCanvas::set_view(const PageView& view) {
  picture_.set_view(view);
  forget();
}

void OffscreenCanvas::set_motion(bool moving, std::size_t limit) {
  if (picture_.set_motion(moving, limit)) forget();
}

void OffscreenCanvas::forget() {
  image_ = {};
  update();
}

bool OffscreenCanvas::make_current() {
  if (!surface_.isValid()) {
    context_.setFormat(picture_surface_format());
    if (!context_.create()) return false;
    surface_.setFormat(context_.format());
    surface_.create();
  }
  return context_.makeCurrent(&surface_);
}

void OffscreenCanvas::draw() {
  QElapsedTimer clock;
  clock.start();
  if (!make_current()) return;
  if (!picture_.is_started()) picture_.start();
  const QSize size = size_in_pixels(*this);
  if (!framebuffer_ || framebuffer_->size() != size) {
    framebuffer_ = std::make_unique<QOpenGLFramebufferObject>(size);
    picture_.resize();
  }
  framebuffer_->bind();
  picture_.paint(framebuffer_->handle());
  image_ = framebuffer_->toImage().convertToFormat(QImage::Format_RGB32);
  image_.setDevicePixelRatio(devicePixelRatioF());
  context_.doneCurrent();
  paint_time_ = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void OffscreenCanvas::paintEvent(QPaintEvent* /*event*/) {
  if (image_.size() != size_in_pixels(*this)) draw();
  {
    QPainter painter(this);
    // Where there is no image, and where a widget covers a pixel more than its size has, as fractional ratios allow.
    painter.fillRect(rect(), background_.isValid() ? background_ : palette().color(QPalette::Window));
    painter.drawImage(0, 0, image_);
  }
  if (!image_.isNull() && painted) painted();
}

}  // namespace dnm
