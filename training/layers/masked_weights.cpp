// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/masked_weights.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include <ATen/ATen.h>

namespace dnm {
namespace {

std::vector<float> to_vector(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kCPU).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

void descend(DenseParameter& parameter, const SgdStep& sgd) {
  at::Tensor& momentum = parameter.slots[0];
  parameter.gradient.add_(parameter.values, sgd.weight_decay);
  momentum.mul_(sgd.momentum).add_(parameter.gradient);
  parameter.values.add_(momentum, -sgd.learning_rate);
}

/// On the CPU: in place there, from a device by way of copies.
void update_on_cpu(DenseParameter& parameter, const LearningStep& step) {
  const auto here = [](const at::Tensor& tensor) { return tensor.to(at::kCPU).contiguous(); };
  const at::Tensor values = here(parameter.values);
  const at::Tensor gradient = here(parameter.gradient);
  std::vector<at::Tensor> slots;
  std::vector<float*> places;
  for (const at::Tensor& slot : parameter.slots) {
    slots.push_back(here(slot));
    places.push_back(slots.back().data_ptr<float>());
  }
  const auto size = static_cast<std::size_t>(values.numel());
  step.optimiser.update({values.data_ptr<float>(), size}, {gradient.data_ptr<float>(), size}, places,
                        step.learning_rate, step.step);
  if (parameter.values.is_cpu()) return;
  parameter.values.copy_(values);
  for (std::size_t i = 0; i < slots.size(); ++i) parameter.slots[i].copy_(slots[i]);
}

}  // namespace

MaskedWeights::MaskedWeights(const Mask& mask, const ParameterState& new_weights, const ParameterState& new_biases,
                             at::Device device)
    : device_(device) {
  const auto column = [&](const std::vector<float>& values) {
    return at::tensor(values, at::kFloat).view({static_cast<std::int64_t>(mask.n_out), 1}).to(device);
  };
  rewire(mask, new_weights);
  biases.values = column(new_biases.values);
  biases.gradient = at::empty({static_cast<std::int64_t>(mask.n_out), 1}, device);
  for (const std::vector<float>& slot : new_biases.slots) biases.slots.push_back(column(slot));
}

void MaskedWeights::rewire(const Mask& mask, const ParameterState& new_weights) {
  const auto n_in = static_cast<std::int64_t>(mask.n_in);
  const auto n_out = static_cast<std::int64_t>(mask.n_out);
  std::vector<std::int64_t> cells;
  cells.reserve(mask.link_count());
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) cells.push_back(output * n_in + input);
  }
  links_ = at::tensor(cells, at::kLong).to(device_);
  const auto scatter = [&](const std::vector<float>& values) {
    at::Tensor made = at::zeros({n_out * n_in}, device_);
    made.index_copy_(0, links_, at::tensor(values, at::kFloat).to(device_));
    return made.view({n_out, n_in});
  };
  mask_ = at::Tensor();
  if (mask.link_count() != std::uint64_t{mask.n_in} * mask.n_out) {
    mask_ = scatter(std::vector<float>(mask.link_count(), 1.0F));
  }
  weights = {scatter(new_weights.values), at::empty({n_out, n_in}, device_), {}};
  for (const std::vector<float>& slot : new_weights.slots) weights.slots.push_back(scatter(slot));
}

void MaskedWeights::forward(const at::Tensor& input, at::Tensor& output) const {
  at::addmm_out(output, biases.values, weights.values, input);
}

void MaskedWeights::input_gradient(const at::Tensor& output_gradient, const at::Tensor& input,
                                   at::Tensor& result) const {
  at::mm_out(result, weights.values.t(), output_gradient);
  if (input.defined()) result.mul_(input.gt(0));
}

void MaskedWeights::gradient(const at::Tensor& output_gradient, const at::Tensor& input, bool add) {
  if (add) {
    weights.gradient.addmm_(output_gradient, input.t());
    biases.gradient.add_(output_gradient.sum(1, true));
  } else {
    at::mm_out(weights.gradient, output_gradient, input.t());
    at::sum_out(biases.gradient, output_gradient, {1}, true);
  }
  if (mask_.defined()) weights.gradient.mul_(mask_);
}

void MaskedWeights::update(const at::Tensor& output_gradient, const at::Tensor& input, const LearningStep& step) {
  constexpr std::int64_t most_cells = 1 << 15;  // of which gradient, value, slots and mask stay in the second cache
  const std::int64_t n_in = weights.values.size(1), n_out = weights.values.size(0);
  const std::int64_t at_once = std::clamp<std::int64_t>(most_cells / std::max<std::int64_t>(n_in, 1), 1, n_out);
  if (!rows_.defined() || rows_.size(0) != at_once || rows_.size(1) != n_in) rows_ = at::empty({at_once, n_in});
  const at::Tensor inputs = input.t();
  std::vector<float*> slots(weights.slots.size());
  for (std::int64_t first = 0; first < n_out; first += at_once) {
    const std::int64_t count = std::min(at_once, n_out - first);
    at::Tensor gradient = rows_.narrow(0, 0, count);
    at::mm_out(gradient, output_gradient.narrow(0, first, count), inputs);
    if (mask_.defined()) gradient.mul_(mask_.narrow(0, first, count));
    const auto cells = static_cast<std::size_t>(count * n_in);
    for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = weights.slots[i].data_ptr<float>() + first * n_in;
    step.optimiser.update({weights.values.data_ptr<float>() + first * n_in, cells}, {gradient.data_ptr<float>(), cells},
                          slots, step.learning_rate, step.step);
  }
  at::sum_out(biases.gradient, output_gradient, {1}, true);
  update_on_cpu(biases, step);
}

void MaskedWeights::update(const LearningStep& step) {
  const auto sgd = step.optimiser.as_sgd(step.learning_rate);
  for (DenseParameter* parameter : {&weights, &biases}) {
    if (sgd) {
      descend(*parameter, *sgd);
    } else {
      update_on_cpu(*parameter, step);
    }
  }
}

std::vector<float> MaskedWeights::at_links(const at::Tensor& cells) const {
  return to_vector(cells.view({-1}).index_select(0, links_));
}

LayerState MaskedWeights::gradients() const {
  return {{{}, at_links(weights.gradient), {}}, {{}, to_vector(biases.gradient), {}}};
}

LayerState MaskedWeights::parameters() const {
  LayerState made{{{}, at_links(weights.values), {}}, {{}, to_vector(biases.values), {}}};
  for (const at::Tensor& slot : weights.slots) made.weights.slots.push_back(at_links(slot));
  for (const at::Tensor& slot : biases.slots) made.biases.slots.push_back(to_vector(slot));
  return made;
}

}  // namespace dnm
