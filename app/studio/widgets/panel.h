// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QScrollArea>
#include <QVBoxLayout>
#include <QWidget>

namespace dnm {

/// A dock with one scrolling column, as wide as its content needs.
class Panel : public QDockWidget {
  Q_OBJECT
 public:
  Panel(const QString& id, const QString& title, QWidget* parent);

 protected:
  /// A scroll area that scrolls up and down only: it is never narrower than its content.
  QScrollArea* make_scroll_area(QWidget* content, const QString& name);
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace dnm
