// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "training/kernels/token_kernels.h"
#include "training/layers/tiles.h"
#include "training/layers/trained_array.h"
#include "training/support/workers.h"

namespace dnm {

/// Layer normalisation of tokens (see TokenKernels::normalise): parameters "NAME.weight", the gains, and "NAME.bias".
class LayerNorm {
 public:
  static constexpr float epsilon = 1e-6F;

  LayerNorm(const ModelState& state, const std::string& name, std::size_t features, const TokenKernels& kernels);

  /// Keeps mean and spread of each token for the way back.
  void forward(Tiles<const float> input, Tiles<float> output, Workers& workers);
  /// Adds to `input_gradient`; the gradients of gain and bias are those of these tokens.
  void backward(Tiles<const float> input, Tiles<const float> output_gradient, Tiles<float> input_gradient,
                Workers& workers);
  /// Calls use(array) for gains and biases.
  template <class Use>
  void for_arrays(const Use& use) {
    use(gain_);
    use(bias_);
  }

 private:
  const TokenKernels& kernels_;
  TrainedArray gain_;
  TrainedArray bias_;
  AlignedVector<float> mean_, inverse_;           ///< of each token
  AlignedVector<float> gain_parts_, bias_parts_;  ///< of each tile
};

}  // namespace dnm
