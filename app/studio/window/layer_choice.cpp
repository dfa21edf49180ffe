// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/layer_choice.h"

#include <QFileInfo>
#include <utility>

#include "app/studio/dialogs/layers_dialog.h"
#include "app/studio/widgets/text.h"

namespace dnm {

void ask_for_layers(FileActions& files, QWidget* window, const QString& path, const ReadOptions& reading,
                    TensorChoice choice) {
  const QString name = QFileInfo(path).fileName();
  if (choice.matrices.empty()) {
    Q_EMIT files.notice(Words::tr("%1 holds no matrices to choose from.").arg(name));
    return;
  }
  if (!reading.tensors.empty()) choice.preselected = reading.tensors;
  auto* dialog = new LayersDialog(name, choice, window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(dialog, &QDialog::accepted, &files, [&files, dialog, path, reading] {
    ReadOptions chosen = reading;
    chosen.tensors = dialog->chosen();
    files.open(path, chosen);
  });
  dialog->open();
}

bool can_choose_layers(const Document& document) {
  const auto* file = std::get_if<ShownFile>(&document.state().shown);
  return file != nullptr && may_hold_tensors(file->file, file->reading);
}

void choose_layers(FileActions& files, const Document& document, QWidget* window) {
  const auto* file = std::get_if<ShownFile>(&document.state().shown);
  if (file == nullptr) return;
  files.background().start(
      Words::tr("Looking into %1").arg(QFileInfo(to_qt(file->file)).fileName()),
      [&files, window, path = file->file, reading = file->reading](const TaskControl& control) -> Background::Outcome {
        return [&files, window, path, reading, choice = tensor_choice(path, reading, control)] {
          ask_for_layers(files, window, to_qt(path), reading, choice);
        };
      });
}

}  // namespace dnm
