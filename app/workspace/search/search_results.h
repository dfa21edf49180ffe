// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/workspace/search/search_space.h"
#include "app/workspace/search/search_steps.h"

namespace dnm {

/// What is known of one trial.
struct TrialResult {
  std::int64_t trial = 0;
  ParameterTexts values{};  ///< without those that have no meaning
  int rung = 0;             ///< the highest that is done
  std::int64_t epochs = 0;  ///< of that
  StepState state = StepState::claimed;
  std::map<std::string, std::vector<double>> figures{};  ///< as StepRecord::values, of all rungs the last
  std::vector<std::optional<double>> objectives{};       ///< means over the seeds, by SearchPlan::objectives
  std::string reason{};                                  ///< why it is none of the best: failed, or a condition
  double seconds = 0.0;                                  ///< of all its rungs
};

/// One of the best, under the final seeds.
struct FinalResult {
  std::int64_t trial = 0;
  std::map<std::string, std::vector<double>> values{};  ///< one for each seed that is done
  std::size_t runs = 0;
};

struct SearchResults {
  std::vector<TrialResult> trials{};  ///< those that were begun, by number
  std::vector<std::int64_t> best{};   ///< best_trials()
  std::vector<FinalResult> finals{};  ///< by trial
  std::size_t over = 0, failed = 0;   ///< steps
  double seconds = 0.0;               ///< of all steps together
};
/// O(records · (parameters + log records)).
[[nodiscard]] SearchResults search_results(const SearchPlan& plan, const SearchSpace& space,
                                           std::span<const StepRecord> records);

/// Places in `trials`, the best first: by rung, then by the first objective; those that are none of the best last.
[[nodiscard]] std::vector<std::size_t> ranking(const SearchPlan& plan, const SearchResults& results);
[[nodiscard]] const TrialResult* find_trial(const SearchResults& results, std::int64_t trial);

/// How much of the variance of the first objective each varied parameter explains alone, by main_effects(): trials that
/// were compared after equally many epochs, those of the first rung. Empty for fewer than 10 of them. `trials`: how
/// many there were.
struct SearchImportance {
  std::vector<double> shares{};  ///< by SearchPlan::varied
  std::size_t trials = 0;
};
[[nodiscard]] SearchImportance search_importance(const SearchPlan& plan, const SearchSpace& space,
                                                 std::span<const StepRecord> records);

}  // namespace dnm
