// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <queue>
#include <system_error>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/support/median.h"
#include "training/models/matrix_group.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

/// Whether it was started and has not ended.
bool is_active(const ExperimentRun& run) { return !run.waiting && !is_over(run.progress.state); }

/// Whether the state shows the network that the experiment started from.
bool shows_start(const WorkspaceState& state, const Experiment& experiment) {
  return state.parameters == experiment.start.parameters && state.shown == experiment.start.shown;
}

/// Whether it is the first run of a model of many matrices, which stand for no network on screen.
bool is_first_of_matrices(const Experiment& experiment, const ExperimentRun& run) {
  if (!run.topology || &run != experiment.runs.data()) return false;
  const auto groups = matrix_groups_of(experiment.start.training, *run.topology);
  return !groups.empty() && groups.front().kind != MatrixGroupKind::chain;
}

/// The run as the state shows it; null if it shows something else.
const ShownRun* shown_of(const WorkspaceState& state, const Experiment& experiment, const ExperimentRun& run) {
  const auto* shown = std::get_if<ShownRun>(&state.shown);
  return shown && shown->experiment == experiment.identity && shown->seed == run.seed ? shown : nullptr;
}

/// As it is, where the current folder is gone.
std::string absolute_folder(const std::string& folder) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(folder, error);
  return folder.empty() || error ? folder : absolute.string();
}

double median_epoch_seconds(const Experiment& experiment) {
  std::vector<double> seconds;
  for (const ExperimentRun& run : experiment.runs)
    for (const EpochResult& epoch : run.epochs) seconds.push_back(epoch.values["seconds"]);
  return seconds.empty() ? unknown : median(std::move(seconds));
}

}  // namespace

bool is_over(RunStage stage) {
  return stage == RunStage::finished || stage == RunStage::stopped || stage == RunStage::failed;
}

bool is_busy(const ExperimentRun& run) { return !is_over(stage_of(run)); }

bool is_busy(const Experiment& experiment) {
  return std::ranges::any_of(experiment.runs, [](const ExperimentRun& run) { return is_busy(run); });
}

bool is_stopping(const Experiment& experiment) {
  return is_busy(experiment) &&
         std::ranges::all_of(experiment.runs, [](const ExperimentRun& run) { return run.stopping || !is_busy(run); });
}

bool has_begun(const ExperimentRun& run) {
  const RunState state = run.progress.state;
  return !run.waiting && (state == RunState::running || state == RunState::paused || state == RunState::finished ||
                          run.progress.epoch > 0 || !run.epochs.empty());
}

bool can_resume(const ExperimentRun& run) {
  const RunStage stage = stage_of(run);
  return (stage == RunStage::stopped || stage == RunStage::failed) && (!run.folder.empty() || run.epochs.empty());
}

bool can_train_longer(const Experiment& experiment) {
  return !is_busy(experiment) && std::ranges::all_of(experiment.runs, [](const ExperimentRun& run) {
    return !run.folder.empty() && !run.epochs.empty();
  });
}

ShownRun last_moment(const Experiment& experiment, const ExperimentRun& run) {
  return {.experiment = experiment.identity,
          .seed = run.seed,
          .folder = absolute_folder(run.folder),
          .file = network_file(experiment.start),
          .update = run.events.empty() ? 0 : run.events.back().update,
          .reading = network_reading(experiment.start),
          .epoch = run.events.empty() ? 0 : run.events.back().epoch};
}

ShownRun shown_run(const Experiment& experiment, const ExperimentRun& run, const std::string& matrices) {
  ShownRun shown = last_moment(experiment, run);
  if (!run.topology) return shown;
  const std::vector<MatrixGroup> groups = matrix_groups_of(experiment.start.training, *run.topology);
  if (groups.empty()) return shown;
  const MatrixGroup* const chosen = find_row(groups, matrices);
  const MatrixGroup& group = chosen ? *chosen : groups.front();
  shown.matrices = group.id;
  shown.names = names_of_group(group);
  shown.network = network_of_group(group, *run.topology);
  if (run.topology_before) shown.before = network_of_group(group, *run.topology_before);
  return shown;
}

