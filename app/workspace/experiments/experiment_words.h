// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/workspace/experiments/experiment.h"

// Experiments and runs in words.
namespace dnm {

/// "waiting", "running 12/100" (the epoch of how many), "paused 3/5", "finished" …
[[nodiscard]] std::string stage_text(const ExperimentRun& run);
/// The same for all runs together: "running 3/5, 1 done" (the epoch of the slowest that trains).
[[nodiscard]] std::string stage_text(const Experiment& experiment);

/// "DNM, s 0.99, M 7 · η 0.01 · Fashion-MNIST": initialiser or file and what differs from the defaults, of the training
/// too, then the data set.
[[nodiscard]] std::string proposed_name(const WorkspaceState& start);

/// A fact about a run or an experiment as a row of a table: what, and its value.
struct RunFact {
  std::string what;
  std::string value;
};
/// All that is known of the experiment, or of one run of it.
[[nodiscard]] std::vector<RunFact> facts_of(const Experiment& experiment, const ExperimentRun* run = nullptr);

}  // namespace dnm
