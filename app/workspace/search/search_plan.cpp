// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/workspace/experiments/comparison_rows.h"
#include "app/workspace/search/search_space.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"
#include "core/support/trimmed.h"
#include "training/models/model_table.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr std::array samplers{
    Choice{"grid", "Grid", "Every combination of the values."},
    Choice{"random", "Random", "Independent random values."},
    Choice{"latin-hypercube", "Latin hypercube",
           "Random values, with each parameter's evenly spread over its range by the number of trials."},
    Choice{"asha", "ASHA",
           "Random values under asynchronous successive halving: many short trainings, of which the best go on."},
};
constexpr AppliesWhen halving{"sampler", "asha"};

/// Whose values make results that cannot be compared, or that each trial has of its own.
constexpr std::string_view not_searched[] = {"seed",   "data",    "data-dir",   "data-file",       "epochs",
                                             "resume", "run-dir", "validation", "checkpoint-every"};

bool is_named(const SearchPlan& plan, std::string_view id) {
  return std::ranges::find(plan.varied, id, &SearchedParameter::id) != plan.varied.end();
}

std::vector<std::string> ids_of_values(const SearchPlan& plan) {
  std::vector<std::string> ids;
  for (const SearchObjective& objective : plan.objectives) ids.push_back(objective.id);
  for (const SearchConstraint& constraint : plan.constraints) ids.push_back(constraint.id);
  return ids;
}

void check_value_id(const SearchPlan& plan, const std::string& id) {
  if (is_measure(id)) return;
  std::vector<std::string_view> known = row_ids(measure_table());
  for (const Metric* metric : metrics_of(plan.training).all) {
    if (metric->split == Split::test) continue;
    known.push_back(metric->id);
    if (metric->id == id) return;
  }
  if (const Metric* metric = find_metric(id); metric != nullptr && metric->split == Split::test)
    throw InvalidInput(id + " is measured on the test part, which must not choose; take " +
                       std::string(metrics_of(plan.training).selecting->id) + " in its place");
  throw_unknown("measure or metric", id, known);
}

void check_values(const SearchPlan& plan) {
  if (plan.objectives.empty() || plan.objectives.size() > 2)
    throw InvalidInput("a search has one objective or two, not " + std::to_string(plan.objectives.size()) +
                       "; name what to maximise or minimise");
  for (const std::string& id : ids_of_values(plan)) check_value_id(plan, id);
  if (plan.objectives.size() == 2 && plan.objectives[0].id == plan.objectives[1].id)
    throw InvalidInput(plan.objectives[0].id + " is an objective twice; name it once");
  for (const SearchConstraint& constraint : plan.constraints) {
    if (constraint.least && constraint.most && *constraint.least > *constraint.most)
      throw InvalidInput("no " + constraint.id + " is from " + format_limits(constraint) + "; exchange the two");
  }
}

/// A row whose chooser is searched itself has a meaning for some values alone.
template <class Settings>
void check_has_meaning(const SearchPlan& plan, const ParameterTable<Settings>& table, const Settings& settings,
                       std::string_view id) {
  const auto& row = table.at(id);
  if (table.applies(row, settings)) return;
  if (is_named(plan, row.info.applies.row) || is_named(plan, row.chooser)) return;
  table.check_applies(row, settings);
}

void check_varied(const SearchPlan& plan) {
  if (plan.varied.empty())
    throw InvalidInput("nothing is varied; name a parameter with its values, such as degree=fixed,gaussian");
  for (std::size_t i = 0; i < plan.varied.size(); ++i) {
    const SearchedParameter& varied = plan.varied[i];
    const SearchedRow row = searched_row(varied.id);
    if (std::ranges::count(plan.varied, varied.id, &SearchedParameter::id) > 1)
      throw InvalidInput(varied.id + " is varied twice; name all of its values at once");
    if (varied.values.empty()) throw InvalidInput(varied.id + " has no values to choose from; list some");
    if (row.of_training && !trains(plan))
      throw InvalidInput(varied.id +
                         " is a setting of trainings, and this search trains none; leave it out, or search "
                         "for a metric such as validation_accuracy");
    if (varied.id == "layers" && trains(plan))
      throw InvalidInput("the layers of a training follow from its data and --hidden; vary hidden in place of layers");
    if (row.of_training) {
      check_has_meaning(plan, training_parameter_table(), plan.training, varied.id);
    } else {
      check_has_meaning(plan, model_parameter_table(), plan.base, varied.id);
    }
  }
}

