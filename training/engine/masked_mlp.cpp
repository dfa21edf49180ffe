// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <utility>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include "core/support/error.h"
#include "training/engine/mlp.h"

namespace dnm {
namespace {

/// Weights are kept zero outside the masks, so products need no masking of their own; gradients are masked once before
/// the optimiser. Activations are neurons × images, like the batches. Everything is written into tensors made once.
class MaskedMlp : public Mlp {
 public:
  MaskedMlp(const std::vector<Mask>& masks, const ModelState& state, std::string_view device)
      : device_(std::string(device)) {
    check_state(masks, state);
    const c10::InferenceMode guard;
    for (std::size_t i = 0; i < masks.size(); ++i) layers_.push_back(make_layer(masks[i], state[i]));
  }

  std::string_view engine() const override { return "masked"; }
  std::string device() const override {
    return (device_.is_cpu() ? "cpu" : "cuda:0") + std::string(" (dense LibTorch products with masks)");
  }

  BatchResult step(const Batch& batch, const SgdStep& sgd, const TaskControl& control) override {
    const c10::InferenceMode guard;
    const BatchResult result = forward_and_backward(batch, control);
    for (Layer& layer : layers_) {
      descend(layer.weight_gradient, layer.weights, layer.weight_momentum, sgd);
      descend(layer.bias_gradient, layer.biases, layer.bias_momentum, sgd);
    }
    return result;
  }

  BatchResult evaluate(const Batch& batch) override {
    const c10::InferenceMode guard;
    forward(batch);
    return loss().first;
  }

  std::vector<LayerValues> gradients(const Batch& batch) override {
    const c10::InferenceMode guard;
    forward_and_backward(batch, {});
    std::vector<LayerValues> copies;
    for (const Layer& layer : layers_) copies.push_back(values(layer, layer.weight_gradient, layer.bias_gradient));
    return copies;
  }

  ModelState state() const override {
    const c10::InferenceMode guard;
    ModelState state;
    for (const Layer& layer : layers_) {
      state.push_back(
          {values(layer, layer.weights, layer.biases), values(layer, layer.weight_momentum, layer.bias_momentum)});
    }
    return state;
  }

 private:
  struct Layer {
    bool full = false;
    at::Tensor links;                                      ///< flat cell of each link, in the mask's order
    at::Tensor mask;                                       ///< 1 at links, else 0; undefined for a full layer
    at::Tensor weights, weight_momentum, weight_gradient;  ///< n_out × n_in
    at::Tensor biases, bias_momentum, bias_gradient;       ///< n_out × 1
    at::Tensor output, output_gradient;                    ///< n_out × images
  };

  Layer make_layer(const Mask& mask, const LayerState& state) {
    Layer layer;
    const auto n_in = static_cast<std::int64_t>(mask.n_in);
    const auto n_out = static_cast<std::int64_t>(mask.n_out);
    layer.full = mask.link_count() == std::uint64_t{mask.n_in} * mask.n_out;
    std::vector<std::int64_t> cells;
    cells.reserve(mask.link_count());
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) cells.push_back(output * n_in + input);
    }
    layer.links = at::tensor(cells, at::kLong).to(device_);
    const auto scatter = [&](const std::vector<float>& values) {
      at::Tensor cells_of = at::zeros({n_out * n_in}, device_);
      cells_of.index_copy_(0, layer.links, at::tensor(values, at::kFloat).to(device_));
      return cells_of.view({n_out, n_in});
    };
    if (!layer.full) layer.mask = scatter(std::vector<float>(mask.link_count(), 1.0F));
    layer.weights = scatter(state.values.weights);
    layer.weight_momentum = scatter(state.momentum.weights);
    layer.weight_gradient = at::empty({n_out, n_in}, device_);
    layer.biases = at::tensor(state.values.biases, at::kFloat).view({n_out, 1}).to(device_);
    layer.bias_momentum = at::tensor(state.momentum.biases, at::kFloat).view({n_out, 1}).to(device_);
    layer.bias_gradient = at::empty({n_out, 1}, device_);
    layer.output = at::empty({n_out, 0}, device_);
    layer.output_gradient = at::empty({n_out, 0}, device_);
    return layer;
  }

  static std::vector<float> to_vector(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.to(at::kCPU).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
  }

  static LayerValues values(const Layer& layer, const at::Tensor& weights, const at::Tensor& biases) {
    return {to_vector(weights.view({-1}).index_select(0, layer.links)), to_vector(biases)};
  }

  void load(const Batch& batch) {
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

  void forward(const Batch& batch) {
    load(batch);
    const at::Tensor* input = &images_;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      layers_[i].output.resize_({layers_[i].weights.size(0), images_.size(1)});
      at::addmm_out(layers_[i].output, layers_[i].biases, layers_[i].weights, *input);
      if (i + 1 < layers_.size()) layers_[i].output.relu_();
      input = &layers_[i].output;
    }
  }

  /// The sums over the batch, and the logarithms of the softmax.
  std::pair<BatchResult, at::Tensor> loss() {
    const at::Tensor logarithms = at::log_softmax(layers_.back().output, 0);
    const at::Tensor own = logarithms.gather(0, labels_.view({1, -1}));
    BatchResult result;
    result.loss = -own.sum(at::kDouble).item<double>();
    result.correct = static_cast<std::uint64_t>(logarithms.argmax(0).eq(labels_).sum().item<std::int64_t>());
    return {result, logarithms};
  }

  BatchResult forward_and_backward(const Batch& batch, const TaskControl& control) {
    forward(batch);
    auto [result, logarithms] = loss();
    at::Tensor gradient = logarithms.exp();
    gradient.scatter_add_(0, labels_.view({1, -1}), at::full({1, labels_.numel()}, -1.0F, device_));
    gradient.div_(static_cast<double>(batch.size()));
    layers_.back().output_gradient = gradient;
    for (std::size_t i = layers_.size(); i-- > 0;) {
      control.check();
      Layer& layer = layers_[i];
      const at::Tensor& input = i > 0 ? layers_[i - 1].output : images_;
      at::mm_out(layer.weight_gradient, layer.output_gradient, input.t());
      if (!layer.full) layer.weight_gradient.mul_(layer.mask);
      at::sum_out(layer.bias_gradient, layer.output_gradient, {1}, true);
      if (i > 0) {
        layers_[i - 1].output_gradient.resize_(input.sizes());
        at::mm_out(layers_[i - 1].output_gradient, layer.weights.t(), layer.output_gradient);
        layers_[i - 1].output_gradient.mul_(input.gt(0));
      }
    }
    return result;
  }

  static void descend(at::Tensor& gradient, at::Tensor& values, at::Tensor& momentum, const SgdStep& sgd) {
    gradient.add_(values, sgd.weight_decay);
    momentum.mul_(sgd.momentum).add_(gradient);
    values.add_(momentum, -sgd.learning_rate);
  }

  at::Device device_;
  std::vector<Layer> layers_;
  at::Tensor images_;  ///< inputs × images
  at::Tensor labels_;
};

}  // namespace

std::unique_ptr<Mlp> make_masked_mlp(const std::vector<Mask>& masks, const ModelState& state, std::string_view device) {
  return std::make_unique<MaskedMlp>(masks, state, device);
}

}  // namespace dnm
