// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "core/live/live_pipeline.h"

namespace dnm {

/// One measure: symbol, value with its standard error, method and details, and whether it belongs to the network on
/// screen (in a sign and in words, never by colour alone).
class MeasureCard : public QFrame {
  Q_OBJECT
 public:
  MeasureCard(const Measure& measure, QWidget* parent);

  void show_value(const LiveValue<Measurement>& value);
  /// A second value computed by igraph, or words about it; empty hides it.
  void show_second_opinion(const QString& text);
  [[nodiscard]] const Measure& measure() const { return measure_; }

 Q_SIGNALS:
  void second_opinion_wanted();

 private:
  const Measure& measure_;
  QLabel* value_;
  QLabel* state_;
  QLabel* method_;
  QLabel* details_;
  QLabel* second_opinion_;
  QProgressBar* progress_;
};

}  // namespace dnm
