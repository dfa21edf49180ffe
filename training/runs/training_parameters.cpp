// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_parameters.h"

#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "core/parameters/parameter_json.h"
#include "core/parameters/parameter_part.h"
#include "training/models/mlp_kind.h"
#include "training/models/model_table.h"
#include "training/models/transformer_kind.h"
#include "training/optimisers/optimiser_table.h"
#include "training/rewiring/rewiring_table.h"
#include "training/settings/recipe_table.h"
#include "training/support/setting_groups.h"
#include "training/tasks/own_classification.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

std::span<const Choice> methods() {
  static const std::vector<Choice> choices = choices_of(rewiring_table());
  return choices;
}

std::span<const Choice> models() {
  static const std::vector<Choice> choices = choices_of(model_table());
  return choices;
}

std::span<const Choice> optimisers() {
  static const std::vector<Choice> choices = choices_of(optimiser_table());
  return choices;
}

std::span<const Choice> recipes() {
  static const std::vector<Choice> choices = choices_of(recipe_table());
  return choices;
}

std::span<const Choice> data_sets() {
  static const std::vector<Choice> choices = choices_of(task_data_sets());
  return choices;
}

/// The default hidden layers of a data set.
std::vector<std::int64_t> usual_hidden(std::string_view data_set) {
  const TaskDataSet* found = find_task_data_set(data_set);
  if (found == nullptr || found->hidden_width == 0) return TrainingSettings{}.hidden;
  return std::vector<std::int64_t>(3, found->hidden_width);
}

/// Sets the values in their order, of rows that there are under these settings.
void take(TrainingSettings& settings, const std::vector<RecipeValue>& values) {
  const auto& table = training_parameter_table();
  for (const RecipeValue& value : values) {
    if (table.belongs(table.at(value.id), settings)) table.set_text(settings, value.id, value.text);
  }
}

void set_recipe(TrainingSettings& settings, const ParameterValue& value) {
  settings.recipe = std::get<std::string>(value);
  take(settings, usual_settings(settings));
}

/// Another architecture comes with settings of its own: those of the recipe, or the defaults of all that recipes set.
void set_model(TrainingSettings& settings, const ParameterValue& value) {
  const std::string before = std::exchange(settings.model, std::get<std::string>(value));
  if (before == settings.model) return;
  if (const auto values = usual_settings(settings); !values.empty()) return take(settings, values);
  const auto& table = training_parameter_table();
  const TrainingSettings usual;
  for (const RecipeValue& value_of_recipe : recipe_table().front().values) {
    const auto& row = table.at(value_of_recipe.id);
    if (table.belongs(row, usual) && table.belongs(row, settings)) row.set(settings, row.get(usual));
  }
  table.at("lr-schedule").set(settings, table.at("lr-schedule").get(usual));
}

void set_data_set(TrainingSettings& settings, const ParameterValue& value) {
  const bool usual = settings.hidden == usual_hidden(settings.data_set);
  settings.data_set = std::get<std::string>(value);
  if (usual) settings.hidden = usual_hidden(settings.data_set);
  if (find_task_data_set(settings.data_set) == nullptr) return;
  training_parameter_table().at("architecture").set(settings, std::string(model_of(settings)));
}

/// How a rule's first weights are usually drawn.
WeightInit usual_weight_init(std::string_view method) {
  const RewiringMethod* found = find_row(rewiring_table(), method);
  return found == nullptr ? TrainingSettings{}.weight_init : found->weight_init;
}

void set_method(TrainingSettings& settings, const ParameterValue& value) {
  const bool usual = settings.weight_init == usual_weight_init(settings.method);
  settings.method = std::get<std::string>(value);
  if (usual) settings.weight_init = usual_weight_init(settings.method);
  take(settings, usual_rewiring(settings));
}

/// The data sets whose files lie in a folder: all but the user's own.
std::string_view sets_in_folders() {
  static const std::string ids = [] {
    std::string made;
    for (const PartRows& set : task_data_sets()) {
      if (set.choice.id != own_data_set) made.append(made.empty() ? "" : " ").append(set.choice.id);
    }
    return made;
  }();
  return ids;
}

