// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/run_groups.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <utility>

#include "app/studio/widgets/text.h"

namespace dnm {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

QString word(RunStage stage) {
  switch (stage) {
    case RunStage::waiting:
      return "waiting";
    case RunStage::preparing:
      return "preparing";
    case RunStage::running:
      return "running";
    case RunStage::paused:
      return "paused";
    case RunStage::finished:
      return "finished";
    case RunStage::stopped:
      return "stopped";
    case RunStage::failed:
      break;
  }
  return "failed";
}

bool goes_on(const TrainedRun& run) { return !run.waiting && !is_over(run.progress.state); }

QString epoch_of(int epoch, int epochs) { return QStringLiteral(" %1/%2").arg(epoch).arg(epochs); }

/// The epoch that is being trained, or the last that was.
int epoch_of(const TrainedRun& run) { return std::max(run.progress.epoch, static_cast<int>(run.epochs.size())); }

double median_epoch_seconds(const RunGroup& group) {
  std::vector<double> seconds;
  for (const TrainedRun& run : group.runs)
    for (const EpochResult& epoch : run.epochs) seconds.push_back(epoch.values["seconds"]);
  return seconds.empty() ? unknown : median(std::move(seconds));
}

}  // namespace

bool is_over(RunStage stage) {
  return stage == RunStage::finished || stage == RunStage::stopped || stage == RunStage::failed;
}

bool can_go_on(const TrainedRun& run) {
  const RunStage stage = stage_of(run);
  return (stage == RunStage::stopped || stage == RunStage::failed) && (!run.folder.empty() || run.epochs.empty());
}

RunStage stage_of(const TrainedRun& run) {
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

RunStage stage_of(const RunGroup& group) {
  const auto any = [&](RunStage stage) {
    return std::ranges::any_of(group.runs, [stage](const TrainedRun& run) { return stage_of(run) == stage; });
  };
  for (const RunStage stage : {RunStage::running, RunStage::preparing, RunStage::paused, RunStage::waiting,
                               RunStage::failed, RunStage::stopped})
    if (any(stage)) return stage;
  return RunStage::finished;
}

QString stage_text(const TrainedRun& run) {
  const RunStage stage = stage_of(run);
  if (run.stopping && !is_over(stage)) return "stopping";
  if (stage == RunStage::paused && !run.progress.problem.empty()) return "paused: no room on the disk";
  const bool in_an_epoch = stage == RunStage::running || stage == RunStage::paused || stage == RunStage::stopped;
  if (!in_an_epoch || run.waiting || run.progress.epochs <= 0) return word(stage);
  return word(stage) + epoch_of(epoch_of(run), run.progress.epochs);
}

QString stage_text(const RunGroup& group) {
  if (group.runs.size() == 1) return stage_text(group.runs.front());
  const RunStage stage = stage_of(group);
  const auto count = [&](auto&& holds) { return std::ranges::count_if(group.runs, holds); };
  const auto over = count([](const TrainedRun& run) { return is_over(stage_of(run)); });
  const auto same = count([stage](const TrainedRun& run) { return stage_of(run) == stage; });
  const auto all = static_cast<std::ptrdiff_t>(group.runs.size());
  if (is_over(stage))
    return same == all ? word(stage) : QStringLiteral("%1 (%2 of %3)").arg(word(stage)).arg(same).arg(all);
  QString text = word(stage);
  if (std::ranges::all_of(group.runs, [](const TrainedRun& run) { return run.stopping || is_over(stage_of(run)); }))
    text = "stopping";
  else if (stage == RunStage::running || stage == RunStage::paused) {
    const TrainedRun* slowest = nullptr;
    for (const TrainedRun& run : group.runs)
      if (goes_on(run) && run.progress.epochs > 0 && (!slowest || epoch_of(run) < epoch_of(*slowest))) slowest = &run;
    if (slowest) text += epoch_of(epoch_of(*slowest), slowest->progress.epochs);
  }
  return over > 0 ? text + QStringLiteral(", %1 done").arg(over) : text;
}

double fraction_done(const TrainedRun& run) {
  if (run.progress.state == RunState::finished) return 1.0;
  if (run.progress.epochs <= 0) return 0.0;
  const double now =
      !run.waiting && run.progress.epoch > 0 ? run.progress.epoch - 1 + run.progress.epoch_fraction : 0.0;
  return std::max(now, static_cast<double>(run.epochs.size())) / run.progress.epochs;
}

double fraction_done(const RunGroup& group) {
  double sum = 0.0;
  for (const TrainedRun& run : group.runs) sum += fraction_done(run);
  return group.runs.empty() ? 0.0 : sum / static_cast<double>(group.runs.size());
}

std::vector<RunHistory> histories_of(const RunGroup& group) {
  std::vector<RunHistory> histories;
  for (const TrainedRun& run : group.runs)
    if (!run.epochs.empty()) histories.push_back(run.epochs);
  return histories;
}

RunSummary summary_of(const RunGroup& group, const TrainedRun* run) {
  const TaskMetrics& metrics = metrics_of(group.start.training);
  RunSummary summary;
  if (run) {
    add_run(summary, run->epochs, metrics);
  } else {
    for (const TrainedRun& one : group.runs) add_run(summary, one.epochs, metrics);
  }
  return summary;
}

double seconds_left(const RunGroup& group, const TrainedRun& run) {
  if (stage_of(run) != RunStage::running) return is_over(stage_of(run)) ? 0.0 : unknown;
  if (std::isfinite(run.progress.seconds_left)) return run.progress.seconds_left;
  return median_epoch_seconds(group) * run.progress.epochs * (1.0 - fraction_done(run));
}

std::vector<double> seconds_left(std::span<const RunGroup> groups, unsigned jobs) {
  // When each of the jobs is free again, soonest first.
  std::priority_queue<double, std::vector<double>, std::greater<>> free;
  std::vector<double> left(groups.size(), 0.0);
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const TrainedRun& run : groups[i].runs) {
      if (!goes_on(run)) continue;
      const double end = seconds_left(groups[i], run);
      free.push(end);
      left[i] = std::max(left[i], end);
    }
  while (free.size() < std::max(1U, jobs)) free.push(0.0);
  for (std::size_t surplus = free.size() - std::max(1U, jobs); surplus > 0; --surplus) free.pop();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::optional<double> epoch_seconds;
    for (const TrainedRun& run : groups[i].runs) {
      if (!run.waiting) continue;
      if (run.held) {
        left[i] = unknown;
        continue;
      }
      if (!epoch_seconds) epoch_seconds = median_epoch_seconds(groups[i]);
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
