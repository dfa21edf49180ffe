// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiments_json.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/updates_json.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/shown_json.h"
#include "app/workspace/unknown_keys.h"
#include "core/files/parameters_json.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/json_integer.h"
#include "training/metrics/metric_value.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

using Json = OrderedJson;

constexpr std::string_view experiment_keys[] = {
    "id", "name", "color", "visible", "parameters", "network_file", "network_reading", "shown_run", "training", "runs"};
/// Of examples_per_second in sessions of earlier versions.
constexpr std::string_view former_rate_key = "images_per_second";
constexpr std::string_view run_keys[] = {"seed",
                                         "state",
                                         "problem",
                                         "network",
                                         "run_folder",
                                         "notices",
                                         "engine",
                                         "device",
                                         "memory_bytes",
                                         "examples_per_second",
                                         "links_per_second",
                                         "masked_speed_up",
                                         "layers",
                                         "epochs",
                                         "updates",
                                         former_rate_key};
constexpr std::size_t most_colors = 1000000;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double number(const Json& value) { return value.is_null() ? nan : value.get<double>(); }

Json epochs_to_json(const RunHistory& epochs, const TaskMetrics& metrics) {
  Json made = Json::object();
  Json& numbers = made["epoch"] = Json::array();
  for (const EpochResult& epoch : epochs) numbers.push_back(epoch.epoch);
  for (const Metric* metric : metrics.all) {
    const bool any =
        std::ranges::any_of(epochs, [&](const EpochResult& epoch) { return epoch.values.get(*metric).has_value(); });
    if (metric->optional && !any) continue;
    Json& values = made[std::string(metric->id)] = Json::array();
    for (const EpochResult& epoch : epochs) values.push_back(metric_json(*metric, epoch.values));
  }
  return made;
}

/// All metrics that the object has; throws if the leading one is missing.
RunHistory epochs_from_json(const Json& json, std::uint64_t seed, const TaskMetrics& metrics) {
  const Json& numbers = json.at("epoch");
  RunHistory epochs(numbers.size());
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    epochs[i].seed = seed;
    epochs[i].epoch = integer_of<int>(numbers.at(i));
    if (epochs[i].epoch < 1 || (i > 0 && epochs[i].epoch <= epochs[i - 1].epoch))
      throw InvalidInput("its epochs are not in order");
  }
  static_cast<void>(json.at(std::string(metrics.leading->id)));
  for (const Metric& metric : metric_table()) {
    const auto values = json.find(std::string(metric.id));
    if (values == json.end()) continue;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      const double value = number(values->at(i));
      if (!is_possible_value(metric, value)) throw InvalidInput("one of its metrics is out of range");
      epochs[i].values.set(metric, value);
    }
  }
  return epochs;
}

Json run_to_json(const ExperimentRun& run, const TaskMetrics& metrics) {
  const TrainingProgress& progress = run.progress;
  Json made = Json::object();
  made["seed"] = run.seed;
  made["state"] =
      !run.waiting && is_over(progress.state) ? run_state_name(progress.state) : run_state_name(RunState::stopped);
  if (!progress.problem.empty()) made["problem"] = progress.problem;
  if (!run.network.empty()) made["network"] = run.network;
  if (!run.folder.empty()) made["run_folder"] = run.folder;
  if (!run.notices.empty()) made["notices"] = run.notices;
  made["engine"] = progress.engine;
  made["device"] = progress.device;
  made["memory_bytes"] = progress.memory_bytes;
  made["examples_per_second"] = number_json(progress.examples_per_second);
  made["links_per_second"] = number_json(progress.links_per_second);
  made["masked_speed_up"] = number_json(progress.masked_speed_up);
  if (!progress.layer_timings.empty()) {
    Json& layers = made["layers"] = Json::array();
    for (const LayerTiming& layer : progress.layer_timings)
      layers.push_back({{"engine", engine_id(layer.engine)},
                        {"sparse_milliseconds", number_json(layer.sparse_milliseconds)},
                        {"masked_milliseconds", number_json(layer.masked_milliseconds)}});
  }
  made["epochs"] = epochs_to_json(run.epochs, metrics);
  if (!run.updates.empty()) made["updates"] = updates_to_json(run.updates);
  add_unknown_keys(made, run.unknown_keys);
  return made;
}

RunState state_from(const std::string& name) {
  for (const RunState state : {RunState::finished, RunState::failed})
    if (name == run_state_name(state)) return state;
  return RunState::stopped;
}

