// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <string>
#include <vector>

#include "app/workspace/experiments/experiment_runner.h"

namespace dnm {

/// The experiments of this window: a timer that polls an ExperimentRunner, and signals for news.
class TrainingRuns : public QObject {
  Q_OBJECT
 public:
  explicit TrainingRuns(QObject* parent = nullptr);
  ~TrainingRuns() override;  ///< stops all runs and waits for them

  /// For queries.
  [[nodiscard]] const ExperimentRunner& runner() const { return runner_; }
  [[nodiscard]] const std::vector<Experiment>& experiments() const { return runner_.experiments(); }
  /// " of “SET”", to be put behind the name of a run; empty where the experiment of this identity is not in the list.
  [[nodiscard]] QString of_group(const std::string& identity) const;

  // See ExperimentRunner.
  std::uint64_t start(ExperimentPlan plan);
  void pause(const RunKey& key);
  void resume(const RunKey& key);
  void restart(const RunKey& key);
  void train_longer(std::uint64_t id, std::int64_t epochs);
  void stop(const RunKey& key);
  void stop_all();
  void discard(const RunKey& key);
  void rename(std::uint64_t id, const QString& name);
  void set_visible(std::uint64_t id, bool visible);
  void replace_finished(std::vector<Experiment> experiments);
  std::vector<std::string> add(std::vector<Experiment> experiments);
  void set_jobs(unsigned jobs);

 Q_SIGNALS:
  void changed();
  /// Something that belongs in the session was trained, named or discarded.
  void results_changed();
  /// A run failed or waits for disk space: one sentence.
  void message(const QString& text);
  /// What that message said is over: no run has this problem any more.
  void problem_over(const QString& text);
  /// The topology of this run has changed.
  void rewired(const RunKey& run);

 private:
  void poll();
  void withdraw_problems();
  void set_poll_rate();

  ExperimentRunner runner_;
  QTimer timer_;
  std::vector<std::string> problems_;  ///< that were reported and that a run still has
};

}  // namespace dnm
