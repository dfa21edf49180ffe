// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/models/model_kind.h"

namespace dnm {

// Which engine a layer has while its density falls. It is chosen anew each time its links have halved; all these
// choices are made when the run starts, by what its layers cost with so many fewer links, and are kept in checkpoints.
// So a run that is resumed changes engines at the same update, and computes the same bits.

/// The number of links at or below which each layer with the engine masked is computed sparse: the first half, quarter
/// … of its links with which that was faster; 0: never. Dense layers stay as they are. The layers are measured up to
/// six times (ModelKind::time_layers). Throws Cancelled.
[[nodiscard]] std::vector<std::uint64_t> links_to_become_sparse(const ModelKind& kind, const Topology& topology,
                                                                std::span<const Engine> engines,
                                                                const TrainingSettings& settings,
                                                                const TaskControl& control);

/// Gives the layers that have come to so few links the engine sparse. Whether any engine changed.
[[nodiscard]] bool choose_engines_anew(const Topology& topology, std::span<const std::uint64_t> links_to_become_sparse,
                                       std::span<Engine> engines);

}  // namespace dnm
