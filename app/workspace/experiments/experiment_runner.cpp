// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment_runner.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string_view>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/run_report.h"
#include "app/workspace/experiments/topology_of_seed.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/words.h"
#include "core/support/error.h"
#include "core/support/parallel.h"
#include "training/models/model_table.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

/// A random identity (RFC 4122, version 4): "1b4e28ba-2fa1-41d2-883f-0016d3cca427".
std::string new_identity() {
  std::random_device source;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  for (char& letter : text) {
    if (letter == 'x') letter = digits[source() % digits.size()];
    if (letter == 'y') letter = digits[8 + source() % 4];
  }
  return text;
}

void fail(ExperimentRun& run, const std::string& problem) {
  run.waiting = false;
  run.progress.state = RunState::failed;
  run.progress.problem = problem;
}

std::vector<std::string> folders_of(const Experiment& experiment) {
  std::vector<std::string> folders;
  for (const ExperimentRun& run : experiment.runs) folders.push_back(run.folder);
  return folders;
}

/// Names and colours that none of the experiments has, each given out once. O(log experiments) for each of many.
class Unused {
 public:
  explicit Unused(const std::vector<Experiment>& experiments) {
    for (const Experiment& experiment : experiments) {
      names_.insert(experiment.name);
      colors_.insert(experiment.color);
    }
  }
  /// As wanted, or with a number behind it.
  std::string name(const std::string& wanted) {
    std::string name = wanted;
    for (int& count = counts_.try_emplace(wanted, 2).first->second; !names_.insert(name).second; ++count)
      name = wanted + " (" + std::to_string(count) + ")";
    return name;
  }
  /// The lowest one.
  std::size_t color() {
    while (!colors_.insert(next_color_).second) ++next_color_;
    return next_color_;
  }

 private:
  std::set<std::string> names_;
  std::set<std::size_t> colors_;
  std::map<std::string, int> counts_;  ///< the next number behind a name
  std::size_t next_color_ = 0;
};

}  // namespace

ExperimentRunner::ExperimentRunner(unsigned jobs, std::function<TrainingModule&()> module)
    : jobs_(jobs > 0 ? jobs : available_threads()), module_(std::move(module)) {}

ExperimentRunner::~ExperimentRunner() {
  stop_all();
  if (loader_.joinable()) loader_.join();
}

void ExperimentRunner::load() {
  if (loader_.joinable()) return loader_.join();  // the next poll takes over what it has loaded
  if (!queue_) queue_ = std::make_unique<RunQueue>(module_(), jobs_);
}

const Experiment* ExperimentRunner::experiment(std::uint64_t id) const {
  const auto found = std::ranges::find(experiments_, id, &Experiment::id);
  return found == experiments_.end() ? nullptr : &*found;
}

Experiment* ExperimentRunner::find(std::uint64_t id) {
  return const_cast<Experiment*>(std::as_const(*this).experiment(id));
}

const ExperimentRun* ExperimentRunner::run(const RunKey& key) const {
  const Experiment* of = key.seed ? experiment(key.experiment) : nullptr;
  if (!of) return nullptr;
  const auto found = std::ranges::find(of->runs, *key.seed, &ExperimentRun::seed);
  return found == of->runs.end() ? nullptr : &*found;
}

ExperimentRun* ExperimentRunner::find(const RunKey& key) {
  return const_cast<ExperimentRun*>(std::as_const(*this).run(key));
}

std::optional<std::size_t> ExperimentRunner::queue_id(const RunKey& key) const {
  const auto found = std::ranges::find(keys_, key, &std::pair<const std::size_t, RunKey>::second);
  return found == keys_.end() ? std::nullopt : std::optional(found->first);
}

void ExperimentRunner::for_each(const RunKey& key, const std::function<void(ExperimentRun&, const RunKey&)>& act) {
  if (Experiment* of = find(key.experiment))
    for (ExperimentRun& run : of->runs)
      if (includes(key, run)) act(run, {of->id, run.seed});
}

bool ExperimentRunner::is_busy() const {
  return std::ranges::any_of(experiments_, [](const Experiment& experiment) { return dnm::is_busy(experiment); });
}

bool ExperimentRunner::is_busy(const RunKey& key) const {
  const Experiment* of = experiment(key.experiment);
  return of && std::ranges::any_of(of->runs,
                                   [&](const ExperimentRun& run) { return includes(key, run) && dnm::is_busy(run); });
}

bool ExperimentRunner::is_training(const RunKey& key) const {
  const Experiment* of = experiment(key.experiment);
  return of && std::ranges::any_of(of->runs, [&](const ExperimentRun& run) {
           return includes(key, run) && dnm::is_busy(run) && !run.waiting;
         });
}

