// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/layers/loss.h"

namespace dnm {

/// The examples of a task that are evaluated. `validation` are training examples held out of training.
enum class EvaluationSet : std::uint8_t { validation, test };

/// What a task asks of a model, known before its data are read.
struct TaskShape {
  std::string data_set{};     ///< its label: "Fashion-MNIST"
  NodeIndex inputs = 0;       ///< numbers of an example: 784
  NodeIndex outputs = 0;      ///< scores a model gives: 10
  std::string inputs_text{};  ///< "images of Fashion-MNIST have 784 pixels"
};

/// What a model learns: the data, in which order they come, the loss and what is evaluated. An object serves one run
/// and is not thread-safe. The order of the examples follows from the seed and the position alone, so that a resumed
/// run sees the same batches.
class Task {
 public:
  virtual ~Task() = default;

  [[nodiscard]] virtual TaskShape shape() const = 0;
  [[nodiscard]] virtual const Loss& loss() const = 0;
  /// Bytes that the data take in memory.
  [[nodiscard]] virtual std::uint64_t memory_bytes() const = 0;

  /// Reads the data; what follows needs them. Throws FileError, ResourceError, Cancelled.
  virtual void load(const TaskControl& control) = 0;
  /// What the user should know of the data that were read, one sentence each.
  [[nodiscard]] virtual std::vector<std::string> notices() const { return {}; }
  /// Differs for other data under the same name. O(bytes). Throws Cancelled.
  [[nodiscard]] virtual std::uint32_t checksum(const TaskControl& control) const = 0;

  /// At least 1.
  [[nodiscard]] virtual std::uint64_t steps_per_epoch() const = 0;
  /// Training examples that come before this step (0 … steps_per_epoch) of an epoch.
  [[nodiscard]] virtual std::uint64_t examples_before(std::uint64_t step_of_epoch) const = 0;
  /// Draws the order of an epoch, counted from 0. O(examples of an epoch).
  virtual void begin_epoch(int epoch) = 0;
  /// The batch of a step of the epoch begun last, valid until the next call of any function. Allocates nothing.
  virtual const Batch& training_batch(std::uint64_t step_of_epoch) = 0;
  /// The examples of `count` steps of that epoch as one batch, valid as above.
  virtual const Batch& training_batches(std::uint64_t first_step_of_epoch, std::uint64_t count) = 0;

  /// Batches of a set; 0 where there is none.
  [[nodiscard]] virtual std::size_t evaluation_batches(EvaluationSet set) const = 0;
  /// One of them, unchanged, valid as above.
  virtual const Batch& evaluation_batch(EvaluationSet set, std::size_t batch) = 0;
};

}  // namespace dnm
