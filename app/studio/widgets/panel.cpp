// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/panel.h"

#include <QEvent>
#include <QScrollBar>

namespace dnm {

Panel::Panel(const QString& id, const QString& title, QWidget* parent) : QDockWidget(title, parent) {
  setObjectName(id);
  setAccessibleName(title);
}

QScrollArea* Panel::make_scroll_area(QWidget* content, const QString& name) {
  auto* area = new QScrollArea(this);
  area->setAccessibleName(name);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // else all moves sideways when it comes and goes
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  content->installEventFilter(this);
  return area;
}

bool Panel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Polish) {
    if (auto* content = qobject_cast<QWidget*>(watched); content && content->parentWidget())
      if (auto* area = qobject_cast<QScrollArea*>(content->parentWidget()->parentWidget())) {
        const int width = content->minimumSizeHint().width() + area->verticalScrollBar()->sizeHint().width();
        if (width != area->minimumWidth()) area->setMinimumWidth(width);
      }
  }
  return QDockWidget::eventFilter(watched, event);
}

}  // namespace dnm