bool ExperimentRunner::is_paused() const {
  return is_busy() && std::ranges::all_of(experiments_, [this](const Experiment& experiment) {
           const RunKey key{experiment.id, {}};
           return !is_busy(key) || is_paused(key);
         });
}

bool ExperimentRunner::is_paused(const RunKey& key) const {
  const Experiment* of = experiment(key.experiment);
  if (!of || !is_busy(key)) return false;
  return std::ranges::all_of(of->runs, [&](const ExperimentRun& run) {
    return !includes(key, run) || !dnm::is_busy(run) || stage_of(run) == RunStage::paused;
  });
}

bool ExperimentRunner::is_stopping() const {
  return std::ranges::any_of(experiments_, [](const Experiment& experiment) {
    return std::ranges::any_of(experiment.runs, [](const ExperimentRun& run) { return run.stopping; });
  });
}

bool ExperimentRunner::can_resume(const RunKey& key) const {
  const Experiment* of = experiment(key.experiment);
  return of && std::ranges::any_of(
                   of->runs, [&](const ExperimentRun& run) { return includes(key, run) && dnm::can_resume(run); });
}

bool ExperimentRunner::would_be_lost(const RunKey& key) const {
  const Experiment* of = experiment(key.experiment);
  return of && std::ranges::any_of(of->runs, [&](const ExperimentRun& run) {
           if (!includes(key, run)) return false;
           return run.folder.empty() && (!run.epochs.empty() || (dnm::is_busy(run) && !run.waiting));
         });
}

std::vector<std::string> ExperimentRunner::lost_at_exit() const {
  std::vector<std::string> names;
  for (const Experiment& experiment : experiments_)
    if (std::ranges::any_of(experiment.runs,
                            [](const ExperimentRun& run) { return run.folder.empty() && dnm::is_busy(run); }))
      names.push_back(experiment.name);
  return names;
}

std::uint64_t ExperimentRunner::start(ExperimentPlan plan) {
  Experiment made;
  made.id = next_id_++;
  made.identity = new_identity();
  Unused unused(experiments_);
  made.name = plan.name.empty() ? unused.name(proposed_name(plan.start)) : std::move(plan.name);
  made.color = unused.color();
  made.command_line = plan.command_line.empty() ? training_command_line(plan.start) : std::move(plan.command_line);
  made.start = std::move(plan.start);
  made.start.pins = {};  // they are of the session
  if (plan.topology) networks_[made.id] = plan.topology;
  const WorkspaceState& start = made.start;
  const TopologyOfSeed network = plan.topology ? plan.topology : first_topology_of(start);
  const std::vector<std::uint64_t> seeds = training_seeds(start);
  for (const std::uint64_t seed : seeds) {
    ExperimentRun run;
    run.seed = seed;
    run.folder = settings_of_seed(start.training, seed, seeds.size()).run_folder;
    run.progress.epochs = static_cast<int>(start.training.epochs);
    run.on_screen =
        plan.on_screen && !draws_matrices(start.training) && (!is_drawn(start) || seed == start.parameters.seed);
    const TopologyOfSeed as_it_is = [shown = plan.on_screen](std::uint64_t, const TaskControl&) -> FirstTopology {
      return {shown};
    };
    add_pending(made, run, run.on_screen && begins_as_shown(start) ? as_it_is : network, start.training.resume);
    made.runs.push_back(std::move(run));
  }
  experiments_.push_back(std::move(made));
  queue_pending();
  return experiments_.back().id;
}

void ExperimentRunner::restart(const RunKey& key) {
  const Experiment* of = experiment(key.experiment);
  if (!of) return;
  for_each(key, [&](ExperimentRun& run, const RunKey&) {
    if (dnm::can_resume(run)) queue_again(*of, run);
  });
  queue_pending();
}

void ExperimentRunner::train_longer(std::uint64_t id, std::int64_t epochs) {
  Experiment* of = find(id);
  if (!of || !can_train_longer(*of) || epochs <= of->start.training.epochs) return;
  of->start.training.epochs = epochs;
  of->start.training.longer = true;
  of->command_line = training_command_line(of->start);
  for (ExperimentRun& run : of->runs) queue_again(*of, run);
  queue_pending();
}

void ExperimentRunner::queue_again(const Experiment& experiment, ExperimentRun& run) {
  const RunKey key{experiment.id, run.seed};
  const auto own = networks_.find(experiment.id);
  const TopologyOfSeed network = own == networks_.end() ? first_topology_of(start_of(experiment, run)) : own->second;
  std::erase_if(pending_, [&](const Pending& pending) { return pending.key == key; });
  add_pending(experiment, run,
              run.folder.empty() ? network : or_kept_topology(network, run.folder, experiment.start.training),
              !run.folder.empty());
  run.waiting = true;
  run.progress = TrainingProgress{};
  run.progress.epochs = static_cast<int>(experiment.start.training.epochs);
  run.notices.clear();
  run.is_queued_again = true;
}