bool is_known_by_its_runs(const Experiment& experiment) {
  const auto* run = std::get_if<ShownRun>(&experiment.start.shown);
  const auto* file = std::get_if<ShownFile>(&experiment.start.shown);
  const std::string folder = absolute_folder(run    ? run->folder
                                             : file ? std::filesystem::path(file->file).parent_path().string()
                                                    : std::string());
  return !folder.empty() && std::ranges::any_of(experiment.runs, [&](const ExperimentRun& own) {
    return absolute_folder(own.folder) == folder;
  });
}

WorkspaceState start_of(const Experiment& experiment, const ExperimentRun& run) {
  WorkspaceState start = experiment.start;
  if (!is_known_by_its_runs(experiment)) return start;
  if (auto* shown = std::get_if<ShownRun>(&start.shown)) {
    shown->seed = run.seed;
    shown->folder = absolute_folder(run.folder);
    shown->network = shown->before = nullptr;
  } else if (auto* file = std::get_if<ShownFile>(&start.shown)) {
    file->file =
        (std::filesystem::path(absolute_folder(run.folder)) / std::filesystem::path(file->file).filename()).string();
    file->network = nullptr;
  }
  return start;
}

WorkspaceState state_at_start(WorkspaceState state, std::span<const Experiment> experiments) {
  const auto* shown = std::get_if<ShownRun>(&state.shown);
  if (!shown) return state;
  const auto found = std::ranges::find(experiments, shown->experiment, &Experiment::identity);
  const bool is_known = !shown->experiment.empty() && found != experiments.end() && !is_known_by_its_runs(*found);
  // A group of a Transformer's matrices has sizes of its own.
  const bool is_group = !shown->matrices.empty();
  if (is_known && (!is_drawn(found->start) || !shown->network || is_group ||
                   found->start.parameters.layer_sizes == shown->network->layer_sizes())) {
    const std::uint64_t seed = shown->seed;
    state.shown = found->start.shown;
    state.parameters = found->start.parameters;
    if (is_drawn(state)) state.parameters.seed = seed;
    return state;
  }
  ShownRun first = *shown;
  first.update = 0;
  first.compared.reset();
  first.network = first.before = nullptr;
  first.follows = first.is_working = false;
  first.epoch = 0;
  first.problem.clear();
  state.shown = std::move(first);
  return state;
}

bool is_shown(const Experiment& experiment, const WorkspaceState& state) {
  const auto* shown = std::get_if<ShownRun>(&state.shown);
  return shows_start(state, experiment) || (shown && shown->experiment == experiment.identity);
}

bool is_followed(const Experiment& experiment, const ExperimentRun& run, const WorkspaceState& state) {
  const ShownRun* shown = shown_of(state, experiment, run);
  if (shown) return shown->follows;
  return run.topologies_reported <= 1 && shows_start(state, experiment) &&
         (run.on_screen || is_first_of_matrices(experiment, run));
}

ShownRun followed_run(const Experiment& experiment, const ExperimentRun& run, const WorkspaceState& state) {
  const ShownRun* shown = shown_of(state, experiment, run);
  ShownRun next = shown_run(experiment, run, shown ? shown->matrices : std::string());
  if (shown && shown->compared && shown->matrices == next.matrices) {
    next.compared = shown->compared;
    next.before = shown->before;
  }
  return next;
}

const std::string& problem_of(const Experiment& experiment) {
  static const std::string none;
  const auto failed =
      std::ranges::find_if(experiment.runs, [](const ExperimentRun& run) { return !run.progress.problem.empty(); });
  return failed == experiment.runs.end() ? none : failed->progress.problem;
}

