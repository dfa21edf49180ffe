// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/workspace/experiments/update_plan.h"

namespace dnm {

/// The quantities of the updates that a training will make, as small curves side by side over its epochs.
class UpdatePlanView : public QWidget {
  Q_OBJECT
 public:
  explicit UpdatePlanView(QWidget* parent);
  /// Hidden when there is no curve.
  void show_plan(UpdatePlan plan);
  [[nodiscard]] const UpdatePlan& plan() const { return plan_; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  UpdatePlan plan_;
};

}  // namespace dnm