void ExperimentRunner::add_pending(const Experiment& experiment, const ExperimentRun& run, TopologyOfSeed network,
                                   bool resume) {
  const RunKey key{experiment.id, run.seed};
  RunRequest request;
  request.settings = settings_of_seed(experiment.start.training, run.seed, training_seeds(experiment.start).size());
  request.settings.command = experiment.command_line;
  request.settings.resume = resume;
  request.source = [mailbox = mailbox_, key, network = std::move(network), start = experiment.start](
                       TrainingSettings& settings, const TaskControl& control) {
    settings.parts = settled_training(start).parts;
    FirstTopology drawn = network(*key.seed, control);
    if (const NetworkPointer& drawn_network = drawn.source.network) {
      const auto& sizes = drawn_network->layer_sizes();
      settings.hidden.assign(sizes.begin() + 1, sizes.end());
      if (drawn.words.empty()) drawn.words = network_text(*drawn_network);
    }
    if (const std::string falling = falling_text(start); !falling.empty()) drawn.words += "; " + falling;
    const std::lock_guard lock(mailbox->mutex);
    mailbox->drawn.push_back({key, std::move(drawn.words), std::move(drawn.notices)});
    return std::move(drawn.source);
  };
  pending_.push_back({key, std::move(request)});
}

void ExperimentRunner::queue_pending() {
  if (queue_) {
    for (Pending& pending : std::exchange(pending_, {})) {
      ExperimentRun* run = find(pending.key);
      if (!run || !run->waiting) continue;  // discarded or stopped meanwhile
      const std::size_t id = queue_->add(std::move(pending.request));
      keys_[id] = pending.key;
      if (run->held) queue_->pause(id);
    }
  } else if (!loader_.joinable()) {
    loader_ = std::jthread([mailbox = mailbox_, module = module_, jobs = jobs_] {
      std::unique_ptr<RunQueue> queue;
      std::string problem;
      try {
        queue = std::make_unique<RunQueue>(module(), jobs);
      } catch (const std::exception& error) {
        problem = error.what();
      }
      const std::lock_guard lock(mailbox->mutex);
      mailbox->queue = std::move(queue);
      mailbox->problem = std::move(problem);
      mailbox->loaded = true;
    });
  }
}

void ExperimentRunner::take_loaded(RunnerNews& news) {
  {
    const std::lock_guard lock(mailbox_->mutex);
    if (!std::exchange(mailbox_->loaded, false)) return;
    queue_ = std::move(mailbox_->queue);
  }
  if (loader_.joinable()) loader_.join();  // if loading failed, the next start tries again
  if (queue_) {
    queue_->set_jobs(jobs_);
    return queue_pending();
  }
  for (const Pending& pending : std::exchange(pending_, {}))
    if (ExperimentRun* run = find(pending.key); run && run->waiting) fail(*run, mailbox_->problem);
  news.problems.push_back(mailbox_->problem);
}

void ExperimentRunner::take_drawn() {
  std::vector<Mailbox::Drawn> drawn;
  {
    const std::lock_guard lock(mailbox_->mutex);
    drawn.swap(mailbox_->drawn);
  }
  for (Mailbox::Drawn& of : drawn) {
    ExperimentRun* run = find(of.key);
    if (!run) continue;
    run->network = std::move(of.words);
    std::ranges::move(of.notices, std::back_inserter(run->notices));
  }
}

RunnerNews ExperimentRunner::poll() {
  RunnerNews news;
  take_loaded(news);
  if (!queue_) return news;
  // Reports first, so that the network of every run that has begun is there.
  std::vector<QueuedRun> reports = queue_->poll();
  take_drawn();
  for (QueuedRun& report : reports) {
    const auto at = keys_.find(report.id);
    ExperimentRun* run = at == keys_.end() ? nullptr : find(at->second);
    if (!run) {
      queue_->remove(report.id);  // discarded: removed once it is over
      continue;
    }
    take(*find(at->second.experiment), *run, std::move(report), news);
  }
  return news;
}

void ExperimentRunner::take(Experiment& experiment, ExperimentRun& run, QueuedRun&& report, RunnerNews& news) {
  run.waiting = report.waiting;
  run.held = report.held;
  if (report.waiting) return;
  TrainingProgress& progress = report.progress;
  const TakenReport taken = take_report(run, progress);
  news.results = news.results || taken.epochs;
  if (taken.topology) news.rewired.push_back({experiment.id, run.seed});
  // A run that is stopped while it waits for disk space keeps the reason.
  if (progress.state == RunState::stopped && progress.problem.empty()) progress.problem = run.progress.problem;
  const bool is_news =
      !progress.problem.empty() && std::ranges::none_of(experiment.runs, [&](const ExperimentRun& other) {
        return other.progress.problem == progress.problem;  // one sentence for runs that fail for the same reason
      });
  if (is_news) news.problems.push_back(progress.problem);
  run.progress = std::move(progress);
  if (!is_over(run.progress.state)) return;
  run.stopping = false;
  keys_.erase(report.id);
  queue_->remove(report.id);
}

