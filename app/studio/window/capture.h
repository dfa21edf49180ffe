// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "app/studio/window/window.h"

namespace dnm {

/// Saves one picture of the whole window as soon as every value and every view is fresh, then ends the program: with 0,
/// or with 1 and a line on stderr if a file could not be opened or written, or if the values do not settle.
class Capture : public QObject {
  Q_OBJECT
 public:
  Capture(Window& window, QString path);

 private:
  void look();
  void end(const QString& problem);

  Window& window_;
  QString path_;
  QTimer timer_;
  QElapsedTimer since_start_;
  int settled_looks_ = 0;
};

}  // namespace dnm
