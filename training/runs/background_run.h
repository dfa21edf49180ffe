// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "training/runs/run_plan.h"
#include "training/runs/training_loop.h"
#include "training/runs/training_module.h"
#include "training/support/workers.h"

namespace dnm {

/// A TrainingLoop on a thread of its own: preparing → running ⇄ paused → finished, stopped or failed.
/// A file that cannot be written (full disk) pauses the run and is reported as its problem; it is tried again every
/// second, and at once after a resume.
class BackgroundRun : public TrainingRun, private TrainingReporter {
 public:
  explicit BackgroundRun(RunPlan plan);
  ~BackgroundRun() override = default;  // the thread's own destructor requests a stop and joins

  void pause() override;
  void resume() override;
  void stop() override;
  TrainingProgress poll() override;

 private:
  void train(RunPlan plan, const std::stop_token& stop);
  void set_state(RunState state, std::string problem = {});
  /// With the lock held.
  void set_facts(const RunFacts& facts);

  void prepared(const RunFacts& facts, const RunHistory& history, const std::vector<TopologyEventPointer>& events,
                const NamedMasksPointer& layers) override;
  void update_done(const UpdateResult& result) override;
  void engines_changed(const RunFacts& facts) override;
  void notice(const std::string& text) override;
  void step_done(const StepReport& report) override;
  void epoch_done(const EpochResult& result) override;
  void topology_changed(const TopologyEventPointer& event, const NamedMasksPointer& layers) override;
  void wait_while_paused(const TaskControl& control) override;
  void cannot_write(const FileError& error, const TaskControl& control) override;
  void written() override;

  std::mutex mutex_;  // guards all below
  std::condition_variable_any changed_;
  bool pause_wanted_ = false;
  bool retry_wanted_ = false;  ///< of a write that failed
  TrainingProgress progress_;
  std::deque<EpochResult> unseen_;
  std::vector<double> epoch_seconds_;  ///< the latest few
  double usual_seconds_ = 0.0;         ///< their median; 0: none is known
  /// Of all steps so far: examples, examples times links, and the time that they took.
  double trained_examples_ = 0.0, trained_links_ = 0.0, trained_seconds_ = 0.0;

  std::optional<ProcessorShare> share_;  ///< of the thread below alone; given up while paused

  std::jthread thread_;  // last: it uses everything above
};

}  // namespace dnm
