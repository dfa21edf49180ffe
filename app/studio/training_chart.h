// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "training/runs/training_module.h"

namespace dnm {

/// Accuracy and loss of a run, side by side.
class TrainingChart : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingChart(QWidget* parent = nullptr);
  /// `epoch_count`: of the whole run, for the axis. While an epoch is under way, `epoch_now` (with its fraction) and
  /// `running_loss` are the open end of the loss curve; `epoch_now` 0: none.
  void show_epochs(const std::vector<EpochResult>& epochs, int epoch_count, double epoch_now, double running_loss);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<EpochResult> epochs_;
  int epoch_count_ = 10;
  double epoch_now_ = 0.0;
  double running_loss_ = 0.0;
};

}  // namespace dnm
