// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QKeyEvent>

namespace dnm {

/// For QWidget::event() of a widget with a use of its own for Esc, which is also a shortcut of the window: true where
/// the event asks who takes the key, and the widget does.
[[nodiscard]] inline bool takes_escape(QEvent& event, bool has_use) {
  if (event.type() != QEvent::ShortcutOverride || !has_use) return false;
  const auto& key = static_cast<QKeyEvent&>(event);
  if (key.key() != Qt::Key_Escape || key.modifiers() != Qt::NoModifier) return false;
  event.accept();
  return true;
}

}  // namespace dnm
