// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_runs.h"

#include <QUuid>
#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/words.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "core/support/parallel.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

constexpr int poll_milliseconds = 200;
constexpr int poll_milliseconds_while_stopping = 15;

bool is_busy_run(const TrainedRun& run) { return !is_over(stage_of(run)); }

void fail(TrainedRun& run, const std::string& problem) {
  run.waiting = false;
  run.progress.state = RunState::failed;
  run.progress.problem = problem;
}

}  // namespace

TrainingRuns::TrainingRuns(QObject* parent) : QObject(parent), jobs_(available_threads()) {
  worker_.setMaxThreadCount(1);
  connect(&poll_timer_, &QTimer::timeout, this, &TrainingRuns::poll);
}

TrainingRuns::~TrainingRuns() {
  blockSignals(true);  // what listens may be half gone
  stop_all();
  worker_.waitForDone();
  queue_.reset();  // before what its threads tell of
}

const RunGroup* TrainingRuns::group(std::uint64_t id) const {
  const auto found = std::ranges::find(groups_, id, &RunGroup::id);
  return found == groups_.end() ? nullptr : &*found;
}

RunGroup* TrainingRuns::find(std::uint64_t id) { return const_cast<RunGroup*>(std::as_const(*this).group(id)); }

const TrainedRun* TrainingRuns::run(const RunKey& key) const {
  const RunGroup* of = key.seed ? group(key.group) : nullptr;
  if (!of) return nullptr;
  const auto found = std::ranges::find(of->runs, *key.seed, &TrainedRun::seed);
  return found == of->runs.end() ? nullptr : &*found;
}

TrainedRun* TrainingRuns::find(const RunKey& key) { return const_cast<TrainedRun*>(std::as_const(*this).run(key)); }

void TrainingRuns::for_each(const RunKey& key, const std::function<void(TrainedRun&)>& act) {
  if (RunGroup* of = find(key.group))
    for (TrainedRun& run : of->runs)
      if (!key.seed || run.seed == *key.seed) act(run);
}

bool TrainingRuns::is_busy() const {
  return std::ranges::any_of(groups_,
                             [](const RunGroup& group) { return std::ranges::any_of(group.runs, is_busy_run); });
}

bool TrainingRuns::is_busy(const RunKey& key) const {
  if (const TrainedRun* one = run(key)) return is_busy_run(*one);
  const RunGroup* of = key.seed ? nullptr : group(key.group);
  return of && std::ranges::any_of(of->runs, is_busy_run);
}

bool TrainingRuns::is_paused(const RunKey& key) const {
  const RunGroup* of = group(key.group);
  if (!of || !is_busy(key)) return false;
  return std::ranges::all_of(of->runs, [&](const TrainedRun& run) {
    return (key.seed && run.seed != *key.seed) || !is_busy_run(run) || stage_of(run) == RunStage::paused;
  });
}

bool TrainingRuns::would_be_lost(const RunKey& key) const {
  const RunGroup* of = group(key.group);
  return of && std::ranges::any_of(of->runs, [&](const TrainedRun& run) {
           if (key.seed && run.seed != *key.seed) return false;
           return run.folder.empty() && (!run.epochs.empty() || (is_busy_run(run) && !run.waiting));
         });
}

QStringList TrainingRuns::lost_when_closed() const {
  QStringList names;
  for (const RunGroup& group : groups_)
    if (std::ranges::any_of(group.runs, [](const TrainedRun& run) { return run.folder.empty() && is_busy_run(run); }))
      names += group.name;
  return names;
}

std::size_t TrainingRuns::next_color() const {
  std::set<std::size_t> taken;
  for (const RunGroup& group : groups_) taken.insert(group.color);
  std::size_t color = 0;
  while (taken.contains(color)) ++color;
  return color;
}

std::uint64_t TrainingRuns::start(const WorkspaceState& state, const NetworkPointer& on_screen,
                                  std::uint64_t revision) {
  RunGroup made;
  made.id = next_id_++;
  made.identity = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
  made.color = next_color();
  made.start = state;
  made.revision = revision;
  const QString name = proposed_name(state);
  made.name = name;
  for (int count = 2; std::ranges::find(groups_, made.name, &RunGroup::name) != groups_.end(); ++count)
    made.name = QStringLiteral("%1 (%2)").arg(name).arg(count);
  const std::vector<std::uint64_t> seeds = training_seeds(state);
  for (const std::uint64_t seed : seeds) {
    TrainedRun run;
    run.seed = seed;
    run.folder = settings_of_seed(state.training, seed, seeds.size()).run_folder;
    run.progress.epochs = static_cast<int>(state.training.epochs);
    run.on_screen = on_screen && (given_network(state) || seed == state.parameters.seed);
    pending_.push_back(
        {{made.id, seed}, request_of(made, run, run.on_screen ? on_screen : nullptr, state.training.resume)});
    made.runs.push_back(std::move(run));
  }
  groups_.push_back(std::move(made));
  start_pending();
  return groups_.back().id;
}

