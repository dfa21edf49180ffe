// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/parameters/parameter_form.h"
#include "app/studio/training/moment_panel.h"
#include "app/studio/training/runs_list.h"
#include "app/studio/training/training_chart.h"
#include "app/studio/training/training_controller.h"
#include "app/studio/training/update_plan_view.h"
#include "app/studio/widgets/detachable.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/panel.h"
#include "app/studio/widgets/progress_bar.h"
#include "app/studio/widgets/question.h"

namespace dnm {

/// Training: its settings (rows of training_parameter_table() and the seeds), its controls and curves, and the list of
/// runs, in three resizable, collapsible columns.
class TrainingDock : public Panel {
  Q_OBJECT
 public:
  TrainingDock(Document& document, LiveBridge& live, TrainingController& training, TrainingRuns& runs, QWidget* parent);

  [[nodiscard]] RunsList& list() { return *list_; }
  [[nodiscard]] MomentPanel& moments() { return *moments_; }
  /// Takes the chart into a window of its own, and back.
  [[nodiscard]] QAction& large_chart_action() { return chart_place_->action(); }
  [[nodiscard]] QByteArray save_layout() const { return columns_->saveState(); }
  void restore_layout(const QByteArray& state);
  void reset_layout();
  /// Settings and list as narrow as they can be read, all other width to the chart.
  void widen_chart();
  /// Stops the selected run or group, or cancels a start that waits for the network.
  void stop();

 Q_SIGNALS:
  void message(const QString& text);
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);
  /// What that text says has been put right.
  void rejection_over(const QString& text);
  /// `file`: what was written, if it is about that.
  void notice(const QString& text, const QString& file = {});

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* make_settings();
  QWidget* make_controls();
  void on_edited(ParameterRow* row);
  void show_state();
  /// Shows the legend of the chart if the list is collapsed.
  void name_curves();
  void show_plan();
  void show_network();
  void show_training();
  void ask_resize(const QString& question);
  void ask_origin(const QString& question);
  [[nodiscard]] QStringList state_parts() const;
  [[nodiscard]] QString network_text() const;
  /// What comes before the network on screen: how it is trained where that is not as it is.
  [[nodiscard]] QString start_text() const;
  [[nodiscard]] QString seeds_text() const;

  Document& document_;
  LiveBridge& live_;
  TrainingController& training_;
  TrainingRuns& runs_;
  ParameterForm* form_ = nullptr;
  ParameterRow* seeds_ = nullptr;
  QLabel* plan_text_ = nullptr;
  UpdatePlanView* plan_ = nullptr;
  UpdatePlanner planner_;
  QSplitter* columns_;
  ElidedLabel* network_;
  QPushButton* start_ = nullptr;
  QPushButton* pause_;
  QPushButton* stop_;
  QLabel* state_;
  ProgressBar* progress_;
  TrainingChart* chart_;
  Detachable* chart_place_;
  MomentPanel* moments_;
  RunsList* list_;
  Question question_{this};
};

}  // namespace dnm
