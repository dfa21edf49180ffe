// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/kernels/aligned_vector.h"
#include "training/layers/linear_layer.h"
#include "training/layers/sparse_index.h"

namespace dnm {
namespace {

class SparseLayer : public LinearLayer {
 public:
  SparseLayer(const Mask& mask, const LayerState& state, const SparseKernels& kernels)
      : kernels_(kernels),
        index_(mask),
        weights_(state.values.weights.begin(), state.values.weights.end()),
        weight_momentum_(state.momentum.weights.begin(), state.momentum.weights.end()),
        biases_(state.values.biases.begin(), state.values.biases.end()),
        bias_momentum_(state.momentum.biases.begin(), state.momentum.biases.end()) {}

  Engine engine() const override { return Engine::sparse; }

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify) override {
    for (std::size_t t = 0; t < input.count(); ++t) {
      kernels_.forward(index_.view(), input.width(t), weights_.data(), biases_.data(), input.tile(t), output.tile(t),
                       rectify);
    }
  }

  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input,
                      Tiles<float> input_gradient) override {
    for (std::size_t t = 0; t < input.count(); ++t) {
      kernels_.input_gradient(index_.view(), input.width(t), weights_.data(), output_gradient.tile(t), input.tile(t),
                              input_gradient.tile(t));
    }
  }

  void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) override {
    sum_tiles(input, output_gradient, input.count(), add);
  }

  void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add, const SgdStep& sgd) override {
    const std::size_t last = input.count() - 1;
    if (last > 0) sum_tiles(input, output_gradient, last, add);
    const bool earlier = add || last > 0;
    kernels_.update(index_.view(), input.width(last), input.tile(last), output_gradient.tile(last),
                    earlier ? weight_gradient_.data() : nullptr, earlier ? bias_gradient_.data() : nullptr,
                    {weights_.data(), weight_momentum_.data(), biases_.data(), bias_momentum_.data()}, sgd);
  }

  LayerValues gradients() const override {
    return {{weight_gradient_.begin(), weight_gradient_.end()}, {bias_gradient_.begin(), bias_gradient_.end()}};
  }

  LayerState state() const override {
    return {{{weights_.begin(), weights_.end()}, {biases_.begin(), biases_.end()}},
            {{weight_momentum_.begin(), weight_momentum_.end()}, {bias_momentum_.begin(), bias_momentum_.end()}}};
  }

 private:
  void sum_tiles(Tiles<const float> input, Tiles<const float> output_gradient, std::size_t count, bool add) {
    weight_gradient_.resize(index_.links());
    bias_gradient_.resize(index_.n_out());
    for (std::size_t t = 0; t < count; ++t) {
      kernels_.gradient(index_.view(), input.width(t), input.tile(t), output_gradient.tile(t), weight_gradient_.data(),
                        bias_gradient_.data(), add || t > 0);
    }
  }

  const SparseKernels& kernels_;
  SparseIndex index_;
  AlignedVector<float> weights_;
  AlignedVector<float> weight_momentum_;
  AlignedVector<float> biases_;
  AlignedVector<float> bias_momentum_;
  AlignedVector<float> weight_gradient_;  ///< empty until a batch has several tiles
  AlignedVector<float> bias_gradient_;
};

}  // namespace

std::unique_ptr<LinearLayer> make_sparse_layer(const Mask& mask, const LayerState& state,
                                               const SparseKernels& kernels) {
  return std::make_unique<SparseLayer>(mask, state, kernels);
}

}  // namespace dnm
