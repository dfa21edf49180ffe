// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/session/history.h"
#include "app/workspace/session/session.h"

namespace dnm {

/// What the user works on: the state with its undo steps, the settings of the chart of runs, and the session file that
/// holds them. The experiments are kept elsewhere; the document only knows whether they have new results.
class WorkspaceDocument {
 public:
  [[nodiscard]] const WorkspaceState& state() const { return history_.present(); }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const ChartSettings& chart() const { return chart_; }
  void set_chart(const ChartSettings& chart) { chart_ = chart; }

  /// See History.
  bool edit(std::string label, WorkspaceState next, std::string merge_key = {});
  bool undo() { return history_.undo(); }
  bool redo() { return history_.redo(); }
  void replace_shown(const Shown& next) { history_.replace_shown(next); }

  /// Replaces everything, undo steps included, by a new or an opened session. `file` is the session's file; empty: it
  /// has none yet.
  void reset(const Session& session, std::string file);
  /// Everything that a session file holds but the experiments.
  [[nodiscard]] Session session() const;

  /// The session file, empty if there is none, and its name for titles: without the folder, or "Untitled".
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::string name() const;
  /// A file name to propose: that of the session with this extension (dot included), in the folder of the session or in
  /// the current one.
  [[nodiscard]] std::string proposed_file(const std::string& extension) const;

  /// Whether there are changes or results that no session file holds.
  [[nodiscard]] bool is_modified() const { return has_new_results_ || !history_.is_saved(); }
  void note_new_results() { has_new_results_ = true; }
  /// Unsaved changes and results count as saved.
  void forget_changes();
  /// Everything has been saved to that file.
  void set_saved(std::string file);

 private:
  History history_;
  ChartSettings chart_;
  UnknownKeys unknown_;  ///< of the session file
  std::string file_;
  bool has_new_results_ = false;
};

}  // namespace dnm
