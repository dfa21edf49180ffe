// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/workspace/experiments/first_topology.h"
#include "app/workspace/state.h"
#include "core/support/task_control.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// Draws or reads what the run under a seed begins with; without words network_text() names it. Called on a thread of
/// the runner; may throw dnm::Error.
using TopologyOfSeed = std::function<FirstTopology(std::uint64_t seed, const TaskControl& control)>;

/// What runs of this state begin with: the network of the file or run that is shown, or what its parameters draw.
[[nodiscard]] TopologyOfSeed first_topology_of(const WorkspaceState& start);
/// The same or, where that is gone, what a run folder has kept as the first of its run.
[[nodiscard]] TopologyOfSeed or_kept_topology(TopologyOfSeed topology, const std::string& folder,
                                              const TrainingSettings& training);

}  // namespace dnm
