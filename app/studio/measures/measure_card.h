// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include "app/studio/parameters/parameter_form.h"
#include "core/live/live_pipeline.h"
#include "core/measures/measure_setting.h"

namespace dnm {

/// One measure: symbol, value with its standard error, method and details, how it compares with chance, and whether it
/// belongs to the network on screen (in a sign and in words, never by colour alone). How it is computed stands behind a
/// button, so that the card stays small.
class MeasureCard : public QFrame {
  Q_OBJECT
 public:
  MeasureCard(const Measure& measure, QWidget* parent);

  /// `is_foreign`: the value is of another network, and nothing of the present one is there yet: no number is shown.
  void show_value(const LiveValue<Measurement>& value, bool is_foreign);
  void show_chance(const LiveValue<ChanceComparison>& chance, bool wanted);
  /// While `wanted`, the button that asks for a p-value cancels it.
  void show_p_value(bool wanted, bool computing);
  void show_settings(const MeasureSettings& settings);
  /// A second value computed by igraph, or words about it; empty hides it.
  void show_second_opinion(const QString& text);
  [[nodiscard]] const Measure& measure() const { return measure_; }

 Q_SIGNALS:
  void second_opinion_wanted();
  void p_value_wanted(bool wanted);
  /// A setting of this measure was changed.
  void setting_edited(const ParameterRow& row, bool dragging);
  void setting_drag_finished();
  void message(const QString& text);

 private:
  QWidget* make_settings();
  void add_setting(const Parameter<MeasureSettings>& setting);

  const Measure& measure_;
  QLabel* value_;
  QLabel* state_;
  QLabel* method_;
  QLabel* details_;
  QLabel* chance_;
  QToolButton* open_settings_ = nullptr;
  QWidget* settings_ = nullptr;
  ParameterForm* form_ = nullptr;
  QPushButton* p_value_ = nullptr;
  QPushButton* second_ = nullptr;
  QLabel* second_opinion_ = nullptr;
  QProgressBar* progress_;
  QString tool_tip_;
};

}  // namespace dnm
