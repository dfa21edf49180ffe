// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/run_report.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "app/workspace/experiments/run_moments.h"

namespace dnm {

namespace {

/// Of a run that was queued again and begins: it starts anew, or reports all updates that its folder has kept.
void forget_updates(ExperimentRun& run) {
  run.is_queued_again = false;
  run.events.clear();
  run.updates.clear();
  run.topology.reset();
  run.topology_before.reset();
}

/// Whether a run that reports this has come so far as to train.
bool has_come_to_train(const TrainingProgress& progress) {
  return progress.state == RunState::running || progress.state == RunState::finished || !progress.epochs_done.empty() ||
         !progress.topology_events.empty() || !progress.updates_done.empty();
}

}  // namespace

TakenReport take_report(ExperimentRun& run, TrainingProgress& progress) {
  TakenReport taken;
  if (run.is_queued_again && has_come_to_train(progress)) forget_updates(run);
  if (!progress.epochs_done.empty()) {
    taken.epochs = true;
    // A run that continues from a checkpoint reports all of its epochs again.
    std::erase_if(run.epochs, [first = progress.epochs_done.front().epoch](const EpochResult& epoch) {
      return epoch.epoch >= first;
    });
  }
  std::ranges::move(std::exchange(progress.epochs_done, {}), std::back_inserter(run.epochs));
  std::ranges::move(std::exchange(progress.notices, {}), std::back_inserter(run.notices));
  if (!progress.topology_events.empty()) {
    // The same for its updates, as far as its folder has kept them.
    std::erase_if(run.events, [first = progress.topology_events.front()->update](const TopologyEventSummary& event) {
      return event.update >= first;
    });
  }
  const std::vector<TopologyEventPointer> events = std::exchange(progress.topology_events, {});
  for (const TopologyEventPointer& event : events) run.events.push_back(without_links(*event));
  if (!progress.updates_done.empty()) {
    std::erase_if(run.updates, [first = progress.updates_done.front().update](const UpdateResult& result) {
      return result.update >= first;
    });
  }
  std::ranges::move(std::exchange(progress.updates_done, {}), std::back_inserter(run.updates));
  if (NamedMasksPointer rewired = std::exchange(progress.rewired, nullptr)) {
    run.topology_before = events.empty() ? nullptr : layers_before(*rewired, *events.back());
    run.topology = std::move(rewired);
    ++run.topologies_reported;
    taken.topology = true;
  }
  return taken;
}

}  // namespace dnm
