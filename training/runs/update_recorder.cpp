// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/update_recorder.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/support/error.h"
#include "training/metrics/metric_value.h"

namespace dnm {
namespace {

std::vector<Mask> masks_of(std::span<const NamedMask> layers) {
  std::vector<Mask> masks;
  masks.reserve(layers.size());
  for (const NamedMask& layer : layers) masks.push_back(layer.mask);
  return masks;
}

StageCounts& operator+=(StageCounts& sum, const StageCounts& counts) {
  sum.pruned += counts.pruned;
  sum.removed += counts.removed;
  sum.chain_removed += counts.chain_removed;
  sum.regrown += counts.regrown;
  sum.regrown_again += counts.regrown_again;
  return sum;
}

/// False where the update does not fit the layers.
bool applies(const TopologyEvent& event, std::vector<NamedMask>& layers) try {
  apply(event, layers);
  return true;
} catch (const InvalidInput&) {
  return false;
}

/// A damaged file may hold what no update can have come to.
void set_if_possible(UpdateResult& result, const UpdateMetric& metric, std::size_t row, double value) {
  if (is_possible_value(metric.unit, value)) result.set(metric, row, value);
}

void set_links(UpdateResult& result, std::size_t row, const LinkFacts& facts) {
  for (const UpdateMetric& metric : update_metric_table()) {
    if (metric.of_links == nullptr) continue;
    if (const auto value = metric.of_links(facts)) set_if_possible(result, metric, row, *value);
  }
}

}  // namespace

UpdateRecorder::UpdateRecorder(std::uint64_t seed, double steps_per_epoch, std::span<const NamedMask> layers)
    : UpdateRecorder(seed, steps_per_epoch) {
  explored_.emplace(masks_of(layers));
}

UpdateResult UpdateRecorder::add(const TopologyEvent& event, std::span<const NamedMask> now) {
  const std::vector<Mask> masks = masks_of(now);
  if (masks.empty()) {
    explored_.reset();
  } else if (explored_) {
    explored_->add(masks);
  }
  UpdateResult result{.seed = seed_, .update = event.update, .step = event.step, .epoch = event.epoch};
  result.epochs_passed = static_cast<double>(event.step) / steps_per_epoch_;
  LinkFacts all;
  if (explored_) all.exploration = explored_->rate();
  for (std::size_t i = 0; i < event.layers.size(); ++i) {
    const LayerChange& change = event.layers[i];
    LinkFacts facts{change.links, change.counts};
    if (explored_) facts.exploration = explored_->rate(i);
    set_links(result, 1 + i, facts);
    all.links += facts.links;
    all.counts += facts.counts;
    result.layers.push_back(change.layer);
  }
  set_links(result, 0, all);
  UpdateFacts facts{event};
  if (!masks.empty()) facts.active_neurons = active_neuron_share(masks);
  for (const UpdateMetric& metric : update_metric_table()) {
    if (metric.of_update == nullptr) continue;
    if (const auto value = metric.of_update(facts)) set_if_possible(result, metric, 0, *value);
  }
  return result;
}

std::vector<UpdateResult> UpdateRecorder::replay(const TopologyHistory& history) {
  std::vector<UpdateResult> results;
  std::vector<NamedMask> layers;  // empty where they are not known
  std::uint64_t reached = 0;
  auto snapshot = history.snapshots.begin();
  const auto take_snapshots_before = [&](std::uint64_t update) {
    for (; snapshot != history.snapshots.end() && snapshot->update < update; ++snapshot) {
      layers = snapshot->layers;
      reached = snapshot->update;
      explored_.reset();
      if (reached == 0 && results.empty()) explored_.emplace(masks_of(layers));
    }
  };
  for (const TopologyEvent& event : history.events) {
    take_snapshots_before(event.update);
    if (event.update != reached + 1 || !applies(event, layers)) layers.clear();
    results.push_back(add(event, layers));
    reached = event.update;
  }
  take_snapshots_before(std::numeric_limits<std::uint64_t>::max());
  return results;
}

std::vector<UpdateResult> update_results(const TopologyHistory& history, const RunHistory& epochs,
                                         const Metric& leading) {
  double steps_per_epoch = 1.0;
  for (const TopologyEvent& event : history.events) {
    steps_per_epoch = std::max(steps_per_epoch, static_cast<double>(event.step) / std::max(1, event.epoch));
  }
  std::vector<UpdateResult> results =
      UpdateRecorder(epochs.empty() ? 0 : epochs.front().seed, steps_per_epoch).replay(history);
  for (UpdateResult& result : results) static_cast<void>(result.complete(epochs, leading));
  return results;
}

}  // namespace dnm
