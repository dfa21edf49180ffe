// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace dnm {

/// A line of plain text that takes the available width and ends in "…" if it does not fit; the whole text is in the
/// tool tip. Its text never moves its neighbours.
class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  void show_text(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace dnm
