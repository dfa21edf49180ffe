// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_steps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "app/workspace/metric_json.h"
#include "core/files/file_text.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {

namespace {

constexpr std::string_view trial_start_of_id = "trial-", final_start_of_id = "final-", rung_of_id = "-rung-",
                           seed_of_id = "-seed-";
constexpr std::size_t digits_of_trial = 5;
constexpr double never = -std::numeric_limits<double>::infinity();

std::string number_of_trial(std::int64_t trial) {
  const std::string number = std::to_string(trial);
  return std::string(digits_of_trial - std::min(digits_of_trial, number.size()), '0') + number;
}

SearchStep trial_step(std::int64_t trial, int rung, std::int64_t epochs) {
  return {trial_name(trial) + std::string(rung_of_id) + std::to_string(rung), trial, rung, epochs, {}};
}

SearchStep final_step(const SearchPlan& plan, std::int64_t trial, std::uint64_t seed) {
  return {std::string(final_start_of_id) + number_of_trial(trial) + std::string(seed_of_id) + std::to_string(seed),
          trial, 0, plan.training.epochs, seed};
}

/// The first objective of a trial that may be one of the best, larger is better; else the lowest of all.
double score_of(const SearchPlan& plan, const StepRecord& record, std::size_t objective = 0) {
  if (record.state != StepState::done || !broken_constraint(plan, record).empty()) return never;
  const auto& [id, direction] = plan.objectives[objective];
  const auto value = mean_value(plan, record, id);
  if (!value) return never;
  return direction == SearchDirection::maximise ? *value : -*value;
}

struct Scored {
  std::int64_t trial;
  double score;
};
bool ranks_before(const Scored& a, const Scored& b) {
  return a.score != b.score ? a.score > b.score : a.trial < b.trial;
}

/// The steps of one rung.
struct Rung {
  std::vector<Scored> over{};         ///< done or failed
  std::vector<std::int64_t> begun{};  ///< those and the claimed ones; sorted
  [[nodiscard]] bool has(std::int64_t trial) const { return std::ranges::binary_search(begun, trial); }
};

std::vector<Rung> rungs_of(const SearchPlan& plan, std::span<const StepRecord> records) {
  std::vector<Rung> rungs(rung_epochs(plan).size());
  for (const StepRecord& record : records) {
    if (record.step.final_seed || record.step.rung < 0 || std::cmp_greater_equal(record.step.rung, rungs.size()))
      continue;
    Rung& rung = rungs[static_cast<std::size_t>(record.step.rung)];
    rung.begun.push_back(record.step.trial);
    if (record.state != StepState::claimed) rung.over.push_back({record.step.trial, score_of(plan, record)});
  }
  for (Rung& rung : rungs) std::ranges::sort(rung.begun);
  return rungs;
}

/// The best trial that may go on from this rung and has not.
std::optional<std::int64_t> promoted(const SearchPlan& plan, Rung from, const Rung& to) {
  const auto best = static_cast<std::ptrdiff_t>(from.over.size() / static_cast<std::size_t>(plan.eta));
  std::partial_sort(from.over.begin(), from.over.begin() + best, from.over.end(), ranks_before);
  for (std::ptrdiff_t place = 0; place < best; ++place) {
    const Scored& one = from.over[static_cast<std::size_t>(place)];
    if (one.score > never && !to.has(one.trial)) return one.trial;
  }
  return std::nullopt;
}

std::optional<std::int64_t> first_missing(const SearchPlan& plan, const Rung& rung) {
  std::int64_t trial = 0;
  for (const std::int64_t begun : rung.begun) {
    if (begun > trial) break;
    trial = begun + 1;
  }
  return trial < plan.trials ? std::optional(trial) : std::nullopt;
}

std::optional<SearchStep> next_trial(const SearchPlan& plan, const std::vector<Rung>& rungs) {
  const std::vector<std::int64_t> epochs = rung_epochs(plan);
  for (std::size_t rung = rungs.size() - 1; rung-- > 0;) {
    if (const auto trial = promoted(plan, rungs[rung], rungs[rung + 1]))
      return trial_step(*trial, static_cast<int>(rung) + 1, epochs[rung + 1]);
  }
  if (const auto trial = first_missing(plan, rungs.front())) return trial_step(*trial, 0, epochs.front());
  return std::nullopt;
}

/// Whether every trial is over and none may go on.
bool is_searched(const SearchPlan& plan, const std::vector<Rung>& rungs) {
  return !next_trial(plan, rungs) &&
         std::ranges::all_of(rungs, [](const Rung& rung) { return rung.over.size() == rung.begun.size(); });
}

std::vector<SearchStep> final_steps(const SearchPlan& plan, std::span<const StepRecord> records) {
  std::vector<SearchStep> steps;
  if (plan.final_seeds.empty()) return steps;
  for (const std::int64_t trial : best_trials(plan, records)) {
    for (const std::uint64_t seed : plan.final_seeds) steps.push_back(final_step(plan, trial, seed));
  }
  return steps;
}

const StepRecord* find_step(std::span<const StepRecord> records, std::string_view id) {
  const auto found =
      std::ranges::find(records, id, [](const StepRecord& record) { return std::string_view(record.step.id); });
  return found == records.end() ? nullptr : &*found;
}

/// "0-31,33".
std::string ranges_text(std::vector<std::int64_t> numbers) {
  std::ranges::sort(numbers);
  std::string text;
  for (std::size_t first = 0; first < numbers.size();) {
    std::size_t last = first;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[first]);
    if (last > first) text += "-" + std::to_string(numbers[last]);
    first = last + 1;
  }
  return text;
}

