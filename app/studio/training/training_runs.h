// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

#include "app/studio/training/run_groups.h"
#include "training/runs/run_queue.h"

namespace dnm {

/// All training of this window: groups of runs, in the order they were started, those that are over included. They go
/// on in the background, as many side by side as there are jobs; the others wait their turn. Nothing here waits for the
/// training module: it is loaded on a worker, and what goes on is polled.
class TrainingRuns : public QObject {
  Q_OBJECT
 public:
  explicit TrainingRuns(QObject* parent = nullptr);
  ~TrainingRuns() override;  ///< stops what goes on, which keeps a checkpoint where it has a folder, and waits for it

  [[nodiscard]] const std::vector<RunGroup>& groups() const { return groups_; }
  [[nodiscard]] const RunGroup* group(std::uint64_t id) const;
  /// The run that the key names; null for a whole group, or when it is gone.
  [[nodiscard]] const TrainedRun* run(const RunKey& key) const;
  /// Whether any run waits or goes on.
  [[nodiscard]] bool is_busy() const;
  /// Whether the group or run waits or goes on.
  [[nodiscard]] bool is_busy(const RunKey& key) const;
  /// Whether all of it that waits or goes on is paused.
  [[nodiscard]] bool is_paused(const RunKey& key) const;
  /// Whether results would be gone with it: it has begun or trained, and no run folder keeps that.
  [[nodiscard]] bool would_be_lost(const RunKey& key) const;
  /// Names of the groups that go on and would lose what they reached if the window closed now.
  [[nodiscard]] QStringList lost_when_closed() const;

  /// Queues one run for each of the state's seeds and returns the group's id. `on_screen` is the network of the state's
  /// own seed, or its opened network; the other seeds draw theirs from the state's parameters. `revision` comes back
  /// with rewired().
  std::uint64_t start(const WorkspaceState& state, const NetworkPointer& on_screen, std::uint64_t revision);
  void pause(const RunKey& key);
  void resume(const RunKey& key);
  /// Whether any run of it can_go_on().
  [[nodiscard]] bool can_go_on(const RunKey& key) const;
  /// Queues those runs again: from the last checkpoint of their run folders, or from the start.
  void go_on(const RunKey& key);
  /// Stops and keeps what was reached; what waits is not started.
  void stop(const RunKey& key);
  void stop_all();
  /// Stops it and takes it off the list. Run folders stay.
  void discard(const RunKey& key);
  void rename(std::uint64_t group, const QString& name);
  void set_visible(std::uint64_t group, bool visible);
  /// Puts the groups of a session in place of those that are over. What goes on stays: in place of the session's own
  /// record of it, else after all others and in a colour of its own.
  void replace_finished(std::vector<RunGroup> groups);

  /// How many runs may go on side by side; at first the processors there are.
  [[nodiscard]] unsigned jobs() const { return jobs_; }
  void set_jobs(unsigned jobs);

 Q_SIGNALS:
  void changed();
  /// Something was trained, named or discarded that belongs in the session.
  void results_changed();
  /// A run failed, or waits for room on the disk: one sentence.
  void message(const QString& text);
  void rewired(const NetworkPointer& network, std::uint64_t revision);

 private:
  struct Pending {
    RunKey key;
    RunRequest request;
  };
  /// `network` null: what the run trains is drawn, or read, when its turn comes.
  [[nodiscard]] RunRequest request_of(const RunGroup& group, const TrainedRun& run, NetworkPointer network,
                                      bool resume);
  void start_pending();
  void load_queue();
  void take_queue(std::shared_ptr<RunQueue> queue, const QString& problem);
  void drawn(const RunKey& key, const std::string& network, const std::vector<std::string>& notices);
  void poll();
  void take(RunGroup& group, TrainedRun& run, QueuedRun&& told);
  void set_poll_rate();
  [[nodiscard]] RunGroup* find(std::uint64_t group);
  [[nodiscard]] TrainedRun* find(const RunKey& key);
  void for_each(const RunKey& key, const std::function<void(TrainedRun&)>& act);
  [[nodiscard]] std::size_t next_color() const;

  std::vector<RunGroup> groups_;
  std::uint64_t next_id_ = 1;
  unsigned jobs_;
  std::vector<Pending> pending_;  ///< until the queue is there
  bool loading_ = false;
  std::shared_ptr<RunQueue> queue_;
  QTimer poll_timer_;
  QThreadPool worker_;
};

}  // namespace dnm
