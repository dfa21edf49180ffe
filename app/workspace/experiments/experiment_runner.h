// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/workspace/experiments/experiment.h"
#include "app/workspace/experiments/topology_of_seed.h"
#include "app/workspace/module_loader.h"
#include "core/support/task_control.h"
#include "training/runs/run_queue.h"

namespace dnm {

/// What an experiment is started with.
struct ExperimentPlan {
  WorkspaceState start{};
  std::string name{};          ///< empty: proposed_name(), with a number where another experiment has that name
  std::string command_line{};  ///< empty: training_command_line()
  TopologyOfSeed topology{};   ///< null: that of `start`
  NetworkPointer on_screen{};  ///< trained by the run of its seed; by all runs if it comes from a file
};

/// News since the last poll, besides what the experiments hold.
struct RunnerNews {
  bool results = false;                 ///< a run has completed an epoch
  std::vector<std::string> problems{};  ///< a run failed or waits for disk space: one sentence each
  std::vector<RunKey> rewired{};        ///< runs whose topology has changed
};

/// All experiments of a program in the order in which they were started, including those that are over. Their runs
/// train in the background, as many at once as there are jobs; the others wait their turn. The window and the command
/// line poll. No call but load() waits for the training module, a network or a run. Results of the runner's threads are
/// delivered by poll(). Not thread-safe: calls must come from one thread at a time.
class ExperimentRunner {
 public:
  /// `jobs` 0: the processors this process may use. `module` is called on a worker when the first experiment starts.
  explicit ExperimentRunner(unsigned jobs = 0, std::function<TrainingModule&()> module = training_module);
  /// Stops all runs, which save a checkpoint if they have a run folder, and waits for them.
  ~ExperimentRunner();
  ExperimentRunner(const ExperimentRunner&) = delete;
  ExperimentRunner& operator=(const ExperimentRunner&) = delete;

  /// Loads the training module now and waits for it. Throws ResourceError.
  void load();

  [[nodiscard]] const std::vector<Experiment>& experiments() const { return experiments_; }
  /// Null if there is none.
  [[nodiscard]] const Experiment* experiment(std::uint64_t id) const;
  /// The run that the key names; null for a whole experiment.
  [[nodiscard]] const ExperimentRun* run(const RunKey& key) const;
  /// Whether any run waits or trains, of all or of those that the key names.
  [[nodiscard]] bool is_busy() const;
  [[nodiscard]] bool is_busy(const RunKey& key) const;
  /// Whether any run of it has begun and goes on, paused ones included.
  [[nodiscard]] bool is_training(const RunKey& key) const;
  /// Whether there are runs that wait or train and all of them are paused.
  [[nodiscard]] bool is_paused() const;
  [[nodiscard]] bool is_paused(const RunKey& key) const;
  /// Whether any run is stopping.
  [[nodiscard]] bool is_stopping() const;
  /// Whether any run of it can_resume().
  [[nodiscard]] bool can_resume(const RunKey& key) const;
  /// Whether discarding it would lose results: it has begun, and has no run folder.
  [[nodiscard]] bool would_be_lost(const RunKey& key) const;
  /// Names of the experiments with runs that are busy and have no run folder.
  [[nodiscard]] std::vector<std::string> lost_at_exit() const;

  /// Queues one run for each seed of the plan and returns the id of the experiment.
  std::uint64_t start(ExperimentPlan plan);
  void pause(const RunKey& key);
  void resume(const RunKey& key);
  /// Queues the runs that can_resume() again, from the last checkpoint of their run folders or from the start.
  void restart(const RunKey& key);
  /// Queues all runs of an experiment that can_train_longer() again, to have `epochs` in all; fewer than they have are
  /// ignored. They are trained as their networks, seeds and settings say, by the learning rate of the new length.
  void train_longer(std::uint64_t id, std::int64_t epochs);
  /// Stops after the batch under way and keeps the results; runs that wait are not started.
  void stop(const RunKey& key);
  void stop_all();
  /// Stops and removes it. Run folders are kept.
  void discard(const RunKey& key);
  /// Returns whether anything changed; an empty name is rejected.
  bool rename(std::uint64_t id, const std::string& name);
  bool set_visible(std::uint64_t id, bool visible);
  /// Replaces the experiments that are over by those of a session. Busy ones stay: in place of the session's own record
  /// of them, or else at the end and in a colour that no other has.
  void replace_finished(std::vector<Experiment> experiments);
  /// Adds experiments that were trained elsewhere, each with a colour that no other has. One whose run folders are
  /// those of an experiment in the list takes its place, unless that is busy. Returns their identities, in their order.
  std::vector<std::string> add(std::vector<Experiment> experiments);

  /// How many runs train at once.
  [[nodiscard]] unsigned jobs() const { return jobs_; }
  void set_jobs(unsigned jobs);

  /// Updates the experiments and returns what is new.
  [[nodiscard]] RunnerNews poll();

 private:
  /// Results of the runner's threads.
  struct Mailbox {
    struct Drawn {
      RunKey key;
      std::string words;
      std::vector<std::string> notices;
    };
    std::mutex mutex;
    std::vector<Drawn> drawn;
    bool loaded = false;
    std::unique_ptr<RunQueue> queue;  ///< null if it could not be loaded
    std::string problem;              ///< why
  };
  struct Pending {
    RunKey key;
    RunRequest request;
  };

  void add_pending(const Experiment& experiment, const ExperimentRun& run, TopologyOfSeed network, bool resume);
  /// Queues a run again, from its run folder where it has one, or from the start.
  void queue_again(const Experiment& experiment, ExperimentRun& run);
  void queue_pending();
  void take_loaded(RunnerNews& news);
  void take_drawn();
  void take(Experiment& experiment, ExperimentRun& run, QueuedRun&& report, RunnerNews& news);
  [[nodiscard]] Experiment* find(std::uint64_t id);
  [[nodiscard]] ExperimentRun* find(const RunKey& key);
  [[nodiscard]] std::optional<std::size_t> queue_id(const RunKey& key) const;
  void for_each(const RunKey& key, const std::function<void(ExperimentRun&, const RunKey&)>& act);

  std::vector<Experiment> experiments_;
  std::map<std::uint64_t, TopologyOfSeed> networks_;  ///< of experiments with networks of their own
  std::uint64_t next_id_ = 1;
  unsigned jobs_;
  std::function<TrainingModule&()> module_;
  std::vector<Pending> pending_;        ///< until there is a queue
  std::map<std::size_t, RunKey> keys_;  ///< of the runs that the queue has, by its ids
  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  std::unique_ptr<RunQueue> queue_;
  std::jthread loader_;
};

}  // namespace dnm
