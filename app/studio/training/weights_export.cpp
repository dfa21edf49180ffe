// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/weights_export.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <filesystem>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/trained_weights.h"

namespace dnm {

WeightsExport::WeightsExport(TrainingRuns& runs, RunsList& list, Background& background, QWidget* window)
    : QObject(window), runs_(runs), list_(list), background_(background), window_(window) {
  action_ = new QAction(tr("Export Weights …"), this);
  action_->setObjectName("run-weights");
  // Behind those that concern the run, before the line above those that concern the list.
  QMenu* menu = list_.actions_menu();
  const QList<QAction*> actions = menu->actions();
  qsizetype last_line = actions.size();
  while (last_line > 0 && !actions[last_line - 1]->isSeparator()) --last_line;
  menu->insertAction(last_line > 0 ? actions[last_line - 1] : nullptr, action_);
  connect(action_, &QAction::triggered, this, &WeightsExport::ask);
  connect(&list_, &RunsList::selection_changed, this, &WeightsExport::refresh);
  connect(&runs_, &TrainingRuns::changed, this, &WeightsExport::refresh);
  refresh();
}

QString WeightsExport::selected_folder() const {
  const auto key = list_.selected();
  const Experiment* experiment = key ? runs_.runner().experiment(key->experiment) : nullptr;
  if (!experiment) return {};
  const ExperimentRun* run = runs_.runner().run(*key);
  if (!run && experiment->runs.size() == 1) run = &experiment->runs.front();
  return run && !run->epochs.empty() ? to_qt(run->folder) : QString();
}

void WeightsExport::refresh() {
  const bool can_export = !selected_folder().isEmpty();
  action_->setEnabled(can_export);
  action_->setToolTip(can_export
                          ? tr("Writes weights, biases and masks of the run's checkpoint for PyTorch (.safetensors)")
                          : tr("Select one run that has trained an epoch and has a run folder"));
}

void WeightsExport::ask() {
  const QString folder = selected_folder();
  if (folder.isEmpty()) return;
  const QString proposed = last_.isEmpty() ? QDir::currentPath() : QFileInfo(last_).path();
  QString path = choose_file_to_write(window_, tr("Export Weights"),
                                      QDir(proposed).filePath(QFileInfo(folder).fileName() + weights_extension),
                                      tr("Safetensors (*%1);;All files (*)").arg(weights_extension));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += weights_extension;
  export_to(path);
}

void WeightsExport::export_to(const QString& path) {
  const std::filesystem::path folder = selected_folder().toStdString();
  if (folder.empty()) return;
  question_.ask_to_replace(window_, path, [this, path, folder] {
    last_ = path;
    background_.start(tr("Writing %1").arg(QFileInfo(path).fileName()),
                      [this, path, folder](const TaskControl& control) -> Background::Outcome {
                        const std::filesystem::path file = QFileInfo(path).absoluteFilePath().toStdString();
                        const ExportedWeights exported = export_weights(checkpoint_of(folder), file, control);
                        return [this, path, exported] {
                          Q_EMIT notice(
                              wrote_text(path, {}) + " " + tr("It holds %1.").arg(translated(exported_text(exported))),
                              path);
                        };
                      });
  });
}

}  // namespace dnm
