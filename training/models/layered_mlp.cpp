// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "core/support/error.h"
#include "training/kernels/aligned_vector.h"
#include "training/layers/linear_layer.h"
#include "training/layers/sparse_index.h"
#include "training/models/mlp.h"
#include "training/support/workers.h"

namespace dnm {
namespace {

constexpr std::size_t rows_at_once = 64;  // of dense gradients

/// Images go through the net in groups of tiles, each group forward and backward before the next one starts; gradients
/// of earlier groups are kept, and the last group's update adds its own and takes the SGD step at once. With sparse
/// layers alone a group is one tile, whose activations are still in the cache when they are needed again; a masked
/// layer makes it the whole batch, since its products want many images, and threads some tiles, where one is little
/// work.
class LayeredMlp : public Model {
 public:
  LayeredMlp(std::span<const NamedMask> layers, const ModelState& state, const MlpSettings& settings,
             std::span<const Engine> engines, const SparseKernels& kernels)
      : settings_(settings),
        kernels_(kernels),
        engines_(engines.begin(), engines.end()),
        workers_(std::max(1U, settings.threads)) {
    check_state(layers, state);
    if (engines.size() != layers.size() ||
        std::find(engines.begin(), engines.end(), Engine::automatic) != engines.end()) {
      throw InvalidInput("every layer needs an engine: sparse or masked");
    }
    all_sparse_ = std::find(engines.begin(), engines.end(), Engine::masked) == engines.end();
    none_sparse_ = std::find(engines.begin(), engines.end(), Engine::sparse) == engines.end();
    Workers* const workers = workers_.threads() > 1 ? &workers_ : nullptr;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const Mask& mask = layers[i].mask;
      layers_.push_back(engines[i] == Engine::sparse
                            ? make_sparse_layer(mask, state[2 * i], state[2 * i + 1], kernels_, workers)
                            : make_masked_layer(mask, state[2 * i], state[2 * i + 1]));
      links_.push_back(engines[i] == Engine::sparse ? mask.link_count() : 0);
      names_.push_back(layers[i].name);
      outputs_.push_back(mask.n_out);
      widest_ = std::max<std::size_t>(widest_, mask.n_out);
    }
    inputs_ = layers.front().mask.n_in;
    activations_.resize(layers.size());
    make_room(1);
  }

  std::string_view engine() const override { return engine_summary(engines_); }
  std::string device() const override {
    if (none_sparse_) return "cpu (dense LibTorch products with masks)";
    return "cpu (" + std::string(kernels_.label) + " sparse kernels" +
           (all_sparse_ ? "" : ", dense LibTorch products") + threads_text() + ")";
  }

  BatchSums step(const Batch& batch, const LearningStep& step, const TaskControl& control) override {
    const ImageBatch& images_and_labels = images_in(batch);
    const Dropout dropout = dropout_of(settings_, step);
    return for_groups(images_and_labels, [&](Tiles<const float> images, std::size_t first, bool last) {
      return forward_and_backward(images_and_labels, images, first, dropout, control,
                                  [&](LinearLayer& layer, auto input, auto output_gradient) {
                                    if (last) {
                                      layer.update(input, output_gradient, first > 0, step);
                                    } else {
                                      control.check();
                                      layer.gradient(input, output_gradient, first > 0);
                                    }
                                  });
    });
  }

  BatchSums evaluate(const Batch& batch, const UseScores& use) override {
    const ImageBatch& images_and_labels = images_in(batch);
    return for_groups(images_and_labels, [&](Tiles<const float> images, std::size_t first, bool) {
      forward(images, first, {}, {});
      if (use) show_scores(images_and_labels, images, first, use);
      return loss(images_and_labels, images, first, nullptr);
    });
  }

  ModelState gradients(const Batch& batch) override {
    const ImageBatch& images_and_labels = images_in(batch);
    for_groups(images_and_labels, [&](Tiles<const float> images, std::size_t first, bool) {
      return forward_and_backward(images_and_labels, images, first, {}, {},
                                  [&](LinearLayer& layer, auto input, auto output_gradient) {
                                    layer.gradient(input, output_gradient, first > 0);
                                  });
    });
    ModelState made;
    for (std::size_t i = 0; i < layers_.size(); ++i) add_named(made, names_[i], layers_[i]->gradients());
    return made;
  }

