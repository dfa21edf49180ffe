// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "training/layers/aligned_parameter.h"
#include "training/layers/linear_layer.h"
#include "training/layers/sparse_index.h"

namespace dnm {
namespace {

class SparseLayer : public LinearLayer {
 public:
  SparseLayer(const Mask& mask, const ParameterState& weights, const ParameterState& biases,
              const SparseKernels& kernels)
      : kernels_(kernels), index_(mask), weights_(weights), biases_(biases) {}

  Engine engine() const override { return Engine::sparse; }

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify) override {
    for (std::size_t t = 0; t < input.count(); ++t) {
      kernels_.forward(index_.view(), input.width(t), weights_.values.data(), biases_.values.data(), input.tile(t),
                       output.tile(t), rectify);
    }
  }

  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                      bool add) override {
    for (std::size_t t = 0; t < output_gradient.count(); ++t) {
      kernels_.input_gradient(index_.view(), output_gradient.width(t), weights_.values.data(), output_gradient.tile(t),
                              input.data == nullptr ? nullptr : input.tile(t), input_gradient.tile(t), add);
    }
  }

  void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) override {
    sum_tiles(input, output_gradient, input.count(), add);
  }

  void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add,
              const LearningStep& step) override {
    const auto sgd = step.optimiser.as_sgd(step.learning_rate);
    if (!sgd) {
      gradient(input, output_gradient, add);
      return update(step);
    }
    const std::size_t last = input.count() - 1;
    if (last > 0) sum_tiles(input, output_gradient, last, add);
    const bool earlier = add || last > 0;
    kernels_.update(index_.view(), input.width(last), input.tile(last), output_gradient.tile(last),
                    earlier ? weight_gradient_.data() : nullptr, earlier ? bias_gradient_.data() : nullptr,
                    {weights_.values.data(), weights_.slots[0].data(), biases_.values.data(), biases_.slots[0].data()},
                    *sgd);
  }

  void update(const LearningStep& step) override {
    weights_.update(step, weight_gradient_);
    biases_.update(step, bias_gradient_);
  }

  LayerState gradients() const override {
    return {{{}, {weight_gradient_.begin(), weight_gradient_.end()}, {}},
            {{}, {bias_gradient_.begin(), bias_gradient_.end()}, {}}};
  }
  LayerState parameters() const override { return {weights_.copy(), biases_.copy()}; }

  void rewire(const Mask& mask, const ParameterState& weights) override {
    SparseIndex index(mask);
    weights_ = AlignedParameter(weights);
    index_ = std::move(index);
    weight_gradient_ = {};
  }

 private:
  void sum_tiles(Tiles<const float> input, Tiles<const float> output_gradient, std::size_t count, bool add) {
    weight_gradient_.resize(index_.links());
    bias_gradient_.resize(index_.n_out());
    if (count == 0 && !add) {
      std::fill(weight_gradient_.begin(), weight_gradient_.end(), 0.0F);
      std::fill(bias_gradient_.begin(), bias_gradient_.end(), 0.0F);
    }
    for (std::size_t t = 0; t < count; ++t) {
      kernels_.gradient(index_.view(), input.width(t), input.tile(t), output_gradient.tile(t), weight_gradient_.data(),
                        bias_gradient_.data(), add || t > 0);
    }
  }

  const SparseKernels& kernels_;
  SparseIndex index_;
  AlignedParameter weights_;
  AlignedParameter biases_;
  AlignedVector<float> weight_gradient_;  ///< empty until a batch has several tiles
  AlignedVector<float> bias_gradient_;
};

}  // namespace

std::unique_ptr<LinearLayer> make_sparse_layer(const Mask& mask, const ParameterState& weights,
                                               const ParameterState& biases, const SparseKernels& kernels) {
  return std::make_unique<SparseLayer>(mask, weights, biases, kernels);
}

}  // namespace dnm
