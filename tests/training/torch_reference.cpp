// SPDX-License-Identifier: GPL-3.0-or-later
#include "torch_reference.h"

#include <algorithm>
#include <memory>

#include <torch/optim/sgd.h>
#include <torch/types.h>
#include <torch/version.h>

#include "core/support/error.h"
#include "training/layers/sparse_linear_function.h"

namespace samples {
namespace {

torch::Tensor cells(const dnm::Mask& mask) {
  std::vector<std::int64_t> flat;
  for (dnm::NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const dnm::NodeIndex input : mask.row(output)) flat.push_back(std::int64_t{output} * mask.n_in + input);
  }
  return torch::tensor(flat, torch::kLong);
}

torch::Tensor dense(const dnm::Mask& mask, const std::vector<float>& weights) {
  torch::Tensor flat = torch::zeros({std::int64_t{mask.n_out} * mask.n_in}, torch::kDouble);
  flat.index_copy_(0, cells(mask), torch::tensor(weights, torch::kFloat).to(torch::kDouble));
  return flat.view({mask.n_out, mask.n_in});
}

std::vector<double> doubles(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.detach().to(torch::kDouble).contiguous().view({-1});
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

torch::Tensor matrix(const Images& images) {
  std::vector<torch::Tensor> rows;
  for (const auto& image : images.pixels) rows.push_back(torch::tensor(image, torch::kFloat));
  return torch::stack(rows);
}

/// What an optimiser files a parameter's state under: a text until LibTorch 2.0, the address itself since.
auto state_key(const torch::Tensor& parameter) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR > 0)
  return static_cast<void*>(parameter.unsafeGetTensorImpl());
#else
  return c10::guts::to_string(parameter.unsafeGetTensorImpl());
#endif
}

LinearGradients linear_gradients(torch::Tensor output, const torch::Tensor& x, const torch::Tensor& weights,
                                 const torch::Tensor& biases) {
  (output.pow(3).sum() / 3.0).backward();
  return {doubles(output), doubles(x.grad()), doubles(weights.grad()), doubles(biases.grad())};
}

}  // namespace

