// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/history.h"

#include <utility>

namespace dnm {

History::History(WorkspaceState first) { steps_.push_back({{}, std::move(first), {}}); }

bool History::edit(std::string label, WorkspaceState next, std::string merge_key) {
  if (next == present()) return false;
  steps_.resize(place_ + 1, steps_.front());  // shrinks: the front fills nothing
  if (saved_ && *saved_ > place_) saved_.reset();
  const bool merges = can_undo() && !merge_key.empty() && merge_key == steps_[place_].merge_key && !is_saved();
  if (!merges) {
    steps_.push_back({std::move(label), std::move(next), std::move(merge_key)});
    ++place_;
  } else if (next == steps_[place_ - 1].state) {
    steps_.pop_back();
    --place_;
  } else {
    steps_[place_].state = std::move(next);
  }
  return true;
}

void History::replace_shown(const Shown& next) {
  const Shown before = present().shown;
  const ModelParameters parameters = present().parameters;
  for (Step& step : steps_)
    if (step.state.shown == before && step.state.parameters == parameters) step.state.shown = next;
}

const std::string& History::redo_label() const {
  static const std::string none;
  return can_redo() ? steps_[place_ + 1].label : none;
}

bool History::undo() {
  if (!can_undo()) return false;
  --place_;
  return true;
}

bool History::go_to(std::size_t place) {
  if (place == place_ || place >= steps_.size()) return false;
  place_ = place;
  return true;
}

bool History::redo() {
  if (!can_redo()) return false;
  ++place_;
  return true;
}

}  // namespace dnm
