// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QToolButton>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/number_edit.h"

namespace dnm {

/// A distribution: a choice of family with a mean and a spread below it, each shown only if the family has it.
class DistributionRow : public ParameterRow {
  Q_OBJECT
 public:
  explicit DistributionRow(const Setup& setup);

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
};

}  // namespace dnm
