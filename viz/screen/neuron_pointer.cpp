// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/neuron_pointer.h"

#include <QGuiApplication>
#include <QStyleHints>
#include <QTextDocument>
#include <QToolTip>
#include <utility>

namespace dnm {

namespace {
constexpr int hover_milliseconds = 30;
}  // namespace

NeuronPointer::NeuronPointer(QWidget& picture, MarkLayer& marks) : QObject(&picture), picture_(picture), marks_(marks) {
  rest_.setSingleShot(true);
  rest_.setInterval(hover_milliseconds);
  connect(&rest_, &QTimer::timeout, this, &NeuronPointer::look);
}

void NeuronPointer::press(const QMouseEvent& event) {
  if (event.modifiers().testFlag(Qt::ShiftModifier)) band_from_ = event.position();
  pressed_at_ = event.position();
}

void NeuronPointer::move(const QMouseEvent& event) {
  if (!event.buttons().testFlag(Qt::LeftButton)) return hover_at(event.position());
  if (pressed_at_) {
    const QPointF moved = event.position() - *pressed_at_;
    if (moved.manhattanLength() < QGuiApplication::styleHints()->startDragDistance()) return;
    pressed_at_.reset();
  }
  if (band_from_) marks_.set_band(QRectF(*band_from_, event.position()).normalized());
}

void NeuronPointer::release(const QMouseEvent& event) {
  const bool is_click = std::exchange(pressed_at_, std::nullopt).has_value();
  const std::optional<QPointF> from = std::exchange(band_from_, std::nullopt);
  marks_.set_band({});
  const bool control = event.modifiers().testFlag(Qt::ControlModifier);
  Pick pick{marks_.network(), {}, PickMode::replace};
  if (is_click) {
    pick.nodes = marks_.at(event.position()).nodes;
    pick.mode = control ? PickMode::toggle : from ? PickMode::add : PickMode::replace;
  } else if (from) {
    pick.nodes = marks_.within(QRectF(*from, event.position()).normalized());
    pick.mode = control ? PickMode::add : PickMode::replace;
  } else {
    return;
  }
  if (pick.network) Q_EMIT picked(pick);
}

void NeuronPointer::double_click() {
  pressed_at_.reset();
  Q_EMIT pick_revoked();
}

void NeuronPointer::leave() { hover_at({-1.0, -1.0}); }

void NeuronPointer::look_again() { rest_.start(); }

void NeuronPointer::hover_at(QPointF position) {
  position_ = position;
  has_moved_ = true;
  rest_.start();
}

void NeuronPointer::look() {
  const bool shows_tip = std::exchange(has_moved_, false) || QToolTip::isVisible();
  Hit hit;
  if (position_.x() >= 0.0) hit = marks_.at(position_);
  if (hit.nodes != nodes_ || (!nodes_.empty() && marks_.network() != network_)) {
    nodes_ = hit.nodes;
    network_ = marks_.network();
    Q_EMIT pointed_at(network_, nodes_);
  }
  const QString words = QString::fromStdString(hit.words);
  if (words == words_) return;
  words_ = words;
  if (words.isEmpty()) {
    QToolTip::hideText();
  } else if (shows_tip) {
    // A name of a file may look like markup.
    const QString text = Qt::mightBeRichText(words) ? "<qt>" + words.toHtmlEscaped() + "</qt>" : words;
    QToolTip::showText(picture_.mapToGlobal(position_.toPoint()), text, &picture_);
  }
  Q_EMIT hovered(words);
}

}  // namespace dnm
