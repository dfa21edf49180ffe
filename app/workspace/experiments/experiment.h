// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/workspace/state.h"
#include "training/runs/run_summary.h"
#include "training/runs/training_module.h"

namespace dnm {

/// One training of a network under one seed, as far as it has come.
struct ExperimentRun {
  std::uint64_t seed = 0;
  bool waiting = true;  ///< for its turn; `progress` then reports nothing but the number of epochs
  bool held = false;    ///< paused while it waits
  bool stopping = false;
  TrainingProgress progress{};                 ///< the newest; epochs, events, notices and networks are taken out of it
  RunHistory epochs{};                         ///< metrics by name, first to last
  std::vector<TopologyEventPointer> events{};  ///< every update of its topology, by update
  NetworkPointer topology{};                   ///< the network after the last of them; null: as it began
  std::vector<std::string> notices{};
  std::string network{};       ///< "784-1568-1568-1568, 61,465 links"; empty until it is drawn
  std::string folder{};        ///< its run folder; empty: none
  bool on_screen = false;      ///< trains the network that was on screen when it started
  std::string unknown_keys{};  ///< JSON object of what another version wrote of it into a session; empty: nothing
};

/// A training under one or several seeds: what it was started with, and its runs. Dock, list, charts, tables, sessions,
/// run folders and the command line all work on this type.
struct Experiment {
  std::uint64_t id = 0;    ///< unique in its runner; 0: in none
  std::string identity{};  ///< unique everywhere, in every session that holds it; empty in those of before
  std::string name{};
  std::size_t color = 0;              ///< its place among all experiments: colour, dash and marker (group_look)
  bool visible = true;                ///< in the chart
  WorkspaceState start{};             ///< the network or what draws it, the training settings and the seeds; no view
  std::string command_line{};         ///< runs it again; may be empty
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
/// The one that says most about its runs: running before preparing, paused, waiting; once all are over failed before
/// stopped before finished.
[[nodiscard]] RunStage stage_of(const Experiment& experiment);
[[nodiscard]] bool is_over(RunStage stage);
/// Whether it waits, trains or is paused.
[[nodiscard]] bool is_busy(const ExperimentRun& run);
[[nodiscard]] bool is_busy(const Experiment& experiment);
/// Whether it came so far as to train.
[[nodiscard]] bool has_begun(const ExperimentRun& run);
/// Whether it stopped or failed and can be started again without losing anything: it has a run folder to continue from,
/// or has not completed an epoch.
[[nodiscard]] bool can_resume(const ExperimentRun& run);

/// What a workspace shows of this run: its network after the last update of the topology, null before the first.
[[nodiscard]] ShownRun shown_run(const Experiment& experiment, const ExperimentRun& run);
/// Whether the state shows the network that the experiment started from, or that of one of its runs.
[[nodiscard]] bool is_shown(const Experiment& experiment, const WorkspaceState& state);
/// Whether the state follows the run: it shows this run, or the network that it trains has not changed since the start.
[[nodiscard]] bool is_followed(const Experiment& experiment, const ExperimentRun& run, const WorkspaceState& state);

/// Why the first of its runs that has a problem failed or waits; empty where none has.
[[nodiscard]] const std::string& problem_of(const Experiment& experiment);

/// Share of the epochs that are trained, from 0 to 1; of an experiment the mean over its runs.
[[nodiscard]] double fraction_done(const ExperimentRun& run);
[[nodiscard]] double fraction_done(const Experiment& experiment);
/// The epoch that is being trained, or the last that was; from 1, 0 before the first.
[[nodiscard]] int current_epoch(const ExperimentRun& run);

/// What its runs measure.
[[nodiscard]] const TaskMetrics& metrics_of(const Experiment& experiment);
/// The leading metric of all runs, or of one alone, as it is reported.
[[nodiscard]] RunSummary summary_of(const Experiment& experiment, const ExperimentRun* run = nullptr);

/// How long a run that trains will still take: as it reports itself or, before its first epoch, as long as the epochs
/// of the experiment's other runs; infinite where that is not known, 0 for a run that is over.
[[nodiscard]] double seconds_left(const Experiment& experiment, const ExperimentRun& run);
/// How long until all runs of each experiment are over, when `jobs` of them train side by side in the order of the
/// list; infinite where that is not known (before the first epoch, behind a paused run), 0 for experiments that are
/// over. O(runs · log jobs + epochs).
[[nodiscard]] std::vector<double> seconds_left(std::span<const Experiment> experiments, unsigned jobs);

}  // namespace dnm
