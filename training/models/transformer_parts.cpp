// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer_parts.h"

#include <algorithm>

#include "core/support/error.h"
#include "training/kernels/dense_products.h"

namespace dnm {
namespace {

constexpr std::size_t rows_at_once = 64;

/// The gradients of all cells, some rows at a time.
void dense_gradient(const GradientJob& job, const UseGradients& use) {
  const std::size_t n_in = job.input.neurons;
  AlignedVector<float> gradients(rows_at_once * n_in);
  for (NodeIndex first = 0; first < job.output_gradient.neurons; first += rows_at_once) {
    const std::size_t rows = std::min<std::size_t>(rows_at_once, job.output_gradient.neurons - first);
    for (std::size_t t = 0; t < job.input.count(); ++t) {
      const std::size_t width = job.input.width(t);
      multiply({job.output_gradient.tile(t) + first * width, rows, width, width}, Factor::as_it_lies,
               {job.input.tile(t), n_in, width, width}, Factor::transposed, gradients.data(), n_in, t > 0);
    }
    for (std::size_t row = 0; row < rows; ++row) {
      use(job.projection.place(), first + static_cast<NodeIndex>(row), {gradients.data() + row * n_in, n_in});
    }
  }
}

}  // namespace

Projection::Projection(const LayerSource& source, const std::string& name) {
  const auto& layers = source.topology.layers;
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&](const NamedMask& layer) { return layer.name == name; });
  if (found == layers.end()) throw InvalidInput("the topology has no matrix \"" + name + "\"");
  place_ = static_cast<std::size_t>(found - layers.begin());
  const Mask& mask = found->mask;
  n_out_ = mask.n_out;
  n_in_ = mask.n_in;
  const ParameterState& weights = parameter_of(source.state, name + ".weight");
  const ParameterState& biases = parameter_of(source.state, name + ".bias");
  check_layer(mask, weights, biases, n_in_, n_out_);
  layer_ = source.engines[place_] == Engine::sparse ? make_sparse_layer(mask, weights, biases, source.kernels)
                                                    : make_blas_layer(mask, weights, biases);
}

void Projection::forward(Tiles<const float> input, Tiles<float> output, bool rectify, StepContext& context) const {
  context.workers.run(input.count(),
                      [&](std::size_t t, std::size_t) { layer_->forward(input.one(t), output.one(t), rectify); });
}

void Projection::input_gradient(Tiles<const float> output_gradient, Tiles<const float> input,
                                Tiles<float> input_gradient, bool add, StepContext& context) const {
  context.workers.run(output_gradient.count(), [&](std::size_t t, std::size_t) {
    layer_->input_gradient(output_gradient.one(t), input.data == nullptr ? input : input.one(t), input_gradient.one(t),
                           add);
  });
}

void Projection::rewire(const Mask& mask, const ParameterState& weights) {
  check_weights(mask, weights, n_in_, n_out_);
  layer_->rewire(mask, weights);
}

void compute_gradients(std::span<const GradientJob> jobs, StepContext& context) {
  context.workers.run(jobs.size(), [&](std::size_t i, std::size_t) {
    jobs[i].projection.layer().gradient(jobs[i].input, jobs[i].output_gradient, false);
  });
  for (const GradientJob& job : jobs) {
    const auto& wanted = context.dense.layers;
    if (std::find(wanted.begin(), wanted.end(), job.projection.place()) != wanted.end()) {
      dense_gradient(job, *context.dense.use);
    }
  }
}

}  // namespace dnm
