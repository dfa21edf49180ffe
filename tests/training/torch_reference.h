// SPDX-License-Identifier: GPL-3.0-or-later
// Masked dense training by LibTorch's own layers, autograd and optimiser in double precision: what the engines must
// reproduce. Keeps Torch out of the Qt tests.
#pragma once

#include <vector>

#include "samples.h"

namespace samples {

struct DoubleValues {
  std::vector<double> weights;  ///< in link order
  std::vector<double> biases;
};

struct ReferenceStep {
  Images images;      ///< those taken of the candidates
  double loss = 0.0;  ///< mean over the batch, before the step
  std::uint64_t correct = 0;
  std::vector<DoubleValues> gradients;
  std::vector<DoubleValues> values;  ///< after the step
};

/// One step per entry of `sizes` on that many images of `candidates[step]`, from the same start (momentum included).
/// Images that bring some neuron within 1e-4 of the rectifier's kink are passed over: on which side of it a neuron
/// falls is then a matter of rounding, and one side's gradient is not the other's.
[[nodiscard]] std::vector<ReferenceStep> torch_steps(const std::vector<dnm::Mask>& masks, const dnm::ModelState& start,
                                                     const std::vector<Images>& candidates,
                                                     const std::vector<std::size_t>& sizes, const dnm::SgdStep& sgd);

struct LinearGradients {
  std::vector<double> output, input, weights, biases;
};
/// The output of one linear layer (images × n_out, row by row) and its gradients under the loss sum(output³)/3, by
/// dense LibTorch in double precision, or by sparse_linear on the kernels.
[[nodiscard]] LinearGradients dense_linear(const dnm::Mask& mask, const dnm::LayerState& state, const Images& images);
[[nodiscard]] LinearGradients sparse_linear(const dnm::Mask& mask, const dnm::LayerState& state, const Images& images,
                                            const dnm::SparseKernels& kernels);
/// Whether sparse_linear refuses weights of a wrong length with InvalidInput.
[[nodiscard]] bool sparse_linear_refuses_wrong_shapes();

}  // namespace samples
