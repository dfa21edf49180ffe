// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>

namespace dnm {

namespace {

/// The widget as one whose value the wheel changes; null for all others.
QWidget* as_guarded(QObject* object) {
  auto* widget = qobject_cast<QWidget*>(object);
  const bool guarded = widget && (qobject_cast<QAbstractSlider*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
                                  qobject_cast<QComboBox*>(widget) || qobject_cast<QTabBar*>(widget));
  return guarded && !qobject_cast<QScrollBar*>(widget) ? widget : nullptr;
}

}  // namespace

WheelGuard::WheelGuard(QObject* parent) : QObject(parent) { qApp->installEventFilter(this); }

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Polish) {
    // Qt gives the focus before it delivers the wheel.
    if (QWidget* widget = as_guarded(watched); widget && widget->focusPolicy() == Qt::WheelFocus)
      widget->setFocusPolicy(Qt::StrongFocus);
  } else if (event->type() == QEvent::Wheel) {
    if (const QWidget* widget = as_guarded(watched); widget && !widget->hasFocus()) {
      event->ignore();  // goes on to the parent
      return true;
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace dnm
