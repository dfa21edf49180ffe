// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_queue.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <new>
#include <utility>

#include "core/support/error.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

constexpr std::chrono::milliseconds look_after{20};

void fail(TrainingProgress& progress, std::string problem) {
  progress.state = RunState::failed;
  progress.problem = std::move(problem);
}

}  // namespace

RunQueue::RunQueue(TrainingModule& module, unsigned jobs)
    : module_(module),
      jobs_(jobs > 0 ? jobs : available_threads()),
      thread_([this](const std::stop_token& stop) { schedule(stop); }) {}

RunQueue::~RunQueue() {
  stop_all();
  thread_.request_stop();
  thread_.join();
}

std::size_t RunQueue::add(RunRequest request) {
  const std::lock_guard lock(mutex_);
  entries_.push_back({next_id_, std::move(request)});
  entries_.back().progress.epochs = static_cast<int>(entries_.back().request.settings.epochs);
  changed_.notify_all();
  return next_id_++;
}

RunQueue::Entry* RunQueue::find(std::size_t id) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [id](const Entry& entry) { return entry.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

void RunQueue::pause(std::size_t id) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(id);
  if (entry == nullptr) return;
  entry->held = entry->waiting;
  if (entry->run) entry->run->pause();
}

void RunQueue::resume(std::size_t id) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(id);
  if (entry == nullptr) return;
  entry->held = false;
  if (entry->run) entry->run->resume();
  changed_.notify_all();
}

void RunQueue::set_jobs(unsigned jobs) {
  jobs_ = std::max(1U, jobs);
  changed_.notify_all();
}

void RunQueue::stop_entry(Entry& entry) {
  entry.stop.request_stop();
  if (entry.run) entry.run->stop();
  if (entry.waiting && !entry.drawing) {
    entry.waiting = false;
    entry.progress.state = RunState::stopped;
  }
}

void RunQueue::stop(std::size_t id) {
  const std::lock_guard lock(mutex_);
  if (Entry* entry = find(id)) stop_entry(*entry);
}

void RunQueue::stop_all() {
  const std::lock_guard lock(mutex_);
  for (Entry& entry : entries_) stop_entry(entry);
}

void RunQueue::remove(std::size_t id) {
  const std::lock_guard lock(mutex_);
  entries_.remove_if([id](const Entry& entry) {
    return entry.id == id && !entry.run && !entry.drawing && (entry.waiting || is_over(entry.progress.state));
  });
}

std::vector<QueuedRun> RunQueue::poll() {
  const std::lock_guard lock(mutex_);
  std::vector<QueuedRun> runs;
  for (Entry& entry : entries_) {
    collect(entry);
    runs.push_back({entry.id, entry.waiting, entry.held, entry.progress});
    entry.progress.epochs_done.clear();
    entry.progress.topology_events.clear();
    entry.progress.updates_done.clear();
    entry.progress.notices.clear();
    entry.progress.rewired = nullptr;
  }
  return runs;
}

void RunQueue::collect(Entry& entry) {
  if (!entry.run) return;
  TrainingProgress now = entry.run->poll();
  TrainingProgress& kept = entry.progress;
  const auto prepend = [](auto& old, auto& fresh) {
    fresh.insert(fresh.begin(), std::make_move_iterator(old.begin()), std::make_move_iterator(old.end()));
  };
  prepend(kept.epochs_done, now.epochs_done);
  prepend(kept.topology_events, now.topology_events);
  prepend(kept.updates_done, now.updates_done);
  prepend(kept.notices, now.notices);
  if (now.rewired == nullptr) now.rewired = kept.rewired;
  kept = std::move(now);
}

void RunQueue::schedule(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    std::size_t going_on = 0;
    bool settled = true;  // whether every run that was started holds its memory
    std::vector<std::unique_ptr<TrainingRun>> over;
    for (Entry& entry : entries_) {
      collect(entry);
      if (!entry.run) continue;
      if (is_over(entry.progress.state)) {
        over.push_back(std::move(entry.run));
        continue;
      }
      ++going_on;
      settled = settled && entry.progress.state != RunState::preparing;
    }
    if (!over.empty()) {
      lock.unlock();
      over.clear();  // joins their threads, which are at their end
      lock.lock();
    }
    const bool may_start = settled && going_on < jobs_ && (runs_when_short_ == 0 || going_on < runs_when_short_);
    const bool any_waits = std::any_of(entries_.begin(), entries_.end(), may_have_turn);
    if (may_start && any_waits) {
      start_next(lock, going_on);
    } else {
      changed_.wait_for(lock, stop, look_after, [] { return false; });
    }
  }
  // What is left stops and joins without the lock.
  std::list<Entry> rest = std::move(entries_);
  entries_.clear();
  lock.unlock();
}

void RunQueue::start_next(std::unique_lock<std::mutex>& lock, std::size_t going_on) {
  runs_when_short_ = 0;
  Entry& entry = *std::find_if(entries_.begin(), entries_.end(), may_have_turn);
  entry.drawing = true;
  TrainingSettings settings = entry.request.settings;
  const auto source = entry.request.source;
  const std::stop_token stop = entry.stop.get_token();
  lock.unlock();
  std::unique_ptr<TrainingRun> run;
  TrainingProgress outcome;
  bool too_little_memory = false;
  try {
    run = module_.start(source(settings, {stop, {}}), settings);
  } catch (const Cancelled&) {
    outcome.state = RunState::stopped;
  } catch (const ResourceError& error) {
    too_little_memory = going_on > 0;
    fail(outcome, error.what());
  } catch (const Error& error) {
    fail(outcome, error.what());
  } catch (const std::bad_alloc&) {
    fail(outcome, "there is not enough memory for this training; make the network or the batch smaller");
  } catch (const std::exception& error) {
    fail(outcome, error.what());
  }
  lock.lock();
  entry.drawing = false;
  if (too_little_memory && !stop.stop_requested()) {
    runs_when_short_ = going_on;  // again when one of those has ended
    return;
  }
  entry.waiting = false;
  if (run) {
    if (stop.stop_requested()) run->stop();
    if (std::exchange(entry.held, false)) run->pause();
    entry.run = std::move(run);
  } else {
    entry.progress.state = outcome.state;
    entry.progress.problem = outcome.problem;
  }
}

}  // namespace dnm
