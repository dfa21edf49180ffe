// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pins/pin_picture.h"

#include <QApplication>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace dnm {

namespace {

constexpr double wheel_step = 1.2;
constexpr double key_step = 1.5;
constexpr double most_zoom = 40.0;
constexpr double key_move = 0.1;     // of the width
constexpr double text_share = 0.75;  // of the window's texts, as the pictures are small

std::uint64_t next_number() {
  static std::uint64_t number = 0;
  return ++number;
}

/// Never beyond the borders.
LinkedView clamped(LinkedView view) {
  view.zoom = std::clamp(view.zoom, 1.0, most_zoom);
  const double half = 0.5 / view.zoom;
  view.x = std::clamp(view.x, half, 1.0 - half);
  view.y = std::clamp(view.y, half, 1.0 - half);
  return view;
}

}  // namespace

PinPicture::PinPicture(std::shared_ptr<PinPainter> painter, QWidget* parent)
    : QWidget(parent), painter_(std::move(painter)), number_(next_number()) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAccessibleDescription(
      tr("Click makes it the working network; wheel and drag zoom and move all pictures together, double-click shows "
         "all"));
  click_.setSingleShot(true);
  connect(&click_, &QTimer::timeout, this, &PinPicture::clicked);
  connect(painter_.get(), &PinPainter::painted, this, &PinPicture::take);
}

PinPicture::~PinPicture() { painter_->drop(number_); }

void PinPicture::show_input(const NetworkScene& kind, const SceneInput& input, const SceneOptions& options,
                            const QString& message) {
  kind_ = &kind;
  input_ = input;
  options_ = options;
  message_ = message;
  if (!is_current()) update();
}

void PinPicture::set_view(const LinkedView& view) {
  if (view == view_) return;
  view_ = view;
  update();
}

PinPainter::Job PinPicture::wanted_job() const {
  PinPainter::Job job{kind_, input_, options_, page_size(*this), {}, view_};
  job.options.text_size = std::clamp(text_share * QFontInfo(font()).pointSizeF(), 5.0, 14.0);
  job.options.legend = false;
  job.pixels = (QSizeF(size()) * devicePixelRatioF()).toSize().expandedTo({1, 1});
  return job;
}

bool PinPicture::is_current() const {
  if (!kind_ || !message_.isEmpty()) return kind_ != nullptr;
  return submitted_ && image_generation_ == submitted_generation_ && *submitted_ == wanted_job();
}

void PinPicture::take(std::uint64_t widget, std::uint64_t generation, const QImage& image, const LinkedView& view) {
  if (widget != number_) return;
  image_ = image;
  image_view_ = view;
  image_generation_ = generation;
  update();
  Q_EMIT image_changed();
}

void PinPicture::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (kind_ && message_.isEmpty()) {
    PinPainter::Job job = wanted_job();
    if (!submitted_ || *submitted_ != job) {
      submitted_ = job;
      painter_->submit(number_, ++submitted_generation_, std::move(job));
    }
  }
  painter.fillRect(rect(), palette().base());
  if (!message_.isEmpty() || image_.isNull()) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(6, 6, -6, -6), Qt::AlignCenter | Qt::TextWordWrap, message_);
    return;
  }
  // The image before, placed as the present view shows it.
  const double scale = view_.zoom / image_view_.zoom;
  const QSizeF shown = QSizeF(size()) * scale;
  const double x = 0.5 * width() + (image_view_.x - view_.x) * view_.zoom * width() - 0.5 * shown.width();
  const double y = 0.5 * height() - (image_view_.y - view_.y) * view_.zoom * height() - 0.5 * shown.height();
  painter.drawImage(QRectF(QPointF(x, y), shown), image_);
}

void PinPicture::zoom_about(QPointF position, double factor) {
  const double zoom = std::clamp(view_.zoom * factor, 1.0, most_zoom);
  const double across = position.x() / std::max(1, width()) - 0.5, up = 0.5 - position.y() / std::max(1, height());
  Q_EMIT view_wanted(
      clamped({zoom, view_.x + across / view_.zoom - across / zoom, view_.y + up / view_.zoom - up / zoom}));
}

void PinPicture::pan(QPointF pixels) {
  Q_EMIT view_wanted(clamped({view_.zoom, view_.x - pixels.x() / std::max(1, width()) / view_.zoom,
                              view_.y + pixels.y() / std::max(1, height()) / view_.zoom}));
}

void PinPicture::wheelEvent(QWheelEvent* event) {
  const double turns = event->angleDelta().y() / 120.0;
  if (turns == 0.0) return event->ignore();
  zoom_about(event->position(), std::pow(wheel_step, turns));
  event->accept();
}

void PinPicture::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  is_pressed_ = true;
  is_dragged_ = false;
  pressed_at_ = drag_from_ = event->position();
}

void PinPicture::mouseMoveEvent(QMouseEvent* event) {
  if (!is_pressed_) return;
  if (!is_dragged_ && (event->position() - pressed_at_).manhattanLength() < QApplication::startDragDistance()) return;
  is_dragged_ = true;
  pan(event->position() - drag_from_);
  drag_from_ = event->position();
}

void PinPicture::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  if (is_pressed_ && !is_dragged_ && rect().contains(event->position().toPoint())) {
    // Zoomed, it may be the first click of a double click, which shows all.
    click_.start(view_.zoom > 1.0 ? QApplication::doubleClickInterval() : 0);
  }
  is_pressed_ = false;
}

void PinPicture::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  click_.stop();
  Q_EMIT view_wanted(LinkedView{});
}

void PinPicture::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  Q_EMIT focused();
}

void PinPicture::keyPressEvent(QKeyEvent* event) {
  const QPointF middle(0.5 * width(), 0.5 * height());
  const double step = key_move * width();
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom_about(middle, key_step);
    case Qt::Key_Minus:
      return zoom_about(middle, 1.0 / key_step);
    case Qt::Key_0:
    case Qt::Key_Home:
      Q_EMIT view_wanted(LinkedView{});
      return;
    case Qt::Key_Left:
      return pan({step, 0.0});
    case Qt::Key_Right:
      return pan({-step, 0.0});
    case Qt::Key_Up:
      return pan({0.0, step});
    case Qt::Key_Down:
      return pan({0.0, -step});
    case Qt::Key_Return:
    case Qt::Key_Enter:
      Q_EMIT clicked();
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace dnm