std::vector<Parameter<TrainingSettings>> make_rows() {
  using S = TrainingSettings;
  return {
      parameter<&S::recipe>({.id = "recipe",
                             .label = "Recipe",
                             .meaning = "Whose settings the training of a Transformer begins with; choosing one sets "
                                        "the others.",
                             .choices = recipes(),
                             .applies = {"architecture", TransformerKind::choice.id}},
                            set_recipe),
      parameter<&S::data_set>({.id = "data",
                               .label = "Data set",
                               .meaning = "The data that the network learns from.",
                               .choices = data_sets()},
                              set_data_set),
      parameter<&S::data_folder>(
          {.id = "data-dir",
           .label = "Data folder",
           .meaning = "The folder with the data set's files; empty: where the system keeps them.",
           .kind = ParameterKind::path,
           .applies = {"data", sets_in_folders()},
           .group = more_settings,
           .affects_result = false}),
      // Whether the network is the one a run was started with is seen from the network itself.
      parameter<&S::hidden>({.id = "hidden",
                             .label = "Hidden layers",
                             .meaning = "Sizes of the sparse hidden layers between the inputs and the classifier; "
                                        "choosing a data set makes them those that are usual for it.",
                             .formula = "inputs - H - H - H - classes",
                             .unit = "neurons",
                             .range = {1, 1e6, 1, true},
                             .applies = {"architecture", MlpKind::choice.id},
                             .affects_result = false}),
      // Not "model": that option chooses the initialiser.
      parameter<&S::model>({.id = "architecture",
                            .label = "Architecture",
                            .meaning = "What kind of model learns; choosing a data set makes it the one that can.",
                            .choices = models()},
                           set_model),
      parameter<&S::method>({.id = "method",
                             .label = "Rewiring rule",
                             .meaning = "How the topology changes while the weights learn.",
                             .choices = methods()},
                            set_method),
      parameter<&S::epochs>({.id = "epochs",
                             .symbol = "E",
                             .label = "Epochs",
                             .meaning = "How often every training example is seen.",
                             .range = {1, 100000, 1, true}}),
      parameter<&S::batch>({.id = "batch",
                            .symbol = "B",
                            .label = "Batch size",
                            .meaning = "Examples per step.",
                            .unit = "examples",
                            .range = {1, 8192, 1, true},
                            .applies = {"architecture", MlpKind::choice.id}}),
      parameter<&S::learning_rate>(
          {.id = "lr",
           .symbol = "η",
           .label = "Learning rate",
           .meaning = "Length of the first epoch's steps; the factor of the schedules noam and inoam.",
           .formula = "η(e) = η·(1 - (1-ratio)·f), f = min(1, e/(end·E)), e = 0 … E-1",
           .range = {1e-6, 10, 0.001, true}}),
      parameter<&S::learning_rate_schedule>({.id = "lr-schedule",
                                             .label = "Rate schedule",
                                             .meaning = "How the learning rate changes over the run.",
                                             .choices = rate_schedule_choices(),
                                             .group = more_settings}),
      parameter<&S::final_learning_rate_ratio>(
          {.id = "lr-final-ratio",
           .label = "Final rate ratio",
           .meaning = "What is left of the learning rate when its fall ends; 1 keeps it constant.",
           .range = {0, 1, 0.01, false},
           .group = more_settings}),
      parameter<&S::decay_end>({.id = "lr-decay-end",
                                .label = "Fall ends at",
                                .meaning = "The fraction of the epochs over which the learning rate falls.",
                                .range = {0.01, 1, 0.01, false},
                                .group = more_settings}),
      parameter<&S::warm_up>({.id = "lr-warm-up",
                              .symbol = "w",
                              .label = "Warm-up",
                              .meaning = "Steps over which the learning rate rises.",
                              .formula = "η(t) = η·d^(-1/2)·min(t^(-1/2), t·w^(-3/2)), t = 1, 2, …",
                              .unit = "steps",
                              .range = {1, 1e6, 100, true},
                              .applies = {"lr-schedule", "noam inoam"},
                              .group = more_settings}),
      parameter<&S::optimiser>({.id = "optimiser",
                                .label = "Optimiser",
                                .meaning = "How the gradients change the weights.",
                                .choices = optimisers(),
                                .group = more_settings}),
      parameter<&S::dropout>({.id = "dropout",
                              .label = "Dropout",
                              .meaning = "How likely a hidden neuron is left out of an example's training step.",
                              .range = {0, 0.95, 0.05, false},
                              .group = more_settings}),
      parameter<&S::weight_init>({.id = "weight-init",
                                  .label = "Weight start",
                                  .meaning =
                                      "The normal distribution the first weights are drawn from; choosing a rewiring "
                                      "rule makes it the one that is usual for it.",
                                  .choices = weight_init_choices(),
                                  .applies = {"architecture", MlpKind::choice.id},
                                  .group = more_settings}),
      parameter<&S::engine>({.id = "engine",
                             .label = "Engine",
                             .meaning = "How a layer is computed; the learning is the same.",
                             .choices = engine_choices(),
                             .group = more_settings}),
      parameter<&S::device>({.id = "device",
                             .label = "Device",
                             .meaning = "Where the run computes.",
                             .choices = device_choices(),
                             .group = more_settings}),
      parameter<&S::validation>({.id = "validation",
                                 .label = "Validation examples",
                                 .meaning = "Training examples held out (chosen by the seed) to choose an epoch by.",
                                 .unit = "examples",
                                 .range = {0, 1e6, 1000, false},
                                 .applies = {"architecture", MlpKind::choice.id},
                                 .group = more_settings}),
      parameter<&S::seed>(
          {.id = "seed",
           .label = "Training seed",
           .meaning = "Start of the random numbers for weights, order of the examples and held-out examples.",
           .range = seed_range,
           .group = more_settings}),
      parameter<&S::run_folder>(
          {.id = "run-dir",
           .label = "Run folder",
           .meaning =
               "Folder for settings, epochs.csv, TensorBoard's event file and checkpoints; empty: nothing is written.",
           .kind = ParameterKind::path,
           .group = more_settings,
           .affects_result = false}),
      parameter<&S::resume>({.id = "resume",
                             .label = "Resume",
                             .meaning = "Continue from the run folder's checkpoint.",
                             .group = more_settings,
                             .affects_result = false}),
      parameter<&S::checkpoint_seconds>(
          {.id = "checkpoint-every",
           .label = "Checkpoint every",
           .meaning = "How often a checkpoint is written within a long epoch, besides the one at its end; 0: never.",
           .unit = "s",
           .range = {0, 86400, 10, false},
           .group = more_settings,
           .affects_result = false}),
  };
}

}  // namespace

