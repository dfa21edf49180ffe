// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>

namespace dnm {

/// A bar without words that shows a fraction. QProgressBar paints itself at once when its value changes, alone; this
/// one is painted with whatever else has changed, once.
class ProgressBar : public QProgressBar {
  Q_OBJECT
 public:
  /// `height` in pixels.
  ProgressBar(const QString& object_name, const QString& accessible_name, int height, QWidget* parent);

  /// In [0, 1]; a negative one shows work whose end is not known.
  void set_fraction(double fraction);
};

}  // namespace dnm
