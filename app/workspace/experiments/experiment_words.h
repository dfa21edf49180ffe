// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/experiments/experiment.h"

// Experiments and runs in words.
namespace dnm {

/// "waiting", "running 12/100" (the epoch of how many), "paused 3/5", "finished" …
[[nodiscard]] std::string stage_text(const ExperimentRun& run);
/// The same for all runs together: "running 3/5, 1 done" (the epoch of the slowest that trains).
[[nodiscard]] std::string stage_text(const Experiment& experiment);

/// "DNM, s 0.99, M 7": initialiser, file or moment of a run, and what differs from the defaults of the model.
[[nodiscard]] std::string network_name(const WorkspaceState& start);
/// "DNM, s 0.99, M 7 · η 0.01 · Fashion-MNIST": initialiser or file and what differs from the defaults, of the training
/// too, then the data set.
[[nodiscard]] std::string proposed_name(const WorkspaceState& start);

/// What the figures of a summary are of: "N = 3", or while some seeds lack epochs "3 seeds at epoch 2 of 10", "2 of 3
/// seeds at epoch 10"; empty without figures.
[[nodiscard]] std::string count_text(const ExperimentSummary& summary);
/// Behind the number of seeds, or the name of one, where no room is left for more words: "†" for figures that are not
/// of all seeds after all their epochs; else empty.
[[nodiscard]] std::string incomplete_mark(const ExperimentSummary& summary);
/// What the mark means, as a sentence.
inline constexpr std::string_view incomplete_mark_meaning =
    "† Not all seeds have trained all epochs; the figures are those of the last epoch that all counted seeds have.";

/// What is asked before an experiment is trained longer: how many epochs it has, and what the learning rate will do.
[[nodiscard]] std::string longer_text(const Experiment& experiment, std::int64_t epochs);

/// A fact about a run or an experiment as a row of a table: what, and its value.
struct RunFact {
  std::string what;
  std::string value;
};
/// All that is known of the experiment, or of one run of it.
[[nodiscard]] std::vector<RunFact> facts_of(const Experiment& experiment, const ExperimentRun* run = nullptr);

}  // namespace dnm
