// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/follow_training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "app/cli/terminal.h"
#include "app/workspace/words.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

namespace dnm::cli {
namespace {

constexpr std::chrono::milliseconds poll_interval{50};

/// "  test 86.52 %", as a part of a line; empty without a value.
std::string metric_part(const Metric& metric, const MetricValues& values) {
  const auto value = values.get(metric);
  if (!value) return {};
  return "  " + std::string(metric.line_label) + (metric.line_label.empty() ? "" : " ") + metric_text(metric, *value);
}

constexpr ParameterInfo jobs_info{
    .id = "jobs",
    .label = "Jobs",
    .meaning = "Runs side by side, one thread each, at most as many as there are processors; 0: that many",
    .kind = ParameterKind::integer,
    .range = {0, 100000, 1, true}};

std::string progress_text(const TrainingProgress& progress, const TrainingOutcome& outcome,
                          const TaskMetrics& metrics) {
  if (progress.state == RunState::preparing) return "loading data";
  if (progress.state == RunState::paused) return "paused";
  std::string text = "epoch " + std::to_string(progress.epoch) + "/" + std::to_string(progress.epochs);
  if (std::isfinite(progress.loss)) text += "  loss " + loss_text(progress.loss);
  if (!outcome.epochs.empty()) text += metric_part(*metrics.leading, outcome.epochs.back().values);
  if (progress.images_per_second > 0.0) {
    text += "  " + throughput_text(progress.images_per_second, progress.links_per_second);
  }
  if (std::isfinite(progress.seconds_left) && progress.seconds_left > 0.0) {
    text += "  " + time_left_text(progress.seconds_left) + " left";
  }
  return text;
}

double fraction_done(const TrainingProgress& progress) {
  if (is_over(progress.state)) return 1.0;
  if (progress.epochs <= 0 || progress.epoch <= 0) return 0.0;
  return (progress.epoch - 1 + progress.epoch_fraction) / progress.epochs;
}

/// One run as it is followed: what it told, and how much of that its listener has heard.
class Follower {
 public:
  Follower(std::uint64_t seed, std::string name, TrainingListener listener, const TaskMetrics& metrics)
      : name_(std::move(name)), listener_(std::move(listener)), metrics_(metrics) {
    outcome_.seed = seed;
  }

  /// Takes what a poll gave; what concerns the run's going on at all is said at once.
  void take(TrainingProgress progress, ProgressLine& line) {
    for (const std::string& notice : progress.notices) say(notice, line);
    const std::string& before = outcome_.problem;
    if (progress.state == RunState::paused && !progress.problem.empty() && progress.problem != before) {
      say("paused: " + progress.problem + " (tried again every second; Ctrl+C ends the run)", line);
    } else if (progress.problem.empty() && !before.empty() && progress.state != RunState::stopped) {
      say("continuing", line);
    }
    if (progress.state != RunState::stopped || !progress.problem.empty()) outcome_.problem = progress.problem;
    outcome_.epochs.insert(outcome_.epochs.end(), progress.epochs_done.begin(), progress.epochs_done.end());
    progress.epochs_done.clear();
    progress.notices.clear();
    outcome_.state = progress.state;
    outcome_.progress = std::move(progress);
  }

  /// Tells the listener what it has not heard yet.
  void tell(ProgressLine& line) {
    if (!announced_ && has_begun(outcome_)) {
      announced_ = true;
      line.clear();
      if (listener_.started) listener_.started(outcome_.progress);
    }
    for (; told_ < outcome_.epochs.size(); ++told_) {
      line.clear();
      if (listener_.epoch) listener_.epoch(outcome_.epochs[told_]);
    }
  }

