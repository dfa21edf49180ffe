// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "training/layers/named_mask.h"
#include "training/metrics/update_result.h"
#include "training/rewiring/exploration.h"
#include "training/runs/topology_file.h"

namespace dnm {

/// Makes the metrics of a run's updates, one after the other: all but the leading metric after an update.
class UpdateRecorder {
 public:
  /// Before the first update; `layers` are the sparse ones as the run began.
  UpdateRecorder(std::uint64_t seed, double steps_per_epoch, std::span<const NamedMask> layers);
  /// Before the updates of a history; see replay().
  UpdateRecorder(std::uint64_t seed, double steps_per_epoch) : seed_(seed), steps_per_epoch_(steps_per_epoch) {}

  /// The next update; `now` are the sparse layers after it. O(links that there ever were).
  [[nodiscard]] UpdateResult add(const TopologyEvent& event, std::span<const NamedMask> now);
  /// The updates of a history, and on from its end. Where its file has lost a topology, the metrics that need it have
  /// no value from there on. O(updates · links that there ever were).
  [[nodiscard]] std::vector<UpdateResult> replay(const TopologyHistory& history);

 private:
  std::uint64_t seed_;
  double steps_per_epoch_;
  std::optional<ExploredCells> explored_;  ///< nothing where an earlier topology is not known
};

/// The updates of a run as far as its topology file tells them, those that end an epoch completed from its epochs. The
/// steps of an epoch are taken from them too: exactly if one of them ends an epoch. As UpdateRecorder::replay.
[[nodiscard]] std::vector<UpdateResult> update_results(const TopologyHistory& history, const RunHistory& epochs,
                                                       const Metric& leading);

}  // namespace dnm
