// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_settings.h"

#include <type_traits>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/parameters/parameter_rows.h"
#include "core/support/error.h"
#include "training/data/data_set_table.h"
#include "training/rewiring/rewiring_table.h"

namespace dnm {
namespace {

// The largest seed that a double holds exactly, so that ranges and spin boxes keep it.
constexpr std::uint64_t largest_seed = (std::uint64_t{1} << 53) - 1;

std::span<const Choice> methods() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> made;
    for (const RewiringMethod& row : rewiring_table()) made.push_back(row.choice);
    return made;
  }();
  return choices;
}

std::span<const Choice> data_sets() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> made;
    for (const DataSetInfo& row : data_set_table()) made.push_back({row.id, row.label, row.meaning});
    return made;
  }();
  return choices;
}

template <auto member>
using Held = std::remove_cvref_t<decltype(std::declval<TrainingSettings>().*member)>;

template <auto member>
ParameterValue get_member(const TrainingSettings& settings) {
  if constexpr (std::is_same_v<Held<member>, std::uint64_t>) {
    return static_cast<std::int64_t>(settings.*member);
  } else {
    return settings.*member;
  }
}

template <auto member>
void set_member(TrainingSettings& settings, const ParameterValue& value) {
  if constexpr (std::is_same_v<Held<member>, std::uint64_t>) {
    settings.*member = static_cast<std::uint64_t>(std::get<std::int64_t>(value));
  } else {
    settings.*member = std::get<Held<member>>(value);
  }
}

void set_data_set(TrainingSettings& settings, const ParameterValue& value) {
  const bool usual = settings.hidden == usual_hidden(settings.data_set);
  settings.data_set = std::get<std::string>(value);
  if (usual) settings.hidden = usual_hidden(settings.data_set);
}

/// A member of an enumeration, whose choices stand in the order of its enumerators.
template <auto member, auto choices>
TrainingParameter choice_row(TrainingGroup group, std::string_view id, std::string_view label,
                             std::string_view meaning) {
  return {choice_info(id, "", label, meaning, choices()), group,
          [](const TrainingSettings& settings) -> ParameterValue { return choice_id(choices(), settings.*member); },
          [](TrainingSettings& settings, const ParameterValue& value) {
            settings.*member = choice_of<Held<member>>(choices(), value);
          }};
}

template <auto member>
TrainingParameter row(TrainingGroup group, const ParameterInfo& info) {
  return {info, group, get_member<member>, set_member<member>};
}

ParameterInfo with(ParameterInfo made, std::string_view unit, std::string_view formula) {
  made.unit = unit;
  made.formula = formula;
  return made;
}

