// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/first_topology.h"
#include "app/workspace/experiments/training_start.h"
#include "core/network/graph.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/runs/epochs_file.h"
#include "training/runs/run_seeds.h"
#include "training/runs/run_summary.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval{10};
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr int trials_that_tell = 4, timed_trials = 2;
constexpr std::chrono::seconds timed_for{3};
constexpr std::string_view of_last_epoch = ".last";

/// The seeds that a step is run under.
std::vector<std::uint64_t> seeds_of_step(const SearchPlan& plan, const SearchStep& step) {
  return step.final_seed ? std::vector{*step.final_seed} : plan.seeds;
}

void add_measures(const SearchPlan& plan, const Network& network, std::uint64_t seed, const TaskControl& control,
                  StepRecord& record) {
  const Graph graph(network, control);
  MeasureSettings settings = plan.measuring;
  settings.seed = seed;
  settings.threads = 1;
  for (const std::string& id : measures_of(plan)) {
    control.check();
    const Measurement found = measure(id).compute(graph, settings, {control.stop, {}}, {});
    record.values[id].push_back(found.value.value_or(none));
    if (!found.value && record.reason.empty()) record.reason = found.reason;
  }
}

FirstTopology first_topology(const WorkspaceState& start, std::uint64_t seed, const TaskControl& control) {
  ModelParameters parameters = parameters_of_seed(first_parameters(start.parameters, start.training), seed);
  const NodeIndex classes = draws_matrices(start.training) ? NodeIndex{0} : shape_of(start.training).outputs;
  return draw_topology(parameters, start.training, {control.stop, {}}, classes);
}

/// The run under one seed, as its folder is to have it.
TrainingSettings run_settings(const WorkspaceState& start, std::uint64_t seed, const fs::path& folder) {
  TrainingSettings settings = settled_training(start);
  settings.run_folder = folder.string();
  settings = settings_of_seed(std::move(settings), seed, start.seeds.size());
  settings.resume = !folder.empty();
  WorkspaceState told = start;
  told.training.run_folder.clear();
  settings.command = training_command_line(told);
  return settings;
}

/// The layers of a network that is drawn are those of the run.
void set_hidden(TrainingSettings& settings, const TopologySource& source) {
  if (const NetworkPointer& network = source.network)
    settings.hidden.assign(network->layer_sizes().begin() + 1, network->layer_sizes().end());
}

void wait_for_end(TrainingRun& run) {
  run.stop();
  while (!is_over(run.poll().state)) std::this_thread::sleep_for(poll_interval);
}

/// The epochs of a run up to this number, trained as far as they are missing.
RunHistory trained_epochs(TopologySource source, const TrainingSettings& settings, std::size_t epochs,
                          const TaskControl& control, TrainingModule& module) {
  const fs::path file = fs::path(settings.run_folder) / epochs_file_name;
  std::error_code error;
  RunHistory history = fs::exists(file, error) ? read_epochs(file) : RunHistory{};
  if (history.size() < epochs) {
    history.clear();
    const std::unique_ptr<TrainingRun> run = module.start(std::move(source), settings);
    for (bool over = false; !over && history.size() < epochs;) {
      if (control.stop.stop_requested()) {
        wait_for_end(*run);
        throw Cancelled();
      }
      const TrainingProgress progress = run->poll();
      history.insert(history.end(), progress.epochs_done.begin(), progress.epochs_done.end());
      over = is_over(progress.state);
      if (progress.state == RunState::failed) throw NumericalError(progress.problem);
      control.report((static_cast<double>(history.size()) + progress.epoch_fraction) / static_cast<double>(epochs));
      if (!over && history.size() < epochs) std::this_thread::sleep_for(poll_interval);
    }
    wait_for_end(*run);
    if (history.size() < epochs) throw NumericalError("the training ended early");
  }
  history.resize(epochs);
  return history;
}

/// Seconds of an epoch of a run, from its first seconds or its first epoch, whichever is shorter.
double epoch_seconds(TopologySource source, const TrainingSettings& settings, const TaskControl& control,
                     TrainingModule& module) {
  const std::unique_ptr<TrainingRun> run = module.start(std::move(source), settings);
  std::optional<std::pair<Clock::time_point, double>> began;  // with the part of the epoch that was trained by then
  for (;;) {
    if (control.stop.stop_requested()) {
      wait_for_end(*run);
      throw Cancelled();
    }
    const TrainingProgress progress = run->poll();
    if (progress.state == RunState::failed) throw NumericalError(progress.problem);
    const double trained = progress.epochs_done.empty() ? progress.epoch_fraction : 1.0;
    const auto now = Clock::now();
    if (!began && trained > 0.0 && trained < 1.0) began = {now, trained};
    if (!progress.epochs_done.empty() || is_over(progress.state) ||
        (began && now - began->first > timed_for && trained > began->second)) {
      wait_for_end(*run);
      if (!began || !(trained > began->second)) return progress.epochs_done.empty() ? 0.0 : poll_interval.count() / 1e3;
      return std::chrono::duration<double>(now - began->first).count() / (trained - began->second);
    }
    std::this_thread::sleep_for(poll_interval);
  }
}

