// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/workspace/experiments/measured_updates.h"
#include "app/workspace/state.h"
#include "training/runs/run_summary.h"
#include "training/runs/training_module.h"

namespace dnm {

/// One training of a network under one seed, with its results so far.
struct ExperimentRun {
  std::uint64_t seed = 0;
  bool waiting = true;  ///< for its turn; `progress` then reports nothing but the number of epochs
  bool held = false;    ///< paused while it waits
  bool stopping = false;
  bool is_queued_again = false;                ///< and has not begun: updates and networks are those of before
  TrainingProgress progress{};                 ///< the newest; epochs, events, notices and networks are taken out of it
  RunHistory epochs{};                         ///< metrics by name, first to last
  std::vector<UpdateResult> updates{};         ///< likewise of the updates of its topology, once all of them are known
  MeasuredGroup measured{};                    ///< of its network after updates, as far as that was asked for
  std::vector<TopologyEventSummary> events{};  ///< every update of its topology, by update; its folder has their links
  NamedMasksPointer topology{};                ///< its matrices after the last of them; null: as it began
  NamedMasksPointer topology_before{};         ///< before the last of them; null: as it began, or not known
  std::size_t topologies_reported = 0;         ///< how often `topology` was replaced
  std::vector<std::string> notices{};
  std::string network{};       ///< "784-1568-1568-1568, 61,465 links"; empty until it is drawn
  std::string folder{};        ///< its run folder; empty: none
  bool on_screen = false;      ///< trains the network that was on screen when it started
  std::string unknown_keys{};  ///< JSON object of the keys that another version wrote into a session; empty: none
};

/// A training under one or several seeds: what it was started with, and its runs. Dock, list, charts, tables, sessions,
/// run folders and the command line all work on this type.
struct Experiment {
  std::uint64_t id = 0;    ///< unique in its runner; 0: in none
  std::string identity{};  ///< unique across all sessions; empty in older sessions
  std::string name{};
  std::size_t color = 0;              ///< number of its colour, dash and marker (group_look)
  bool visible = true;                ///< in the chart
  WorkspaceState start{};             ///< the network or its parameters, the training settings and the seeds; no view
  std::string command_line{};         ///< runs it again; empty where none does
  std::vector<ExperimentRun> runs{};  ///< one per seed
  std::string unknown_keys{};         ///< as those of a run
};

/// An experiment, or one run of it.
struct RunKey {
  std::uint64_t experiment = 0;
  std::optional<std::uint64_t> seed{};
  bool operator==(const RunKey&) const = default;
};
/// Whether the key names this run of its experiment.
[[nodiscard]] inline bool includes(const RunKey& key, const ExperimentRun& run) {
  return !key.seed || *key.seed == run.seed;
}

enum class RunStage { waiting, preparing, running, paused, finished, stopped, failed };
[[nodiscard]] RunStage stage_of(const ExperimentRun& run);
/// Of all runs, the first of: running, preparing, paused, waiting, failed, stopped, finished.
[[nodiscard]] RunStage stage_of(const Experiment& experiment);
[[nodiscard]] bool is_over(RunStage stage);
/// Whether it waits, trains or is paused.
[[nodiscard]] bool is_busy(const ExperimentRun& run);
[[nodiscard]] bool is_busy(const Experiment& experiment);
/// Whether it is busy, and all its runs that are busy were asked to stop.
[[nodiscard]] bool is_stopping(const Experiment& experiment);
/// Whether training has begun.
[[nodiscard]] bool has_begun(const ExperimentRun& run);
/// Whether it stopped or failed and can be started again without loss: it has a run folder to continue from, or has not
/// completed an epoch.
[[nodiscard]] bool can_resume(const ExperimentRun& run);

/// Whether it is over and all its runs can continue from their run folders, beyond the epochs they were to train.
[[nodiscard]] bool can_train_longer(const Experiment& experiment);

/// This run after the last update of its topology, its networks still to be read.
[[nodiscard]] ShownRun last_moment(const Experiment& experiment, const ExperimentRun& run);
/// What a workspace shows of this run: last_moment() with the networks of this group of its matrices, null before the
/// first update; the first group where the run has no group of this id. O(links).
[[nodiscard]] ShownRun shown_run(const Experiment& experiment, const ExperimentRun& run,
                                 const std::string& matrices = {});
/// Whether nothing is known of the networks that the experiment was started with but what its own runs have kept, as of
/// some runs that a folder brought: `start` then shows that of one of them.
[[nodiscard]] bool is_known_by_its_runs(const Experiment& experiment);
/// What this run was started with: `start`, or where only runs know their networks, that of its own.
[[nodiscard]] WorkspaceState start_of(const Experiment& experiment, const ExperimentRun& run);
/// The state with the network that the run on screen began with in place of its present one: what its experiment was
/// started with where that is among `experiments` and known, else the run before its first update. That network is to
/// be read, where it is no model's. A state that shows no run stays as it is.
[[nodiscard]] WorkspaceState state_at_start(WorkspaceState state, std::span<const Experiment> experiments);
/// Whether the state shows the network that the experiment started from, or that of one of its runs.
[[nodiscard]] bool is_shown(const Experiment& experiment, const WorkspaceState& state);
/// Whether the newest network of the run takes the place of what the state shows: the state follows this run or, at the
/// first network that the run reports, still shows what the experiment started from. Of runs of many matrices, which
/// have no network on screen, that is the first.
[[nodiscard]] bool is_followed(const Experiment& experiment, const ExperimentRun& run, const WorkspaceState& state);
/// shown_run() in place of what the state shows: of the same group of matrices, and compared with the same update as
/// before, if one was chosen.
[[nodiscard]] ShownRun followed_run(const Experiment& experiment, const ExperimentRun& run,
                                    const WorkspaceState& state);

/// The problem of the first run that has one; empty if none has.
[[nodiscard]] const std::string& problem_of(const Experiment& experiment);

/// Fraction of the epochs that are trained, from 0 to 1; of an experiment the mean over its runs.
[[nodiscard]] double fraction_done(const ExperimentRun& run);
[[nodiscard]] double fraction_done(const Experiment& experiment);
/// The epoch in progress or the last one trained, from 1; 0 before the first.
[[nodiscard]] int current_epoch(const ExperimentRun& run);

/// The metrics of its task.
[[nodiscard]] const TaskMetrics& metrics_of(const Experiment& experiment);
/// The figures of an experiment, and how many of its seeds are in them.
struct ExperimentSummary : RunSummary {
  std::size_t seeds = 0;  ///< of the experiment
  int epochs = 0;         ///< that each of them is to train
  /// Whether the figures are of all seeds after all their epochs. Words for it: count_text().
  [[nodiscard]] bool is_complete() const { return last.size() == seeds && epoch >= epochs; }
};
/// The leading metric of all runs or of one of them, as it is reported.
[[nodiscard]] ExperimentSummary summary_of(const Experiment& experiment, const ExperimentRun* run = nullptr);

/// Seconds until a run that trains ends: its own estimate or, before its first epoch, one by the epochs of the
/// experiment's other runs; infinite if unknown, 0 for a run that is over.
[[nodiscard]] double seconds_left(const Experiment& experiment, const ExperimentRun& run);
/// Seconds until all runs of each experiment end, if `jobs` of them train side by side in the order of the list;
/// infinite if unknown (before the first epoch, for a paused run), 0 for experiments that are over.
/// O(runs · log jobs + epochs).
[[nodiscard]] std::vector<double> seconds_left(std::span<const Experiment> experiments, unsigned jobs);

}  // namespace dnm