std::vector<ReferenceStep> torch_steps(const std::vector<dnm::Mask>& masks, const dnm::ModelState& start,
                                       const std::vector<Images>& candidates, const std::vector<std::size_t>& sizes,
                                       const dnm::SgdStep& sgd) {
  std::vector<torch::Tensor> parameters;
  std::vector<torch::Tensor> mask_tensors;
  auto options = torch::optim::SGDOptions(static_cast<double>(sgd.learning_rate));
  options.momentum(static_cast<double>(sgd.momentum)).weight_decay(static_cast<double>(sgd.weight_decay));
  for (std::size_t i = 0; i < masks.size(); ++i) {
    mask_tensors.push_back(dense(masks[i], std::vector<float>(masks[i].link_count(), 1.0F)));
    parameters.push_back(dense(masks[i], weights(start, i)).requires_grad_());
    parameters.push_back(torch::tensor(biases(start, i), torch::kFloat).to(torch::kDouble).clone().requires_grad_());
  }
  torch::optim::SGD optimiser(parameters, options);
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const auto set_momentum = [&](const torch::Tensor& parameter, torch::Tensor momentum) {
      auto state = std::make_unique<torch::optim::SGDParamState>();
      state->momentum_buffer(std::move(momentum));
      optimiser.state()[state_key(parameter)] = std::move(state);
    };
    set_momentum(parameters[2 * i], dense(masks[i], start[2 * i].slots[0]));
    set_momentum(parameters[2 * i + 1],
                 torch::tensor(start[2 * i + 1].slots[0], torch::kFloat).to(torch::kDouble).clone());
  }

  std::vector<ReferenceStep> steps;
  const auto layer = [&](const torch::Tensor& x, std::size_t i) {
    return torch::linear(x, parameters[2 * i] * mask_tensors[i], parameters[2 * i + 1]);
  };
  for (std::size_t number = 0; number < sizes.size(); ++number) {
    ReferenceStep step;
    for (std::size_t image = 0; step.images.labels.size() < sizes[number]; ++image) {
      const std::vector<float>& pixels = candidates[number].pixels.at(image);
      torch::Tensor x = torch::tensor(pixels, torch::kFloat).to(torch::kDouble);
      double nearest = 1.0;
      for (std::size_t i = 0; i + 1 < masks.size(); ++i) {
        x = layer(x, i);
        nearest = std::min(nearest, x.abs().min().item<double>());
        x = torch::relu(x);
      }
      if (nearest < 1e-4) continue;
      step.images.pixels.push_back(pixels);
      step.images.labels.push_back(candidates[number].labels[image]);
    }
    const Images& images = step.images;
    optimiser.zero_grad();
    torch::Tensor x = matrix(images).to(torch::kDouble);
    for (std::size_t i = 0; i < masks.size(); ++i) {
      x = layer(x, i);
      if (i + 1 < masks.size()) x = torch::relu(x);
    }
    std::vector<std::int64_t> labels(images.labels.begin(), images.labels.end());
    const torch::Tensor target = torch::tensor(labels, torch::kLong);
    const torch::Tensor loss = torch::cross_entropy_loss(x, target);
    loss.backward();
    step.loss = loss.item<double>();
    step.correct = static_cast<std::uint64_t>(x.argmax(1).eq(target).sum().item<std::int64_t>());
    const auto at_links = [&](std::size_t i, const torch::Tensor& weights) {
      return doubles(weights.reshape({-1}).index_select(0, cells(masks[i])));
    };
    for (std::size_t i = 0; i < masks.size(); ++i) {
      step.gradients.push_back({at_links(i, parameters[2 * i].grad()), doubles(parameters[2 * i + 1].grad())});
    }
    optimiser.step();
    for (std::size_t i = 0; i < masks.size(); ++i) {
      step.values.push_back({at_links(i, parameters[2 * i]), doubles(parameters[2 * i + 1])});
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

LinearGradients dense_linear(const dnm::Mask& mask, const dnm::LayerState& state, const Images& images) {
  torch::Tensor x = matrix(images).to(torch::kDouble).requires_grad_();
  torch::Tensor weights = torch::tensor(state.weights.values, torch::kFloat).to(torch::kDouble).requires_grad_();
  torch::Tensor biases = torch::tensor(state.biases.values, torch::kFloat).to(torch::kDouble).requires_grad_();
  const torch::Tensor flat =
      torch::zeros({std::int64_t{mask.n_out} * mask.n_in}, torch::kDouble).index_copy(0, cells(mask), weights);
  return linear_gradients(torch::linear(x, flat.view({mask.n_out, mask.n_in}), biases), x, weights, biases);
}

LinearGradients sparse_linear(const dnm::Mask& mask, const dnm::LayerState& state, const Images& images,
                              const dnm::SparseKernels& kernels) {
  torch::Tensor x = matrix(images).requires_grad_();
  torch::Tensor weights = torch::tensor(state.weights.values, torch::kFloat).requires_grad_();
  torch::Tensor biases = torch::tensor(state.biases.values, torch::kFloat).requires_grad_();
  return linear_gradients(
      dnm::sparse_linear(x, weights, biases, std::make_shared<const dnm::SparseIndex>(mask), kernels), x, weights,
      biases);
}

bool sparse_linear_refuses_wrong_shapes() {
  const auto index = std::make_shared<const dnm::SparseIndex>(mask(Pattern::random, 20, 10, 1));
  try {
    static_cast<void>(dnm::sparse_linear(torch::zeros({4, 20}), torch::zeros({3}), torch::zeros({10}), index));
  } catch (const dnm::InvalidInput&) {
    return true;
  }
  return false;
}

}  // namespace samples
