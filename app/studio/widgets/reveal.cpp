// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/reveal.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QScrollArea>
#include <QVariant>

namespace dnm {

namespace {
constexpr const char* toggle_property = "dnm-toggle";
constexpr int margin = 24;
}  // namespace

void set_toggle(QWidget& content, QAbstractButton& toggle) {
  content.setProperty(toggle_property, QVariant::fromValue<QObject*>(&toggle));
}

void reveal(QWidget& widget) {
  for (QWidget* above = &widget; above; above = above->parentWidget()) {
    auto* toggle = qobject_cast<QAbstractButton*>(above->property(toggle_property).value<QObject*>());
    if (toggle && !toggle->isChecked()) toggle->click();
    if (auto* dock = qobject_cast<QDockWidget*>(above)) {
      dock->show();
      dock->raise();
    }
  }
  // What was shown just now has no place yet.
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  for (QWidget* above = widget.parentWidget(); above; above = above->parentWidget())
    if (auto* area = qobject_cast<QScrollArea*>(above)) area->ensureWidgetVisible(&widget, margin, margin);
}

}  // namespace dnm