void TrainingRuns::start_pending() {
  load_queue();
  poll_timer_.start(poll_milliseconds);
  Q_EMIT changed();
  Q_EMIT results_changed();
}

bool TrainingRuns::can_go_on(const RunKey& key) const {
  const RunGroup* of = group(key.group);
  return of && std::ranges::any_of(of->runs, [&](const TrainedRun& run) {
           return (!key.seed || run.seed == *key.seed) && dnm::can_go_on(run);
         });
}

void TrainingRuns::go_on(const RunKey& key) {
  const RunGroup* of = group(key.group);
  for_each(key, [this, of](TrainedRun& run) {
    if (!dnm::can_go_on(run)) return;
    std::erase_if(pending_, [&](const Pending& pending) { return pending.key == RunKey{of->id, run.seed}; });
    pending_.push_back({{of->id, run.seed}, request_of(*of, run, given_network(of->start), !run.folder.empty())});
    run.waiting = true;
    run.progress = TrainingProgress{};
    run.progress.epochs = static_cast<int>(of->start.training.epochs);
    run.notices.clear();
  });
  start_pending();
}

RunRequest TrainingRuns::request_of(const RunGroup& group, const TrainedRun& run, NetworkPointer network, bool resume) {
  RunRequest request;
  request.label = "seed " + std::to_string(run.seed);
  request.group = group.id;
  request.settings = settings_of_seed(group.start.training, run.seed, training_seeds(group.start).size());
  request.settings.command = training_command_line(group.start);
  request.settings.resume = resume;
  request.network = [this, key = RunKey{group.id, run.seed}, network = std::move(network),
                     file = network_file(group.start),
                     parameters = parameters_of_seed(group.start.parameters, run.seed)](TrainingSettings& settings,
                                                                                        const TaskControl& control) {
    Generated generated{network, {}};
    if (!network && !file.empty())
      generated.network = read_network(file).network;
    else if (!network)
      generated = generate(parameters, control, {.data = data_source});
    const auto& sizes = generated.network->layer_sizes();
    settings.hidden.assign(sizes.begin() + 1, sizes.end());
    QMetaObject::invokeMethod(
        this,
        [this, key, text = network_text(*generated.network), notices = std::move(generated.notices)] {
          drawn(key, text, notices);
        },
        Qt::QueuedConnection);
    return generated.network;
  };
  return request;
}

