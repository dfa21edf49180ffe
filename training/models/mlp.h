// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/kernels/sparse_kernels.h"
#include "training/layers/batch_sums.h"
#include "training/layers/dropout.h"
#include "training/layers/engine.h"
#include "training/layers/layer_state.h"

namespace dnm {

/// What a checkpoint keeps of a model besides its masks, layer by layer.
using ModelState = std::vector<LayerState>;

/// Takes the gradients of one output neuron's weights, missing links included.
using UseGradients = std::function<void(NodeIndex output, std::span<const float> gradients)>;

/// A multi-layer perceptron with a mask per layer: ReLU after every layer but the last, softmax cross-entropy on the
/// last, SGD with momentum and weight decay. Not thread-safe; one object per run.
class Mlp {
 public:
  virtual ~Mlp() = default;
  /// "sparse", "masked", or "mixed" when layers differ.
  [[nodiscard]] virtual std::string_view engine() const = 0;
  /// Where and with what it computes: "cpu (AVX2 sparse kernels)".
  [[nodiscard]] virtual std::string device() const = 0;
  /// One training step on the mean loss of the batch (1 … any number of images); the result is that before the step.
  /// Throws Cancelled when a stop is requested before the weights start to change; they are then as they were.
  virtual BatchSums step(const Batch& batch, const SgdStep& sgd, const TaskControl& control,
                         const Dropout& dropout = {}) = 0;
  /// Loss and hits of the batch; dropout takes no part.
  [[nodiscard]] virtual BatchSums evaluate(const Batch& batch) = 0;
  /// Gradients of the batch's mean loss without a step, link by link; without weight decay and dropout.
  [[nodiscard]] virtual std::vector<LayerValues> gradients(const Batch& batch) = 0;
  /// The gradients that a layer (from 0) would have with every link, missing ones at weight 0: use(output neuron, its
  /// n_in gradients) for one output after the other. Takes 2·n_in·n_out·images flops and, besides the activations of
  /// the whole batch, room for n_in gradients with sparse layers, for all cells with the masked engine.
  virtual void dense_gradients(std::size_t layer, const Batch& batch, const UseGradients& use) = 0;
  /// A copy: O(links), with the masked engine O(cells).
  [[nodiscard]] virtual ModelState state() const = 0;
  /// Gives one layer (from 0) other links between the same neurons, and other numbers. The sparse engine orders the
  /// links both ways in O(links), the masked one makes its tables again in O(cells). Throws InvalidInput when they do
  /// not fit; nothing has changed then.
  virtual void replace_layer(std::size_t layer, const Mask& mask, const LayerState& state) = 0;
};

/// The truly sparse engine: cost and memory follow the links. masks[i].n_out = masks[i+1].n_in.
/// Throws InvalidInput when the state does not fit the masks.
[[nodiscard]] std::unique_ptr<Mlp> make_sparse_mlp(const std::vector<Mask>& masks, const ModelState& state,
                                                   const SparseKernels& kernels = best_kernels());

/// Each layer with the engine given for it, sparse or masked, on the CPU (see LinearLayer). Throws InvalidInput as
/// above, and unless every layer has one.
[[nodiscard]] std::unique_ptr<Mlp> make_layered_mlp(const std::vector<Mask>& masks, const ModelState& state,
                                                    const std::vector<Engine>& engines,
                                                    const SparseKernels& kernels = best_kernels());

/// Dense LibTorch products with masked weights, on the CPU or a CUDA device: what the sparse engine is measured
/// against, faster at high density, and the way to a GPU. Memory: 16 bytes per cell of every mask. Throws InvalidInput
/// as above, and LibTorch's own exception when the device fails.
[[nodiscard]] std::unique_ptr<Mlp> make_masked_mlp(const std::vector<Mask>& masks, const ModelState& state,
                                                   Device device);

/// Throws InvalidInput unless the state has one weight per link and one bias per output neuron of every mask, and each
/// mask's outputs are the inputs of the next.
void check_state(const std::vector<Mask>& masks, const ModelState& state);

}  // namespace dnm
