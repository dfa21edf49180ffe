// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/background_run.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>
#include <utility>

#include "core/support/error.h"
#include "core/support/median.h"
#include "training/support/devices.h"

namespace dnm {
namespace {

constexpr std::size_t longest_queue = 4096;     // epochs nobody polled for; epochs.csv has them all
constexpr std::size_t median_over = 9;          // epochs
constexpr std::chrono::seconds retry_after{1};  // a write that failed

}  // namespace

BackgroundRun::BackgroundRun(RunPlan plan) {
  progress_.epochs = static_cast<int>(plan.settings.epochs);
  progress_.engine = engine_id(plan.engine);
  if (!plan.notice.empty()) progress_.notices.push_back(plan.notice);
  progress_.device = device_id(plan.device);
  progress_.seconds_left = std::numeric_limits<double>::quiet_NaN();
  thread_ =
      std::jthread([this, own = std::move(plan)](const std::stop_token& stop) mutable { train(std::move(own), stop); });
}

void BackgroundRun::pause() {
  const std::lock_guard lock(mutex_);
  pause_wanted_ = true;
}

void BackgroundRun::resume() {
  {
    const std::lock_guard lock(mutex_);
    pause_wanted_ = false;
    retry_wanted_ = true;
  }
  changed_.notify_all();
}

void BackgroundRun::stop() { thread_.request_stop(); }

TrainingProgress BackgroundRun::poll() {
  const std::lock_guard lock(mutex_);
  TrainingProgress taken = progress_;
  taken.epochs_done.assign(unseen_.begin(), unseen_.end());
  unseen_.clear();
  progress_.notices.clear();
  progress_.topology_events.clear();
  progress_.updates_done.clear();
  progress_.rewired = nullptr;
  return taken;
}

void BackgroundRun::set_state(RunState state, std::string problem) {
  const std::lock_guard lock(mutex_);
  progress_.state = state;
  progress_.problem = std::move(problem);
  if (!is_over(state)) return;
  progress_.seconds_left = 0.0;
  if (!(trained_seconds_ > 0.0)) return;
  progress_.examples_per_second = trained_examples_ / trained_seconds_;
  progress_.links_per_second = trained_links_ / trained_seconds_;
}

void BackgroundRun::train(RunPlan plan, const std::stop_token& stop) {
  RunState end = RunState::finished;
  std::string problem;
  try {
    prepare_training_thread();
    share_.emplace();
    // Gone, with its folder, before anybody sees the end: the run may be resumed at once.
    TrainingLoop(std::move(plan), *this).run({stop, {}});
  } catch (const Cancelled&) {
    end = RunState::stopped;
  } catch (const Error& error) {
    end = RunState::failed;
    problem = error.what();
  } catch (const std::bad_alloc&) {
    end = RunState::failed;
    problem = "there is not enough memory for this training; make the network or the batch smaller";
  } catch (const std::exception& error) {
    end = RunState::failed;
    const std::string reason = error.what();
    problem = "the training broke off: " + reason.substr(0, reason.find('\n'));
  }
  share_.reset();
  set_state(end, std::move(problem));
}

void BackgroundRun::prepared(const RunFacts& facts, const RunHistory& history,
                             const std::vector<TopologyEventPointer>& events, const NamedMasksPointer& layers) {
  const std::lock_guard lock(mutex_);
  progress_.state = RunState::running;
  set_facts(facts);
  progress_.epochs_before = facts.epochs_before;
  progress_.updates_before = facts.updates_before;
  progress_.topology_events = events;
  progress_.rewired = layers;
  unseen_.assign(history.begin(), history.end());
  for (std::size_t i = history.size() - std::min(history.size(), median_over); i < history.size(); ++i) {
    epoch_seconds_.push_back(history[i].values["seconds"]);
  }
  if (!epoch_seconds_.empty()) usual_seconds_ = median(epoch_seconds_);
}

void BackgroundRun::update_done(const UpdateResult& result) {
  const std::lock_guard lock(mutex_);
  progress_.updates_done.push_back(result);
}

void BackgroundRun::set_facts(const RunFacts& facts) {
  progress_.engine = facts.engine;
  progress_.device = facts.device;
  progress_.memory_bytes = facts.memory_bytes;
  progress_.masked_speed_up = facts.masked_speed_up;
  progress_.layer_timings = facts.layer_timings;
}

void BackgroundRun::engines_changed(const RunFacts& facts) {
  const std::lock_guard lock(mutex_);
  set_facts(facts);
}

void BackgroundRun::notice(const std::string& text) {
  const std::lock_guard lock(mutex_);
  progress_.notices.push_back(text);
}

void BackgroundRun::step_done(const StepReport& report) {
  const std::lock_guard lock(mutex_);
  progress_.epoch = report.epoch;
  progress_.epoch_fraction = report.epoch_fraction;
  progress_.loss = report.loss;
  progress_.examples_per_second = report.examples_per_second;
  progress_.links_per_second = report.examples_per_second * static_cast<double>(report.links);
  trained_examples_ += static_cast<double>(report.examples);
  trained_links_ += static_cast<double>(report.examples) * static_cast<double>(report.links);
  trained_seconds_ += report.seconds;
  if (usual_seconds_ > 0.0) {
    const double left = usual_seconds_ * static_cast<double>(progress_.epochs - (report.epoch - 1));
    progress_.seconds_left = std::max(0.0, left - report.epoch_seconds);
  }
}

void BackgroundRun::epoch_done(const EpochResult& result) {
  const std::lock_guard lock(mutex_);
  unseen_.push_back(result);
  if (unseen_.size() > longest_queue) unseen_.pop_front();
  epoch_seconds_.push_back(result.values["seconds"]);
  if (epoch_seconds_.size() > median_over) epoch_seconds_.erase(epoch_seconds_.begin());
  usual_seconds_ = median(epoch_seconds_);
  progress_.seconds_left = usual_seconds_ * static_cast<double>(progress_.epochs - result.epoch);
}

void BackgroundRun::topology_changed(const TopologyEventPointer& event, const NamedMasksPointer& layers) {
  const std::lock_guard lock(mutex_);
  progress_.topology_events.push_back(event);
  if (layers != nullptr) progress_.rewired = layers;
}

void BackgroundRun::wait_while_paused(const TaskControl& control) {
  control.check();
  std::unique_lock lock(mutex_);
  if (!pause_wanted_) return;
  progress_.state = RunState::paused;
  share_.reset();
  const bool wanted = changed_.wait(lock, control.stop, [this] { return !pause_wanted_; });
  share_.emplace();
  if (!wanted) throw Cancelled();
  progress_.state = RunState::running;
}

void BackgroundRun::cannot_write(const FileError& error, const TaskControl& control) {
  {
    std::unique_lock lock(mutex_);
    progress_.problem = error.what();
    progress_.state = RunState::paused;
    retry_wanted_ = false;
    changed_.wait_for(lock, control.stop, retry_after, [this] { return retry_wanted_; });
  }
  wait_while_paused(control);
}

void BackgroundRun::written() {
  const std::lock_guard lock(mutex_);
  if (!progress_.problem.empty()) progress_.state = RunState::running;
  progress_.problem.clear();
}

}  // namespace dnm
