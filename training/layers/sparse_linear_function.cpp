// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/sparse_linear_function.h"

#include <utility>

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/support/error.h"

namespace dnm {
namespace {

/// Images × features as tiles of features × 32 images side by side: tiles × features × 32, empty places zero.
at::Tensor to_tiles(const at::Tensor& rows) {
  const std::int64_t images = rows.size(0);
  const std::int64_t tiles = (images + tile_width - 1) / tile_width;
  at::Tensor padded = at::zeros({tiles * tile_width, rows.size(1)}, at::kFloat);
  padded.narrow(0, 0, images).copy_(rows);
  return padded.view({tiles, tile_width, rows.size(1)}).transpose(1, 2).contiguous();
}

at::Tensor to_rows(const at::Tensor& tiles, std::int64_t images) {
  return tiles.transpose(1, 2).reshape({tiles.size(0) * tile_width, tiles.size(1)}).narrow(0, 0, images).contiguous();
}

/// What forward leaves for backward and torch cannot keep itself.
struct Links : torch::CustomClassHolder {
  Links(std::shared_ptr<const SparseIndex> index_, const SparseKernels& kernels_)
      : index(std::move(index_)), kernels(kernels_) {}
  std::shared_ptr<const SparseIndex> index;
  const SparseKernels& kernels;
};

struct SparseLinear : torch::autograd::Function<SparseLinear> {
  using Context = torch::autograd::AutogradContext;

  static at::Tensor forward(Context* context, const at::Tensor& x, const at::Tensor& weights, const at::Tensor& biases,
                            const c10::intrusive_ptr<Links>& links) {
    const LinkIndex index = links->index->view();
    const at::Tensor input = to_tiles(x);
    at::Tensor output = at::empty({input.size(0), index.n_out, tile_width}, at::kFloat);
    const at::Tensor w = weights.contiguous();
    const at::Tensor b = biases.contiguous();
    for (std::int64_t t = 0; t < input.size(0); ++t) {
      links->kernels.forward(index, tile_width, w.data_ptr<float>(), b.data_ptr<float>(), input[t].data_ptr<float>(),
                             output[t].data_ptr<float>(), false);
    }
    context->save_for_backward({x, w});
    context->saved_data["links"] = c10::IValue::make_capsule(links);
    return to_rows(output, x.size(0));
  }

  static torch::autograd::variable_list backward(Context* context, const torch::autograd::variable_list& gradients) {
    const auto saved = context->get_saved_variables();
    const auto capsule = context->saved_data["links"].toCapsule();
    const auto& links = static_cast<const Links&>(*capsule);
    const LinkIndex index = links.index->view();
    const at::Tensor& w = saved[1];
    const at::Tensor input = to_tiles(saved[0]);
    const at::Tensor output_gradient = to_tiles(gradients[0]);
    at::Tensor input_gradient = at::empty_like(input);
    at::Tensor weight_gradient = at::zeros_like(w);
    at::Tensor bias_gradient = at::zeros({index.n_out}, at::kFloat);
    for (std::int64_t t = 0; t < input.size(0); ++t) {
      const float* dy = output_gradient[t].data_ptr<float>();
      links.kernels.input_gradient(index, tile_width, w.data_ptr<float>(), dy, nullptr,
                                   input_gradient[t].data_ptr<float>(), false);
      links.kernels.gradient(index, tile_width, input[t].data_ptr<float>(), dy, weight_gradient.data_ptr<float>(),
                             bias_gradient.data_ptr<float>(), true);
    }
    return {to_rows(input_gradient, saved[0].size(0)), weight_gradient, bias_gradient, at::Tensor()};
  }
};

}  // namespace

at::Tensor sparse_linear(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& biases,
                         std::shared_ptr<const SparseIndex> index, const SparseKernels& kernels) {
  const auto is_float = [](const at::Tensor& tensor) {
    return tensor.scalar_type() == at::kFloat && tensor.device().is_cpu();
  };
  if (!is_float(x) || !is_float(weights) || !is_float(biases) || x.dim() != 2 || x.size(1) != index->n_in() ||
      weights.dim() != 1 || weights.size(0) != index->links() || biases.dim() != 1 ||
      biases.size(0) != index->n_out()) {
    throw InvalidInput("sparse_linear takes float tensors on the CPU: x (images × " + std::to_string(index->n_in()) +
                       "), weights (" + std::to_string(index->links()) + "), biases (" +
                       std::to_string(index->n_out()) + ")");
  }
  return SparseLinear::apply(x, weights, biases, c10::make_intrusive<Links>(std::move(index), kernels));
}

}  // namespace dnm