void TrainingRuns::load_queue() {
  if (queue_) return take_queue(queue_, {});
  if (std::exchange(loading_, true)) return;
  worker_.start([this, jobs = jobs_] {
    std::shared_ptr<RunQueue> queue;
    QString problem;
    try {
      queue = std::make_shared<RunQueue>(training_module(), jobs);
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(
        this, [this, queue = std::move(queue), problem]() mutable { take_queue(std::move(queue), problem); },
        Qt::QueuedConnection);
  });
}

void TrainingRuns::take_queue(std::shared_ptr<RunQueue> queue, const QString& problem) {
  loading_ = false;
  queue_ = std::move(queue);
  if (queue_) queue_->set_jobs(jobs_);
  for (Pending& pending : std::exchange(pending_, {})) {
    TrainedRun* run = find(pending.key);
    if (!run || !run->waiting) continue;  // discarded or stopped meanwhile
    if (!queue_) {
      fail(*run, problem.toStdString());
      continue;
    }
    run->queue_id = queue_->add(std::move(pending.request));
    if (run->held) queue_->pause(*run->queue_id);
  }
  if (!queue_) Q_EMIT message(problem);
  poll();
}

void TrainingRuns::drawn(const RunKey& key, const std::string& network, const std::vector<std::string>& notices) {
  TrainedRun* run = find(key);
  if (!run) return;
  run->network = network;
  run->notices.insert(run->notices.end(), notices.begin(), notices.end());
}

void TrainingRuns::poll() {
  bool any_new = false;
  if (queue_) {
    for (QueuedRun& told : queue_->poll()) {
      RunGroup* of = find(told.group);
      TrainedRun* run = of ? find(RunKey{told.group, told.seed}) : nullptr;
      if (!run || run->queue_id != told.id) {
        queue_->remove(told.id);  // discarded, or taken to its end: once it is over
        continue;
      }
      any_new = any_new || !told.progress.epochs_done.empty();
      take(*of, *run, std::move(told));
    }
  }
  set_poll_rate();
  Q_EMIT changed();
  if (any_new) Q_EMIT results_changed();
}

void TrainingRuns::take(RunGroup& group, TrainedRun& run, QueuedRun&& told) {
  run.waiting = told.waiting;
  run.held = told.held;
  if (told.waiting) return;
  TrainingProgress& progress = told.progress;
  if (!progress.epochs_done.empty())  // a run that goes on tells all of its epochs again
    std::erase_if(run.epochs, [first = progress.epochs_done.front().epoch](const EpochResult& epoch) {
      return epoch.epoch >= first;
    });
  run.epochs.insert(run.epochs.end(), progress.epochs_done.begin(), progress.epochs_done.end());
  progress.epochs_done.clear();
  run.notices.insert(run.notices.end(), progress.notices.begin(), progress.notices.end());
  progress.notices.clear();
  if (progress.rewired && run.on_screen) Q_EMIT rewired(progress.rewired, group.revision);
  progress.rewired = nullptr;
  const bool is_news = !progress.problem.empty() && std::ranges::none_of(group.runs, [&](const TrainedRun& other) {
    return other.progress.problem == progress.problem;  // one sentence for runs that fail alike
  });
  run.progress = std::move(progress);
  if (is_news) Q_EMIT message(to_qt(run.progress.problem));
  if (!is_over(run.progress.state)) return;
  run.stopping = false;
  queue_->remove(*run.queue_id);
  run.queue_id.reset();
}

void TrainingRuns::set_poll_rate() {
  const bool stopping = std::ranges::any_of(groups_, [](const RunGroup& group) {
    return std::ranges::any_of(group.runs, [](const TrainedRun& run) { return run.stopping; });
  });
  if (!is_busy())
    poll_timer_.stop();
  else
    poll_timer_.start(stopping ? poll_milliseconds_while_stopping : poll_milliseconds);
}

void TrainingRuns::pause(const RunKey& key) {
  for_each(key, [this](TrainedRun& run) {
    if (!is_busy_run(run)) return;
    run.held = run.waiting;
    if (run.queue_id) queue_->pause(*run.queue_id);
  });
  poll();
}

void TrainingRuns::resume(const RunKey& key) {
  for_each(key, [this](TrainedRun& run) {
    run.held = false;
    if (run.queue_id) queue_->resume(*run.queue_id);
  });
  poll();
}

void TrainingRuns::stop(const RunKey& key) {
  for_each(key, [this](TrainedRun& run) {
    if (!is_busy_run(run)) return;
    if (run.queue_id) {
      queue_->stop(*run.queue_id);
      run.stopping = true;
    } else {
      run.waiting = false;
      run.progress.state = RunState::stopped;
    }
  });
  poll();
}

void TrainingRuns::stop_all() {
  std::vector<std::uint64_t> ids;
  for (const RunGroup& group : groups_) ids.push_back(group.id);
  for (const std::uint64_t id : ids) stop({id, {}});
}

void TrainingRuns::discard(const RunKey& key) {
  stop(key);
  RunGroup* of = find(key.group);
  if (!of) return;
  if (key.seed) std::erase_if(of->runs, [&](const TrainedRun& run) { return run.seed == *key.seed; });
  if (!key.seed || of->runs.empty())
    std::erase_if(groups_, [&](const RunGroup& group) { return group.id == key.group; });
  poll();
  Q_EMIT results_changed();
}

void TrainingRuns::rename(std::uint64_t group, const QString& name) {
  RunGroup* of = find(group);
  if (!of || of->name == name || name.trimmed().isEmpty()) return;
  of->name = name.trimmed();
  Q_EMIT changed();
  Q_EMIT results_changed();
}

void TrainingRuns::set_visible(std::uint64_t group, bool visible) {
  RunGroup* of = find(group);
  if (!of || std::exchange(of->visible, visible) == visible) return;
  Q_EMIT changed();
}

void TrainingRuns::replace_finished(std::vector<RunGroup> groups) {
  std::erase_if(groups_, [](const RunGroup& group) { return std::ranges::none_of(group.runs, is_busy_run); });
  std::vector<RunGroup> going_on = std::exchange(groups_, std::move(groups));
  for (RunGroup& group : groups_) {
    const auto same = std::ranges::find(going_on, group.identity, &RunGroup::identity);
    if (!group.identity.empty() && same != going_on.end()) {
      group = std::move(*same);
      going_on.erase(same);
    } else {
      group.id = next_id_++;
    }
  }
  for (RunGroup& group : going_on) {
    const auto same = [&](const RunGroup& other) { return other.color == group.color; };
    if (std::ranges::any_of(groups_, same)) group.color = next_color();
    groups_.push_back(std::move(group));
  }
  Q_EMIT changed();
}

void TrainingRuns::set_jobs(unsigned jobs) {
  jobs_ = std::max(1U, jobs);
  if (queue_) queue_->set_jobs(jobs_);
  Q_EMIT changed();
}

}  // namespace dnm