RateSettings rate_settings(const TrainingSettings& settings) {
  RateSettings rate{settings.learning_rate_schedule, settings.learning_rate, settings.final_learning_rate_ratio,
                    settings.decay_end, static_cast<double>(settings.warm_up)};
  if (const auto width = rate_width(settings)) rate.width = *width;
  return rate;
}

const ParameterTable<TrainingSettings>& training_parameter_table() {
  static const ParameterTable<TrainingSettings> table = [] {
    ParameterTable<TrainingSettings> made("training setting", make_rows());
    made.add_parts("data", task_data_sets(), &TrainingSettings::parts);
    made.add_parts("architecture", model_table(), &TrainingSettings::parts, SingleChoice::hidden);
    made.add_parts("method", rewiring_table(), &TrainingSettings::parts);
    made.add_parts("optimiser", optimiser_table(), &TrainingSettings::parts, SingleChoice::hidden);
    return made;
  }();
  return table;
}

void check_settings(const TrainingSettings& settings) { training_parameter_table().check(settings); }

std::string training_settings_to_json(const TrainingSettings& settings) {
  return to_json(training_parameter_table(), settings, JsonForm::text);
}

TrainingSettings training_settings_from_json(std::string_view text) {
  JsonValues values(text, "the training settings");
  TrainingSettings settings;
  set_from_json(training_parameter_table(), settings, values, BadValue::refuse);
  return settings;
}

}  // namespace dnm
