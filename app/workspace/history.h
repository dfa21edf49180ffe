// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/state.h"

namespace dnm {

/// A state and how it came about: undo and redo as a value. Whole states are kept, one for each step: they are small
/// (networks are shared), and no step can then forget a field.
class History {
 public:
  explicit History(WorkspaceState first = {});

  [[nodiscard]] const WorkspaceState& present() const { return steps_[place_].state; }
  /// Makes `next` the present state, as a step of that label; what could be redone is gone. Edits in a row with the
  /// same non-empty `merge_key` are one step (a drag), which goes when it ends where it began; a step that was saved
  /// is closed. False when `next` is the present state already.
  bool edit(std::string label, WorkspaceState next, std::string merge_key = {});
  /// Shows `next` in the place of what is shown at present: in this state and in every other of the same parameters
  /// that shows the same. No step, and nothing to save.
  void show_instead(const Shown& next);

  [[nodiscard]] bool can_undo() const { return place_ > 0; }
  [[nodiscard]] bool can_redo() const { return place_ + 1 < steps_.size(); }
  /// The label of the step that undo() takes back and redo() does again; empty when there is none.
  [[nodiscard]] const std::string& undo_label() const { return steps_[place_].label; }
  [[nodiscard]] const std::string& redo_label() const;
  /// False, and nothing done, when there is no such step.
  bool undo();
  bool redo();
  /// Steps in all, and how many of them make the present state.
  [[nodiscard]] std::size_t step_count() const { return steps_.size() - 1; }
  [[nodiscard]] std::size_t place() const { return place_; }

  /// The present state is the one that a file holds.
  void set_saved() { saved_ = place_; }
  [[nodiscard]] bool is_saved() const { return saved_ == place_; }

 private:
  struct Step {
    std::string label;
    WorkspaceState state;  ///< after the step
    std::string merge_key;
  };
  std::vector<Step> steps_;                ///< the first is no step but the state that all began with
  std::size_t place_ = 0;                  ///< of the present state
  std::optional<std::size_t> saved_ = 0U;  ///< nothing: no step leads to the state that was saved
};

}  // namespace dnm
