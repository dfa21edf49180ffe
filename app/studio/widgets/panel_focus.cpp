// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/panel_focus.h"

#include <QApplication>
#include <QChildEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QTabBar>

namespace dnm {

namespace {
constexpr int most_passed = 1000;  // more than a window has, where all of it is unseen
}

PanelFocus::PanelFocus(QMainWindow& window) : QObject(&window), window_(window) {
  for (const QDockWidget* panel : window.findChildren<QDockWidget*>()) {
    connect(panel, &QDockWidget::visibilityChanged, this, [this, panel](bool visible) {
      if (visible) {
        covered_.remove(panel);
      } else {
        covered_.insert(panel);
      }
    });
  }
  qApp->installEventFilter(this);
}

bool PanelFocus::is_unseen(const QWidget& widget) const {
  // Qt has a bar of tabs without any extent for a panel alone.
  if (const auto* tabs = qobject_cast<const QTabBar*>(&widget); tabs && tabs->parentWidget() == &window_)
    return tabs->count() < 2;
  for (const QWidget* above = &widget; above; above = above->parentWidget())
    if (const auto* panel = qobject_cast<const QDockWidget*>(above)) return covered_.contains(panel);
  return false;
}

bool PanelFocus::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ChildPolished && watched == &window_) {
    if (auto* tabs = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child()))
      tabs->setToolTip(tr("Panels at one place"));
    return false;
  }
  if (event->type() != QEvent::FocusIn || !watched->isWidgetType()) return false;
  auto* widget = static_cast<QWidget*>(watched);
  const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
  const bool is_tab = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
  if (!is_tab || widget->window() != &window_ || passed_ == most_passed || !is_unseen(*widget)) return false;
  ++passed_;
  const bool is_back = reason == Qt::BacktabFocusReason;
  QKeyEvent again(QEvent::KeyPress, is_back ? Qt::Key_Backtab : Qt::Key_Tab,
                  is_back ? Qt::ShiftModifier : Qt::NoModifier);
  QCoreApplication::sendEvent(widget, &again);
  passed_ = 0;
  return true;
}

}  // namespace dnm
