// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QWidget>
#include <optional>

#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/question.h"

namespace dnm {

class RunsTree;

/// All experiments of the window. The actions on the selected row are in its context menu and under "Actions".
class RunsList : public QWidget {
  Q_OBJECT
 public:
  RunsList(TrainingRuns& runs, QWidget* parent);

  /// The selected experiment or run; none while the list is empty.
  [[nodiscard]] std::optional<RunKey> selected() const;
  void select(const RunKey& key);

  /// Shown by the window's menu and by the buttons beside the chart, too.
  [[nodiscard]] QAction* pause_action() const { return pause_; }
  /// Whether that action pauses the selected run, rather than resuming it.
  [[nodiscard]] bool pauses() const { return pauses_; }
  [[nodiscard]] QAction* stop_action() const { return stop_; }
  [[nodiscard]] QMenu* actions_menu() const { return menu_; }

 Q_SIGNALS:
  void selection_changed();
  /// Requests the model and the settings that this experiment was started with.
  void restore_requested(std::uint64_t experiment);
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void make_actions();
  QAction* add_action(const char* name, const QString& text, const QKeySequence& key, void (RunsList::*act)());
  void show_runs();
  void show_actions();
  void show_details();
  void follow();

  void pause_or_resume();
  void stop();
  void train_longer();
  void discard();
  void rename();
  void show_or_hide();
  void restore();
  void open_or_close_details();

  TrainingRuns& runs_;
  const ExperimentRunner& runner_;
  QSplitter* splitter_;
  RunsTree* tree_;
  QScrollArea* details_area_;
  QLabel* details_;
  QAction* details_action_ = nullptr;
  NumberBox* jobs_;
  QMenu* menu_;
  QAction* pause_ = nullptr;
  bool pauses_ = true;
  QAction* stop_ = nullptr;
  QAction* longer_ = nullptr;
  QAction* discard_ = nullptr;
  QAction* rename_ = nullptr;
  QAction* show_ = nullptr;
  QAction* restore_ = nullptr;
  Question question_{this};
  std::optional<RunKey> busy_before_;  ///< the selected row, if it was busy at the last update
};

}  // namespace dnm
