// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/search/search_plan.h"

namespace dnm {

/// What one worker does at a time: a trial, a rung of it, or the best setting under one of the final seeds.
struct SearchStep {
  std::string id{};  ///< "trial-00012-rung-1", "final-00012-seed-1001"
  std::int64_t trial = 0;
  int rung = 0;             ///< from 0; of samplers other than ASHA always 0
  std::int64_t epochs = 0;  ///< trained in all once it is done; 0: nothing is trained
  std::optional<std::uint64_t> final_seed{};
  bool operator==(const SearchStep&) const = default;
};
/// "trial-00012": of its run folder, and the beginning of its steps' ids.
[[nodiscard]] std::string trial_name(std::int64_t trial);
/// The inverse of SearchStep::id; nothing for a text that names no step of the plan.
[[nodiscard]] std::optional<SearchStep> step_of(const SearchPlan& plan, std::string_view id);

enum class StepState : std::uint8_t { claimed, done, failed };

/// What is known of a step.
struct StepRecord {
  SearchStep step{};
  StepState state = StepState::claimed;
  std::map<std::string, std::vector<double>> values{};  ///< metrics and measures by id: one value for each seed
  std::string reason{};                                 ///< why it failed, or why values are missing
  double seconds = 0.0;                                 ///< that its worker took
  bool operator==(const StepRecord&) const = default;
};
/// {"state": "done", "values": {"validation_accuracy": [0.87]}, "reason": "", "seconds": 3.2}, in one line.
[[nodiscard]] std::string record_to_json(const StepRecord& record);
/// The inverse, for a step. A text of another form is a failed step with that reason.
[[nodiscard]] StepRecord record_from_json(const SearchStep& step, std::string_view text);

/// The mean of a value over the seeds; nothing where a seed has none.
[[nodiscard]] std::optional<double> mean_value(const SearchPlan& plan, const StepRecord& record, std::string_view id);
/// Why values break a condition: "γ is 4.2, above 3"; empty where all are met. Values that a later rung does not
/// measure again count as met.
[[nodiscard]] std::string broken_constraint(const SearchPlan& plan, const StepRecord& record);

/// The epochs of the rungs: first_rung · eta^k, the last those of a whole training. Of other samplers that one alone; 0
/// where nothing is trained.
[[nodiscard]] std::vector<std::int64_t> rung_epochs(const SearchPlan& plan);

/// The epochs that a search trains in all, over its seeds and those of the end; of ASHA with as many trials on each
/// rung as may go on.
[[nodiscard]] std::int64_t epochs_of_search(const SearchPlan& plan);

/// What to do next, by what is known alone; nothing: until steps under way are done there is nothing to do. Steps of
/// one trial are claimed in the order of their rungs. Grid, random and Latin hypercube take the first trial that nobody
/// has. ASHA (Li et al., MLSys 2020, doi:10.48550/arXiv.1810.05934, algorithm 2): of the highest rung where there is
/// one, the best trial goes on that is among the floor(n/eta) best of the n that are done there and has not gone on;
/// where none may, the next trial begins. What failed or breaks a condition counts among the n and never goes on; of
/// equal trials the first is the better. Once all is searched, the best trials are trained under the final seeds.
/// O(records · log records).
[[nodiscard]] std::optional<SearchStep> next_step(const SearchPlan& plan, std::span<const StepRecord> records);
[[nodiscard]] bool is_finished(const SearchPlan& plan, std::span<const StepRecord> records);

/// The trials that are done on each rung, as ASHA's choice rests on them: {"done": ["0-31,33", "2,5"]}; empty for other
/// samplers.
[[nodiscard]] std::string known_results(const SearchPlan& plan, std::span<const StepRecord> records);

/// The best trials: one for one objective, else the Pareto front: those that no other beats in one objective without
/// being worse in the other, best in the first objective first. Under ASHA, of the highest rung that has any. O(records
/// · log records).
[[nodiscard]] std::vector<std::int64_t> best_trials(const SearchPlan& plan, std::span<const StepRecord> records);

}  // namespace dnm
