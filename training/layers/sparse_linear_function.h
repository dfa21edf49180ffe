// SPDX-License-Identifier: GPL-3.0-or-later
// For models composed of Torch modules. Shows Torch: for .cpp files alone.
#pragma once

#include <memory>

#include <ATen/core/Tensor.h>

#include "training/layers/sparse_index.h"

namespace dnm {

/// y = x·Wᵀ + b with W sparse: torch's `linear` on the sparse kernels, differentiable in x, weights and biases.
/// x: images × n_in; weights: links, in the mask's order; biases: n_out; y: images × n_out. All float on the CPU.
/// The index must not change until the backward pass is over. Throws InvalidInput for other shapes or types.
[[nodiscard]] at::Tensor sparse_linear(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& biases,
                                       std::shared_ptr<const SparseIndex> index,
                                       const SparseKernels& kernels = best_kernels());

}  // namespace dnm