  void dense_gradients(std::span<const std::size_t> layers, const Batch& batch, const UseGradients& use) override {
    const ImageBatch& all = images_in(batch);
    workers_.use(threads_worth(sparse_links(), all.size(), workers_.threads()));
    make_room(all.tile_count());
    forward_and_backward(all, {all.tile(0), all.inputs(), all.size()}, 0, {}, {},
                         [&](const LinearLayer& at, Tiles<const float> input, Tiles<const float> output_gradient) {
                           for (const std::size_t layer : layers) {
                             if (&at == layers_.at(layer).get()) each_row(layer, input, output_gradient, use);
                           }
                         });
  }

  ModelState state() const override {
    ModelState made;
    for (std::size_t i = 0; i < layers_.size(); ++i) add_named(made, names_[i], layers_[i]->parameters());
    return made;
  }

  void rewire(std::size_t layer, const Mask& mask, const ParameterState& weights) override {
    check_weights(mask, weights, layer == 0 ? inputs_ : outputs_.at(layer - 1), outputs_.at(layer));
    layers_[layer]->rewire(mask, weights);
    if (engines_[layer] == Engine::sparse) links_[layer] = mask.link_count();
  }

 private:
  [[nodiscard]] std::uint64_t sparse_links() const {
    return std::accumulate(links_.begin(), links_.end(), std::uint64_t{0});
  }

  [[nodiscard]] std::string threads_text() const {
    const unsigned threads = workers_.threads();
    if (threads == 1) return {};
    if (threads_worth(sparse_links(), settings_.batch, threads) == 1) return ", 1 thread: too small to share";
    return ", " + std::to_string(threads) + " threads";
  }

  /// Each output as a layer of a single neuron with every link.
  void each_row(std::size_t layer, Tiles<const float> input, Tiles<const float> output_gradient,
                const UseGradients& use) {
    const SparseIndex index(full_mask(input.neurons, 1));
    AlignedVector<float> gradients(rows_at_once * input.neurons);
    for (NodeIndex first = 0; first < output_gradient.neurons; first += rows_at_once) {
      const std::size_t rows = std::min<std::size_t>(rows_at_once, output_gradient.neurons - first);
      workers_.run(rows, [&](std::size_t row, std::size_t) {
        float bias_gradient = 0.0F;
        for (std::size_t t = 0; t < input.count(); ++t) {
          const unsigned width = input.width(t);
          kernels_.gradient(index.view(), width, input.tile(t), output_gradient.tile(t) + (first + row) * width,
                            gradients.data() + row * input.neurons, &bias_gradient, t > 0);
        }
      });
      for (std::size_t row = 0; row < rows; ++row) {
        use(layer, first + static_cast<NodeIndex>(row), {gradients.data() + row * input.neurons, input.neurons});
      }
    }
  }

  /// Memory for groups of that many tiles, kept for later ones.
  void make_room(std::size_t tiles) {
    if (tiles <= room_) return;
    room_ = tiles;
    for (std::size_t i = 0; i < layers_.size(); ++i)
      activations_[i].resize(std::size_t{outputs_[i]} * tiles * tile_width);
    output_gradient_.resize(widest_ * tiles * tile_width);
    input_gradient_.resize(widest_ * tiles * tile_width);
  }

  /// Calls use(images, number of the first image, whether it is the last group) and adds up what it gives.
  template <class Use>
  BatchSums for_groups(const ImageBatch& batch, const Use& use) {
    const std::uint64_t links = sparse_links();
    workers_.use(threads_worth(links, batch.size(), workers_.threads()));
    std::size_t tiles = batch.tile_count();
    if (all_sparse_) tiles = workers_.in_use() > 1 ? tiles_at_once(links, batch.size()) : 1;
    make_room(tiles);
    BatchSums result;
    for (std::size_t first_tile = 0; first_tile < batch.tile_count(); first_tile += tiles) {
      const std::size_t first = first_tile * tile_width;
      const std::size_t end = std::min(batch.size(), first + tiles * tile_width);
      result += use({batch.tile(first_tile), batch.inputs(), end - first}, first, end == batch.size());
    }
    return result;
  }

  void forward(Tiles<const float> images, std::size_t first, const Dropout& dropout, const TaskControl& control) {
    Tiles<const float> input = images;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      control.check();
      const Tiles<float> output{activations_[i].data(), outputs_[i], images.images};
      const bool hidden = i + 1 < layers_.size();
      layers_[i]->forward(input, output, hidden);
      if (hidden && dropout.probability > 0.0F) {
        workers_.run(output.count(),
                     [&](std::size_t t, std::size_t) { drop(dropout, i, first + t * tile_width, output.one(t)); });
      }
      input = output;
    }
  }

