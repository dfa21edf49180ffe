// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "training/layers/aligned_parameter.h"
#include "training/layers/layer_blocks.h"
#include "training/layers/linear_layer.h"
#include "training/layers/sparse_index.h"
#include "training/support/workers.h"

namespace dnm {
namespace {

class SparseLayer : public LinearLayer {
 public:
  SparseLayer(const Mask& mask, const ParameterState& weights, const ParameterState& biases,
              const SparseKernels& kernels, Workers* workers)
      : kernels_(kernels), workers_(workers), index_(mask), weights_(weights), biases_(biases) {
    if (workers_ != nullptr) blocks_ = LayerBlocks(index_.view());
  }

  Engine engine() const override { return Engine::sparse; }

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify) override {
    for_neurons(blocks_.outputs, index_.n_out(), input.count(), [&](Block outputs, std::size_t t) {
      const unsigned width = input.width(t);
      kernels_.forward(part_of_outputs(index_.view(), outputs), width, weights_.values.data(),
                       biases_.values.data() + outputs.first, input.tile(t),
                       output.tile(t) + std::size_t{outputs.first} * width, rectify);
    });
  }

  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                      bool add) override {
    for_neurons(blocks_.inputs, index_.n_in(), output_gradient.count(), [&](Block inputs, std::size_t t) {
      const unsigned width = output_gradient.width(t);
      const std::size_t first = std::size_t{inputs.first} * width;
      kernels_.input_gradient(part_of_inputs(index_.view(), inputs), width, weights_.values.data(),
                              output_gradient.tile(t), input.data == nullptr ? nullptr : input.tile(t) + first,
                              input_gradient.tile(t) + first, add);
    });
  }

  void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) override {
    make_room_for_sums(input.count() == 0 && !add);
    for_links([&](const Part& part) { sum_tiles(part, input, output_gradient, input.count(), add); });
  }

  void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add,
              const LearningStep& step) override {
    const auto sgd = step.optimiser.as_sgd(step.learning_rate);
    const std::size_t last = input.count() - 1;
    const bool earlier = add || last > 0;
    if (earlier || !sgd) make_room_for_sums(false);
    for_links([&](const Part& part) {
      if (!sgd) {
        sum_tiles(part, input, output_gradient, input.count(), add);
        weights_.update(step, weight_gradient_, part.link, part.index.links);
        biases_.update(step, bias_gradient_, part.output, part.index.n_out);
        return;
      }
      sum_tiles(part, input, output_gradient, last, add);
      const unsigned width = input.width(last);
      kernels_.update(part.index, width, input.tile(last), output_gradient.tile(last) + part.output * width,
                      earlier ? weight_gradient_.data() + part.link : nullptr,
                      earlier ? bias_gradient_.data() + part.output : nullptr,
                      {weights_.values.data() + part.link, weights_.slots[0].data() + part.link,
                       biases_.values.data() + part.output, biases_.slots[0].data() + part.output},
                      *sgd);
    });
  }

  void update(const LearningStep& step) override {
    weights_.update(step, weight_gradient_);
    biases_.update(step, bias_gradient_);
  }

  LayerState gradients() const override {
    return {{{}, {weight_gradient_.begin(), weight_gradient_.end()}, {}},
            {{}, {bias_gradient_.begin(), bias_gradient_.end()}, {}}};
  }
  LayerState parameters() const override { return {weights_.copy(), biases_.copy()}; }

  void rewire(const Mask& mask, const ParameterState& weights) override {
    SparseIndex index(mask);
    weights_ = AlignedParameter(weights);
    index_ = std::move(index);
    weight_gradient_ = {};
    if (workers_ != nullptr) blocks_ = LayerBlocks(index_.view());
  }

 private:
  /// Some links and the biases of some outputs, and where they begin in the layer's arrays.
  struct Part {
    LinkIndex index;
    std::size_t link = 0;
    std::size_t output = 0;
  };

  [[nodiscard]] bool is_shared() const { return workers_ != nullptr && workers_->in_use() > 1; }

  /// Calls use(block, tile) until all neurons of all tiles are done.
  template <class Use>
  void for_neurons(const std::vector<Block>& blocks, std::uint32_t neurons, std::size_t tiles, const Use& use) const {
    if (!is_shared()) {
      for (std::size_t t = 0; t < tiles; ++t) use(Block{0, neurons}, t);
      return;
    }
    workers_->run(blocks.size() * tiles,
                  [&](std::size_t i, std::size_t) { use(blocks[i % blocks.size()], i / blocks.size()); });
  }

  /// Calls use(part) until all links and biases are done. What it does with the tiles in their order gives the same
  /// sums for any parts.
  template <class Use>
  void for_links(const Use& use) const {
    const LinkIndex whole = index_.view();
    if (!is_shared()) return use(Part{whole});
    const std::size_t count = blocks_.links.size();
    workers_->run(count + blocks_.outputs.size(), [&](std::size_t i, std::size_t) {
      if (i < count) return use(Part{part_of_links(whole, blocks_.links[i]), blocks_.links[i].first, 0});
      const Block outputs = blocks_.outputs[i - count];
      use(Part{part_of_outputs(whole, outputs), 0, outputs.first});
    });
  }

  void make_room_for_sums(bool clear) {
    weight_gradient_.resize(index_.links());
    bias_gradient_.resize(index_.n_out());
    if (!clear) return;
    std::fill(weight_gradient_.begin(), weight_gradient_.end(), 0.0F);
    std::fill(bias_gradient_.begin(), bias_gradient_.end(), 0.0F);
  }

  /// The gradients over the first `count` tiles.
  void sum_tiles(const Part& part, Tiles<const float> input, Tiles<const float> output_gradient, std::size_t count,
                 bool add) {
    for (std::size_t t = 0; t < count; ++t) {
      const unsigned width = input.width(t);
      kernels_.gradient(part.index, width, input.tile(t), output_gradient.tile(t) + part.output * width,
                        weight_gradient_.data() + part.link, bias_gradient_.data() + part.output, add || t > 0);
    }
  }

  const SparseKernels& kernels_;
  Workers* workers_;
  SparseIndex index_;
  LayerBlocks blocks_;  ///< empty without workers
  AlignedParameter weights_;
  AlignedParameter biases_;
  AlignedVector<float> weight_gradient_;  ///< empty until a batch has several tiles
  AlignedVector<float> bias_gradient_;
};

}  // namespace

std::unique_ptr<LinearLayer> make_sparse_layer(const Mask& mask, const ParameterState& weights,
                                               const ParameterState& biases, const SparseKernels& kernels,
                                               Workers* workers) {
  return std::make_unique<SparseLayer>(mask, weights, biases, kernels, workers);
}

}  // namespace dnm
