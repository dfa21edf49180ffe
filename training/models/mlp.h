// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "training/data/image_batch.h"
#include "training/kernels/sparse_kernels.h"
#include "training/layers/dropout.h"
#include "training/layers/engine.h"
#include "training/layers/linear_layer.h"
#include "training/layers/loss.h"
#include "training/layers/named_mask.h"
#include "training/models/model.h"

namespace dnm {

// Multi-layer perceptrons: linear layers in a chain with ReLU after every one but the last, which gives the scores that
// the loss takes. They take ImageBatch. Their state is, layer by layer, "NAME.weight" and "NAME.bias".

/// What a perceptron computes with besides its parameters. `loss` must outlive the model.
struct MlpSettings {
  const Loss& loss;
  double dropout = 0.0;    ///< probability of each hidden neuron to be left out of an image's step, in [0, 1)
  std::uint64_t seed = 0;  ///< of dropout
  unsigned threads = 1;    ///< at least 1; sparse layers of a step that is worth it share them (see threads_worth)
  std::size_t batch = 1;   ///< images of a usual step, for what device() says of threads
};

// What a step costs is counted in the links of the sparse layers, visited once for each tile of its images.

/// Of `threads` those that a step of so many images is worth: all of them from 10^6 visits on, which take a
/// millisecond or more, and one below, where handing the parts out would cost what it gains. Results are the same.
[[nodiscard]] unsigned threads_worth(std::uint64_t links, std::size_t images, unsigned threads);
/// How many tiles of the images threads take through the layers at once, at least one: as few as have 10^6 visits,
/// since activations of few tiles stay in the cache.
[[nodiscard]] std::size_t tiles_at_once(std::uint64_t links, std::size_t images);

/// The truly sparse engine: cost and memory follow the links. The outputs of each layer are the inputs of the next.
/// Throws InvalidInput when the state does not fit the layers.
[[nodiscard]] std::unique_ptr<Model> make_sparse_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                                     const MlpSettings& settings,
                                                     const SparseKernels& kernels = best_kernels());

/// Each layer with the engine given for it, sparse or masked, on the CPU (see LinearLayer). Throws InvalidInput as
/// above, and unless every layer has one.
[[nodiscard]] std::unique_ptr<Model> make_layered_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                                      const MlpSettings& settings, std::span<const Engine> engines,
                                                      const SparseKernels& kernels = best_kernels());

/// Dense LibTorch products with masked weights on whole batches, on the CPU or a CUDA device: what the sparse engine is
/// measured against, faster at high density, and the way to a GPU. Memory: 16 bytes per cell of every layer. Throws
/// InvalidInput as above and for another loss than softmax cross-entropy, and LibTorch's own exception when the device
/// fails.
[[nodiscard]] std::unique_ptr<Model> make_masked_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                                     const MlpSettings& settings, Device device);

/// Throws InvalidInput unless the state has weights and biases for every layer, in order and by name, and each layer's
/// outputs are the inputs of the next. O(layers).
void check_state(std::span<const NamedMask> layers, const ModelState& state);
/// Adds a layer's parameters under its name.
void add_named(ModelState& state, const std::string& layer, LayerState parameters);
/// What a step leaves out.
[[nodiscard]] Dropout dropout_of(const MlpSettings& settings, const LearningStep& step);

}  // namespace dnm
