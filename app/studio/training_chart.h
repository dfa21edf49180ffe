// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "training/runs/run_summary.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// Runs that differ only in their seed, as charts show them.
struct ChartedGroup {
  QString name;
  /// Its place among all groups that were ever made, from 0: it keeps its colour, dash and marker when others are
  /// hidden.
  std::size_t index = 0;
  std::vector<RunHistory> runs{};
  int epochs = 0;           ///< of a whole run, for the axis
  double epoch_now = 0.0;   ///< with its fraction, while an epoch is under way; else 0
  double running_loss = 0;  ///< of that epoch: the open end of the loss curve
  /// What makes these runs again ("dnm train … --seeds 0,1,2"); exported figures carry it. May be empty.
  std::string command_line{};
};

/// The colour of a group, for charts and for the list that names it.
[[nodiscard]] Color group_color(std::size_t index, bool dark);

/// Accuracy and loss of groups of runs.
class TrainingChart : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingChart(QWidget* parent = nullptr);
  /// The groups to be seen, in the order of their list. One: its training, test and validation curves; several: test
  /// accuracy and training loss of each. Cheap to call again with nothing new.
  void show_groups(std::vector<ChartedGroup> groups);
  /// Asked, when a figure is exported, for the session (JSON) that the figure carries.
  void set_session(std::function<std::string()> session_json) { session_json_ = std::move(session_json); }

 Q_SIGNALS:
  /// Why an export failed, in one sentence.
  void message(const QString& text);
  /// What was written.
  void notice(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<ChartedGroup> groups_;
  std::function<std::string()> session_json_;
};

}  // namespace dnm
