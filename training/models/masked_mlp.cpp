// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <utility>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include "core/support/error.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/linear_layer.h"
#include "training/layers/masked_weights.h"
#include "training/models/mlp.h"

namespace dnm {
namespace {

/// Weights are kept zero outside the masks, so products need no masking of their own; gradients are masked once before
/// the optimiser. Activations are neurons × images, like the batches. Everything is written into tensors made once.
class MaskedMlp : public Model {
 public:
  MaskedMlp(std::span<const NamedMask> layers, const ModelState& state, const MlpSettings& settings, Device device)
      : settings_(settings), device_(device == Device::cuda ? at::kCUDA : at::kCPU) {
    check_state(layers, state);
    if (dynamic_cast<const SoftmaxCrossEntropy*>(&settings.loss) == nullptr) {
      throw InvalidInput("a model with the masked engine knows softmax cross-entropy alone; choose the engine sparse");
    }
    const c10::InferenceMode guard;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const at::Tensor nothing = at::empty({static_cast<std::int64_t>(layers[i].mask.n_out), 0}, device_);
      layers_.push_back(
          {layers[i].name, {layers[i].mask, state[2 * i], state[2 * i + 1], device_}, nothing, nothing.clone()});
    }
  }

  std::string_view engine() const override { return engine_id(Engine::masked); }
  std::string device() const override {
    return (device_.is_cpu() ? "cpu" : "cuda:0") + std::string(" (dense LibTorch products with masks)");
  }

  BatchSums step(const Batch& batch, const LearningStep& step, const TaskControl& control) override {
    const c10::InferenceMode guard;
    const BatchSums sums = forward_and_backward(images_in(batch), control, dropout_of(settings_, step));
    for (Layer& layer : layers_) layer.numbers.update(step);
    return sums;
  }

  BatchSums evaluate(const Batch& batch, const UseScores& use) override {
    const c10::InferenceMode guard;
    const ImageBatch& images_and_labels = images_in(batch);
    forward(images_and_labels, {}, {});
    if (use) {
      const at::Tensor scores = layers_.back().output.to(at::kCPU).contiguous();
      use({static_cast<std::uint32_t>(scores.size(0)), static_cast<std::size_t>(scores.size(1)),
           scores.data_ptr<float>(), images_and_labels.labels()});
    }
    return loss().first;
  }

  ModelState gradients(const Batch& batch) override {
    const c10::InferenceMode guard;
    forward_and_backward(images_in(batch), {}, {});
    ModelState made;
    for (const Layer& layer : layers_) add_named(made, layer.name, layer.numbers.gradients());
    return made;
  }

  void dense_gradients(std::span<const std::size_t> layers, const Batch& batch, const UseGradients& use) override {
    const c10::InferenceMode guard;
    forward_and_backward(images_in(batch), {}, {});
    for (const std::size_t layer : layers) {
      const at::Tensor& input = layer > 0 ? layers_.at(layer - 1).output : images_;
      const at::Tensor gradients = at::mm(layers_.at(layer).output_gradient, input.t()).to(at::kCPU);
      const auto n_in = static_cast<std::size_t>(gradients.size(1));
      for (std::int64_t output = 0; output < gradients.size(0); ++output) {
        use(layer, static_cast<NodeIndex>(output),
            {gradients.data_ptr<float>() + static_cast<std::size_t>(output) * n_in, n_in});
      }
    }
  }

  ModelState state() const override {
    const c10::InferenceMode guard;
    ModelState made;
    for (const Layer& layer : layers_) add_named(made, layer.name, layer.numbers.parameters());
    return made;
  }

  void rewire(std::size_t layer, const Mask& mask, const ParameterState& weights) override {
    const c10::InferenceMode guard;
    MaskedWeights& numbers = layers_.at(layer).numbers;
    check_weights(mask, weights, static_cast<NodeIndex>(numbers.weights.values.size(1)),
                  static_cast<NodeIndex>(numbers.weights.values.size(0)));
    numbers.rewire(mask, weights);
  }

 private:
  struct Layer {
    std::string name;
    MaskedWeights numbers;
    at::Tensor output, output_gradient;  ///< n_out × images
  };