ExperimentRun run_from_json(const Json& json, const TrainingSettings& settings) {
  ExperimentRun run;
  run.seed = integer_of<std::uint64_t>(json.at("seed"));
  run.waiting = false;
  run.epochs = epochs_from_json(json.at("epochs"), run.seed, metrics_of(settings));
  if (const auto updates = json.find("updates"); updates != json.end()) {
    run.updates = updates_from_json(*updates, run.seed);
  }
  run.network = json.value("network", std::string());
  run.folder = json.value("run_folder", std::string());
  run.notices = json.value("notices", std::vector<std::string>());
  if (const Json unknown = unknown_keys(json, run_keys); !unknown.empty()) run.unknown_keys = unknown.dump();
  TrainingProgress& progress = run.progress;
  progress.state = state_from(json.at("state").get<std::string>());
  progress.problem = json.value("problem", std::string());
  progress.epochs = static_cast<int>(settings.epochs);
  progress.epoch = run.epochs.empty() ? 0 : run.epochs.back().epoch;
  progress.epoch_fraction = run.epochs.empty() ? 0.0 : 1.0;
  progress.engine = json.value("engine", std::string());
  progress.device = json.value("device", std::string());
  if (json.contains("memory_bytes")) progress.memory_bytes = integer_of<std::uint64_t>(json["memory_bytes"]);
  for (const std::string_view key : {std::string_view("examples_per_second"), former_rate_key}) {
    if (const auto rate = json.find(key); rate != json.end()) progress.examples_per_second = number(*rate);
  }
  if (json.contains("links_per_second")) progress.links_per_second = number(json["links_per_second"]);
  if (json.contains("masked_speed_up")) progress.masked_speed_up = number(json["masked_speed_up"]);
  if (const auto layers = json.find("layers"); layers != json.end())
    for (const Json& layer : *layers)
      progress.layer_timings.push_back({parse_engine(layer.at("engine").get<std::string>()),
                                        number(layer.at("sparse_milliseconds")),
                                        number(layer.at("masked_milliseconds"))});
  return run;
}

Json experiment_to_json(const Experiment& experiment) {
  Json made = Json::object();
  if (!experiment.identity.empty()) made["id"] = experiment.identity;
  made["name"] = experiment.name;
  made["color"] = experiment.color;
  made["visible"] = experiment.visible;
  made["parameters"] = parse_json(parameters_to_json(experiment.start.parameters));
  add_shown(made, experiment.start.shown);
  made["training"] = parse_json(training_json_with_seeds(experiment.start.training, experiment.start.seeds));
  Json& runs = made["runs"] = Json::array();
  for (const ExperimentRun& run : experiment.runs) runs.push_back(run_to_json(run, metrics_of(experiment)));
  add_unknown_keys(made, experiment.unknown_keys);
  return made;
}

Experiment experiment_from_json(const Json& json) {
  Experiment experiment;
  experiment.identity = json.value("id", std::string());
  experiment.name = json.at("name").get<std::string>();
  experiment.color = integer_of<std::size_t>(json.at("color"));
  if (experiment.color > most_colors) throw InvalidInput("its colour is out of range");
  experiment.visible = json.value("visible", true);
  ParametersInJson read = parameters_from_json(json.at("parameters").dump());
  experiment.start.parameters = std::move(read.parameters);
  experiment.start.shown = shown_from_json(json);
  const std::string training = json.at("training").dump();
  experiment.start.training = training_settings_from_json(training);
  experiment.start.seeds = seeds_from_training_json(training);
  experiment.command_line = training_command_line(experiment.start);
  std::set<std::uint64_t> seeds;
  for (const Json& run : json.at("runs")) {
    experiment.runs.push_back(run_from_json(run, experiment.start.training));
    if (!seeds.insert(experiment.runs.back().seed).second) throw InvalidInput("it names a seed twice");
  }
  if (experiment.runs.empty()) throw InvalidInput("it has no runs");
  Json unknown = unknown_keys(json, experiment_keys);
  if (Json rest = parse_json(read.unknown); !rest.empty()) unknown["parameters"] = std::move(rest);
  if (!unknown.empty()) experiment.unknown_keys = unknown.dump();
  return experiment;
}

}  // namespace

Json experiments_to_json(std::span<const Experiment> experiments) {
  Json made = Json::array();
  for (const Experiment& experiment : experiments) made.push_back(experiment_to_json(experiment));
  return made;
}

ReadExperiments experiments_from_json(const Json& json) {
  ReadExperiments read;
  if (!json.is_array()) {
    read.problem = "The runs in this session are damaged and were left out (not a list); everything else was opened.";
    return read;
  }
  std::size_t damaged = 0;
  std::string why;
  for (const Json& entry : json) {
    try {
      read.experiments.push_back(experiment_from_json(entry));
    } catch (const Json::exception&) {
      ++damaged;
      why = "a value is missing or of the wrong kind";
    } catch (const Error& error) {
      ++damaged;
      why = error.what();
    }
  }
  if (damaged > 0)
    read.problem = std::to_string(damaged) + " of " + std::to_string(json.size()) +
                   " groups of runs in this session are damaged and were left out (" + why +
                   "); everything else was opened.";
  return read;
}

}  // namespace dnm
