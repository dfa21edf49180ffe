// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <optional>
#include <utility>

#include "app/studio/parameters/histogram_view.h"
#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/number_edit.h"

namespace dnm {

/// A distribution: a choice of family with a mean and a spread below it, each shown only if the family has it, and the
/// histogram of what was drawn from it.
class DistributionRow : public ParameterRow {
  Q_OBJECT
 public:
  explicit DistributionRow(const Setup& setup);
  /// What was drawn from the distribution; nothing: there is no such network.
  void show_drawn(std::optional<DrawnHistogram> drawn) { drawn_->show_histogram(std::move(drawn)); }

 private:
  void show_value(const ParameterValue& value) override;
  void change(const Distribution& distribution, bool dragging);

  Distribution distribution_;
  QComboBox* family_;
  NumberEdit* mean_ = nullptr;
  QWidget* spread_line_;
  QLabel* spread_label_;
  NumberEdit* spread_;
  QToolButton* spread_default_;
  HistogramView* drawn_;
};

}  // namespace dnm
