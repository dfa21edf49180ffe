// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include "training/layers/linear_layer.h"
#include "training/layers/masked_weights.h"

namespace dnm {
namespace {

/// Products run on neurons × images matrices: a single tile is one as it lies in memory, more of them are copied side
/// by side. Empty places take part; their gradients are zero.
class MaskedLayer : public LinearLayer {
 public:
  MaskedLayer(const Mask& mask, const ParameterState& weights, const ParameterState& biases)
      : layer_(made(mask, weights, biases)) {}

  Engine engine() const override { return Engine::masked; }

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify) override {
    const c10::InferenceMode guard;
    at::Tensor result = target(output, output_copy_);
    layer_.forward(matrix(input, input_copy_), result);
    if (rectify) result.relu_();
    take(result, output);
  }

  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                      bool add) override {
    const c10::InferenceMode guard;
    at::Tensor result = target(input_gradient, input_gradient_copy_);
    const at::Tensor earlier = add ? matrix(input_gradient, earlier_copy_).clone() : at::Tensor();
    layer_.input_gradient(matrix(output_gradient, output_copy_),
                          input.data == nullptr ? at::Tensor() : matrix(input, input_copy_), result);
    if (add) result.add_(earlier);
    take(result, input_gradient);
  }

  void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) override {
    const c10::InferenceMode guard;
    layer_.gradient(matrix(output_gradient, output_copy_), matrix(input, input_copy_), add);
  }

  void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add,
              const LearningStep& step) override {
    const c10::InferenceMode guard;
    if (!add) {
      layer_.update(matrix(output_gradient, output_copy_), matrix(input, input_copy_), step);
      return;
    }
    gradient(input, output_gradient, add);
    layer_.update(step);
  }

  void update(const LearningStep& step) override {
    const c10::InferenceMode guard;
    layer_.update(step);
  }

  LayerState gradients() const override {
    const c10::InferenceMode guard;
    return layer_.gradients();
  }
  LayerState parameters() const override {
    const c10::InferenceMode guard;
    return layer_.parameters();
  }
  void rewire(const Mask& mask, const ParameterState& weights) override {
    const c10::InferenceMode guard;
    layer_.rewire(mask, weights);
  }

 private:
  static MaskedWeights made(const Mask& mask, const ParameterState& weights, const ParameterState& biases) {
    const c10::InferenceMode guard;
    return {mask, weights, biases, at::Device(at::kCPU)};
  }

  /// The tiles as one matrix, in place or copied into `copy`.
  static at::Tensor matrix(Tiles<const float> tiles, at::Tensor& copy) {
    if (tiles.count() == 1) return in_place(tiles.data, tiles);
    make_room(tiles, copy);
    for (std::size_t t = 0; t < tiles.count(); ++t) {
      float* to = copy.data_ptr<float>() + t * tiles.full;
      const float* from = tiles.tile(t);
      for (std::uint32_t neuron = 0; neuron < tiles.neurons; ++neuron) {
        std::copy_n(from + std::size_t{neuron} * tiles.width(t), tiles.width(t), to + neuron * tiles.columns());
      }
    }
    return copy;
  }

  /// Where a product may write what `take` then brings into the tiles.
  static at::Tensor target(Tiles<float> tiles, at::Tensor& copy) {
    if (tiles.count() == 1) return in_place(tiles.data, tiles);
    make_room(tiles, copy);
    return copy;
  }
  static void take(const at::Tensor& result, Tiles<float> tiles) {
    if (tiles.count() == 1) return;
    for (std::size_t t = 0; t < tiles.count(); ++t) {
      const float* from = result.data_ptr<float>() + t * tiles.full;
      float* to = tiles.tile(t);
      for (std::uint32_t neuron = 0; neuron < tiles.neurons; ++neuron) {
        std::copy_n(from + neuron * tiles.columns(), tiles.width(t), to + std::size_t{neuron} * tiles.width(t));
      }
    }
  }

  static at::Tensor in_place(const float* data, Tiles<const float> tiles) {
    // from_blob takes mutable memory; a tensor of constant tiles is only read.
    return at::from_blob(const_cast<float*>(data),
                         {static_cast<std::int64_t>(tiles.neurons), static_cast<std::int64_t>(tiles.width(0))});
  }
  static void make_room(Tiles<const float> tiles, at::Tensor& copy) {
    const std::int64_t rows = tiles.neurons;
    const auto columns = static_cast<std::int64_t>(tiles.columns());
    if (!copy.defined() || copy.size(0) != rows || copy.size(1) != columns) copy = at::empty({rows, columns});
  }

  MaskedWeights layer_;
  at::Tensor input_copy_, output_copy_, input_gradient_copy_, earlier_copy_;
};

}  // namespace

std::unique_ptr<LinearLayer> make_masked_layer(const Mask& mask, const ParameterState& weights,
                                               const ParameterState& biases) {
  return std::make_unique<MaskedLayer>(mask, weights, biases);
}

}  // namespace dnm
