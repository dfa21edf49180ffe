// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QSize>
#include <QTreeWidget>

#include "app/workspace/experiments/experiment_runner.h"

namespace dnm {

enum RunsColumn { name_column, state_column, count_column, last_column, best_column, validation_column, left_column };
/// Of the first column of a row: the experiment, and the seed of a single run.
constexpr int experiment_role = Qt::UserRole;
constexpr int seed_role = Qt::UserRole + 1;
constexpr QSize curve_icon_size(26, 14);

/// What a row is about.
[[nodiscard]] RunKey key_of(const QTreeWidgetItem& row);

/// A sample of the curve on the list's background colour, so that it is visible on a selected row, too.
[[nodiscard]] QIcon curve_icon(std::size_t color, const QColor& ground, double pixel_ratio);

/// Leaves Space to the panel, which starts and pauses training by it, and shows details as tool tips.
class RunsTree : public QTreeWidget {
 public:
  RunsTree(const ExperimentRunner& runner, QWidget* parent) : QTreeWidget(parent), runner_(runner) {}

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  const ExperimentRunner& runner_;
};

}  // namespace dnm
