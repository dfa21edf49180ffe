// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "training/layers/engine.h"
#include "training/layers/layer_state.h"
#include "training/layers/tiles.h"

namespace dnm {

/// One linear layer: y = W·x + b at its links, computed in one of the engines' ways. All views of one
/// step hold the same images. Empty places of gradients hold zero.
class LinearLayer {
 public:
  virtual ~LinearLayer() = default;
  /// `sparse` or `masked`.
  [[nodiscard]] virtual Engine engine() const = 0;
  /// With `rectify` negative outputs become 0.
  virtual void forward(Tiles<const float> input, Tiles<float> output, bool rectify) = 0;
  /// Wᵀ·output_gradient, and 0 wherever `input`, which came through a rectifier, is not positive.
  virtual void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input,
                              Tiles<float> input_gradient) = 0;
  /// The gradients of weights and biases, kept inside; with `add` on top of those of earlier images.
  virtual void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) = 0;
  /// As `gradient`, and an SGD step on the sum.
  virtual void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add, const SgdStep& sgd) = 0;
  /// Those of the last `gradient`.
  [[nodiscard]] virtual LayerValues gradients() const = 0;
  [[nodiscard]] virtual LayerState state() const = 0;
};

/// Sparse kernels: cost and memory follow the links, 28 bytes each (32 for batches of several tiles). After its first
/// batch of a size it allocates nothing.
[[nodiscard]] std::unique_ptr<LinearLayer> make_sparse_layer(const Mask& mask, const LayerState& state,
                                                             const SparseKernels& kernels = best_kernels());
/// Dense LibTorch products with masked weights on the CPU: 16 bytes a cell.
[[nodiscard]] std::unique_ptr<LinearLayer> make_masked_layer(const Mask& mask, const LayerState& state);

}  // namespace dnm
