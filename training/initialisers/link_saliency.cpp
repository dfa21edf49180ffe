// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialisers/link_saliency.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

namespace dnm {
namespace {

/// While it lives, LibTorch's products on this thread use this thread alone, so that sums are taken in one order.
class OneThread {
 public:
  OneThread() { at::set_num_threads(1); }
  ~OneThread() { at::set_num_threads(previous_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;
  OneThread(OneThread&&) = delete;
  OneThread& operator=(OneThread&&) = delete;

 private:
  int previous_ = at::get_num_threads();
};

/// Values are only read; from_blob takes mutable memory.
at::Tensor view_of(const std::vector<float>& values, std::int64_t rows, std::int64_t columns) {
  return at::from_blob(const_cast<float*>(values.data()), {rows, columns});
}

/// inputs × images.
at::Tensor images_of(const ImageBatch& batch) {
  std::vector<at::Tensor> tiles;
  for (std::size_t t = 0; t < batch.tile_count(); ++t) {
    tiles.push_back(at::from_blob(const_cast<float*>(batch.tile(t)), {batch.inputs(), batch.width_of_tile(t)})
                        .narrow(1, 0, static_cast<std::int64_t>(batch.tile_size(t))));
  }
  return at::cat(tiles, 1);
}

}  // namespace

LinkSaliency saliency_of_links(const std::vector<NodeIndex>& layer_sizes, const ModelState& state,
                               const ImageBatch& batch, const TaskControl& control) {
  const c10::InferenceMode guard;
  const OneThread alone;
  std::vector<at::Tensor> weights;
  std::vector<at::Tensor> activations{images_of(batch)};
  const std::size_t layers = state.size() / 2;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    control.check();
    const std::vector<float>& biases = state[2 * layer + 1].values;
    const auto outputs = static_cast<std::int64_t>(biases.size());
    weights.push_back(view_of(state[2 * layer].values, outputs, layer_sizes[layer]));
    at::Tensor output = at::addmm(view_of(biases, outputs, 1), weights.back(), activations.back());
    if (layer + 1 < layers) output.relu_();
    activations.push_back(std::move(output));
  }

  const at::Tensor labels = at::from_blob(const_cast<std::uint32_t*>(batch.labels().data()),
                                          {1, static_cast<std::int64_t>(batch.size())}, at::kInt)
                                .to(at::kLong);
  at::Tensor gradient = at::softmax(activations.back(), 0);
  gradient.scatter_add_(0, labels, at::full(labels.sizes(), -1.0F));
  gradient.div_(static_cast<double>(batch.size()));

  const std::size_t hidden = layer_sizes.size() - 1;
  LinkSaliency saliency(hidden);
  for (std::size_t layer = layers; layer-- > 0;) {
    control.check();
    if (layer < hidden) {
      const at::Tensor product = at::mm(gradient, activations[layer].t()).mul_(weights[layer]).abs_();
      saliency[layer].assign(product.data_ptr<float>(), product.data_ptr<float>() + product.numel());
    }
    if (layer == 0) break;
    control.check();
    gradient = at::mm(weights[layer].t(), gradient).mul_(activations[layer].gt(0));
  }
  return saliency;
}

}  // namespace dnm
