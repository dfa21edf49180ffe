// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/run_folders.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/run_moments.h"
#include "core/files/network_tensors.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "training/models/model_table.h"
#include "training/runs/epochs_file.h"
#include "training/runs/run_folder_files.h"
#include "training/runs/run_seeds.h"
#include "training/runs/topology_file.h"
#include "training/runs/training_parameters.h"
#include "training/runs/update_recorder.h"
#include "training/runs/updates_file.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view comparison_runs = "runs";  // in the folder that dnm compare writes

bool has_run(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / epochs_file_name, code);
}

bool has_topology(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / topology_file_name, code);
}

/// The folders in a folder, by name.
std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    std::error_code unreadable;
    if (entry->is_directory(unreadable)) found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

/// The number of epochs in a run's settings; 0 if there is none.
std::int64_t epochs_of(const OrderedJson& settings) {
  const auto epochs = settings.find("epochs");
  if (epochs == settings.end() || !epochs->is_string()) return 0;
  const auto& text = epochs->get_ref<const std::string&>();
  std::int64_t count = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr std::int64_t most_epochs = 1'000'000;
  const bool is_number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return is_number ? std::clamp<std::int64_t>(count, 0, most_epochs) : 0;
}

OrderedJson read_config(const fs::path& folder) {
  std::ifstream file(folder / config_file_name);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return parse_json_if_valid(text);
}

/// What the runs were started with, as far as config.json has it.
void add_config(Experiment& experiment, const OrderedJson& config) {
  experiment.start.training.epochs = 0;
  if (!config.is_object()) return;
  if (const auto command = config.find("command"); command != config.end() && command->is_string()) {
    experiment.command_line = command->get<std::string>();
  }
  const auto settings = config.find("settings");
  if (settings == config.end() || !settings->is_object()) return;
  try {
    experiment.start.training = training_settings_from_json(settings->dump());
  } catch (const Error&) {
    // of another version: what can be read is read below
  }
  experiment.start.training.epochs = epochs_of(*settings);
}

/// The model that the networks were drawn from, where config.json tells it.
std::optional<ModelParameters> model_of(const Experiment& experiment, const OrderedJson& config) {
  auto model = trained_model(experiment.command_line);
  if (!model) return std::nullopt;
  try {
    // Matrices that are drawn by name have sizes of their own.
    if (!draws_matrices(experiment.start.training))
      model->layer_sizes = config.at("layer_sizes").get<std::vector<NodeIndex>>();
    model->data_set = experiment.start.training.data_set;
    model->data_folder = experiment.start.training.data_folder;
    check_parameters(*model);
  } catch (const OrderedJson::exception&) {
    return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  return model;
}

/// The network that the runs began with: of its model or, where that is not known, as the first of them has kept it.
void add_network(Experiment& experiment, const OrderedJson& config) {
  if (const auto model = model_of(experiment, config)) {
    experiment.start.parameters = *model;
    return;
  }
  const auto rewired = std::ranges::find_if(experiment.runs, has_topology, &ExperimentRun::folder);
  if (rewired != experiment.runs.end()) {
    experiment.start.shown =
        ShownRun{.seed = rewired->seed, .folder = fs::absolute(rewired->folder).string(), .follows = false};
  } else if (const fs::path checkpoint = fs::absolute(experiment.runs.front().folder) / checkpoint_file_name;
             fs::exists(checkpoint)) {
    experiment.start.shown = ShownFile{checkpoint.string()};  // its links are those of the start
  }
}

std::string name_of(const fs::path& folder) {
  const fs::path plain = fs::weakly_canonical(folder);
  return plain.has_filename() ? plain.filename().string() : folder.string();
}

ExperimentRun read_run(const fs::path& folder) {
  ExperimentRun run;
  run.waiting = false;
  run.folder = folder.string();
  run.epochs = read_epochs(folder / epochs_file_name);
  if (!run.epochs.empty()) run.seed = run.epochs.front().seed;
  return run;
}

/// The metrics of its updates: as the run wrote them, or else by its topologies alone.
void read_updates_of(ExperimentRun& run, const Metric& leading) {
  const fs::path folder = run.folder;
  std::error_code code;
  if (fs::is_regular_file(folder / updates_file_name, code)) {
    run.updates = read_updates(folder / updates_file_name);
  } else if (fs::is_regular_file(folder / topology_file_name, code)) {
    run.updates = update_results(read_topology_file(folder / topology_file_name), run.epochs, leading);
  }
}

/// Sets the progress of a run that was started for so many epochs.
void set_progress(ExperimentRun& run, std::int64_t epochs) {
  run.progress.epochs = static_cast<int>(epochs);
  run.progress.epoch = run.epochs.back().epoch;
  run.progress.epoch_fraction = 1.0;
  run.progress.state = run.progress.epoch >= epochs ? RunState::finished : RunState::stopped;
}

/// The runs of one experiment; nothing if the folder is not one.
std::optional<Experiment> read_experiment(const fs::path& folder) {
  std::vector<fs::path> runs;
  if (has_run(folder)) {
    runs = {folder};
  } else {
    for (const fs::path& path : folders_in(folder)) {
      if (path.filename().string().starts_with(seed_folder_start) && has_run(path)) runs.push_back(path);
    }
  }
  if (runs.empty()) return {};
  Experiment experiment;
  experiment.name = name_of(folder);
  const OrderedJson config = read_config(runs.front());
  add_config(experiment, config);
  for (const fs::path& path : runs) {
    ExperimentRun run = read_run(path);
    if (run.epochs.empty()) continue;
    set_progress(run, experiment.start.training.epochs);
    read_updates_of(run, *metrics_of(experiment).leading);
    if (!run.updates.empty()) {
      if (auto measured = read_measures(path); !measured.empty()) run.measured = std::move(measured.front());
    }
    experiment.runs.push_back(std::move(run));
  }
  std::ranges::stable_sort(experiment.runs, {}, &ExperimentRun::seed);
  for (const ExperimentRun& run : experiment.runs) experiment.start.seeds.push_back(run.seed);
  if (!experiment.runs.empty()) add_network(experiment, config);
  return experiment;
}

std::vector<Experiment> read_experiments_in(const fs::path& folder) {
  std::vector<Experiment> experiments;
  for (const fs::path& path : folders_in(folder)) {
    if (auto experiment = read_experiment(path)) experiments.push_back(std::move(*experiment));
  }
  return experiments;
}

}  // namespace

