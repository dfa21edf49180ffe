// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/veil.h"

#include <QEvent>
#include <QPainter>

namespace dnm {

namespace {
constexpr int patience_milliseconds = 250;
constexpr int opacity = 165;  // of 255: still to be recognised, never taken for the present one
}  // namespace

Veil::Veil(QWidget* picture) : QWidget(picture) {
  setObjectName(picture->objectName() + "-veil");
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  setFocusPolicy(Qt::NoFocus);
  picture->installEventFilter(this);
  patience_.setSingleShot(true);
  patience_.setInterval(patience_milliseconds);
  connect(&patience_, &QTimer::timeout, this, [this] {
    resize(parentWidget()->size());
    raise();
    show();
    Q_EMIT drawn();
  });
  hide();
}

void Veil::set_current(bool current) {
  if (current) {
    patience_.stop();
    hide();
  } else if (!is_drawn() && !patience_.isActive()) {
    patience_.start();
  }
}

bool Veil::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) resize(parentWidget()->size());
  return QWidget::eventFilter(watched, event);
}

void Veil::paintEvent(QPaintEvent* /*event*/) {
  QColor color = palette().color(QPalette::Window);
  color.setAlpha(opacity);
  QPainter(this).fillRect(rect(), color);
}

}  // namespace dnm
