// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/follow_training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/terminal.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/parallel.h"
#include "training/tasks/own_classification.h"
#include "training/tasks/task_table.h"

namespace dnm::cli {
namespace {

constexpr std::chrono::milliseconds poll_interval{50};

constexpr ParameterInfo jobs_info{
    .id = "jobs",
    .label = "Jobs",
    .meaning = "Runs side by side, at most as many as there are processors, which they share; 0: that many",
    .kind = ParameterKind::integer,
    .range = {0, 100000, 1, true}};

/// "  test 86.52 %", as a part of a line; empty without a value.
std::string metric_words(const Metric& metric, std::optional<double> value) {
  if (!value) return {};
  return "  " + std::string(metric.line_label) + (metric.line_label.empty() ? "" : " ") + metric_text(metric, *value);
}

std::string progress_text(const ExperimentRun& run, const TrainingSettings& settings) {
  const TaskMetrics& metrics = metrics_of(settings);
  const TrainingProgress& progress = run.progress;
  if (progress.state == RunState::preparing) return "loading data";
  if (progress.state == RunState::paused) return "paused";
  std::string text = "epoch " + std::to_string(progress.epoch) + "/" + std::to_string(progress.epochs);
  if (std::isfinite(progress.loss)) text += metric_words(*metrics.running, progress.loss);
  if (!run.epochs.empty()) text += metric_words(*metrics.leading, run.epochs.back().values.get(*metrics.leading));
  if (progress.examples_per_second > 0.0) {
    text += "  " + throughput_text(progress.examples_per_second, progress.links_per_second, examples_word(settings));
  }
  if (std::isfinite(progress.seconds_left) && progress.seconds_left > 0.0) {
    text += "  " + time_left_text(progress.seconds_left) + " left";
  }
  return text;
}

/// Prints what is new about one run.
class Report {
 public:
  Report(const FollowOptions& options, std::uint64_t seed)
      : options_(options), name_(options.name ? options.name(seed) : std::string()) {}

  /// Prints notices and pauses at once, whatever the run's turn.
  void print_notices(const ExperimentRun& run, ProgressLine& line) {
    for (; notices_ < run.notices.size(); ++notices_) say(run.notices[notices_], line);
    const TrainingProgress& progress = run.progress;
    const bool waits = progress.state == RunState::paused && !progress.problem.empty();
    if (waits && progress.problem != problem_) {
      say("paused: " + progress.problem + " (tried again every second; Ctrl+C ends the run)", line);
    } else if (!problem_.empty() && progress.problem.empty()) {
      say("continuing", line);
    }
    problem_ = progress.problem;
  }

  /// Prints what has happened since the last call.
  void print_progress(const ExperimentRun& run, ProgressLine& line) {
    if (!announced_ && has_begun(run)) {
      announced_ = true;
      line.clear();
      if (options_.started) options_.started(run);
    }
    const auto print_updates_to = [&](int epoch) {
      for (; updates_ < run.updates.size() && run.updates[updates_].epoch <= epoch; ++updates_) {
        if (!options_.update) continue;
        line.clear();
        options_.update(run, run.updates[updates_]);
      }
    };
    for (; epochs_ < run.epochs.size(); ++epochs_) {
      print_updates_to(run.epochs[epochs_].epoch);
      line.clear();
      if (options_.epoch) options_.epoch(run, run.epochs[epochs_]);
    }
    print_updates_to(std::numeric_limits<int>::max());
  }

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void say(const std::string& text, ProgressLine& line) const {
    line.clear();
    print_notice(name_.empty() ? text : name_ + ": " + text);
  }

  const FollowOptions& options_;
  std::string name_;
  std::string problem_;
  bool announced_ = false;
  std::size_t notices_ = 0, epochs_ = 0, updates_ = 0;  ///< printed
};

}  // namespace

void JobsOption::declare(OptionParser& parser, const std::string& group) {
  option_.add(parser, jobs_info, std::int64_t{0}, group);
}

unsigned JobsOption::jobs() const {
  const auto value = option_.value(jobs_info);
  const auto wanted = value ? static_cast<unsigned>(std::get<std::int64_t>(*value)) : 0U;
  return wanted == 0 ? available_threads() : std::min(wanted, available_threads());
}

bool JobsOption::is_given() const { return option_.given(jobs_info.id); }

void name_data_file(TableOptions& options) {
  if (!options.given("data")) {
    if (options.given("data-file")) options.give("data", std::string(own_data_set));
    return;
  }
  const std::string name = options.texts("data").back();
  const bool is_path = name.find_first_of("./\\") != std::string::npos;
  if (find_task_data_set(name) != nullptr || !is_path) return;
  options.give("data", std::string(own_data_set));
  options.give("data-file", name);
}

TopologyOfSeed topology_of_seed(const FollowOptions& options,
                                std::function<SourceNetwork(std::uint64_t seed, const TaskControl&)> draw) {
  return [name_of = options.name, draw = std::move(draw)](std::uint64_t seed, const TaskControl& control) {
    const SourceNetwork source = draw(seed, control);
    const std::string name = name_of ? name_of(seed) : std::string();
    for (const std::string& notice : source.notices) print_notice_once(name.empty() ? notice : name + ": " + notice);
    return FirstTopology{source.network, {}, describe(source) + ", " + counted(source.network->link_count(), "link")};
  };
}

Experiment follow_experiment(ExperimentRunner& runner, ExperimentPlan plan, const FollowOptions& options,
                             const std::stop_token& stop) {
  runner.load();
  const std::uint64_t id = runner.start(std::move(plan));
  ProgressLine line(options.label);
  std::vector<Report> reports;
  for (const ExperimentRun& run : runner.experiment(id)->runs) reports.emplace_back(options, run.seed);
  std::size_t reported = 0;  // runs whose output is complete
  while (true) {
    static_cast<void>(runner.poll());
    const Experiment& experiment = *runner.experiment(id);
    std::string text;
    bool stopping = stop.stop_requested();
    for (std::size_t i = 0; i < reports.size(); ++i) {
      const ExperimentRun& run = experiment.runs[i];
      if (run.waiting) continue;
      reports[i].print_notices(run, line);
      stopping = stopping || run.progress.state == RunState::failed;
      if (is_over(run.progress.state)) continue;
      const std::string& name = reports[i].name();
      text += (text.empty() ? "" : " · ") + (name.empty() ? "" : name + " ") +
              progress_text(run, experiment.start.training);
    }
    for (; reported < reports.size(); ++reported) {
      reports[reported].print_progress(experiment.runs[reported], line);
      if (is_busy(experiment.runs[reported])) break;
    }
    if (!is_busy(experiment)) return experiment;
    if (stopping) runner.stop({id, {}});
    line.show(fraction_done(experiment), text);
    std::this_thread::sleep_for(poll_interval);
  }
}

std::string engine_line(const TrainingProgress& progress) {
  std::string text;
  for (const auto& [layers, timing] : timing_texts(progress.layer_timings)) {
    text += (text.empty() ? "" : ", ") + layers + " " + timing;
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
  // Times stand last, wherever the table has them.
  for (const bool times : {false, true}) {
    for (const Metric* metric : metrics_of(settings).all) {
      const bool is_time = metric->unit == MetricUnit::seconds;
      if (metric->in_line && is_time == times) line += metric_words(*metric, epoch.values.get(*metric));
    }
  }
  return line;
}

}  // namespace dnm::cli
