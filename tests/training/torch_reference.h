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
  double loss = 0.0;  ///< mean over the batch, before the step
  std::uint64_t correct = 0;
  std::vector<DoubleValues> gradients;
  std::vector<DoubleValues> values;  ///< after the step
};

/// One step per entry of `batches`, from the same start (momentum included).
[[nodiscard]] std::vector<ReferenceStep> torch_steps(const std::vector<dnm::Mask>& masks, const dnm::ModelState& start,
                                                     const std::vector<Images>& batches, const dnm::SgdStep& sgd);

struct LinearGradients {
  std::vector<double> output, input, weights, biases;
};
/// The output of one linear layer (images × n_out, row by row) and its gradients under the loss sum(output³)/3, by
/// dense LibTorch in double precision, or by sparse_linear on the kernels.
[[nodiscard]] LinearGradients dense_linear(const dnm::Mask& mask, const dnm::LayerValues& values, const Images& images);
[[nodiscard]] LinearGradients sparse_linear(const dnm::Mask& mask, const dnm::LayerValues& values, const Images& images,
                                            const dnm::SparseKernels& kernels);
/// Whether sparse_linear refuses weights of a wrong length with InvalidInput.
[[nodiscard]] bool sparse_linear_refuses_wrong_shapes();

}  // namespace samples