void check_sampler(const SearchPlan& plan) {
  for (const auto& row : search_parameter_table()) check_value(row.info, row.get(plan));
  if (plan.sampler == SearchSampler::asha) {
    const bool by_metric = plan.objectives.size() == 1 && !is_measure(plan.objectives.front().id);
    if (!by_metric)
      throw InvalidInput(
          "ASHA lets trainings go on by one metric, such as validation_accuracy; choose one, or the "
          "sampler random");
    if (plan.first_rung > plan.training.epochs)
      throw InvalidInput("the first rung of ASHA has " + std::to_string(plan.first_rung) +
                         " epochs, a whole training " + std::to_string(plan.training.epochs) +
                         "; begin with fewer (--first-rung) or train for more (--epochs)");
  }
  if (plan.seeds.empty()) throw InvalidInput("a search needs a seed; give numbers such as 0,1");
  for (const auto& seeds : {plan.seeds, plan.final_seeds}) static_cast<void>(seeds_of(seeds_value(seeds)));
  for (const std::uint64_t seed : plan.final_seeds) {
    if (std::ranges::find(plan.seeds, seed) != plan.seeds.end())
      throw InvalidInput("seed " + std::to_string(seed) + " chooses among the trials; take other seeds for the end");
  }
  if (!plan.final_seeds.empty() && !trains(plan))
    throw InvalidInput("final seeds are for trainings, and this search trains none; leave them out");
}

void check_training(const SearchPlan& plan) {
  check_settings(plan.training);
  if (!measures_of(plan).empty() && draws_matrices(plan.training))
    throw InvalidInput("the matrices of a Transformer are no single network to measure; leave the measures out");
}

std::string words_of(const std::vector<SearchedParameter>& varied) {
  std::string words;
  for (const SearchedParameter& one : varied)
    words += (words.empty() ? "" : " ") + one.id + "=" + format_searched(searched_row(one.id).info, one);
  return words;
}

std::string words_of(const std::vector<SearchObjective>& objectives) {
  std::string words;
  for (const auto& [id, direction] : objectives)
    words += (words.empty() ? "" : ", ") + id + (direction == SearchDirection::maximise ? " maximised" : " minimised");
  return words;
}

std::string words_of(const std::vector<SearchConstraint>& constraints) {
  std::string words;
  for (const SearchConstraint& one : constraints)
    words += (words.empty() ? "" : " ") + one.id + "=" + format_limits(one);
  return words.empty() ? "none" : words;
}

template <class Settings>
ChangedSearch changed_row(const ParameterTable<Settings>& table, const Settings& then, const Settings& now,
                          const SearchPlan& plan, std::span<const std::string_view> skipped) {
  for (const auto& row : table) {
    const bool counts = row.info.lasting && row.info.affects_result && !is_named(plan, row.info.id) &&
                        std::ranges::find(skipped, row.info.id) == skipped.end() && table.belongs(row, now);
    if (counts && (!table.belongs(row, then) || row.get(then) != row.get(now)))
      return {std::string(row.info.id), format_value(row.info, row.get(then)), format_value(row.info, row.get(now))};
  }
  return {};
}

/// Sets the rows of one table that have a value and apply, and adds them to `set`. In the order of the table: a row
/// that others depend on is set before them.
template <class Settings, class Set>
void set_rows(const ParameterTable<Settings>& table, Settings& settings, bool of_training, const ParameterTexts& values,
              ParameterTexts& set, const Set& set_row) {
  for (const auto& row : table) {
    const auto found = std::ranges::find(values, row.info.id, &ParameterTexts::value_type::first);
    if (found == values.end() || searched_row(found->first).of_training != of_training || !table.applies(row, settings))
      continue;
    set_row(settings, found->first, found->second);
    set.push_back(*found);
  }
}

}  // namespace

