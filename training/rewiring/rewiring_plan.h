// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "training/settings/training_settings.h"
#include "training/support/step_position.h"

namespace dnm {

/// An update of the topology, as far as it is known before the run (manual: methods/rewiring, "When a rule acts").
struct PlannedUpdate {
  std::uint64_t batches_seen = 0;  ///< t
  std::optional<double> zeta{};    ///< ζ(t); none where no links move
  std::optional<double> tau{};     ///< τ(t); none where the links that stay are not sampled
  std::optional<double> decay{};   ///< φ(t) of a falling density: from 0, the first density, to 1, the final one
  bool operator==(const PlannedUpdate&) const = default;
};

/// The updates of a run of these settings, in their order; none where the topology stays. A rule that settles may make
/// fewer. `steps_per_epoch` as in StepPosition. Throws InvalidInput for settings that the rule refuses. O(updates) for
/// the rules of the table.
[[nodiscard]] std::vector<PlannedUpdate> planned_updates(const TrainingSettings& settings,
                                                         std::uint64_t steps_per_epoch);

}  // namespace dnm
