// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/layers/batch_sums.h"
#include "training/layers/parameter_state.h"
#include "training/layers/score_tile.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

/// Takes the gradients of one output neuron's weights, missing links included. `layer`: its place in the topology.
using UseGradients = std::function<void(std::size_t layer, NodeIndex output, std::span<const float> gradients)>;

/// What learns: parameters by name, and masks on some of them (see Topology, whose places number the layers here).
/// Not thread-safe; one object per run. Which batches it takes is between it and the task (see ModelKind).
class Model {
 public:
  virtual ~Model() = default;
  /// "sparse", "masked", or "mixed" when layers differ.
  [[nodiscard]] virtual std::string_view engine() const = 0;
  /// Where and with what it computes: "cpu (AVX2 sparse kernels)".
  [[nodiscard]] virtual std::string device() const = 0;

  /// One training step on the mean loss of the batch; the result is that before the step. Throws Cancelled when a stop
  /// is requested before the parameters start to change; they are then as they were.
  virtual BatchSums step(const Batch& batch, const LearningStep& step, const TaskControl& control) = 0;
  /// Loss and hits of the batch; dropout takes no part. `use`, where not empty, is given the scores of all examples in
  /// one or several tiles.
  [[nodiscard]] virtual BatchSums evaluate(const Batch& batch, const UseScores& use) = 0;
  [[nodiscard]] BatchSums evaluate(const Batch& batch) { return evaluate(batch, {}); }
  /// Gradients of the batch's mean loss without a step, as values of parameters of the same names without slots;
  /// without weight decay and dropout.
  [[nodiscard]] virtual ModelState gradients(const Batch& batch) = 0;
  /// The gradients that some layers would have with every link, missing ones at weight 0: of each layer, in no set
  /// order, one output neuron after the other, its n_in gradients. One pass through the model and 2·n_in·n_out·examples
  /// flops a layer.
  virtual void dense_gradients(std::span<const std::size_t> layers, const Batch& batch, const UseGradients& use) = 0;

  /// A copy of parameters and slots: O(links), with masked layers O(cells).
  [[nodiscard]] virtual ModelState state() const = 0;
  /// Gives a layer other links between the same neurons, and other weights (with slots); biases stay. Throws
  /// InvalidInput when they do not fit; nothing has changed then.
  virtual void rewire(std::size_t layer, const Mask& mask, const ParameterState& weights) = 0;
};

}  // namespace dnm