  void load(const ImageBatch& batch) {
    std::vector<at::Tensor> tiles;
    for (std::size_t t = 0; t < batch.tile_count(); ++t) {
      // from_blob takes mutable memory; the tensor is only read.
      tiles.push_back(at::from_blob(const_cast<float*>(batch.tile(t)), {batch.inputs(), batch.width_of_tile(t)})
                          .narrow(1, 0, static_cast<std::int64_t>(batch.tile_size(t))));
    }
    images_ = (tiles.size() == 1 ? tiles.front().contiguous() : at::cat(tiles, 1)).to(device_);
    labels_ = at::from_blob(const_cast<std::uint32_t*>(batch.labels().data()),
                            {static_cast<std::int64_t>(batch.size())}, at::kInt)
                  .to(device_, at::kLong);
  }

  void forward(const ImageBatch& batch, const Dropout& dropout, const TaskControl& control) {
    load(batch);
    const at::Tensor* input = &images_;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      control.check();
      const MaskedWeights& numbers = layers_[i].numbers;
      layers_[i].output.resize_({numbers.weights.values.size(0), images_.size(1)});
      numbers.forward(*input, layers_[i].output);
      if (i + 1 < layers_.size()) {
        layers_[i].output.relu_();
        if (dropout.probability > 0.0F) layers_[i].output.mul_(dropout_factors(dropout, i, batch));
      }
      input = &layers_[i].output;
    }
  }

  /// 0 or the scale for every output (neurons × images), drawn tile by tile as everywhere.
  at::Tensor dropout_factors(const Dropout& dropout, std::size_t layer, const ImageBatch& batch) const {
    std::vector<at::Tensor> tiles;
    for (std::size_t t = 0; t < batch.tile_count(); ++t) {
      const std::int64_t neurons = layers_[layer].output.size(0);
      at::Tensor factors = at::ones({neurons, static_cast<std::int64_t>(batch.width_of_tile(t))});
      drop(dropout, layer, t * tile_width,
           {factors.data_ptr<float>(), static_cast<std::uint32_t>(neurons), batch.tile_size(t)});
      tiles.push_back(factors.narrow(1, 0, static_cast<std::int64_t>(batch.tile_size(t))));
    }
    return at::cat(tiles, 1).to(device_);
  }

  /// The sums over the batch, and the logarithms of the softmax.
  std::pair<BatchSums, at::Tensor> loss() {
    const at::Tensor logarithms = at::log_softmax(layers_.back().output, 0);
    const at::Tensor own = logarithms.gather(0, labels_.view({1, -1}));
    BatchSums result;
    result.examples = static_cast<std::uint64_t>(labels_.numel());
    result.loss = -own.sum(at::kDouble).item<double>();
    result.correct = static_cast<std::uint64_t>(logarithms.argmax(0).eq(labels_).sum().item<std::int64_t>());
    return {result, logarithms};
  }

  BatchSums forward_and_backward(const ImageBatch& batch, const TaskControl& control, const Dropout& dropout) {
    forward(batch, dropout, control);
    auto [result, logarithms] = loss();
    at::Tensor gradient = logarithms.exp();
    gradient.scatter_add_(0, labels_.view({1, -1}), at::full({1, labels_.numel()}, -1.0F, device_));
    gradient.div_(static_cast<double>(batch.size()));
    layers_.back().output_gradient = gradient;
    for (std::size_t i = layers_.size(); i-- > 0;) {
      control.check();
      Layer& layer = layers_[i];
      const at::Tensor& input = i > 0 ? layers_[i - 1].output : images_;
      layer.numbers.gradient(layer.output_gradient, input, false);
      if (i > 0) {
        layers_[i - 1].output_gradient.resize_(input.sizes());
        layer.numbers.input_gradient(layer.output_gradient, input, layers_[i - 1].output_gradient);
        if (dropout.probability > 0.0F) layers_[i - 1].output_gradient.mul_(dropout.scale());
      }
    }
    return result;
  }

  MlpSettings settings_;
  at::Device device_;
  std::vector<Layer> layers_;
  at::Tensor images_;  ///< inputs × images
  at::Tensor labels_;
};

}  // namespace

std::unique_ptr<Model> make_masked_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                       const MlpSettings& settings, Device device) {
  return std::make_unique<MaskedMlp>(layers, state, settings, device);
}

}  // namespace dnm
