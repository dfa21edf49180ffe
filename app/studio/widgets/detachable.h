// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QStackedWidget>
#include <QWidget>

namespace dnm {

/// Holds a widget that can stand in a window of its own, as large as the user likes; meanwhile a button in its place
/// brings it back, as closing the window does.
class Detachable : public QStackedWidget {
  Q_OBJECT
 public:
  /// `title`: of the window.
  Detachable(QWidget* content, const QString& title, QWidget* parent);

  /// Checked while it stands in a window of its own.
  [[nodiscard]] QAction& action() { return *action_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void set_detached(bool detached);

  QWidget* content_;
  QWidget* window_;
  QAction* action_;
};

}  // namespace dnm