void add_metrics(const RunHistory& history, const TrainingSettings& settings, bool with_test, StepRecord& record) {
  const TaskMetrics& metrics = metrics_of(settings);
  const EpochResult* const best = best_epoch(history, *metrics.selecting);
  const EpochResult& chosen = best != nullptr ? *best : history.back();
  for (const Metric* metric : metrics.all) {
    if (metric->split == Split::test && !with_test) continue;
    record.values[std::string(metric->id)].push_back(chosen.values.get(*metric).value_or(none));
    if (metric->split == Split::test)
      record.values[std::string(metric->id) + std::string(of_last_epoch)].push_back(
          history.back().values.get(*metric).value_or(none));
  }
}

/// The plan without conditions on metrics, which have no value yet.
SearchPlan before_training(SearchPlan plan) {
  std::erase_if(plan.constraints, [](const SearchConstraint& one) { return !is_measure(one.id); });
  return plan;
}

}  // namespace

fs::path folder_of_trial(const fs::path& folder, std::int64_t trial) { return folder / "trials" / trial_name(trial); }

fs::path run_folder_of(const fs::path& folder, const SearchStep& step) {
  if (!step.final_seed) return folder_of_trial(folder, step.trial);
  return folder / "finals" / trial_name(step.trial) / seed_folder_name(*step.final_seed);
}

StepRecord run_step(const SearchPlan& plan, const SearchSpace& space, const SearchStep& step, const fs::path& folder,
                    const TaskControl& control, const std::function<TrainingModule&()>& module) {
  const auto began = Clock::now();
  double trained_seconds = 0.0;  // of all stretches, where the step was stopped and went on
  StepRecord record{step, StepState::done, {}, {}, 0.0};
  try {
    WorkspaceState start = trial_start(plan, space.values(step.trial)).state;
    start.seeds = seeds_of_step(plan, step);
    const bool measures = step.rung == 0 && !step.final_seed && !measures_of(plan).empty();
    std::vector<FirstTopology> drawn;
    for (const std::uint64_t seed : start.seeds) {
      drawn.push_back(
          trains(plan) ? first_topology(start, seed, control)
                       : draw_topology(parameters_of_seed(start.parameters, seed), start.training, {control.stop, {}}));
      if (measures) add_measures(plan, *drawn.back().source.network, seed, control, record);
    }
    const auto earlier_epochs =
        step.rung == 0 || step.final_seed
            ? std::size_t{0}
            : static_cast<std::size_t>(rung_epochs(plan)[static_cast<std::size_t>(step.rung) - 1]);
    const bool spared = measures && !broken_constraint(before_training(plan), record).empty();
    for (std::size_t run = 0; trains(plan) && !spared && run < start.seeds.size(); ++run) {
      TrainingSettings settings = run_settings(start, start.seeds[run], run_folder_of(folder, step));
      set_hidden(settings, drawn[run].source);
      const auto runs = static_cast<double>(start.seeds.size());
      const TaskControl part{control.stop,
                             [&, run](double done) { control.report((static_cast<double>(run) + done) / runs); }};
      const RunHistory history =
          trained_epochs(std::move(drawn[run].source), settings, static_cast<std::size_t>(step.epochs), part, module());
      add_metrics(history, settings, step.final_seed.has_value(), record);
      for (std::size_t epoch = earlier_epochs; epoch < history.size(); ++epoch)
        trained_seconds += history[epoch].values["seconds"];
    }
  } catch (const InvalidInput& error) {
    record = {step, StepState::failed, {}, error.what(), 0.0};
  } catch (const NumericalError& error) {
    record = {step, StepState::failed, {}, error.what(), 0.0};
  }
  record.seconds = std::max(trained_seconds, std::chrono::duration<double>(Clock::now() - began).count());
  return record;
}

TrainingNeeds needs_of_trials(const SearchPlan& plan, const SearchSpace& space, const TaskControl& control,
                              const std::function<TrainingModule&()>& module) {
  TrainingNeeds needs;
  double seconds = 0.0;
  int told = 0, timed = 0;
  for (std::int64_t trial = 0; trains(plan) && trial < space.trials() && told < trials_that_tell; ++trial) {
    control.check();
    try {
      WorkspaceState start = trial_start(plan, space.values(trial)).state;
      start.seeds = plan.seeds;
      TrainingSettings settings = run_settings(start, start.seeds.front(), {});
      TopologySource source = first_topology(start, start.seeds.front(), control).source;
      set_hidden(settings, source);
      needs.memory_bytes = std::max(needs.memory_bytes, module().memory_bytes(source, settings));
      ++told;
      if (timed == timed_trials) continue;
      seconds += epoch_seconds(std::move(source), settings, control, module());
      ++timed;
    } catch (const InvalidInput&) {
      // Its step will fail with that reason, as where its training diverges.
    } catch (const NumericalError&) {
    }
  }
  if (timed > 0) needs.epoch_seconds = seconds / timed;
  return needs;
}

}  // namespace dnm
