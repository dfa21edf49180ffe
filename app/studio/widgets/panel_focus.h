// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QObject>
#include <QSet>

namespace dnm {

/// Keeps the Tab key out of the panels of a window that lie behind others: nobody would see where the focus is. Their
/// tabs take it.
class PanelFocus : public QObject {
  Q_OBJECT
 public:
  /// After all panels of the window were made.
  explicit PanelFocus(QMainWindow& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] bool is_unseen(const QWidget& widget) const;

  QMainWindow& window_;
  QSet<const QDockWidget*> covered_;
  int passed_ = 0;  ///< widgets that the Tab key has just gone past
};

}  // namespace dnm
