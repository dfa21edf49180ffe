// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/follow_training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

std::string percent(double fraction) { return format_fixed(100.0 * fraction, 2) + " %"; }

std::string progress_text(const TrainingProgress& progress, const TrainingOutcome& outcome) {
  if (progress.state == RunState::preparing) return "loading data";
  std::string text = "epoch " + std::to_string(progress.epoch) + "/" + std::to_string(progress.epochs);
  if (std::isfinite(progress.loss)) text += "  loss " + format_fixed(progress.loss, 4);
  if (!outcome.epochs.empty()) text += "  test " + percent(outcome.epochs.back().test_accuracy);
  if (std::isfinite(progress.seconds_left) && progress.seconds_left > 0.0) {
    text += "  " + format_seconds(progress.seconds_left) + " left";
  }
  return text;
}

double fraction_done(const TrainingProgress& progress) {
  if (progress.epochs <= 0 || progress.epoch <= 0) return 0.0;
  return (progress.epoch - 1 + progress.epoch_fraction) / progress.epochs;
}

}  // namespace

TrainingOutcome follow_training(TrainingRun& run, std::uint64_t seed, const std::string& label,
                                const TrainingListener& listener, std::stop_token stop) {
  TrainingOutcome outcome{seed, RunState::preparing, {}};
  ProgressLine line(label);
  bool announced = false;
  bool stopping = false;
  std::string problem;
  while (true) {
    const TrainingProgress progress = run.poll();
    if (!announced && progress.state != RunState::preparing && progress.state != RunState::failed) {
      announced = true;
      line.clear();
      if (listener.started) listener.started(progress);
    }
    for (const EpochResult& epoch : progress.epochs_done) {
      outcome.epochs.push_back(epoch);
      line.clear();
      if (listener.epoch) listener.epoch(epoch);
    }
    outcome.state = progress.state;
    if (progress.state == RunState::failed) throw Error(progress.problem);
    for (const std::string& notice : progress.notices) {
      line.clear();
      print_notice(notice);
    }
    if (progress.state == RunState::paused && progress.problem != problem && !progress.problem.empty()) {
      line.clear();
      print_notice("paused: " + progress.problem + " (tried again every second; Ctrl+C ends the run)");
    } else if (progress.problem.empty() && !problem.empty()) {
      line.clear();
      print_notice("going on");
    }
    // What a run that is stopped while it waits for room had to say is why it got no further.
    if (progress.state == RunState::stopped && !problem.empty()) throw FileError(problem);
    problem = progress.problem;
    if (is_over(progress.state)) return outcome;
    if (stop.stop_requested() && !stopping) {
      run.stop();
      stopping = true;
    }
    line.show(fraction_done(progress), progress_text(progress, outcome));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

MeanWithError mean_with_error(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1.0)) / std::sqrt(n)};
}

AccuracySummary summarise(const std::vector<TrainingOutcome>& outcomes) {
  AccuracySummary summary;
  for (const TrainingOutcome& outcome : outcomes) {
    const auto& epochs = outcome.epochs;
    if (epochs.empty()) continue;
    const auto less_on_test = [](const EpochResult& a, const EpochResult& b) {
      return a.test_accuracy < b.test_accuracy;
    };
    const auto less_on_validation = [](const EpochResult& a, const EpochResult& b) {
      return a.validation_accuracy < b.validation_accuracy;
    };
    summary.last.push_back(epochs.back().test_accuracy);
    summary.best_on_test.push_back(std::max_element(epochs.begin(), epochs.end(), less_on_test)->test_accuracy);
    const auto best = std::max_element(epochs.begin(), epochs.end(), less_on_validation);
    if (best->validation_accuracy) summary.at_best_validation.push_back(best->test_accuracy);
  }
  return summary;
}

std::string epoch_line(const EpochResult& epoch, std::int64_t epochs) {
  const std::string last = std::to_string(epochs);
  std::string number = std::to_string(epoch.epoch);
  number.insert(0, last.size() - std::min(last.size(), number.size()), ' ');
  std::string line = "epoch " + number + "/" + last + "  loss " + format_fixed(epoch.train_loss, 4) + "  train " +
                     percent(epoch.train_accuracy) + "  test " + percent(epoch.test_accuracy);
  if (epoch.validation_accuracy) line += "  validation " + percent(*epoch.validation_accuracy);
  return line + "  " + format_seconds(epoch.seconds);
}

std::string format_accuracy(const MeanWithError& accuracy) {
  std::string text = format_fixed(100.0 * accuracy.mean, 2);
  if (std::isfinite(accuracy.standard_error)) text += " ± " + format_fixed(100.0 * accuracy.standard_error, 2);
  return text + " %";
}

}  // namespace dnm::cli
