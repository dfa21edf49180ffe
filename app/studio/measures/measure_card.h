// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "app/studio/parameters/parameter_form.h"
#include "app/studio/widgets/progress_bar.h"
#include "core/live/live_pipeline.h"

namespace dnm {

/// One measure: symbol, value with its standard error, method and details, how it compares with chance, and whether it
/// belongs to the network on screen (by a sign and in words, never by colour alone). The settings are behind a button
/// to keep the card small.
class MeasureCard : public QFrame {
  Q_OBJECT
 public:
  MeasureCard(const Measure& measure, QWidget* parent);

  /// The measure's value in `snapshot`. `keeps_foreign`: the number of another network or setting stays for now,
  /// greyed; without, none is shown until there is one of this network.
  void show_value(const LiveSnapshot& snapshot, bool keeps_foreign);
  void show_chance(const LiveSnapshot& snapshot, bool wanted);
  /// While `wanted`, the button that requests a p-value cancels it.
  void show_p_value(bool wanted, bool computing);
  void show_settings(const MeasureSettings& settings);
  /// A second value, computed by igraph, or its state in words; an empty text hides it.
  void show_second_opinion(const QString& text);
  [[nodiscard]] const Measure& measure() const { return measure_; }

 Q_SIGNALS:
  void second_opinion_requested();
  void p_value_requested(bool wanted);
  /// A setting of this measure was changed.
  void setting_edited(const ParameterRow& row, bool dragging);
  void setting_drag_finished();
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);
  /// What that text says has been put right.
  void rejection_over(const QString& text);

 private:
  template <class T>
  [[nodiscard]] LiveValue<T> own(const std::vector<LiveValue<T>>& values) const;
  QWidget* make_settings();
  void add_setting(const Parameter<MeasureSettings>& setting);

  const Measure& measure_;
  QString label_;  ///< of the measure, in the language of the window
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
  ProgressBar* progress_;
  QString tool_tip_;
};

}  // namespace dnm
