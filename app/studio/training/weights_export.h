// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <QString>

#include "app/studio/training/runs_list.h"
#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/question.h"

namespace dnm {

/// The action "Export Weights …" on the run that is selected in a list, among the list's own.
class WeightsExport : public QObject {
  Q_OBJECT
 public:
  /// `background` writes. The parent is the window over which dialogs open.
  WeightsExport(TrainingRuns& runs, RunsList& list, Background& background, QWidget* window);

  /// Writes the weights of the selected run, after asking whether to replace a file.
  void export_to(const QString& path);

 Q_SIGNALS:
  /// `file` was written.
  void notice(const QString& text, const QString& file);

 private:
  /// The folder of the run that is selected, or of the only run of the selected experiment; empty if there is none.
  [[nodiscard]] QString selected_folder() const;
  void ask();
  void refresh();

  TrainingRuns& runs_;
  RunsList& list_;
  Background& background_;
  QWidget* window_;
  QAction* action_;
  QString last_;  ///< file
  Question question_{this};
};

}  // namespace dnm
