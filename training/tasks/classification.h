// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/network/random.h"
#include "training/data/augmentation.h"
#include "training/data/image_batch.h"
#include "training/layers/cross_entropy.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// Which class an example is of, by softmax cross-entropy; batches are ImageBatch. The examples of an epoch come in an
/// order of its own; `validation` of them, chosen by the seed, are held out. What is left to a task is where the
/// examples come from.
class Classification : public Task {
 public:
  TaskShape shape() const override { return shape_; }
  const Loss& loss() const override { return loss_; }
  std::uint64_t steps_per_epoch() const override;
  std::uint64_t examples_before(std::uint64_t step_of_epoch) const override;
  void begin_epoch(int epoch) override;
  const Batch& training_batch(std::uint64_t step_of_epoch) override;
  const Batch& training_batches(std::uint64_t first_step_of_epoch, std::uint64_t count) override;
  std::size_t evaluation_batches(EvaluationSet set) const override;
  const Batch& evaluation_batch(EvaluationSet set, std::size_t batch) override;

 protected:
  /// `what` names the examples: "images".
  Classification(const TrainingSettings& settings, TaskShape shape, std::string what);
  /// Throws InvalidInput when holding examples out leaves none of `train` to train with.
  void check_held_out(std::uint64_t train) const;
  /// To be called once the examples are there: so many to train with, held-out ones included, and to test.
  void begin(std::size_t train, std::size_t test);
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

  /// Fills the batch with the examples `which` of the training or of the test part, with `changes` (one for each, or
  /// none) applied. Allocates nothing.
  virtual void gather(bool of_test, std::span<const std::uint32_t> which, ImageBatch& batch,
                      std::span<const Augmentation> changes) const = 0;
  /// How so many training examples are changed in an epoch; empty: they are not.
  [[nodiscard]] virtual std::vector<Augmentation> changes_of(std::size_t /*count*/, Random /*random*/) const {
    return {};
  }

 private:
  void gather_steps(std::uint64_t first_step, std::uint64_t count, ImageBatch& batch) const;
  [[nodiscard]] std::span<const std::uint32_t> examples_of(EvaluationSet set) const {
    return set == EvaluationSet::test ? test_ : validation_;
  }

  TaskShape shape_;
  std::string what_;
  std::uint64_t seed_;
  std::uint64_t held_out_;
  std::size_t batch_size_;
  SoftmaxCrossEntropy loss_;
  std::vector<std::uint32_t> training_;    ///< sorted; without those held out
  std::vector<std::uint32_t> validation_;  ///< sorted
  std::vector<std::uint32_t> test_;
  std::vector<std::uint32_t> order_;  ///< of the epoch begun last
  std::vector<Augmentation> changes_;
  std::optional<ImageBatch> batch_;
  std::optional<ImageBatch> several_batches_;  ///< made when they are asked for
  std::size_t several_room_ = 0;               ///< images that they hold
  std::optional<ImageBatch> evaluation_batch_;
};

}  // namespace dnm
