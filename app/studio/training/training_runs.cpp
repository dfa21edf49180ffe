// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_runs.h"

#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"

namespace dnm {

namespace {

constexpr int poll_milliseconds = 200;
constexpr int poll_milliseconds_while_stopping = 15;

}  // namespace

TrainingRuns::TrainingRuns(QObject* parent) : QObject(parent) {
  connect(&timer_, &QTimer::timeout, this, &TrainingRuns::poll);
}

TrainingRuns::~TrainingRuns() {
  blockSignals(true);  // receivers may be partly destroyed
}

QString TrainingRuns::of_group(const std::string& identity) const {
  const auto found = std::ranges::find(experiments(), identity, &Experiment::identity);
  if (identity.empty() || found == experiments().end()) return {};
  return tr(" of “%1”", "a group of runs, behind the name of one").arg(to_qt(found->name));
}

void TrainingRuns::poll() {
  RunnerNews news = runner_.poll();
  for (const RunKey& run : news.rewired) Q_EMIT rewired(run);
  for (const std::string& problem : news.problems) {
    problems_.push_back(problem);
    Q_EMIT message(to_qt(problem));
  }
  withdraw_problems();
  set_poll_rate();
  Q_EMIT changed();
  if (news.results) Q_EMIT results_changed();
}

void TrainingRuns::withdraw_problems() {
  std::erase_if(problems_, [this](const std::string& problem) {
    const auto has_it = [&](const ExperimentRun& run) { return run.progress.problem == problem; };
    const bool is_over = std::ranges::none_of(
        experiments(), [&](const Experiment& one) { return std::ranges::any_of(one.runs, has_it); });
    if (is_over) Q_EMIT problem_over(to_qt(problem));
    return is_over;
  });
}

void TrainingRuns::set_poll_rate() {
  if (!runner_.is_busy())
    timer_.stop();
  else
    timer_.start(runner_.is_stopping() ? poll_milliseconds_while_stopping : poll_milliseconds);
}

std::uint64_t TrainingRuns::start(ExperimentPlan plan) {
  const std::uint64_t id = runner_.start(std::move(plan));
  set_poll_rate();
  Q_EMIT changed();
  Q_EMIT results_changed();
  return id;
}

void TrainingRuns::restart(const RunKey& key) {
  runner_.restart(key);
  set_poll_rate();
  Q_EMIT changed();
  Q_EMIT results_changed();
}

void TrainingRuns::train_longer(std::uint64_t id, std::int64_t epochs) {
  runner_.train_longer(id, epochs);
  set_poll_rate();
  Q_EMIT changed();
  Q_EMIT results_changed();
}

void TrainingRuns::pause(const RunKey& key) {
  runner_.pause(key);
  poll();
}

void TrainingRuns::resume(const RunKey& key) {
  runner_.resume(key);
  poll();
}

void TrainingRuns::stop(const RunKey& key) {
  runner_.stop(key);
  poll();
}

void TrainingRuns::stop_all() {
  runner_.stop_all();
  poll();
}

void TrainingRuns::discard(const RunKey& key) {
  runner_.discard(key);
  poll();
  Q_EMIT results_changed();
}

void TrainingRuns::rename(std::uint64_t id, const QString& name) {
  if (!runner_.rename(id, name.trimmed().toStdString())) return;
  Q_EMIT changed();
  Q_EMIT results_changed();
}

void TrainingRuns::set_visible(std::uint64_t id, bool visible) {
  if (runner_.set_visible(id, visible)) Q_EMIT changed();
}

void TrainingRuns::replace_finished(std::vector<Experiment> experiments) {
  runner_.replace_finished(std::move(experiments));
  Q_EMIT changed();
}

std::vector<std::string> TrainingRuns::add(std::vector<Experiment> experiments) {
  std::vector<std::string> identities = runner_.add(std::move(experiments));
  Q_EMIT changed();
  Q_EMIT results_changed();
  return identities;
}

void TrainingRuns::set_jobs(unsigned jobs) {
  runner_.set_jobs(jobs);
  Q_EMIT changed();
}

}  // namespace dnm
