// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/masked_weights.h"

#include <ATen/ATen.h>

namespace dnm {
namespace {

std::vector<float> to_vector(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kCPU).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

void descend_one(at::Tensor& gradient, at::Tensor& values, at::Tensor& momentum, const SgdStep& sgd) {
  gradient.add_(values, sgd.weight_decay);
  momentum.mul_(sgd.momentum).add_(gradient);
  values.add_(momentum, -sgd.learning_rate);
}

}  // namespace

MaskedWeights::MaskedWeights(const Mask& mask, const LayerState& state, at::Device device) {
  const auto n_in = static_cast<std::int64_t>(mask.n_in);
  const auto n_out = static_cast<std::int64_t>(mask.n_out);
  std::vector<std::int64_t> cells;
  cells.reserve(mask.link_count());
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) cells.push_back(output * n_in + input);
  }
  links_ = at::tensor(cells, at::kLong).to(device);
  const auto scatter = [&](const std::vector<float>& values) {
    at::Tensor made = at::zeros({n_out * n_in}, device);
    made.index_copy_(0, links_, at::tensor(values, at::kFloat).to(device));
    return made.view({n_out, n_in});
  };
  const auto column = [&](const std::vector<float>& values) {
    return at::tensor(values, at::kFloat).view({n_out, 1}).to(device);
  };
  if (mask.link_count() != std::uint64_t{mask.n_in} * mask.n_out) {
    mask_ = scatter(std::vector<float>(mask.link_count(), 1.0F));
  }
  weights = scatter(state.values.weights);
  weight_momentum = scatter(state.momentum.weights);
  weight_gradient = at::empty({n_out, n_in}, device);
  biases = column(state.values.biases);
  bias_momentum = column(state.momentum.biases);
  bias_gradient = at::empty({n_out, 1}, device);
}

void MaskedWeights::mask_gradient() {
  if (mask_.defined()) weight_gradient.mul_(mask_);
}

void MaskedWeights::descend(const SgdStep& sgd) {
  descend_one(weight_gradient, weights, weight_momentum, sgd);
  descend_one(bias_gradient, biases, bias_momentum, sgd);
}

LayerValues MaskedWeights::at_links(const at::Tensor& of_weights, const at::Tensor& of_biases) const {
  return {to_vector(of_weights.view({-1}).index_select(0, links_)), to_vector(of_biases)};
}

LayerValues MaskedWeights::gradients() const { return at_links(weight_gradient, bias_gradient); }

LayerState MaskedWeights::state() const {
  return {at_links(weights, biases), at_links(weight_momentum, bias_momentum)};
}

}  // namespace dnm
