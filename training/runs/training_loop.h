// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/support/error.h"
#include "core/support/task_control.h"
#include "training/runs/epoch_translations.h"
#include "training/runs/run_plan.h"
#include "training/runs/training_module.h"
#include "training/runs/update_recorder.h"

namespace dnm {

/// What is settled once a run has its data and its model; engines may change while the density falls.
struct RunFacts {
  std::string engine;  ///< "sparse", "masked", or "mixed" when layers differ
  std::string device;  ///< "cpu (AVX2 sparse kernels)"
  std::uint64_t memory_bytes = 0;
  double masked_speed_up = 0.0;            ///< NaN where nothing was measured
  std::vector<LayerTiming> layer_timings;  ///< empty where nothing was measured
  double epochs_before = 0.0;              ///< trained as it was prepared, with the part of one
  std::uint64_t updates_before = 0;        ///< of the topology by then
};

/// How far an epoch is.
struct StepReport {
  int epoch = 0;  ///< from 1
  double epoch_fraction = 0.0;
  double loss = 0.0;                 ///< mean of the epoch so far
  double examples_per_second = 0.0;  ///< trained since the epoch was begun or resumed
  std::uint64_t links = 0;           ///< of the model, dense layers included
  double epoch_seconds = 0.0;        ///< spent on the epoch so far
  std::uint64_t examples = 0;        ///< of this step alone
  double seconds = 0.0;              ///< likewise
};

/// Where a TrainingLoop reports, and what it waits for. All calls come from the thread that trains.
class TrainingReporter {
 public:
  virtual ~TrainingReporter() = default;
  /// Once, before the first step; `history` and `events` are those of a resumed run, and `layers` its sparse ones where
  /// they are others than the run began with (else null).
  virtual void prepared(const RunFacts& /*facts*/, const RunHistory& /*history*/,
                        const std::vector<TopologyEventPointer>& /*events*/, const NamedMasksPointer& /*layers*/) {}
  /// The metrics of an update, once all of them are known: with an update that ends an epoch, right before that epoch.
  /// First, before prepared(), those before a resume that the run folder has kept.
  virtual void update_done(const UpdateResult& /*result*/) {}
  /// Between steps: layers go on with other engines.
  virtual void engines_changed(const RunFacts& /*facts*/) {}
  /// What the user should know.
  virtual void notice(const std::string& /*text*/) {}
  virtual void step_done(const StepReport& /*report*/) {}
  virtual void epoch_done(const EpochResult& /*result*/) {}
  /// After an update of the topology; `layers` are the sparse ones, null when no link changed.
  virtual void topology_changed(const TopologyEventPointer& /*event*/, const NamedMasksPointer& /*layers*/) {}
  /// Called between steps: returns when the loop may continue. Throws Cancelled.
  virtual void wait_while_paused(const TaskControl& control) { control.check(); }
  /// A file could not be written (a full disk, a vanished folder): returns when the loop shall try again. Throws
  /// Cancelled, or the error where nobody can help.
  virtual void cannot_write(const FileError& error, const TaskControl& /*control*/) { throw FileError(error); }
  /// After a try that succeeded.
  virtual void written() {}
};

/// Trains a model, step after step, on the thread that calls: data, model, optimiser, rule, evaluation, files. Knows no
/// thread and no lock; BackgroundRun puts one around it.
class TrainingLoop {
 public:
  /// The reporter must outlive the loop.
  TrainingLoop(RunPlan plan, TrainingReporter& reporter);

  /// From where the plan stands to the last epoch. A stop is taken between steps; what was reached is then kept in the
  /// run folder, where there is one. To be called once. Throws Cancelled; InvalidInput when the data are not those the
  /// run was started with, or a rule answers no topology; NumericalError when the training diverges; FileError,
  /// ResourceError, and LibTorch's own exceptions.
  void run(const TaskControl& control);

  /// Epochs that are over, those before a resume included.
  [[nodiscard]] const RunHistory& history() const { return history_; }
  /// As it stands now.
  [[nodiscard]] const Topology& topology() const { return plan_.topology; }
  /// Parameters as they stand now; after the start of `run`.
  [[nodiscard]] ModelState state() const { return model_->state(); }

 private:
  void prepare(const TaskControl& control);
  /// Measures the layers, settles the engine of each, now and while the density falls, where that is left to the run,
  /// and makes the model.
  [[nodiscard]] RunFacts make_model(const TaskControl& control, const ModelState& state);
  /// Tries some steps; false, with a notice, when the device fails.
  [[nodiscard]] bool is_faster_on_cuda(const std::vector<LayerTiming>& timings, const ModelState& state);
  void train_epoch(const TaskControl& control);
  /// Makes the model anew where fewer links have made another engine the faster one.
  void choose_engines_after_update(const TaskControl& control);
  void evaluate_epoch(const TaskControl& control);
  /// Adds what a task that translates measures beside; nothing for others.
  void translate(const TaskControl& control, EpochFacts& facts, const MetricValues& of_scores);
  [[nodiscard]] EpochResult result_of(EpochFacts facts, const MetricValues& of_scores) const;
  /// Sums over a set, whose metrics of scores are set in `of_scores`. Throws NumericalError when the scores are not
  /// numbers.
  [[nodiscard]] BatchSums evaluate(const TaskControl& control, EvaluationSet set, MetricValues& of_scores);
  /// A step that changes the topology, in place of learning or after it; returns loss and hits of its batch before
  /// that. Throws Cancelled with parameters and topology as they were.
  [[nodiscard]] BatchSums update_topology(const StepPosition& at, const Batch& batch, const LearningStep& step,
                                          const TaskControl& control, TopologyEvent& event);
  void rewire(const StepPosition& at, const TaskControl& control, TopologyEvent& event);
  /// Keeps the update and reports it.
  void publish(const TaskControl& control, TopologyEvent event);
  /// Takes the updates whose metrics are all known by now into updates_, and reports them.
  void finish_updates();
  void save_checkpoint_when_due(const TaskControl& control);
  [[nodiscard]] Checkpoint checkpoint() const;
  /// Runs `write` until it does not throw FileError. Throws what the reporter throws meanwhile.
  void write_until_done(const TaskControl& control, const std::function<void()>& write);
  [[nodiscard]] std::vector<NamedMask> sparse_layers() const;
  [[nodiscard]] ModelPlacement placement() const { return {plan_.engines, plan_.device}; }

  RunPlan plan_;
  TrainingReporter& reporter_;
  std::unique_ptr<Model> model_;
  RunPosition position_;
  RunHistory history_;
  std::optional<UpdateRecorder> recorder_;  ///< of a run under a rule
  std::optional<EpochTranslations> translations_;
  std::vector<UpdateResult> updates_;      ///< by update
  std::deque<UpdateResult> open_updates_;  ///< later ones, which wait for the end of their epoch
  std::chrono::steady_clock::time_point last_checkpoint_ = std::chrono::steady_clock::now();
  std::uint32_t data_checksum_ = 0;  ///< of a run with a folder
};

}  // namespace dnm
