// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/studio/document/document.h"
#include "app/studio/training/training_runs.h"
#include "app/workspace/session/recovery.h"

namespace dnm {

/// Keeps the unsaved work of a window apart, so that it survives however the program ends: a moment after a change, on
/// a thread of its own, and at the end not at all. Nothing is written while everything is saved.
class Recovery : public QObject {
  Q_OBJECT
 public:
  /// `folder`: of the kept work of all windows.
  Recovery(Document& document, TrainingRuns& runs, std::filesystem::path folder, QObject* parent = nullptr);
  ~Recovery() override;  ///< waits for what is being written; what is kept stays

  /// Takes over a folder whose work the document now holds.
  void adopt(std::shared_ptr<KeptWork> kept);
  /// The program ends in order: nothing is to be kept, from now on.
  void forget();
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 Q_SIGNALS:
  /// The work could not be kept, for the first time since it could. Attempts go on.
  void problem(const QString& text);
  /// What that said is over: the work is kept again, or there is none to keep.
  void problem_over(const QString& text);

 private:
  void note_change();
  void keep();
  /// `milliseconds`: that the writing took.
  void finish(const QString& problem, int milliseconds);

  Document& document_;
  TrainingRuns& runs_;
  std::filesystem::path folder_;
  QTimer timer_;
  bool is_writing_ = false;
  QString problem_;  ///< that was reported, while the work cannot be kept
  bool is_over_ = false;
  std::shared_ptr<KeptWork> kept_;  ///< for the thread alone
  QThreadPool thread_;              ///< one
};

}  // namespace dnm
