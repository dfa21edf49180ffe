// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/progress_bar.h"

#include <algorithm>
#include <cmath>

namespace dnm {

namespace {
constexpr int steps = 1000;
}  // namespace

ProgressBar::ProgressBar(const QString& object_name, const QString& accessible_name, int height, QWidget* parent)
    : QProgressBar(parent) {
  setObjectName(object_name);
  setAccessibleName(accessible_name);
  setRange(0, steps);
  setTextVisible(false);
  setFixedHeight(height);
}

void ProgressBar::set_fraction(double fraction) {
  const int last = fraction < 0.0 ? 0 : steps;
  const int next = static_cast<int>(std::lround(steps * std::clamp(fraction, 0.0, 1.0)));
  if (last == maximum() && next == value()) return;
  setUpdatesEnabled(false);
  setMaximum(last);
  setValue(next);
  setUpdatesEnabled(true);
}

}  // namespace dnm
