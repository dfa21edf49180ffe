// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/layer_norm.h"

namespace dnm {

LayerNorm::LayerNorm(const ModelState& state, const std::string& name, std::size_t features,
                     const TokenKernels& kernels)
    : kernels_(kernels), gain_(state, name + ".weight", features), bias_(state, name + ".bias", features) {}

void LayerNorm::forward(Tiles<const float> input, Tiles<float> output, Workers& workers) {
  mean_.resize(input.count() * input.full);
  inverse_.resize(mean_.size());
  workers.run(input.count(), [&](std::size_t t, std::size_t) {
    kernels_.normalise(input.neurons, input.width(t), input.tile(t), gain_.values(), bias_.values(), epsilon,
                       output.tile(t), mean_.data() + t * input.full, inverse_.data() + t * input.full);
  });
}

void LayerNorm::backward(Tiles<const float> input, Tiles<const float> output_gradient, Tiles<float> input_gradient,
                         Workers& workers) {
  const std::size_t features = input.neurons;
  gain_parts_.resize(input.count() * features);
  bias_parts_.resize(gain_parts_.size());
  workers.run(input.count(), [&](std::size_t t, std::size_t) {
    kernels_.normalise_gradient(features, input.width(t), input.tile(t), mean_.data() + t * input.full,
                                inverse_.data() + t * input.full, gain_.values(), output_gradient.tile(t),
                                input_gradient.tile(t), gain_parts_.data() + t * features,
                                bias_parts_.data() + t * features);
  });
  kernels_.add_up(input.count(), features, gain_parts_.data(), gain_.gradient.data(), false);
  kernels_.add_up(input.count(), features, bias_parts_.data(), bias_.gradient.data(), false);
}

}  // namespace dnm
