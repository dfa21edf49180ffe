// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dnm {

/// Where the links of one layer are, by output neuron (CSR) and by input neuron (CSC). Link numbers are those of the
/// CSR order; weights, gradients and momentum are arrays of `links` floats in that order. Owned by SparseIndex.
struct LinkIndex {
  std::uint32_t n_in = 0;
  std::uint32_t n_out = 0;
  std::uint32_t links = 0;
  const std::uint32_t* row_begin = nullptr;       ///< n_out + 1 offsets into `column`
  const std::uint32_t* column = nullptr;          ///< input neuron of each link
  const std::uint32_t* row = nullptr;             ///< output neuron of each link
  const std::uint32_t* column_begin = nullptr;    ///< n_in + 1 offsets into the two arrays below
  const std::uint32_t* by_column_row = nullptr;   ///< output neurons of each input's links, rising
  const std::uint32_t* by_column_link = nullptr;  ///< link numbers of each input's links
};

/// A step of stochastic gradient descent with momentum (Polyak 1964, doi:10.1016/0041-5553(64)90137-5; in PyTorch's
/// form) for a gradient g: d = g + weight_decay·w; v = momentum·v + d; w -= rate·v.
struct SgdStep {
  float learning_rate = 0.0F;
  float momentum = 0.0F;
  float weight_decay = 0.0F;
};

/// One layer's trainable numbers: `links` weights and n_out biases with their momenta.
struct LayerArrays {
  float* weights = nullptr;
  float* weight_momentum = nullptr;
  float* biases = nullptr;
  float* bias_momentum = nullptr;
};

/// Examples are laid out in tiles: neurons × width floats, all examples of one neuron side by side, width 16, 32, 64 or
/// 128 (places without an example hold arbitrary activations and zero gradients). Images come in tiles of 32 or 16.
inline constexpr unsigned tile_width = 32;
inline constexpr unsigned half_tile_width = 16;
inline constexpr unsigned widest_tile = 128;

// Runs of links (first input, length) in place of one input number per link change the forward pass of layers of
// consecutive blocks by -4 to +8 % and a whole step by less than 3 %, so there is one form for all masks.

/// The steps of truly sparse training for one tile and one instruction set. All of them take
/// O(links·width) time, allocate nothing, and give the same bits at every call. They are fastest with tiles aligned to
/// 64 bytes.
struct SparseKernels {
  std::string_view id;     ///< "portable", "avx2", "avx512"
  std::string_view label;  ///< "AVX2"
  /// The width of tile that is fastest where many examples go through layers of some hundred neurons: it fills eight
  /// registers. Against 32, 128 of AVX-512 takes 1.2 to 1.7 times less for layers of 512 to 2048 neurons.
  unsigned wide_tile;

  /// output = W·input + biases (n_out × width from n_in × width); with `rectify` negative values become 0 (NaN stays).
  void (*forward)(const LinkIndex& index, unsigned width, const float* weights, const float* biases, const float* input,
                  float* output, bool rectify);

  /// input_gradient = Wᵀ·output_gradient, and 0 wherever `input` is not positive (it came through a rectifier);
  /// `input` null: no such mask. With `add` on top of what the array holds.
  void (*input_gradient)(const LinkIndex& index, unsigned width, const float* weights, const float* output_gradient,
                         const float* input, float* input_gradient, bool add);

  /// weight_gradient[l] = <output_gradient[row(l)], input[column(l)]>, and the sums of output_gradient's rows as
  /// bias_gradient; with `add` they are added to what the arrays hold.
  void (*gradient)(const LinkIndex& index, unsigned width, const float* input, const float* output_gradient,
                   float* weight_gradient, float* bias_gradient, bool add);

  /// As `gradient`, but each gradient (plus that of earlier tiles, where the pointers are not null) is applied at once
  /// in an SGD step and never stored.
  void (*update)(const LinkIndex& index, unsigned width, const float* input, const float* output_gradient,
                 const float* earlier_weight_gradient, const float* earlier_bias_gradient, const LayerArrays& layer,
                 const SgdStep& step);
};

/// Those this processor can run, slowest first; the first is "portable".
[[nodiscard]] std::span<const SparseKernels* const> available_kernels();
/// The fastest of them.
[[nodiscard]] const SparseKernels& best_kernels();

}  // namespace dnm