std::vector<TrainingParameter> make_table() {
  using S = TrainingSettings;
  using enum ParameterKind;
  using enum TrainingGroup;
  return {
      {choice_info("data", "", "Data set", "The images the network learns to classify.", data_sets()), data,
       get_member<&S::data_set>, set_data_set},
      row<&S::data_folder>(
          data, value_info("data-dir", "", "Data folder",
                           "The folder with the data set's files; empty: where the system keeps them.", text)),
      row<&S::hidden>(data, with(value_info("hidden", "", "Hidden layers",
                                            "Sizes of the sparse hidden layers between the images and the classifier; "
                                            "choosing CIFAR-10 makes them 3072 each.",
                                            integer_list, {1, 1e6, 1, true}),
                                 "neurons", "inputs - H - H - H - classes")),
      row<&S::method>(schedule, choice_info("method", "", "Rewiring rule",
                                            "How the topology changes while the weights learn.", methods())),
      row<&S::epochs>(schedule, value_info("epochs", "E", "Epochs", "How often every training image is seen.", integer,
                                           {1, 100000, 1, true})),
      row<&S::batch>(
          schedule,
          with(value_info("batch", "B", "Batch size", "Images per step.", integer, {1, 8192, 1, true}), "images", "")),
      row<&S::learning_rate>(schedule, with(value_info("lr", "η", "Learning rate", "Length of the first epoch's steps.",
                                                       real, {1e-6, 10, 0.001, true}),
                                            "", "η(e) = η·(1 - (1-ratio)·f), f = min(1, e/(end·E)), e = 0 … E-1")),
      choice_row<&S::learning_rate_schedule, rate_schedule_choices>(schedule, "lr-schedule", "Rate schedule",
                                                                    "How the learning rate falls from epoch to epoch."),
      row<&S::final_learning_rate_ratio>(
          schedule, value_info("lr-final-ratio", "", "Final rate ratio",
                               "What is left of the learning rate when its fall ends; 1 keeps it constant.", real,
                               {0, 1, 0.01, false})),
      row<&S::decay_end>(schedule, value_info("lr-decay-end", "", "Fall ends at",
                                              "The fraction of the epochs over which the learning rate falls.", real,
                                              {0.01, 1, 0.01, false})),
      row<&S::momentum>(optimiser,
                        with(value_info("momentum", "μ", "Momentum", "How much of the last step each step keeps.", real,
                                        {0, 0.999, 0.01, false}),
                             "", "v = μ·v + g + λ·w, w = w - η·v")),
      row<&S::weight_decay>(
          optimiser, with(value_info("weight-decay", "λ", "Weight decay",
                                     "Pull of all weights and biases towards zero.", real, {0, 1, 0.0001, false}),
                          "", "v = μ·v + g + λ·w, w = w - η·v")),
      row<&S::dropout>(optimiser, value_info("dropout", "", "Dropout",
                                             "How likely a hidden neuron is left out of an image's training step.",
                                             real, {0, 0.95, 0.05, false})),
      choice_row<&S::weight_init, weight_init_choices>(optimiser, "weight-init", "Weight start",
                                                       "The normal distribution the first weights are drawn from."),
      choice_row<&S::engine, engine_choices>(run, "engine", "Engine",
                                             "How a layer is computed; the learning is the same."),
      choice_row<&S::device, device_choices>(run, "device", "Device", "Where the run computes."),
      row<&S::validation>(run, with(value_info("validation", "", "Validation images",
                                               "Training images held out (chosen by the seed) to choose an epoch by.",
                                               integer, {0, 1e6, 1000, false}),
                                    "images", "")),
      row<&S::seed>(run, value_info("seed", "", "Training seed",
                                    "Start of the random numbers for weights, order of the images and held-out images.",
                                    integer, {0, static_cast<double>(largest_seed), 1, false})),
      row<&S::run_folder>(
          run,
          value_info(
              "run-dir", "", "Run folder",
              "Folder for settings, epochs.csv, TensorBoard's event file and checkpoints; empty: nothing is written.",
              text)),
      row<&S::resume>(run, value_info("resume", "", "Resume", "Go on from the run folder's checkpoint.", flag)),
      row<&S::checkpoint_seconds>(
          run, with(value_info("checkpoint-every", "", "Checkpoint every",
                               "How often a checkpoint is written within a long epoch, besides the one at its end; "
                               "0: never.",
                               real, {0, 86400, 10, false}),
                    "s", "")),
  };
}

}  // namespace

RateSettings rate_settings(const TrainingSettings& settings) {
  return {settings.learning_rate_schedule, settings.learning_rate, settings.final_learning_rate_ratio,
          settings.decay_end};
}

std::vector<std::int64_t> usual_hidden(std::string_view data_set) {
  for (const DataSetInfo& row : data_set_table()) {
    if (row.id == data_set) return std::vector<std::int64_t>(3, row.hidden_width);
  }
  return TrainingSettings{}.hidden;
}

std::span<const TrainingParameter> training_parameter_table() {
  static const std::vector<TrainingParameter> table = make_table();
  return table;
}

const TrainingParameter& training_parameter(std::string_view id) {
  std::vector<std::string_view> known;
  for (const TrainingParameter& candidate : training_parameter_table()) {
    if (candidate.info.id == id) return candidate;
    known.push_back(candidate.info.id);
  }
  std::string message = "there is no training setting \"" + std::string(id) + "\"";
  if (const auto near = nearest(id, known); !near.empty()) message += "; did you mean " + std::string(near) + "?";
  throw InvalidInput(message);
}

void check_settings(const TrainingSettings& settings) {
  if (settings.seed > largest_seed) {
    throw InvalidInput("the training seed " + std::to_string(settings.seed) + " is too large; give one below 2^53");
  }
  for (const TrainingParameter& parameter : training_parameter_table()) {
    check_value(parameter.info, parameter.get(settings));
  }
}

std::string training_settings_to_json(const TrainingSettings& settings) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const TrainingParameter& parameter : training_parameter_table()) {
    object[std::string(parameter.info.id)] = format_value(parameter.info, parameter.get(settings));
  }
  return object.dump(2);
}

TrainingSettings training_settings_from_json(std::string_view text) {
  const auto object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object()) {
    throw InvalidInput("the training settings are no JSON object; write one made of \"setting\": \"value\" pairs");
  }
  TrainingSettings settings;
  for (const TrainingParameter& parameter : training_parameter_table()) {
    const auto found = object.find(std::string(parameter.info.id));
    if (found == object.end()) continue;
    if (!found->is_string()) {
      throw InvalidInput("the training setting \"" + std::string(parameter.info.id) + "\" must be text in quotes");
    }
    parameter.set(settings, parse_value(parameter.info, found->get<std::string>()));
  }
  return settings;
}

}  // namespace dnm