/// The seeds that a step has values of.
std::size_t runs_of(const SearchPlan& plan, const SearchStep& step) { return step.final_seed ? 1 : plan.seeds.size(); }

}  // namespace

std::string trial_name(std::int64_t trial) { return std::string(trial_start_of_id) + number_of_trial(trial); }

std::optional<SearchStep> step_of(const SearchPlan& plan, std::string_view id) {
  const bool is_trial = id.starts_with(trial_start_of_id);
  if (!is_trial && !id.starts_with(final_start_of_id)) return std::nullopt;
  const std::string_view rest = id.substr(trial_start_of_id.size()), middle = is_trial ? rung_of_id : seed_of_id;
  const std::size_t at = rest.find(middle);
  if (at == std::string_view::npos) return std::nullopt;
  const auto trial = number<std::int64_t>(rest.substr(0, at));
  const std::string_view last = rest.substr(at + middle.size());
  if (!trial || *trial < 0 || *trial >= plan.trials) return std::nullopt;
  std::optional<SearchStep> step;
  if (const auto rung = number<int>(last); is_trial && rung) {
    const std::vector<std::int64_t> epochs = rung_epochs(plan);
    if (*rung >= 0 && std::cmp_less(*rung, epochs.size()))
      step = trial_step(*trial, *rung, epochs[static_cast<std::size_t>(*rung)]);
  } else if (const auto seed = number<std::uint64_t>(last); !is_trial && seed) {
    step = final_step(plan, *trial, *seed);
  }
  return step && step->id == id ? step : std::nullopt;
}

std::string record_to_json(const StepRecord& record) {
  OrderedJson json;
  json["state"] = record.state == StepState::done ? "done" : "failed";
  json["values"] = OrderedJson::object();
  for (const auto& [id, values] : record.values) {
    for (const double value : values) json["values"][id].push_back(number_json(value));
  }
  json["reason"] = record.reason;
  json["seconds"] = number_json(record.seconds);
  return ascii_text(json);
}

StepRecord record_from_json(const SearchStep& step, std::string_view text) {
  StepRecord record{step, StepState::failed, {}, {}, 0.0};
  try {
    const OrderedJson json = parse_json(text);
    record.state = json.at("state") == "done" ? StepState::done : StepState::failed;
    for (const auto& [id, values] : json.at("values").items()) {
      for (const OrderedJson& value : values)
        record.values[id].push_back(value.is_number() ? value.get<double>() : std::nan(""));
    }
    record.reason = json.at("reason").get<std::string>();
    if (json.at("seconds").is_number()) record.seconds = json["seconds"].get<double>();
  } catch (const OrderedJson::exception&) {
    record = {step, StepState::failed, {}, "its result cannot be read", 0.0};
  }
  return record;
}

std::optional<double> mean_value(const SearchPlan& plan, const StepRecord& record, std::string_view id) {
  const auto found = record.values.find(std::string(id));
  if (found == record.values.end() || found->second.size() != runs_of(plan, record.step)) return std::nullopt;
  const double mean =
      std::accumulate(found->second.begin(), found->second.end(), 0.0) / static_cast<double>(found->second.size());
  return std::isfinite(mean) ? std::optional(mean) : std::nullopt;
}

