// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace dnm {

/// Keeps values from being changed in passing: while it lives, the wheel over any slider, spin box, combo box or tab
/// bar of the program that does not have the focus scrolls what is around it, and does not give it the focus.
class WheelGuard : public QObject {
  Q_OBJECT
 public:
  explicit WheelGuard(QObject* parent = nullptr);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace dnm
