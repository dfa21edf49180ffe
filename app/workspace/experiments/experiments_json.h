// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/workspace/experiments/experiment.h"
#include "core/support/json.h"

namespace dnm {

/// The "runs" of a session: a JSON array with one object per experiment: its identity, name and colour, what it
/// was started with, and for each run its seed, state, throughput and epochs (one list per metric). A run that waits or
/// trains is written as stopped.
[[nodiscard]] OrderedJson experiments_to_json(std::span<const Experiment> experiments);

struct ReadExperiments {
  std::vector<Experiment> experiments;
  std::string problem;  ///< one sentence when some were damaged and left out; else empty
};
/// The inverse; never throws. Unknown keys of an experiment, of its parameters and of a run are kept.
[[nodiscard]] ReadExperiments experiments_from_json(const OrderedJson& json);

}  // namespace dnm
