// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QWidget>

namespace dnm {

/// Makes the keys of a window's actions work where a text field has the focus, too, although Qt's fields take some for
/// themselves (Ctrl+E is the end of the line there, Ctrl+D deletes). Copy, cut, paste and select all are the field's;
/// undo and redo as long as what was typed has not been taken by Return or by leaving the field.
class ShortcutGuard : public QObject {
  Q_OBJECT
 public:
  explicit ShortcutGuard(QWidget& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget& window_;
};

}  // namespace dnm
