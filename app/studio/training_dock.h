// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <vector>

#include "app/studio/document.h"
#include "app/studio/elided_label.h"
#include "app/studio/live_bridge.h"
#include "app/studio/panel.h"
#include "app/studio/parameter_row.h"
#include "app/studio/training_chart.h"
#include "app/studio/training_controller.h"

namespace dnm {

/// Training: its settings (rows of training_parameter_table()), its controls, how far it is, and its curves.
class TrainingDock : public Panel {
  Q_OBJECT
 public:
  TrainingDock(Document& document, LiveBridge& live, TrainingController& training, QWidget* parent);

 Q_SIGNALS:
  void message(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Row {
    const TrainingParameter* parameter;
    ParameterRow* widget;
  };
  QWidget* make_settings();
  QWidget* make_controls();
  void on_edited(const Row& row);
  void show_state();
  void show_icons();
  void show_network();
  void show_training();
  void ask_resize(const QString& question);

  Document& document_;
  LiveBridge& live_;
  TrainingController& training_;
  std::vector<Row> rows_;
  ElidedLabel* network_;
  QPushButton* start_ = nullptr;
  QPushButton* stop_;
  QLabel* state_;
  QProgressBar* progress_;
  TrainingChart* chart_;
  QPointer<QMessageBox> question_;
};

}  // namespace dnm
