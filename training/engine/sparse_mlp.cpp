// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "training/engine/cross_entropy.h"
#include "training/engine/mlp.h"
#include "training/engine/sparse_layer.h"

namespace dnm {
namespace {

/// Each tile of a batch runs forward and backward through all layers before the next one starts, so that its
/// activations are still in the cache when they are needed again; gradients of earlier tiles are kept, and the last
/// tile's kernels add their own and take the SGD step at once.
class SparseMlp : public Mlp {
 public:
  SparseMlp(const std::vector<Mask>& masks, const ModelState& state, const SparseKernels& kernels) : kernels_(kernels) {
    check_state(masks, state);
    NodeIndex widest = 0;
    for (std::size_t i = 0; i < masks.size(); ++i) {
      layers_.emplace_back(masks[i], state[i]);
      activations_.emplace_back(std::size_t{masks[i].n_out} * tile_width);
      widest = std::max(widest, masks[i].n_out);
    }
    output_gradient_.resize(std::size_t{widest} * tile_width);
    input_gradient_.resize(std::size_t{widest} * tile_width);
  }

  std::string_view engine() const override { return "sparse"; }
  std::string device() const override { return "cpu (" + std::string(kernels_.label) + " sparse kernels)"; }

  BatchResult step(const Batch& batch, const SgdStep& sgd, const TaskControl& control) override {
    if (batch.tile_count() > 1) make_room_for_gradients();
    BatchResult result;
    for (std::size_t tile = 0; tile < batch.tile_count(); ++tile) {
      control.check();
      forward(batch, tile);
      result += loss(batch, tile, output_gradient_.data());
      const bool last = tile + 1 == batch.tile_count();
      backward(batch, tile, [&](SparseLayer& layer, Gradients& sums, unsigned width, const float* input) {
        if (last) {
          const bool alone = tile == 0;
          kernels_.update(layer.index(), width, input, output_gradient_.data(), alone ? nullptr : sums.weights.data(),
                          alone ? nullptr : sums.biases.data(), layer.arrays(), sgd);
        } else {
          kernels_.gradient(layer.index(), width, input, output_gradient_.data(), sums.weights.data(),
                            sums.biases.data(), tile > 0);
        }
      });
    }
    return result;
  }

  BatchResult evaluate(const Batch& batch) override {
    BatchResult result;
    for (std::size_t tile = 0; tile < batch.tile_count(); ++tile) {
      forward(batch, tile);
      result += loss(batch, tile, nullptr);
    }
    return result;
  }

  std::vector<LayerValues> gradients(const Batch& batch) override {
    make_room_for_gradients();
    for (std::size_t tile = 0; tile < batch.tile_count(); ++tile) {
      forward(batch, tile);
      loss(batch, tile, output_gradient_.data());
      backward(batch, tile, [&](SparseLayer& layer, Gradients& sums, unsigned width, const float* input) {
        kernels_.gradient(layer.index(), width, input, output_gradient_.data(), sums.weights.data(), sums.biases.data(),
                          tile > 0);
      });
    }
    std::vector<LayerValues> copies;
    for (const Gradients& sums : gradients_) {
      copies.push_back({{sums.weights.begin(), sums.weights.end()}, {sums.biases.begin(), sums.biases.end()}});
    }
    return copies;
  }

  ModelState state() const override {
    ModelState state;
    for (const SparseLayer& layer : layers_) state.push_back(layer.state());
    return state;
  }

 private:
  struct Gradients {
    AlignedVector<float> weights;
    AlignedVector<float> biases;
  };

  void make_room_for_gradients() {
    if (!gradients_.empty()) return;
    for (const SparseLayer& layer : layers_) {
      gradients_.push_back({AlignedVector<float>(layer.index().links), AlignedVector<float>(layer.index().n_out)});
    }
  }

  void forward(const Batch& batch, std::size_t tile) {
    const unsigned width = batch.width_of_tile(tile);
    const float* input = batch.tile(tile);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      kernels_.forward(layers_[i].index(), width, layers_[i].weights(), layers_[i].biases(), input,
                       activations_[i].data(), i + 1 < layers_.size());
      input = activations_[i].data();
    }
  }

  BatchResult loss(const Batch& batch, std::size_t tile, float* gradient) {
    const auto labels = batch.labels().subspan(tile * tile_width, batch.tile_size(tile));
    return cross_entropy(layers_.back().index().n_out, batch.width_of_tile(tile), activations_.back().data(), labels,
                         1.0F / static_cast<float>(batch.size()), gradient);
  }

  template <class UseGradient>
  void backward(const Batch& batch, std::size_t tile, const UseGradient& use) {
    const unsigned width = batch.width_of_tile(tile);
    Gradients none;
    for (std::size_t i = layers_.size(); i-- > 0;) {
      const float* input = i > 0 ? activations_[i - 1].data() : batch.tile(tile);
      // The input gradient asks for the weights as they were: before the step.
      if (i > 0) {
        kernels_.input_gradient(layers_[i].index(), width, layers_[i].weights(), output_gradient_.data(), input,
                                input_gradient_.data());
      }
      use(layers_[i], gradients_.empty() ? none : gradients_[i], width, input);
      std::swap(output_gradient_, input_gradient_);
    }
  }

  const SparseKernels& kernels_;
  std::vector<SparseLayer> layers_;
  std::vector<AlignedVector<float>> activations_;  ///< of each layer's outputs, for one tile
  AlignedVector<float> output_gradient_;
  AlignedVector<float> input_gradient_;
  std::vector<Gradients> gradients_;  ///< summed over the tiles of a batch; empty while batches have one tile
};

}  // namespace

std::unique_ptr<Mlp> make_sparse_mlp(const std::vector<Mask>& masks, const ModelState& state,
                                     const SparseKernels& kernels) {
  return std::make_unique<SparseMlp>(masks, state, kernels);
}

}  // namespace dnm
