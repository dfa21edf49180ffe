// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "training/kernels/sparse_kernels.h"
#include "training/layers/layer_state.h"

namespace dnm {

// Shows Torch: for the .cpp files of this program alone.

/// A layer's weights as dense tensors (n_out × n_in, zero outside the mask) and biases (n_out × 1), with momenta and
/// gradients: 16 bytes a cell. Since weights stay zero outside the mask, only gradients are masked.
struct MaskedWeights {
  MaskedWeights(const Mask& mask, const LayerState& state, at::Device device);

  /// Masks the weights' gradient as a product has left it.
  void mask_gradient();
  /// Takes an SGD step on both gradients, which it uses up.
  void descend(const SgdStep& sgd);
  [[nodiscard]] LayerValues gradients() const;
  [[nodiscard]] LayerState state() const;

  at::Tensor weights, weight_momentum, weight_gradient;
  at::Tensor biases, bias_momentum, bias_gradient;

 private:
  [[nodiscard]] LayerValues at_links(const at::Tensor& of_weights, const at::Tensor& of_biases) const;

  at::Tensor links_;  ///< flat cell of each link, in the mask's order
  at::Tensor mask_;   ///< 1 at links, else 0; undefined when every cell is a link
};

}  // namespace dnm