  [[nodiscard]] static std::span<const std::uint32_t> labels_of_tile(const ImageBatch& batch, Tiles<const float> images,
                                                                     std::size_t first, std::size_t tile) {
    const std::size_t count = std::min<std::size_t>(tile_width, images.images - tile * tile_width);
    return batch.labels().subspan(first + tile * tile_width, count);
  }

  void show_scores(const ImageBatch& batch, Tiles<const float> images, std::size_t first, const UseScores& use) const {
    const Tiles<const float> scores{activations_.back().data(), outputs_.back(), images.images};
    for (std::size_t t = 0; t < scores.count(); ++t) {
      use({scores.neurons, scores.width(t), scores.tile(t), labels_of_tile(batch, images, first, t)});
    }
  }

  BatchSums loss(const ImageBatch& batch, Tiles<const float> images, std::size_t first, float* gradient) {
    const Tiles<float> scores{activations_.back().data(), outputs_.back(), images.images};
    const Tiles<float> gradients{gradient, outputs_.back(), images.images};
    BatchSums result;
    for (std::size_t t = 0; t < scores.count(); ++t) {
      result +=
          settings_.loss(scores.neurons, scores.width(t), scores.tile(t), labels_of_tile(batch, images, first, t),
                         1.0F / static_cast<float>(batch.size()), gradient != nullptr ? gradients.tile(t) : nullptr);
    }
    return result;
  }

  /// Calls use(layer, input, output gradient) once the input gradient, which asks for the weights as they were before a
  /// step, is known.
  template <class Use>
  BatchSums forward_and_backward(const ImageBatch& batch, Tiles<const float> images, std::size_t first,
                                 const Dropout& dropout, const TaskControl& control, const Use& use) {
    forward(images, first, dropout, control);
    const BatchSums result = loss(batch, images, first, output_gradient_.data());
    for (std::size_t i = layers_.size(); i-- > 0;) {
      const Tiles<const float> output_gradient{output_gradient_.data(), outputs_[i], images.images};
      if (i == 0) {
        use(*layers_[i], images, output_gradient);
        break;
      }
      const Tiles<const float> input{activations_[i - 1].data(), outputs_[i - 1], images.images};
      const Tiles<float> input_gradient{input_gradient_.data(), outputs_[i - 1], images.images};
      layers_[i]->input_gradient(output_gradient, input, input_gradient, false);
      // An output that was left out is 0, and 0 stops the gradient; the others had been scaled.
      if (dropout.probability > 0.0F) scale_all(input_gradient, dropout.scale());
      use(*layers_[i], input, output_gradient);
      std::swap(output_gradient_, input_gradient_);
    }
    return result;
  }

  void scale_all(Tiles<float> tiles, float factor) {
    workers_.run(tiles.count(), [&](std::size_t t, std::size_t) {
      float* const tile = tiles.tile(t);
      std::for_each(tile, tile + std::size_t{tiles.neurons} * tiles.width(t),
                    [factor](float& value) { value *= factor; });
    });
  }

  MlpSettings settings_;
  const SparseKernels& kernels_;
  std::vector<Engine> engines_;
  bool all_sparse_;
  bool none_sparse_;
  Workers workers_;
  std::vector<std::unique_ptr<LinearLayer>> layers_;
  std::vector<std::uint64_t> links_;  ///< of each layer, 0 of masked ones
  std::vector<std::string> names_;
  NodeIndex inputs_ = 0;
  std::vector<NodeIndex> outputs_;  ///< neurons of each layer
  std::size_t widest_ = 0;
  std::size_t room_ = 0;                           ///< tiles the buffers below hold
  std::vector<AlignedVector<float>> activations_;  ///< of each layer's outputs
  AlignedVector<float> output_gradient_;
  AlignedVector<float> input_gradient_;
};

}  // namespace

std::unique_ptr<Model> make_layered_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                        const MlpSettings& settings, std::span<const Engine> engines,
                                        const SparseKernels& kernels) {
  return std::make_unique<LayeredMlp>(layers, state, settings, engines, kernels);
}

std::unique_ptr<Model> make_sparse_mlp(std::span<const NamedMask> layers, const ModelState& state,
                                       const MlpSettings& settings, const SparseKernels& kernels) {
  return make_layered_mlp(layers, state, settings, std::vector<Engine>(layers.size(), Engine::sparse), kernels);
}

}  // namespace dnm