const ParameterTable<SearchPlan>& search_parameter_table() {
  using P = SearchPlan;
  static const ParameterTable<P> table(
      "setting of a search",
      {
          parameter<&P::sampler>({.id = "sampler",
                                  .label = "Sampler",
                                  .meaning = "How the values of the trials are chosen",
                                  .choices = samplers}),
          parameter<&P::trials>({.id = "trials",
                                 .label = "Trials",
                                 .meaning = "Settings that are tried; a grid tries all of its own",
                                 .range = {1, static_cast<double>(most_trials), 1, true}}),
          parameter<&P::eta>({.id = "eta",
                              .symbol = "η",
                              .label = "One in",
                              .meaning = "One in so many trials of a rung goes on to the next, which has so many times "
                                         "its epochs",
                              .range = {2, 100, 1, false},
                              .applies = halving}),
          parameter<&P::first_rung>({.id = "first-rung",
                                     .label = "First rung",
                                     .meaning = "Epochs after which the first trainings are compared",
                                     .range = {1, 100000, 1, true},
                                     .applies = halving}),
          parameter<&P::seed>({.id = "sampler-seed",
                               .label = "Sampler's seed",
                               .meaning = "Start of the random numbers that choose the values",
                               .range = seed_range}),
          parameter<&P::seeds>({.id = "seeds",
                                .label = "Seeds",
                                .meaning = "Of the networks and first weights: every trial is run under each of these, "
                                           "and judged by the mean",
                                .range = seed_range}),
          parameter<&P::final_seeds>({.id = "final-seeds",
                                      .label = "Final seeds",
                                      .meaning = "Other seeds, under which the best setting is trained at the end; its "
                                                 "test figures are of these alone",
                                      .range = seed_range}),
      });
  return table;
}

bool is_measure(std::string_view id) { return find_row(measure_table(), id) != nullptr; }

bool trains(const SearchPlan& plan) {
  return !std::ranges::all_of(ids_of_values(plan), is_measure) || plan.objectives.empty();
}

std::vector<std::string> measures_of(const SearchPlan& plan) {
  const std::vector<std::string> ids = ids_of_values(plan);
  std::vector<std::string> measures;
  for (const Measure& measure : measure_table()) {
    if (std::ranges::find(ids, measure.id) != ids.end()) measures.emplace_back(measure.id);
  }
  return measures;
}

std::string name_of_value(std::string_view id) {
  return std::string(is_measure(id) ? measure(id).symbol : metric(id).label);
}

SearchedRow searched_row(std::string_view id) {
  const auto* const of_model = model_parameter_table().find(id);
  const auto* const of_training = training_parameter_table().find(id);
  if (of_model == nullptr && of_training == nullptr) {
    std::vector<std::string_view> known = row_ids(model_parameter_table());
    for (const std::string_view one : row_ids(training_parameter_table())) known.push_back(one);
    std::erase_if(known,
                  [](std::string_view one) { return std::ranges::find(not_searched, one) != std::end(not_searched); });
    throw_unknown("parameter", id, known);
  }
  const ParameterInfo& info = of_model != nullptr ? of_model->info : of_training->info;
  if (std::ranges::find(not_searched, info.id) != std::end(not_searched))
    throw InvalidInput(std::string(info.id) +
                       " is the same in all trials of a search; leave it out of what is varied, or search for each "
                       "of its values");
  return {info, of_model == nullptr};
}

SearchPlan settled(SearchPlan plan) {
  if (plan.objectives.empty()) {
    const Metric& selecting = *metrics_of(plan.training).selecting;
    plan.objectives = {{std::string(selecting.id), selecting.direction == MetricDirection::lower_is_better
                                                       ? SearchDirection::minimise
                                                       : SearchDirection::maximise}};
  }
  check_values(plan);
  check_varied(plan);
  if (trains(plan)) {
    check_training(plan);
    const bool holds_out =
        training_parameter_table().applies(training_parameter_table().at("validation"), plan.training);
    if (holds_out && plan.training.validation == 0) plan.training.validation = usual_held_out(plan.training);
  }
  check_sampler(plan);
  plan.training.run_folder.clear();
  plan.training.resume = false;
  plan.training.seed = 0;
  plan.base.seed = 0;
  const SearchSpace space(plan);
  plan.trials = space.trials();
  // Its ends and its middle stand for all that it can choose.
  for (const std::int64_t trial : {std::int64_t{0}, plan.trials / 2, plan.trials - 1}) {
    const TrialStart start = trial_start(plan, space.values(trial));
    if (!trains(plan)) check_parameters(start.state.parameters);
  }
  return plan;
}

