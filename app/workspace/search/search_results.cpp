// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_results.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "app/workspace/search/functional_anova.h"

namespace dnm {

namespace {

constexpr std::size_t least_trials = 10;

void add_step(const SearchPlan& plan, const StepRecord& record, TrialResult& trial) {
  trial.seconds += record.seconds;
  if (record.state == StepState::claimed) return;
  if (record.step.rung < trial.rung) return;
  trial.rung = record.step.rung;
  trial.epochs = record.step.epochs;
  trial.state = record.state;
  for (const auto& [id, values] : record.values) trial.figures[id] = values;
  trial.objectives.clear();
  for (const SearchObjective& objective : plan.objectives)
    trial.objectives.push_back(mean_value(plan, record, objective.id));
  trial.reason = record.state == StepState::failed ? record.reason : broken_constraint(plan, record);
  const bool has_value = std::ranges::all_of(trial.objectives, [](const auto& value) { return value.has_value(); });
  if (trial.reason.empty() && !has_value)
    trial.reason = record.reason.empty() ? "an objective has no value" : record.reason;
}

void add_final(const StepRecord& record, SearchResults& results) {
  auto known = std::ranges::find(results.finals, record.step.trial, &FinalResult::trial);
  if (known == results.finals.end()) known = results.finals.insert(known, FinalResult{record.step.trial, {}, 0});
  if (record.state != StepState::done) return;
  ++known->runs;
  for (const auto& [id, values] : record.values)
    known->values[id].insert(known->values[id].end(), values.begin(), values.end());
}

}  // namespace

SearchResults search_results(const SearchPlan& plan, const SearchSpace& space, std::span<const StepRecord> records) {
  SearchResults results;
  std::map<std::int64_t, TrialResult> trials;
  std::vector<const StepRecord*> sorted;
  for (const StepRecord& record : records) sorted.push_back(&record);
  std::ranges::stable_sort(sorted, {}, [](const StepRecord* record) { return record->step.rung; });
  for (const StepRecord* record : sorted) {
    results.over += record->state == StepState::claimed ? 0 : 1;
    results.failed += record->state == StepState::failed ? 1 : 0;
    results.seconds += record->seconds;
    if (record->step.final_seed) {
      add_final(*record, results);
      continue;
    }
    TrialResult& trial = trials[record->step.trial];
    add_step(plan, *record, trial);
  }
  for (auto& [number, trial] : trials) {
    trial.trial = number;
    trial.values = trial_start(plan, space.values(number)).values;
    results.trials.push_back(std::move(trial));
  }
  results.best = best_trials(plan, records);
  return results;
}

std::vector<std::size_t> ranking(const SearchPlan& plan, const SearchResults& results) {
  std::vector<std::size_t> places(results.trials.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  const auto is_judged = [](const TrialResult& trial) {
    return trial.state == StepState::done && trial.reason.empty();
  };
  const bool highest_first = plan.objectives.front().direction == SearchDirection::maximise;
  std::ranges::stable_sort(places, [&](std::size_t left, std::size_t right) {
    const TrialResult &a = results.trials[left], &b = results.trials[right];
    if (is_judged(a) != is_judged(b)) return is_judged(a);
    if (!is_judged(a)) return false;
    if (a.rung != b.rung) return a.rung > b.rung;
    const double first = *a.objectives.front(), second = *b.objectives.front();
    return highest_first ? first > second : first < second;
  });
  return places;
}

const TrialResult* find_trial(const SearchResults& results, std::int64_t trial) {
  const auto found = std::ranges::lower_bound(results.trials, trial, {}, &TrialResult::trial);
  return found == results.trials.end() || found->trial != trial ? nullptr : &*found;
}

SearchImportance search_importance(const SearchPlan& plan, const SearchSpace& space,
                                   std::span<const StepRecord> records) {
  std::vector<std::vector<double>> points;
  std::vector<double> values;
  for (const StepRecord& record : records) {
    if (record.state != StepState::done || record.step.rung != 0 || record.step.final_seed) continue;
    const auto value = mean_value(plan, record, plan.objectives.front().id);
    if (!value) continue;
    std::vector<double> point = space.point(record.step.trial);
    const std::vector<bool> used = space.used(point);
    // What a trial does not look at stands in the middle, so that no split can use it.
    for (std::size_t axis = 0; axis < point.size(); ++axis)
      if (!used[axis]) point[axis] = 0.5;
    points.push_back(std::move(point));
    values.push_back(*value);
  }
  if (points.size() < least_trials) return {{}, points.size()};
  std::vector<std::size_t> groups;
  for (const SearchSpace::Axis& axis : space.axes()) groups.push_back(axis.parameter);
  return {main_effects(points, values, groups, plan.varied.size(), plan.seed), points.size()};
}

}  // namespace dnm
