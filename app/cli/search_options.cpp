// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/search_options.h"

#include <algorithm>

#include "app/cli/follow_training.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/shipped_experiments.h"
#include "app/workspace/search/search_folder.h"
#include "app/workspace/session/session_paths.h"
#include "core/files/presets.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "training/metrics/metric.h"
#include "training/runs/training_parameters.h"

namespace dnm::cli {
namespace {

/// Rows that the trials of a search have of their own, or whose options are those of another table.
constexpr std::string_view not_of_model[] = {"seed", "data", "data-dir"};
constexpr std::string_view not_of_training[] = {"seed", "run-dir", "resume", "threads"};
constexpr std::string_view not_of_measures[] = {"engine"};

SearchPlan plan_of_file(const std::string& file) {
  const std::string text = experiment_text(file, ExperimentKind::search);
  try {
    return search_from_json(text);
  } catch (const InvalidInput& problem) {
    throw InvalidInput(file + ": " + problem.what());
  }
}

template <class Settings, class Set>
void apply(const TableOptions& options, const ParameterTable<Settings>& table, Settings& settings, Set set) {
  for (const auto& row : table) {
    for (const std::string& text : options.texts(row.info.id)) {
      table.check_applies(row, settings);
      set(settings, row.info.id, text);
    }
  }
}

std::vector<std::string_view> value_ids() {
  std::vector<std::string_view> ids = row_ids(measure_table());
  for (const Metric& metric : metric_table())
    if (metric.split != Split::test) ids.push_back(metric.id);
  return ids;
}

}  // namespace

void SearchOptions::declare(OptionParser& parser) {
  const std::vector<std::string_view> shipped = shipped_experiment_ids(ExperimentKind::search);
  parser.add({.name = "FILE",
              .help = "A search (.json), or one that comes with the program: " + names_of(shipped) +
                      "; left out, --vary says what is searched, or the folder of -o has a search to go on with",
              .choices = shipped},
             file_);
  parser.add({.name = "--vary",
              .help = "A parameter of the model or a setting of the training, and the values to choose from, as "
                      "degree=fixed;gaussian:{0.5:4} or sparsity=0.9:0.99; once for each",
              .placeholder = "ID=VALUES"},
             varied_, Repeat::all);
  const std::vector<std::string_view> ids = value_ids();
  parser.add({.name = "--maximise",
              .help = "What to look for: a measure of the network (" + names_of(row_ids(measure_table())) +
                      ") or a metric of the training; two objectives give a Pareto front [validation_accuracy]",
              .placeholder = "ID",
              .choices = ids},
             maximised_, Repeat::all);
  parser.add({.name = "--minimise", .help = "The same, of what is to be small", .placeholder = "ID", .choices = ids},
             minimised_, Repeat::all);
  parser.add({.name = "--where",
              .help = "A condition on a measure or metric, as gamma=2:3; a network that breaks one is not trained",
              .placeholder = "ID=LEAST:MOST"},
             conditions_, Repeat::all);
  search_.add(parser, search_parameter_table(), SearchPlan{}, "Options");
  parser.add({.name = "--preset",
              .help = "Start from a named parameter set (see dnm presets), or from best.json of a search",
              .placeholder = "NAME",
              .group = "Model",
              .choices = row_ids(presets())},
             preset_);
  model_.add(parser, model_parameter_table(), ModelParameters{}, "Model", not_of_model);
  parser.set_help("--layers",
                  "Neurons in each layer, inputs first; of a training they follow from the data set and --hidden");
  training_.add(parser, training_parameter_table(), TrainingSettings{}, "Training", not_of_training);
  measures_.add(parser, measure_setting_table(), MeasureSettings{}, "Measures", not_of_measures);
}

SearchPlan SearchOptions::first_plan(const std::string& folder) const {
  if (file_ && !varied_.empty())
    throw UsageError("give either a file or --vary, not both: the file says what is varied");
  if (file_) return plan_of_file(*file_);
  if (!varied_.empty()) return {};
  if (is_search_folder(folder)) return SearchFolder(folder).plan();
  throw UsageError("name what is searched: a file, --vary ID=VALUES, or with -o the folder of a search to go on with");
}

void SearchOptions::apply_model(SearchPlan& plan) const {
  if (preset_) plan.base = preset(*preset_).parameters;
  apply(model_, model_parameter_table(), plan.base,
        [](ModelParameters& base, std::string_view id, const std::string& text) { set_from_text(base, id, text); });
  apply(training_, training_parameter_table(), plan.training,
        [](TrainingSettings& training, std::string_view id, const std::string& text) {
          training_parameter_table().set_text(training, id, text);
        });
  measures_.apply(measure_setting_table(), plan.measuring);
}

void SearchOptions::apply_values(SearchPlan& plan) const {
  for (const std::string& text : varied_) {
    plan.varied.push_back(searched_from_text(text));
    const std::string& id = plan.varied.back().id;
    if (id != "model" && (model_.given(id) || training_.given(id)))
      throw UsageError("--" + id + " is varied already; leave it out, or vary something else");
  }
  if (!maximised_.empty() || !minimised_.empty()) {
    plan.objectives.clear();
    for (const std::string& id : maximised_) plan.objectives.push_back({id, SearchDirection::maximise});
    for (const std::string& id : minimised_) plan.objectives.push_back({id, SearchDirection::minimise});
  }
  if (!conditions_.empty()) plan.constraints.clear();
  for (const std::string& text : conditions_) plan.constraints.push_back(constraint_from_text(text));
  search_.apply(search_parameter_table(), plan);
}

SearchPlan SearchOptions::plan(const std::string& folder) {
  name_data_file(training_);
  SearchPlan plan = first_plan(folder);
  apply_model(plan);
  apply_values(plan);
  // Whoever goes on with the search may do so from another folder.
  make_paths_absolute(plan.base, plan.training);
  plan = settled(std::move(plan));
  check_used(plan);
  return plan;
}

void SearchOptions::check_used(const SearchPlan& plan) const {
  if (trains(plan)) return;
  for (const auto& row : training_parameter_table()) {
    if (training_.given(row.info.id))
      throw UsageError("--" + std::string(row.info.id) +
                       " is of trainings, and this search trains nothing, since it looks for measures of the network "
                       "alone; leave it out, or --maximise a metric such as validation_accuracy");
  }
}

}  // namespace dnm::cli
