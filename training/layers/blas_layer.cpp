// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "training/kernels/dense_products.h"
#include "training/layers/aligned_parameter.h"
#include "training/layers/linear_layer.h"

namespace dnm {
namespace {

/// A full mask needs no copies: its links are the cells.
class BlasLayer : public LinearLayer {
 public:
  BlasLayer(const Mask& mask, const ParameterState& weights, const ParameterState& biases)
      : n_in_(mask.n_in), n_out_(mask.n_out), biases_(biases), bias_gradient_(mask.n_out) {
    take(mask, weights);
  }

  Engine engine() const override { return Engine::masked; }

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify) override {
    for (std::size_t t = 0; t < input.count(); ++t) {
      const std::size_t width = input.width(t);
      float* const to = output.tile(t);
      for (std::size_t o = 0; o < n_out_; ++o) std::fill_n(to + o * width, width, biases_.values[o]);
      multiply(cells(), Factor::as_it_lies, tile(input, t), Factor::as_it_lies, to, width, true);
      if (rectify) std::for_each(to, to + n_out_ * width, [](float& value) { value = value < 0.0F ? 0.0F : value; });
    }
  }

  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                      bool add) override {
    for (std::size_t t = 0; t < output_gradient.count(); ++t) {
      const std::size_t width = output_gradient.width(t);
      const std::size_t count = n_in_ * width;
      const bool own = add && input.data != nullptr;
      AlignedVector<float> apart(own ? count : 0);
      float* const product = own ? apart.data() : input_gradient.tile(t);
      multiply(cells(), Factor::transposed, tile(output_gradient, t), Factor::as_it_lies, product, width, add && !own);
      if (input.data == nullptr) continue;
      const float* const activations = input.tile(t);
      for (std::size_t i = 0; i < count; ++i) product[i] = activations[i] > 0.0F ? product[i] : 0.0F;
      if (own) {
        float* const sum = input_gradient.tile(t);
        for (std::size_t i = 0; i < count; ++i) sum[i] += product[i];
      }
    }
  }

  void gradient(Tiles<const float> input, Tiles<const float> output_gradient, bool add) override {
    AlignedVector<float>& sums = full_ ? weight_gradient_ : cell_gradient_;
    sums.resize(n_out_ * n_in_);
    if (input.images == 0 && !add) {
      std::fill(sums.begin(), sums.end(), 0.0F);
      std::fill(bias_gradient_.begin(), bias_gradient_.end(), 0.0F);
    }
    for (std::size_t t = 0; t < input.count(); ++t) {
      const std::size_t width = input.width(t);
      multiply(tile(output_gradient, t), Factor::as_it_lies, tile(input, t), Factor::transposed, sums.data(), n_in_,
               t > 0 || (full_ && add));
      const float* row = output_gradient.tile(t);
      for (std::size_t o = 0; o < n_out_; ++o, row += width) {
        float sum = 0.0F;
        for (std::size_t i = 0; i < width; ++i) sum += row[i];
        bias_gradient_[o] = t > 0 || add ? bias_gradient_[o] + sum : sum;
      }
    }
    if (full_) return;
    weight_gradient_.resize(links_.size());
    for (std::size_t l = 0; l < links_.size(); ++l) {
      weight_gradient_[l] = add ? weight_gradient_[l] + cell_gradient_[links_[l]] : cell_gradient_[links_[l]];
    }
  }

  void update(Tiles<const float> input, Tiles<const float> output_gradient, bool add,
              const LearningStep& step) override {
    gradient(input, output_gradient, add);
    update(step);
  }
  void update(const LearningStep& step) override {
    weights_.update(step, weight_gradient_);
    biases_.update(step, bias_gradient_);
    spread();
  }

  LayerState gradients() const override {
    return {{{}, {weight_gradient_.begin(), weight_gradient_.end()}, {}},
            {{}, {bias_gradient_.begin(), bias_gradient_.end()}, {}}};
  }
  LayerState parameters() const override { return {weights_.copy(), biases_.copy()}; }

  void rewire(const Mask& mask, const ParameterState& weights) override { take(mask, weights); }

 private:
  [[nodiscard]] FloatMatrix cells() const {
    return {full_ ? weights_.values.data() : cells_.data(), n_out_, n_in_, n_in_};
  }
  [[nodiscard]] static FloatMatrix tile(Tiles<const float> tiles, std::size_t t) {
    return {tiles.tile(t), tiles.neurons, tiles.width(t), tiles.width(t)};
  }

  void take(const Mask& mask, const ParameterState& weights) {
    AlignedParameter taken(weights);
    AlignedVector<std::uint32_t> links;
    if (mask.link_count() != std::uint64_t{n_in_} * n_out_) {
      links.reserve(mask.link_count());
      for (NodeIndex output = 0; output < n_out_; ++output) {
        for (const NodeIndex input : mask.row(output))
          links.push_back(static_cast<std::uint32_t>(output * n_in_ + input));
      }
    }
    weights_ = std::move(taken);
    links_ = std::move(links);
    full_ = mask.link_count() == std::uint64_t{n_in_} * n_out_;
    weight_gradient_ = {};
    cell_gradient_ = {};
    cells_.assign(full_ ? 0 : n_in_ * n_out_, 0.0F);
    spread();
  }
  void spread() {
    for (std::size_t l = 0; l < links_.size(); ++l) cells_[links_[l]] = weights_.values[l];
  }

  std::size_t n_in_;
  std::size_t n_out_;
  bool full_ = false;
  AlignedParameter weights_;
  AlignedParameter biases_;
  AlignedVector<std::uint32_t> links_;  ///< the cell of each link
  AlignedVector<float> cells_;          ///< the weights in all cells, where the mask is not full
  AlignedVector<float> weight_gradient_;
  AlignedVector<float> bias_gradient_;
  AlignedVector<float> cell_gradient_;
};

}  // namespace

std::unique_ptr<LinearLayer> make_blas_layer(const Mask& mask, const ParameterState& weights,
                                             const ParameterState& biases) {
  return std::make_unique<BlasLayer>(mask, weights, biases);
}

}  // namespace dnm