void ExperimentRunner::pause(const RunKey& key) {
  for_each(key, [this](ExperimentRun& run, const RunKey& one) {
    if (!dnm::is_busy(run)) return;
    run.held = run.waiting;
    if (const auto id = queue_id(one)) queue_->pause(*id);
  });
}

void ExperimentRunner::resume(const RunKey& key) {
  for_each(key, [this](ExperimentRun& run, const RunKey& one) {
    run.held = false;
    if (const auto id = queue_id(one)) queue_->resume(*id);
  });
}

void ExperimentRunner::stop(const RunKey& key) {
  for_each(key, [this](ExperimentRun& run, const RunKey& one) {
    if (!dnm::is_busy(run)) return;
    if (const auto id = queue_id(one)) {
      queue_->stop(*id);
      run.stopping = true;
    } else {
      run.waiting = false;
      run.progress.state = RunState::stopped;
    }
  });
}

void ExperimentRunner::stop_all() {
  for (const Experiment& experiment : experiments_)
    if (dnm::is_busy(experiment)) stop({experiment.id, {}});
}

void ExperimentRunner::discard(const RunKey& key) {
  stop(key);
  Experiment* of = find(key.experiment);
  if (!of) return;
  std::erase_if(keys_, [&](const auto& entry) {
    return entry.second.experiment == key.experiment && (!key.seed || entry.second.seed == key.seed);
  });
  std::erase_if(of->runs, [&](const ExperimentRun& run) { return includes(key, run); });
  if (!of->runs.empty()) return;
  networks_.erase(key.experiment);
  std::erase_if(experiments_, [&](const Experiment& experiment) { return experiment.id == key.experiment; });
}

bool ExperimentRunner::rename(std::uint64_t id, const std::string& name) {
  Experiment* of = find(id);
  if (!of || of->name == name || name.empty()) return false;
  of->name = name;
  return true;
}

bool ExperimentRunner::set_visible(std::uint64_t id, bool visible) {
  Experiment* of = find(id);
  return of && std::exchange(of->visible, visible) != visible;
}

void ExperimentRunner::replace_finished(std::vector<Experiment> experiments) {
  std::erase_if(experiments_, [](const Experiment& experiment) { return !dnm::is_busy(experiment); });
  std::vector<Experiment> busy = std::exchange(experiments_, std::move(experiments));
  for (Experiment& experiment : experiments_) {
    const auto same = std::ranges::find(busy, experiment.identity, &Experiment::identity);
    if (!experiment.identity.empty() && same != busy.end()) {
      experiment = std::move(*same);
      busy.erase(same);
    } else {
      experiment.id = next_id_++;
    }
  }
  for (Experiment& experiment : busy) {
    const auto same = [&](const Experiment& other) { return other.color == experiment.color; };
    if (std::ranges::any_of(experiments_, same)) experiment.color = Unused(experiments_).color();
    experiments_.push_back(std::move(experiment));
  }
}

std::vector<std::string> ExperimentRunner::add(std::vector<Experiment> experiments) {
  std::map<std::vector<std::string>, std::size_t> places;  // by the folders of the runs
  for (std::size_t place = experiments_.size(); place-- > 0;) places[folders_of(experiments_[place])] = place;
  Unused unused(experiments_);
  std::vector<std::string> identities;
  for (Experiment& made : experiments) {
    const auto [at, is_new] = places.try_emplace(folders_of(made), experiments_.size());
    if (!is_new) {
      Experiment& same = experiments_[at->second];
      if (!dnm::is_busy(same)) same.runs = std::move(made.runs);
      identities.push_back(same.identity);
      continue;
    }
    made.id = next_id_++;
    made.identity = new_identity();
    made.name = unused.name(made.name);
    made.color = unused.color();
    if (auto* of_runs = std::get_if<ShownRun>(&made.start.shown); of_runs && is_known_by_its_runs(made))
      of_runs->experiment = made.identity;
    identities.push_back(made.identity);
    experiments_.push_back(std::move(made));
  }
  return identities;
}

void ExperimentRunner::set_jobs(unsigned jobs) {
  jobs_ = std::max(1U, jobs);
  if (queue_) queue_->set_jobs(jobs_);
}

}  // namespace dnm
