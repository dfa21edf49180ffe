// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/state.h"

namespace dnm {

/// A state with its undo steps, as a value. Each step keeps the whole state: states are small (networks are shared),
/// and no step can forget a field. The oldest steps are forgotten beyond most_steps, and beyond most_network_bytes of
/// the networks that steps alone may keep in memory, but never the last fewest_steps.
class History {
 public:
  static constexpr std::size_t most_steps = 1000, fewest_steps = 20;
  static constexpr std::uint64_t most_network_bytes = std::uint64_t{32} << 20U;

  explicit History(WorkspaceState first = {});

  [[nodiscard]] const WorkspaceState& present() const { return steps_[place_].state; }
  /// Makes `next` the present state, as a step of that label; drops the steps that could be redone. Consecutive edits
  /// with the same non-empty `merge_key` are one step (a drag), which is removed if it ends where it began; a saved
  /// step is not extended. Returns false if `next` is the present state already.
  bool edit(std::string label, WorkspaceState next, std::string merge_key = {});
  /// Replaces what is shown at present by `next`, in this state and in all others with the same parameters that show
  /// the same. Adds no step, and nothing to save.
  void replace_shown(const Shown& next);

  [[nodiscard]] bool can_undo() const { return place_ > 0; }
  [[nodiscard]] bool can_redo() const { return place_ + 1 < steps_.size(); }
  /// The label of the step that undo() reverts or redo() repeats; empty if there is none.
  [[nodiscard]] const std::string& undo_label() const { return steps_[place_].label; }
  [[nodiscard]] const std::string& redo_label() const;
  /// Returns false if there is no such step.
  bool undo();
  bool redo();
  /// Undoes or repeats as many steps as lead to the state after `place` of them. Returns false if that is the present
  /// one, or there are not so many.
  bool go_to(std::size_t place);
  /// The state after so many steps, and the label of the last of these; empty for the first state. Throws
  /// std::out_of_range.
  [[nodiscard]] const WorkspaceState& state_at(std::size_t place) const { return steps_.at(place).state; }
  [[nodiscard]] const std::string& label_at(std::size_t place) const { return steps_.at(place).label; }
  /// The number of steps, and of those that lead to the present state.
  [[nodiscard]] std::size_t step_count() const { return steps_.size() - 1; }
  [[nodiscard]] std::size_t place() const { return place_; }
  /// Whether the first state is not the one it began with: older steps were forgotten.
  [[nodiscard]] bool has_forgotten() const { return has_forgotten_; }

  /// Marks the present state as saved.
  void set_saved() { saved_ = place_; }
  [[nodiscard]] bool is_saved() const { return saved_ == place_; }

 private:
  struct Step {
    std::string label;
    WorkspaceState state;  ///< after the step
    std::string merge_key;
  };
  void forget_oldest();

  std::vector<Step> steps_;  ///< the first is the initial state
  std::size_t place_ = 0;    ///< index of the present state
  bool has_forgotten_ = false;
  std::optional<std::size_t> saved_ = 0U;  ///< index of the saved state; nothing: no step leads to it
};

}  // namespace dnm