RunStage stage_of(const ExperimentRun& run) {
  if (run.waiting) return run.held ? RunStage::paused : RunStage::waiting;
  switch (run.progress.state) {
    case RunState::preparing:
      return RunStage::preparing;
    case RunState::running:
      return RunStage::running;
    case RunState::paused:
      return RunStage::paused;
    case RunState::finished:
      return RunStage::finished;
    case RunState::stopped:
      return RunStage::stopped;
    case RunState::failed:
      break;
  }
  return RunStage::failed;
}

RunStage stage_of(const Experiment& experiment) {
  const auto any = [&](RunStage stage) {
    return std::ranges::any_of(experiment.runs, [stage](const ExperimentRun& run) { return stage_of(run) == stage; });
  };
  for (const RunStage stage : {RunStage::running, RunStage::preparing, RunStage::paused, RunStage::waiting,
                               RunStage::failed, RunStage::stopped})
    if (any(stage)) return stage;
  return RunStage::finished;
}

int current_epoch(const ExperimentRun& run) {
  return std::max(run.progress.epoch, static_cast<int>(run.epochs.size()));
}

double fraction_done(const ExperimentRun& run) {
  if (run.progress.state == RunState::finished) return 1.0;
  if (run.progress.epochs <= 0) return 0.0;
  const double now =
      !run.waiting && run.progress.epoch > 0 ? run.progress.epoch - 1 + run.progress.epoch_fraction : 0.0;
  return std::max(now, static_cast<double>(run.epochs.size())) / run.progress.epochs;
}

double fraction_done(const Experiment& experiment) {
  double sum = 0.0;
  for (const ExperimentRun& run : experiment.runs) sum += fraction_done(run);
  return experiment.runs.empty() ? 0.0 : sum / static_cast<double>(experiment.runs.size());
}

const TaskMetrics& metrics_of(const Experiment& experiment) { return metrics_of(experiment.start.training); }

ExperimentSummary summary_of(const Experiment& experiment, const ExperimentRun* run) {
  std::vector<const RunHistory*> histories;
  int epochs = 0;
  for (const ExperimentRun& one : experiment.runs) {
    if (run && run != &one) continue;
    histories.push_back(&one.epochs);
    epochs = std::max({epochs, one.progress.epochs, one.epochs.empty() ? 0 : one.epochs.back().epoch});
  }
  return {summarise(histories, metrics_of(experiment)), histories.size(), epochs};
}

double seconds_left(const Experiment& experiment, const ExperimentRun& run) {
  if (stage_of(run) != RunStage::running) return is_over(stage_of(run)) ? 0.0 : unknown;
  if (std::isfinite(run.progress.seconds_left)) return run.progress.seconds_left;
  return median_epoch_seconds(experiment) * run.progress.epochs * (1.0 - fraction_done(run));
}

std::vector<double> seconds_left(std::span<const Experiment> experiments, unsigned jobs) {
  // When each job becomes free, soonest first.
  std::priority_queue<double, std::vector<double>, std::greater<>> free;
  std::vector<double> left(experiments.size(), 0.0);
  for (std::size_t i = 0; i < experiments.size(); ++i)
    for (const ExperimentRun& run : experiments[i].runs) {
      if (!is_active(run)) continue;
      const double end = seconds_left(experiments[i], run);
      free.push(end);
      left[i] = std::max(left[i], end);
    }
  while (free.size() < std::max(1U, jobs)) free.push(0.0);
  for (std::size_t surplus = free.size() - std::max(1U, jobs); surplus > 0; --surplus) free.pop();
  for (std::size_t i = 0; i < experiments.size(); ++i) {
    std::optional<double> epoch_seconds;
    for (const ExperimentRun& run : experiments[i].runs) {
      if (!run.waiting) continue;
      if (run.held) {
        left[i] = unknown;
        continue;
      }
      if (!epoch_seconds) epoch_seconds = median_epoch_seconds(experiments[i]);
      const auto epochs_left = static_cast<double>(run.progress.epochs) - static_cast<double>(run.epochs.size());
      const double end = free.top() + *epoch_seconds * epochs_left;
      free.pop();
      free.push(end);
      left[i] = std::max(left[i], end);
    }
  }
  return left;
}

}  // namespace dnm
