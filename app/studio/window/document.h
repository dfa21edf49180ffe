// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>

#include "app/studio/training/chart_settings.h"
#include "app/workspace/state.h"
#include "core/files/network_files.h"
#include "core/files/session.h"

namespace dnm {

/// The one state of the window. Every change goes through edit() and is one undo step; a drag is one step.
class Document : public QObject {
  Q_OBJECT
 public:
  explicit Document(QObject* parent = nullptr);

  [[nodiscard]] const WorkspaceState& state() const { return state_; }
  [[nodiscard]] const ChartSettings& chart() const { return chart_; }
  void set_chart(const ChartSettings& chart) { chart_ = chart; }
  [[nodiscard]] QUndoStack& undo_stack() { return undo_stack_; }
  [[nodiscard]] bool is_dragging() const { return dragging_; }
  /// Whether a session file would now hold something that none holds yet.
  [[nodiscard]] bool is_modified() const { return results_modified_ || !undo_stack_.isClean(); }
  /// There are results of training that no session file holds.
  void note_new_results();
  /// What is not saved counts no more.
  void forget_changes();

  /// Makes `next` the state. Edits with the same non-empty `merge_key` in a row become one undo step. `dragging`: more
  /// of the same is about to come, so a draft will do until finish_drag().
  void edit(const QString& what, WorkspaceState next, const QString& merge_key = {}, bool dragging = false);
  void finish_drag();

  /// A new or opened session: replaces everything and forgets the undo steps.
  void reset(const WorkspaceState& state, const Session& origin, const QString& path);
  /// What the session file holds of this state: all but the runs, which TrainingRuns keeps.
  [[nodiscard]] Session session() const;
  [[nodiscard]] const QString& path() const { return path_; }
  void set_saved(const QString& path);

 Q_SIGNALS:
  /// The state is now another one (edit, undo, redo, reset).
  void changed();
  void drag_finished();
  void path_changed();
  /// is_modified() is now another one.
  void modified_changed();

 private:
  class Command;
  void apply(const WorkspaceState& state);

  WorkspaceState state_;
  ChartSettings chart_;
  QUndoStack undo_stack_;
  QString path_;
  Session origin_;  ///< carries the keys of a session file that this version does not know
  bool dragging_ = false;
  bool results_modified_ = false;
};

}  // namespace dnm
