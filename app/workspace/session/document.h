// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/session/file_stamp.h"
#include "app/workspace/session/history.h"
#include "app/workspace/session/session.h"

namespace dnm {

/// What another program has made of a session file.
struct FileChange {
  enum class Kind { none, changed, gone };
  Kind kind = Kind::none;
  FileStamp now{};  ///< of the file that is there; if it was changed
  bool operator==(const FileChange&) const = default;
};

/// What the user works on: the state with its undo steps, the settings of the chart of runs, the selected neurons, what
/// is known of the pins, the last sweep, and the session file that holds them. The experiments are kept elsewhere; the
/// document only knows whether they have new results.
class WorkspaceDocument {
 public:
  [[nodiscard]] const WorkspaceState& state() const { return history_.present(); }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const ChartSettings& chart() const { return chart_; }
  void set_chart(const ChartSettings& chart) { chart_ = chart; }
  /// Whether the shown network has them or not: they are back when it does again.
  [[nodiscard]] const SelectedNeurons& selected() const { return selected_; }
  void select(SelectedNeurons selected) { selected_ = std::move(selected); }
  /// What is known of the pins; computed again where it is lost, so that it is nothing to save.
  [[nodiscard]] const PinResults& pin_results() const { return pin_results_; }
  void set_pin_results(PinResults results) { pin_results_ = std::move(results); }

  /// The last sweep with what is there of it, which may grow; null: none. No step of undo.
  [[nodiscard]] const std::shared_ptr<const Sweep>& sweep() const { return sweep_; }
  void set_sweep(std::shared_ptr<const Sweep> sweep) { sweep_ = std::move(sweep); }

  /// See History.
  bool edit(std::string label, WorkspaceState next, std::string merge_key = {});
  bool undo() { return history_.undo(); }
  bool redo() { return history_.redo(); }
  bool go_to(std::size_t place) { return history_.go_to(place); }
  void replace_shown(const Shown& next) { history_.replace_shown(next); }

  /// Replaces everything, undo steps included, by a new or an opened session. `file` is the session's file; empty: it
  /// has none yet. `stamp`: of that file as it was read.
  void reset(const Session& session, std::string file, const std::optional<FileStamp>& stamp = {});
  /// Everything that a session file holds but the experiments.
  [[nodiscard]] Session session() const;

  /// The session file, empty if there is none, and its name for titles: without the folder, or "Untitled".
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::string name() const;
  /// A file name to propose: that of the session with this extension (dot included), in the folder of the session or in
  /// the current one.
  [[nodiscard]] std::string proposed_file(const std::string& extension) const;

  /// Whether there are changes or results that no session file holds.
  [[nodiscard]] bool is_modified() const { return is_not_in_file_ || !history_.is_saved(); }
  /// There is something besides the changes of the state that the session file does not hold: results of training, or
  /// all of it, where another program has replaced or removed the file.
  void note_unsaved() { is_not_in_file_ = true; }
  /// Unsaved changes and results count as saved.
  void forget_changes();
  /// Everything has been saved to that file, which is now as the stamp says.
  void set_saved(std::string file, const FileStamp& stamp);

  /// The session file as it was last read or written here; nothing without a file.
  [[nodiscard]] const std::optional<FileStamp>& stamp() const { return stamp_; }
  /// What another program has made of the session file since. Reads all of it.
  [[nodiscard]] FileChange change_of_file() const;

 private:
  History history_;
  ChartSettings chart_;
  SelectedNeurons selected_;
  PinResults pin_results_;
  std::shared_ptr<const Sweep> sweep_;
  UnknownKeys unknown_;  ///< of the session file
  std::string file_;
  std::optional<FileStamp> stamp_;
  bool is_not_in_file_ = false;
};

}  // namespace dnm
