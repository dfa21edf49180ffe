// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/support/task_control.h"
#include "training/runs/training_module.h"

namespace dnm {

/// A run to be started when its turn comes.
struct RunRequest {
  TrainingSettings settings{};
  /// Draws what the model begins with, or returns what there is; called on the queue's thread. It may change the
  /// settings that follow from it, which are the ones the run is started with.
  std::function<TopologySource(TrainingSettings& settings, const TaskControl& control)> source{};
};

/// The present state of a run of the queue.
struct QueuedRun {
  std::size_t id;
  bool waiting;               ///< for its turn; `progress` is then empty
  bool held;                  ///< paused while it waits: others go first
  TrainingProgress progress;  ///< epochs, notices and rewired network: those since the last poll
};

/// Starts runs one after the other or, up to a number of jobs, beside each other, in the order they were added. Runs
/// share the processors (ProcessorShare), so as many jobs as processors keep each of them busy and no more. The next
/// run is started only once the previous one holds its memory, and waits when there is too little for one more beside
/// those in progress: it fails for lack of memory only if it is alone.
/// All calls are quick and thread-safe; the destructor stops the runs in progress and waits for them.
class RunQueue {
 public:
  /// `jobs` 0: the processors this process may use. The module must outlive the queue.
  explicit RunQueue(TrainingModule& module, unsigned jobs = 0);
  ~RunQueue();
  RunQueue(const RunQueue&) = delete;
  RunQueue& operator=(const RunQueue&) = delete;

  /// Returns the run's id: 0, 1, 2 …
  std::size_t add(RunRequest request);
  /// A run that waits is held: its turn comes once it is resumed. A run in progress keeps its memory and its place
  /// among the jobs.
  void pause(std::size_t id);
  void resume(std::size_t id);
  /// Stops a run and keeps what it reached; one that waits is never started.
  void stop(std::size_t id);
  void stop_all();
  /// Removes a run that has ended or waits.
  void remove(std::size_t id);
  /// Every run in the order they were added, and what is new since the last poll.
  [[nodiscard]] std::vector<QueuedRun> poll();
  [[nodiscard]] unsigned jobs() const { return jobs_; }
  /// How many runs may be in progress at once from now on, at least 1; none is stopped for it.
  void set_jobs(unsigned jobs);

 private:
  struct Entry {
    std::size_t id;
    RunRequest request;
    bool waiting = true;
    bool held = false;
    bool drawing = false;
    std::stop_source stop{};
    TrainingProgress progress{};
    std::unique_ptr<TrainingRun> run{};
  };

  void schedule(const std::stop_token& stop);
  [[nodiscard]] static bool may_have_turn(const Entry& entry) { return entry.waiting && !entry.held; }
  /// Takes what the run reports. Under the lock.
  static void collect(Entry& entry);
  void start_next(std::unique_lock<std::mutex>& lock, std::size_t going_on);
  [[nodiscard]] Entry* find(std::size_t id);
  void stop_entry(Entry& entry);

  TrainingModule& module_;
  std::atomic<unsigned> jobs_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::list<Entry> entries_;
  std::size_t next_id_ = 0;
  std::size_t runs_when_short_ = 0;  ///< how many were in progress when the next one had too little memory; else 0
  std::jthread thread_;              // last: it uses everything above
};

}  // namespace dnm
