// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/history.h"
#include "app/workspace/session.h"

namespace dnm {

/// What is worked on: the state with its undo steps, how the chart of runs is looked at, and the session file that all
/// of it belongs to. The experiments are kept elsewhere; this only knows whether they have new results.
class WorkspaceDocument {
 public:
  [[nodiscard]] const WorkspaceState& state() const { return history_.present(); }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const ChartSettings& chart() const { return chart_; }
  void set_chart(const ChartSettings& chart) { chart_ = chart; }

  /// As the functions of History.
  bool edit(std::string label, WorkspaceState next, std::string merge_key = {});
  bool undo() { return history_.undo(); }
  bool redo() { return history_.redo(); }
  void show_instead(const Shown& next) { history_.show_instead(next); }

  /// A new session, or one that was opened: it takes the place of everything, undo steps included. `file` is its own;
  /// empty: it has none yet.
  void reset(const Session& session, std::string file);
  /// What a session file keeps of this; without the experiments.
  [[nodiscard]] Session session() const;

  /// The session file, empty while there is none, and what a title calls it: its name without the folder, "Untitled".
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::string name() const;
  /// A file to write of that extension (with its dot), called as the session is and beside it; in the current folder
  /// while there is none.
  [[nodiscard]] std::string proposed_file(const std::string& extension) const;

  /// Whether a session file would now hold something that none holds yet.
  [[nodiscard]] bool is_modified() const { return has_new_results_ || !history_.is_saved(); }
  void note_new_results() { has_new_results_ = true; }
  /// Unsaved changes and results count as saved.
  void forget_changes();
  /// All of it is in that file now.
  void set_saved(std::string file);

 private:
  History history_;
  ChartSettings chart_;
  UnknownKeys unknown_;  ///< of the session file
  std::string file_;
  bool has_new_results_ = false;
};

}  // namespace dnm