std::string broken_constraint(const SearchPlan& plan, const StepRecord& record) {
  for (const SearchConstraint& constraint : plan.constraints) {
    const auto value = mean_value(plan, record, constraint.id);
    const std::string name = name_of_value(constraint.id);
    if (!value) {
      const bool measured_before = is_measure(constraint.id) && (record.step.rung > 0 || record.step.final_seed);
      if (measured_before) continue;
      return name + " has no value" + (record.reason.empty() ? "" : ": " + record.reason);
    }
    if (constraint.least && *value < *constraint.least)
      return name + " is " + format_real(*value) + ", below " + format_real(*constraint.least);
    if (constraint.most && *value > *constraint.most)
      return name + " is " + format_real(*value) + ", above " + format_real(*constraint.most);
  }
  return {};
}

std::vector<std::int64_t> rung_epochs(const SearchPlan& plan) {
  if (!trains(plan)) return {0};
  std::vector<std::int64_t> epochs;
  if (plan.sampler == SearchSampler::asha) {
    for (std::int64_t rung = plan.first_rung; rung < plan.training.epochs; rung *= plan.eta) epochs.push_back(rung);
  }
  epochs.push_back(plan.training.epochs);
  return epochs;
}

std::int64_t epochs_of_search(const SearchPlan& plan) {
  std::int64_t epochs = 0, trials = plan.trials, before = 0;
  for (const std::int64_t rung : rung_epochs(plan)) {
    epochs += trials * (rung - before);
    before = rung;
    trials /= plan.eta;
  }
  const auto seeds = static_cast<std::int64_t>(plan.seeds.size());
  return epochs * seeds + static_cast<std::int64_t>(plan.final_seeds.size()) * plan.training.epochs;
}

std::optional<SearchStep> next_step(const SearchPlan& plan, std::span<const StepRecord> records) {
  const std::vector<Rung> rungs = rungs_of(plan, records);
  if (auto step = next_trial(plan, rungs)) return step;
  if (!is_searched(plan, rungs)) return std::nullopt;
  for (SearchStep& step : final_steps(plan, records)) {
    if (find_step(records, step.id) == nullptr) return std::move(step);
  }
  return std::nullopt;
}

bool is_finished(const SearchPlan& plan, std::span<const StepRecord> records) {
  if (!is_searched(plan, rungs_of(plan, records))) return false;
  return std::ranges::all_of(final_steps(plan, records), [&](const SearchStep& step) {
    const StepRecord* const record = find_step(records, step.id);
    return record != nullptr && record->state != StepState::claimed;
  });
}

std::string known_results(const SearchPlan& plan, std::span<const StepRecord> records) {
  if (plan.sampler != SearchSampler::asha) return {};
  OrderedJson json;
  json["done"] = OrderedJson::array();
  for (const Rung& rung : rungs_of(plan, records)) {
    std::vector<std::int64_t> trials;
    for (const Scored& one : rung.over) trials.push_back(one.trial);
    json["done"].push_back(ranges_text(std::move(trials)));
  }
  return ascii_text(json);
}

std::vector<std::int64_t> best_trials(const SearchPlan& plan, std::span<const StepRecord> records) {
  struct Candidate {
    Scored first;
    double second;
  };
  std::vector<std::vector<Candidate>> rungs(rung_epochs(plan).size());
  for (const StepRecord& record : records) {
    const double score = score_of(plan, record);
    if (record.step.final_seed || !(score > never)) continue;
    const double second = plan.objectives.size() > 1 ? score_of(plan, record, 1) : 0.0;
    if (second > never)
      rungs.at(static_cast<std::size_t>(record.step.rung)).push_back({{record.step.trial, score}, second});
  }
  const auto highest = std::find_if(rungs.rbegin(), rungs.rend(), [](const auto& rung) { return !rung.empty(); });
  if (highest == rungs.rend()) return {};
  std::ranges::sort(*highest, [](const Candidate& a, const Candidate& b) {
    if (a.first.score != b.first.score) return a.first.score > b.first.score;
    return a.second != b.second ? a.second > b.second : a.first.trial < b.first.trial;
  });
  std::vector<std::int64_t> best;
  double highest_second = never;
  for (const Candidate& candidate : *highest) {
    if (!(candidate.second > highest_second)) continue;
    highest_second = candidate.second;
    best.push_back(candidate.first.trial);
  }
  return best;
}

}  // namespace dnm