TrialStart trial_start(const SearchPlan& plan, const ParameterTexts& values) {
  TrialStart start;
  ModelParameters& model = start.state.parameters = plan.base;
  TrainingSettings& training = start.state.training = plan.training;
  start.state.seeds = plan.seeds;
  model.seed = plan.seeds.empty() ? 0 : plan.seeds.front();
  ParameterTexts set;
  set_rows(model_parameter_table(), model, false, values, set, set_from_text);
  set_rows(training_parameter_table(), training, true, values, set,
           [](TrainingSettings& settings, std::string_view id, std::string_view text) {
             training_parameter_table().set_text(settings, id, text);
           });
  for (const auto& [id, text] : values) {
    if (std::ranges::find(set, id, &ParameterTexts::value_type::first) != set.end())
      start.values.emplace_back(id, text);
  }
  if (!trains(plan)) return start;
  model.data_set = training.data_set;
  model.data_folder = training.data_folder;
  if (!draws_matrices(training)) {
    model.layer_sizes = {shape_of(training).inputs};
    for (const std::int64_t size : training.hidden) model.layer_sizes.push_back(static_cast<NodeIndex>(size));
  }
  return start;
}

SearchedParameter searched_from_text(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    throw InvalidInput("\"" + std::string(text) +
                       "\" names no values; write PARAMETER=VALUES, such as "
                       "degree=fixed,gaussian or sparsity=0.9:0.99");
  const std::string id(trimmed(text.substr(0, equals)));
  return parse_searched(searched_row(id).info, text.substr(equals + 1));
}

SearchConstraint constraint_from_text(std::string_view text) {
  const std::size_t equals = text.find('='), colon = text.find(':', equals);
  if (equals == std::string_view::npos || colon == std::string_view::npos)
    throw InvalidInput("\"" + std::string(text) +
                       "\" is no condition; write ID=LEAST:MOST, such as gamma=2:3, "
                       "of which one may be left out");
  constexpr double any = std::numeric_limits<double>::max();
  SearchConstraint constraint{std::string(trimmed(text.substr(0, equals)))};
  const auto limit = [&](std::string_view number) -> std::optional<double> {
    number = trimmed(number);
    if (number.empty()) return std::nullopt;
    return parse_real("the limit of " + constraint.id, number, {-any, any});
  };
  constraint.least = limit(text.substr(equals + 1, colon - equals - 1));
  constraint.most = limit(text.substr(colon + 1));
  if (!constraint.least && !constraint.most)
    throw InvalidInput("the condition on " + constraint.id + " has no limit; write one as 2:3, 2: or :3");
  return constraint;
}

std::string format_limits(const SearchConstraint& constraint) {
  return (constraint.least ? format_real(*constraint.least) : "") + ":" +
         (constraint.most ? format_real(*constraint.most) : "");
}

ChangedSearch changed_search(const SearchPlan& then, const SearchPlan& now) {
  if (then.varied != now.varied) return {"vary", words_of(then.varied), words_of(now.varied)};
  if (then.objectives != now.objectives) return {"objective", words_of(then.objectives), words_of(now.objectives)};
  if (then.constraints != now.constraints) return {"condition", words_of(then.constraints), words_of(now.constraints)};
  const bool may_grow = now.sampler == SearchSampler::random || now.sampler == SearchSampler::asha;
  for (const auto& row : search_parameter_table()) {
    if (row.get(then) == row.get(now) || !search_parameter_table().applies(row, now)) continue;
    if (row.info.id == "trials" && may_grow && now.trials > then.trials) continue;
    return {std::string(row.info.id), format_value(row.info, row.get(then)), format_value(row.info, row.get(now))};
  }
  constexpr std::string_view of_model[] = {"seed"}, of_trained[] = {"seed", "layers", "data", "data-dir"};
  const std::span<const std::string_view> skipped =
      trains(now) ? std::span(of_trained) : std::span<const std::string_view>(of_model);
  if (ChangedSearch changed = changed_row(model_parameter_table(), then.base, now.base, now, skipped);
      !changed.what.empty())
    return changed;
  if (then.base.overrides != now.base.overrides) return {"what single layers have of their own", "otherwise", "so"};
  constexpr std::string_view of_run[] = {"seed", "run-dir", "resume"};
  if (trains(now)) {
    if (ChangedSearch changed = changed_row(training_parameter_table(), then.training, now.training, now, of_run);
        !changed.what.empty())
      return changed;
  }
  return changed_row(measure_setting_table(), then.measuring, now.measuring, now, of_model);
}

}  // namespace dnm
