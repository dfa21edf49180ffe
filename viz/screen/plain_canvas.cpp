// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/plain_canvas.h"

#include <QElapsedTimer>
#include <QPainter>

#include "viz/paper/paper_painter.h"
#include "viz/screen/page_size.h"

namespace dnm {

PlainCanvas::PlainCanvas(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

void PlainCanvas::set_scene(const ScenePointer& scene) {
  scene_ = scene;
  update();
}

void PlainCanvas::set_view(const PageView& view) {
  view_ = view;
  update();
}

void PlainCanvas::paintEvent(QPaintEvent* /*event*/) {
  QElapsedTimer clock;
  clock.start();
  {
    QPainter painter(this);
    if (!scene_) {
      painter.fillRect(rect(), palette().window());
      return;
    }
    const Color background = scene_->background;
    painter.fillRect(rect(), QColor(background.red, background.green, background.blue));
    const PageSize page = page_size(*this);
    painter.scale(width() / page.width, height() / page.height);
    const QRectF area(0.0, 0.0, page.width, page.height);
    paint_scene(painter, *scene_, area,
                view_.seen(page_transform(*scene_, page.width, page.height), page.width, page.height),
                PaperStyle::raster());
    Text message;
    message.text = "OpenGL 3.2 is not available: drawn without it, with fewer links";
    message.size = scene_->note_size;
    message.color = scene_->ink;
    message.vertical = VerticalAnchor::bottom;
    paint_text(painter, message, {3.0, page.height - 1.0});
  }
  paint_time_ = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
  if (painted) painted();
}

}  // namespace dnm
