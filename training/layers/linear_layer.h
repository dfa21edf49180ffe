// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/network/network.h"
#include "training/layers/engine.h"
#include "training/layers/parameter_state.h"
#include "training/layers/tiles.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

class Workers;

/// One linear layer: y = W·x + b at its links, computed in one of the engines' ways. All views of one step hold the
/// same examples. Empty places of gradients hold zero. `forward` and `input_gradient` of the BLAS layer and of a sparse
/// one without workers may run on several threads at once, on different tiles.
class LinearLayer {
 public:
  virtual ~LinearLayer() = default;
  /// `sparse` or `masked`.
  [[nodiscard]] virtual Engine engine() const = 0;
  /// With `rectify` negative outputs become 0.
  virtual void forward(Tiles<const float> input, Tiles<float> output, bool rectify) = 0;
  /// Wᵀ·output_gradient, and 0 wherever `input`, which came through a rectifier, is not positive; `input` without data:
  /// it came through none. With `add` on top of what `input_gradient` holds.
  virtual void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                              bool add) = 0;
  /// The gradients of weights and biases, kept inside; with `add` on top of those of earlier examples.
  virtual void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) = 0;
  /// As `gradient`, and the optimiser's step on the sum; plain SGD in the same pass.
  virtual void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add,
                      const LearningStep& step) = 0;
  /// The optimiser's step on the sum of the last `gradient`, which it may use up.
  virtual void update(const LearningStep& step) = 0;
  /// Those of the last `gradient`, without names and slots.
  [[nodiscard]] virtual LayerState gradients() const = 0;
  /// A copy, without names.
  [[nodiscard]] virtual LayerState parameters() const = 0;
  /// Other links between the same neurons, with their weights and slots; biases stay. O(links), masked O(cells).
  virtual void rewire(const Mask& mask, const ParameterState& weights) = 0;
};

/// Sparse kernels: cost and memory follow the links, 28 bytes each with one slot (32 for batches of several tiles).
/// After its first batch of a size it allocates nothing. It shares all it does but `rewire` out to `workers`, which
/// must outlive it, as long as several are in use; the bits are the same.
[[nodiscard]] std::unique_ptr<LinearLayer> make_sparse_layer(const Mask& mask, const ParameterState& weights,
                                                             const ParameterState& biases,
                                                             const SparseKernels& kernels = best_kernels(),
                                                             Workers* workers = nullptr);
/// Dense LibTorch products with masked weights on the CPU: 16 bytes a cell with one slot.
[[nodiscard]] std::unique_ptr<LinearLayer> make_masked_layer(const Mask& mask, const ParameterState& weights,
                                                             const ParameterState& biases);
/// Dense BLAS products with masked weights, tile by tile where the tiles lie: for wide tiles. Weights and slots are
/// arrays of links, so that an optimiser's cost follows the links; beside them 8 bytes a cell. Allocates nothing after
/// its first batch, but where an input gradient is rectified and added.
[[nodiscard]] std::unique_ptr<LinearLayer> make_blas_layer(const Mask& mask, const ParameterState& weights,
                                                           const ParameterState& biases);

/// Throws InvalidInput unless the mask joins n_in to n_out neurons and has one weight per link. O(1).
void check_weights(const Mask& mask, const ParameterState& weights, NodeIndex n_in, NodeIndex n_out);
/// The same, and unless there is one bias per output neuron.
void check_layer(const Mask& mask, const ParameterState& weights, const ParameterState& biases, NodeIndex n_in,
                 NodeIndex n_out);

}  // namespace dnm
