// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "training/runs/run_plan.h"
#include "training/runs/training_module.h"

namespace dnm {

/// Trains on its own thread: preparing → running ⇄ paused → finished, stopped or failed.
/// A file that cannot be written (full disk) pauses the run with the problem reported; resuming tries again.
class BackgroundRun : public TrainingRun {
 public:
  explicit BackgroundRun(RunPlan plan);
  ~BackgroundRun() override = default;  // the thread's own destructor requests a stop and joins

  void pause() override;
  void resume() override;
  void stop() override;
  TrainingProgress poll() override;

 private:
  void train(const std::stop_token& stop);
  void prepare(const std::stop_token& stop);
  /// Measures the layers, settles the engine of each where that is left to the run, and makes the model.
  void make_model(const TaskControl& control, const ModelState& state);
  /// Tries some steps; false, with a notice, when the device fails.
  [[nodiscard]] bool is_faster_on_cuda(const std::vector<LayerTiming>& timings, const ModelState& state);
  void save_checkpoint_when_due(const std::stop_token& stop);
  void train_epoch(const TaskControl& control, int epoch);
  /// A step that changes the topology in place of learning; returns loss and hits of its batch before that.
  [[nodiscard]] BatchSums rewire(const StepPosition& at, const TaskControl& control);
  /// All but the classifier's.
  [[nodiscard]] std::span<Mask> hidden_masks();
  void count_links();
  void tell_topology(NetworkPointer network);
  void evaluate_epoch(const TaskControl& control, int epoch);
  [[nodiscard]] BatchSums evaluate(const TaskControl& control, const ImageSet& images,
                                   std::span<const std::uint32_t> which);
  [[nodiscard]] Checkpoint checkpoint() const;
  /// Runs `write`; while it throws FileError (a full disk, a vanished folder), waits paused and tries again every
  /// second, or at once after a resume. Throws Cancelled.
  void write_or_pause(const std::stop_token& stop, const std::function<void()>& write);
  /// Returns when running is wanted. Throws Cancelled.
  void wait_while_paused(const std::stop_token& stop);
  void set_state(RunState state, std::string problem = {});

  // Of the run's thread alone.
  RunPlan plan_;
  DataSet data_;
  std::vector<std::uint32_t> train_images_;       ///< sorted; without those held out
  std::vector<std::uint32_t> validation_images_;  ///< sorted
  std::vector<std::uint32_t> test_images_;
  std::unique_ptr<Mlp> model_;
  std::unique_ptr<Batch> batch_;
  std::unique_ptr<Batch> evaluation_batch_;
  RunPosition position_;
  RunHistory history_;
  std::vector<double> epoch_seconds_;  ///< the latest few
  std::chrono::steady_clock::time_point last_checkpoint_ = std::chrono::steady_clock::now();
  std::uint64_t links_ = 0;          ///< classifier included
  std::uint32_t data_checksum_ = 0;  ///< of a run with a folder

  // Shared with the callers.
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool pause_wanted_ = false;
  bool retry_wanted_ = false;  ///< of a write that failed
  TrainingProgress progress_;
  std::deque<EpochResult> unseen_;
  std::vector<std::string> notices_;  ///< nobody has seen yet

  std::jthread thread_;  // last: it uses everything above
};

}  // namespace dnm
