// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/shortcut_guard.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <algorithm>

namespace dnm {

namespace {

/// Where text is typed while `widget` has the focus; null if it takes none.
QLineEdit* field_of(QWidget& widget) {
  if (auto* field = qobject_cast<QLineEdit*>(&widget)) return field;
  if (const auto* combo = qobject_cast<const QComboBox*>(&widget)) return combo->lineEdit();
  return qobject_cast<QAbstractSpinBox*>(&widget) ? widget.findChild<QLineEdit*>() : nullptr;
}

bool is_for_the_field(const QKeyEvent& key, const QLineEdit& field) {
  if (!key.modifiers().testFlag(Qt::ControlModifier)) return true;  // letters, digits and the keys between them
  if (key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo)) return field.isModified();
  constexpr QKeySequence::StandardKey editing[] = {QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste,
                                                   QKeySequence::SelectAll};
  return std::ranges::any_of(editing, [&](QKeySequence::StandardKey standard) { return key.matches(standard); });
}

bool has_action(const QWidget& window, const QKeySequence& keys) {
  return std::ranges::any_of(window.findChildren<QAction*>(), [&](const QAction* action) {
    return action->isEnabled() && action->shortcuts().contains(keys);
  });
}

}  // namespace

ShortcutGuard::ShortcutGuard(QWidget& window) : window_(window) { qApp->installEventFilter(this); }

bool ShortcutGuard::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  if (type != QEvent::ShortcutOverride && type != QEvent::KeyPress && type != QEvent::FocusOut) return false;
  auto* widget = qobject_cast<QWidget*>(watched);
  QLineEdit* field = widget && widget->window() == &window_ ? field_of(*widget) : nullptr;
  if (!field) return false;
  if (type == QEvent::FocusOut) {
    field->setModified(false);
    return false;
  }
  const auto& key = *static_cast<QKeyEvent*>(event);
  if (type == QEvent::KeyPress) {
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) field->setModified(false);
    return false;
  }
  if (is_for_the_field(key, *field) || !has_action(window_, QKeySequence(key.keyCombination()))) return false;
  event->ignore();  // not the field's: the action gets it
  return true;
}

}  // namespace dnm