  [[nodiscard]] const TrainingOutcome& outcome() const { return outcome_; }
  [[nodiscard]] std::string text() const { return progress_text(outcome_.progress, outcome_, metrics_); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void say(const std::string& text, ProgressLine& line) const {
    line.clear();
    print_notice(name_.empty() ? text : name_ + ": " + text);
  }

  std::string name_;
  TrainingListener listener_;
  const TaskMetrics& metrics_;
  TrainingOutcome outcome_;
  bool announced_ = false;
  std::size_t told_ = 0;
};

}  // namespace

void JobsOption::declare(CLI::App& app, const std::string& group) {
  option_.add(app, jobs_info, std::int64_t{0}, group);
}

unsigned JobsOption::jobs() const {
  const auto value = option_.value(jobs_info);
  const auto wanted = value ? static_cast<unsigned>(std::get<std::int64_t>(*value)) : 0U;
  return wanted == 0 ? available_threads() : std::min(wanted, available_threads());
}

bool has_begun(const TrainingOutcome& outcome) {
  return outcome.state == RunState::running || outcome.state == RunState::paused ||
         outcome.state == RunState::finished || outcome.progress.epoch > 0 || !outcome.epochs.empty();
}

RunRequest run_request(std::string label, TrainingSettings settings,
                       std::function<SourceNetwork(const TaskControl&)> draw,
                       std::function<void(const SourceNetwork&)> drawn) {
  RunRequest made;
  made.label = std::move(label);
  made.settings = std::move(settings);
  made.network = [start = made.label.empty() ? std::string() : made.label + ": ", draw = std::move(draw),
                  drawn = std::move(drawn)](TrainingSettings& followed, const TaskControl& control) {
    const SourceNetwork source = draw(control);
    for (const std::string& notice : source.notices) print_notice_once(start + notice);
    const auto& sizes = source.network->layer_sizes();
    followed.hidden.assign(sizes.begin() + 1, sizes.end());
    if (drawn) drawn(source);
    return source.network;
  };
  return made;
}

std::vector<TrainingOutcome> follow_runs(RunQueue& queue, const std::string& label, const TaskMetrics& metrics,
                                         const std::vector<TrainingListener>& listeners, const std::stop_token& stop) {
  ProgressLine line(label);
  std::vector<Follower> followers;
  std::size_t heard = 0;  // runs whose listener knows all
  bool stopping = false;
  while (true) {
    std::size_t over = 0;
    double fraction = 0.0;
    std::string text;
    for (QueuedRun& run : queue.poll()) {
      if (run.id == followers.size()) {
        followers.emplace_back(run.seed, run.label, listeners.at(run.id), metrics);
      }
      Follower& follower = followers.at(run.id);
      if (!run.waiting) follower.take(std::move(run.progress), line);
      const TrainingOutcome& outcome = follower.outcome();
      if (!run.waiting && is_over(outcome.state)) ++over;
      fraction += fraction_done(outcome.progress) / static_cast<double>(listeners.size());
      if (!run.waiting && !is_over(outcome.state)) {
        text += (text.empty() ? "" : " · ") + (follower.name().empty() ? "" : follower.name() + " ") + follower.text();
      }
      if (outcome.state == RunState::failed) stopping = true;
    }
    for (; heard < followers.size(); ++heard) {
      followers[heard].tell(line);
      if (!is_over(followers[heard].outcome().state)) break;
    }
    if (over == listeners.size()) break;
    if (stopping || stop.stop_requested()) queue.stop_all();
    line.show(fraction, text);
    std::this_thread::sleep_for(poll_interval);
  }
  std::vector<TrainingOutcome> outcomes;
  for (const Follower& follower : followers) outcomes.push_back(follower.outcome());
  return outcomes;
}

std::string engine_line(const TrainingProgress& progress) {
  std::string text;
  for (std::size_t i = 0; i < progress.layer_timings.size(); ++i) {
    text += (i == 0 ? "layer " : ", layer ") + std::to_string(i + 1) + " " + timing_text(progress.layer_timings[i]);
  }
  if (std::isfinite(progress.masked_speed_up) && progress.engine != "masked") {
    text += "; " + speed_up_text(progress.masked_speed_up);
  }
  if (progress.memory_bytes > 0) {
    text += (text.empty() ? "" : "; ") + bytes_text(progress.memory_bytes);
  }
  return text;
}

std::string epoch_line(const EpochResult& epoch, const TrainingSettings& settings) {
  const std::string last = std::to_string(settings.epochs);
  std::string number = std::to_string(epoch.epoch);
  number.insert(0, last.size() - std::min(last.size(), number.size()), ' ');
  std::string line = "epoch " + number + "/" + last;
  for (const Metric* metric : metrics_of(settings).all) {
    if (metric->in_line) line += metric_part(*metric, epoch.values);
  }
  return line;
}

}  // namespace dnm::cli
