// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/history.h"

#include <algorithm>
#include <set>
#include <utility>

namespace dnm {

namespace {

/// Of those networks of a state that are not in `known` yet, which they are put into.
std::uint64_t new_network_bytes(const WorkspaceState& state, std::set<const Network*>& known) {
  std::uint64_t bytes = 0;
  for (const NetworkPointer& network : {given_network(state), network_before(state)})
    if (network && known.insert(network.get()).second)
      bytes += sizeof(NodeIndex) * network->link_count() + sizeof(std::uint64_t) * network->node_count();
  return bytes;
}

}  // namespace

History::History(WorkspaceState first) { steps_.push_back({{}, std::move(first), {}}); }

bool History::edit(std::string label, WorkspaceState next, std::string merge_key) {
  if (next == present()) return false;
  steps_.resize(place_ + 1, steps_.front());  // shrinks: the front fills nothing
  if (saved_ && *saved_ > place_) saved_.reset();
  const bool merges = can_undo() && !merge_key.empty() && merge_key == steps_[place_].merge_key && !is_saved();
  if (!merges) {
    steps_.push_back({std::move(label), std::move(next), std::move(merge_key)});
    ++place_;
    forget_oldest();
  } else if (next == steps_[place_ - 1].state) {
    steps_.pop_back();
    --place_;
  } else {
    steps_[place_].state = std::move(next);
  }
  return true;
}

void History::forget_oldest() {
  std::set<const Network*> known;
  std::uint64_t bytes = 0;
  std::size_t kept = 0;  // steps, from the newest back
  for (; kept < std::min(step_count(), most_steps); ++kept) {
    bytes += new_network_bytes(steps_[step_count() - kept].state, known);
    if (kept >= fewest_steps && bytes > most_network_bytes) break;
  }
  const std::size_t forgotten = step_count() - kept;
  if (forgotten == 0) return;
  steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(forgotten));
  steps_.front().label.clear();
  steps_.front().merge_key.clear();
  place_ -= forgotten;
  has_forgotten_ = true;
  if (saved_) saved_ = *saved_ < forgotten ? std::nullopt : std::optional(*saved_ - forgotten);
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
