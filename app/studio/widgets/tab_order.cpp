// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/tab_order.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDockWidget>
#include <QLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSet>
#include <QSplitter>

namespace dnm {

namespace {

class Walk {
 public:
  void add(QWidget* widget) {
    if (!widget || widget->isWindow() || visited_.contains(widget)) return;
    visited_ += widget;
    if ((widget->focusPolicy() & Qt::TabFocus) != 0) found_ += widget;
    if (is_one_control(*widget)) return;
    if (auto* splitter = qobject_cast<QSplitter*>(widget)) {
      for (int place = 0; place < splitter->count(); ++place) add(splitter->widget(place));
    } else if (auto* area = qobject_cast<QScrollArea*>(widget)) {
      add(area->widget());
    } else if (auto* dock = qobject_cast<QDockWidget*>(widget)) {
      add(dock->widget());
    } else {
      if (QLayout* layout = widget->layout()) add(*layout);
      for (QWidget* child : widget->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) add(child);
    }
  }
  [[nodiscard]] const QList<QWidget*>& found() const { return found_; }

 private:
  /// Whose parts Qt makes itself.
  static bool is_one_control(const QWidget& widget) {
    return qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget) ||
           qobject_cast<const QAbstractItemView*>(&widget) || qobject_cast<const QLineEdit*>(&widget);
  }

  void add(QLayout& layout) {
    for (int place = 0; place < layout.count(); ++place) {
      QLayoutItem* item = layout.itemAt(place);
      if (item->layout()) add(*item->layout());
      add(item->widget());
    }
  }

  QSet<const QWidget*> visited_;
  QList<QWidget*> found_;
};

}  // namespace

void set_tab_order(const QList<QWidget*>& parts) {
  Walk walk;
  for (QWidget* part : parts) walk.add(part);
  for (qsizetype place = 1; place < walk.found().size(); ++place)
    QWidget::setTabOrder(walk.found()[place - 1], walk.found()[place]);
}

}  // namespace dnm
