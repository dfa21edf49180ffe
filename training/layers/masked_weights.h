// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "core/network/network.h"
#include "training/layers/parameter_state.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

// Shows Torch: for the .cpp files of this program alone.

/// A parameter as dense tensors.
struct DenseParameter {
  at::Tensor values, gradient;
  std::vector<at::Tensor> slots;
};

/// A layer's weights as dense tensors (n_out × n_in, zero outside the mask) and biases (n_out × 1), with gradients and
/// slots: 16 bytes a cell with one slot. Since weights stay zero outside the mask, only gradients are masked.
struct MaskedWeights {
  MaskedWeights(const Mask& mask, const ParameterState& new_weights, const ParameterState& new_biases,
                at::Device device);

  /// W·input + b; inputs and outputs are neurons × examples.
  void forward(const at::Tensor& input, at::Tensor& output) const;
  /// Wᵀ·output_gradient, and 0 wherever `input`, which came through a rectifier, is not positive; undefined: it came
  /// through none.
  void input_gradient(const at::Tensor& output_gradient, const at::Tensor& input, at::Tensor& result) const;
  /// The gradients of weights and biases, kept inside; with `add` on top of those that are there.
  void gradient(const at::Tensor& output_gradient, const at::Tensor& input, bool add);
  /// The gradients and the optimiser's step on them, on the CPU, block by block: the gradients stay in the cache, and
  /// are not kept.
  void update(const at::Tensor& output_gradient, const at::Tensor& input, const LearningStep& step);
  /// The optimiser's step on both gradients, which it uses up.
  void update(const LearningStep& step);
  [[nodiscard]] LayerState gradients() const;
  [[nodiscard]] LayerState parameters() const;
  /// Other links between the same neurons, with their weights; biases stay.
  void rewire(const Mask& mask, const ParameterState& new_weights);

  DenseParameter weights;
  DenseParameter biases;

 private:
  [[nodiscard]] std::vector<float> at_links(const at::Tensor& cells) const;

  at::Device device_;
  at::Tensor links_;  ///< flat cell of each link, in the mask's order
  at::Tensor mask_;   ///< 1 at links, else 0; undefined when every cell is a link
  at::Tensor rows_;   ///< of the gradient of the weights, in update()
};

}  // namespace dnm
