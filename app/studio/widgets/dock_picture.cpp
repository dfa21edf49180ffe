// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/dock_picture.h"

#include <QEvent>
#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/text.h"
#include "viz/paper/paper_painter.h"
#include "viz/screen/page_size.h"

namespace dnm {

DockPicture::DockPicture(const NetworkScene& scene, QWidget* parent)
    : QWidget(parent),
      kind_(scene),
      marks_(new MarkLayer(this)),
      pointer_(new NeuronPointer(*this, *marks_)),
      builder_(scene, [this](const BuiltPicture& built, std::uint64_t generation) {
        QMetaObject::invokeMethod(
            this,
            [this, built, generation] {
              if (generation < shown_) return;
              shown_ = generation;
              scene_ = built.scene;
              marks_->set_picture(built);
              pointer_->look_again();
              update();
              Q_EMIT painted();
            },
            Qt::QueuedConnection);
      }) {
  setObjectName(to_qt(scene.id) + "-plot");
  setAccessibleName(translated(scene.title));
  setToolTip(translated(scene.meaning));
  setMinimumHeight(210);
  setMouseTracking(true);
}

void DockPicture::show_input(const SceneInput& input, const PictureOptions& options) {
  SceneInput needed = input_for(kind_, options, input);
  if (needed == input_ && options_for(kind_, {options}) == options_for(kind_, {options_})) return;
  input_ = std::move(needed);
  options_ = options;
  request();
}

void DockPicture::request() {
  if (!input_.network) return;
  const PageSize page = page_size(*this);
  SceneOptions options{options_};
  options.width_points = page.width;
  options.height_points = page.height;
  options.text_size = std::clamp(0.9 * QFontInfo(font()).pointSizeF(), 6.0, 18.0);
  options.dark = is_dark(palette());
  builder_.submit({++requested_, input_, options});
}

void DockPicture::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (!scene_) return;
  const PageSize page = page_size(*this);
  const Color ground = scene_->background;
  painter.fillRect(rect(), QColor(ground.red, ground.green, ground.blue));
  painter.scale(width() / page.width, height() / page.height);
  paint_scene(painter, *scene_, QRectF(0.0, 0.0, page.width, page.height), PaperStyle::raster());
}

void DockPicture::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  pointer_->press(*event);
}

void DockPicture::mouseMoveEvent(QMouseEvent* event) { pointer_->move(*event); }

void DockPicture::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  pointer_->release(*event);
}

void DockPicture::leaveEvent(QEvent* event) {
  pointer_->leave();
  QWidget::leaveEvent(event);
}

void DockPicture::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  marks_->resize(event->size());
  request();
}

void DockPicture::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) request();
}

}  // namespace dnm