std::vector<Experiment> read_experiments(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    throw FileError("there is no folder " + folder.string() + "; give one that dnm train --run-dir has written");
  }
  if (auto experiment = read_experiment(folder)) return {std::move(*experiment)};
  std::vector<Experiment> experiments = read_experiments_in(folder);
  if (experiments.empty()) experiments = read_experiments_in(folder / comparison_runs);
  if (experiments.empty()) {
    throw FileError("there are no runs in " + folder.string() +
                    "; give a folder with epochs.csv, or one whose folders have it");
  }
  return experiments;
}

NetworkPointer network_of_run(const fs::path& folder, std::uint64_t update, const std::string& matrices) {
  RunMoments moments(folder);
  static_cast<void>(moments.refresh());
  return moments.network(update, matrices);
}

TrainingSettings settings_of_run(const fs::path& folder) {
  Experiment experiment;
  add_config(experiment, read_config(folder));
  return experiment.start.training;
}

std::optional<TrainingSettings> settings_to_resume(const fs::path& folder) {
  std::error_code code;
  if (!fs::exists(folder / checkpoint_file_name, code)) return std::nullopt;
  const OrderedJson config = read_config(folder);
  if (!config.is_object() || !config.contains("settings")) return std::nullopt;
  try {
    return training_settings_from_json(config["settings"].dump());
  } catch (const Error&) {
    return std::nullopt;  // of another version
  }
}

std::optional<std::uint64_t> seed_of_run(const fs::path& folder) {
  if (!has_run(folder)) return std::nullopt;
  const RunHistory epochs = read_epochs(folder / epochs_file_name);
  return epochs.empty() ? std::nullopt : std::optional(epochs.front().seed);
}

fs::path rewired_run_in(const fs::path& folder) {
  if (has_topology(folder)) return folder;
  std::vector<fs::path> found;
  for (const fs::path& path : folders_in(folder)) {
    if (path.filename().string().starts_with(seed_folder_start) && has_topology(path)) found.push_back(path);
  }
  if (found.empty()) {
    throw FileError("there is no " + std::string(topology_file_name) + " in " + folder.string() +
                    "; give the folder of a run under a rewiring rule");
  }
  if (found.size() > 1) {
    throw InvalidInput(folder.string() + " holds " + std::to_string(found.size()) + " runs; name the folder of one (" +
                       found.front().string() + ")");
  }
  return found.front();
}

}  // namespace dnm
