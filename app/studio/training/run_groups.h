// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
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

/// One training of a network, as far as it has come.
struct TrainedRun {
  std::uint64_t seed = 0;
  bool waiting = true;  ///< for its turn; `progress` then says nothing yet
  bool held = false;    ///< paused while it waits
  bool stopping = false;
  TrainingProgress progress{};  ///< the newest; epochs, notices and networks are taken out of it
  RunHistory epochs{};
  std::vector<std::string> notices{};
  std::string network{};                  ///< "784-1568-1568-1568, 61,465 links"; empty until it is drawn
  std::string folder{};                   ///< where it leaves its traces; empty: nowhere
  bool on_screen = false;                 ///< trains the network that was on screen when it started
  std::optional<std::size_t> queue_id{};  ///< while the queue knows it
};

/// One experiment: the same training under several seeds.
struct RunGroup {
  std::uint64_t id = 0;    ///< unique in this window
  std::string identity{};  ///< unique everywhere, in every session that holds it; empty in those of before
  QString name{};
  std::size_t color = 0;       ///< see group_color
  bool visible = true;         ///< in the chart
  WorkspaceState start{};      ///< what the window held when it was started; the view means nothing
  std::uint64_t revision = 0;  ///< LiveBridge::revision() of the network on screen then
  std::vector<TrainedRun> runs{};
};

/// A group, or one run of it.
struct RunKey {
  std::uint64_t group = 0;
  std::optional<std::uint64_t> seed{};
  bool operator==(const RunKey&) const = default;
};

enum class RunStage { waiting, preparing, running, paused, finished, stopped, failed };
[[nodiscard]] RunStage stage_of(const TrainedRun& run);
/// What most tells of its runs: running before preparing, paused, waiting; once all are over failed before stopped.
[[nodiscard]] RunStage stage_of(const RunGroup& group);
[[nodiscard]] bool is_over(RunStage stage);
/// Whether it is over before its end and nothing is lost by going on: it has a run folder, or has not ended an epoch.
[[nodiscard]] bool can_go_on(const TrainedRun& run);

/// "waiting", "running 12/100" (the epoch of how many), "paused 3/5", "finished" …
[[nodiscard]] QString stage_text(const TrainedRun& run);
/// The same for all runs together: "running 3/5, 1 done" (the epoch of the slowest that goes on).
[[nodiscard]] QString stage_text(const RunGroup& group);

/// Epochs that are trained of all there are, from 0 to 1.
[[nodiscard]] double fraction_done(const TrainedRun& run);
[[nodiscard]] double fraction_done(const RunGroup& group);

/// The epochs of every run that has any.
[[nodiscard]] std::vector<RunHistory> histories_of(const RunGroup& group);
/// summarise() of those, or of the run alone.
[[nodiscard]] RunSummary summary_of(const RunGroup& group, const TrainedRun* run = nullptr);
/// How long a run that goes on will still take: as it says itself or, before its first epoch, as long as the epochs of
/// the group's others; infinite while nobody knows.
[[nodiscard]] double seconds_left(const RunGroup& group, const TrainedRun& run);
/// How long until all runs of each group are over, when `jobs` go on side by side in the order of the list; infinite
/// while that is not known (before the first epoch, behind a paused run), 0 for groups that are over.
[[nodiscard]] std::vector<double> seconds_left(std::span<const RunGroup> groups, unsigned jobs);

/// "DNM, s 0.99, M 7 · η 0.01 · Fashion-MNIST": initialiser or file and what differs from the defaults, of the training
/// too, then the data set.
[[nodiscard]] QString proposed_name(const WorkspaceState& start);

/// Facts of a run or a group as the rows of a table: what and value.
struct RunFact {
  QString what;
  QString value;
};
[[nodiscard]] std::vector<RunFact> facts_of(const RunGroup& group, const TrainedRun* run = nullptr);
/// Those as rich text under the name.
[[nodiscard]] QString details_html(const RunGroup& group, const TrainedRun* run = nullptr);

}  // namespace dnm
