// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/support/task_control.h"
#include "training/metrics/epoch_result.h"
#include "training/metrics/metric.h"
#include "training/runs/epoch_weights.h"
#include "training/runs/run_plan.h"
#include "training/runs/translations.h"

namespace dnm {

/// What a run that translates does at the end of each epoch: it translates the sentences that are scored of its
/// validation part, where the settings say so those of its test part, and keeps parameters that are averaged at its
/// end. With more than one epoch to average, the mean translates the test part after the last one. Its run folder gets
/// hypotheses.txt and hypotheses.json of the newest translation of the test part, and hypotheses.best.txt and .json of
/// that of the best epoch so far. Does nothing for other tasks.
class EpochTranslations {
 public:
  /// After so many epochs; the plan must outlive it. Throws FileError when a file of parameters is missing.
  EpochTranslations(const RunPlan& plan, int epochs_done);

  /// What an epoch's end needs of the run.
  struct End {
    Model& model;
    const RunHistory& history;  ///< epochs before
    EpochFacts& facts;          ///< of this one: its BLEU is added
    /// The epoch's result by the facts as they are.
    std::function<EpochResult()> result;
    BetweenGroups between;  ///< may be empty
    /// Runs what writes a file until it does not throw FileError.
    std::function<void(const std::function<void()>& write)> write;
  };
  /// What the mean of several epochs takes beside a model of `model_bytes`; 0 where nothing is averaged.
  [[nodiscard]] static std::uint64_t memory_bytes(const RunPlan& plan, std::uint64_t model_bytes);

  /// Throws Cancelled; InvalidInput where the model cannot translate.
  void add(const End& end, const TaskControl& control);

 private:
  [[nodiscard]] Translations translated(Model& model, EvaluationSet set, const BetweenGroups& between,
                                        const TaskControl& control) const;
  [[nodiscard]] std::unique_ptr<Model> mean_model(int epoch, const TaskControl& control) const;
  void keep_weights(const End& end, int epoch);
  void write_files(const Translations& test, int epoch, int averaged, bool best) const;

  const RunPlan& plan_;
  const Translation* text_;           ///< null for another task
  std::map<int, EpochWeights> kept_;  ///< of a run without a folder
};

}  // namespace dnm
