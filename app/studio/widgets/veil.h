// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace dnm {

/// Dims the picture that it covers while that is not of the newest request. What is redrawn within a quarter of a
/// second is not dimmed, so that nothing flickers.
class Veil : public QWidget {
  Q_OBJECT
 public:
  explicit Veil(QWidget* picture);

  void set_current(bool current);
  [[nodiscard]] bool is_drawn() const { return isVisibleTo(parentWidget()); }

 Q_SIGNALS:
  void drawn();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QTimer patience_;
};

}  // namespace dnm
