// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace dnm {

/// Which elements of an array a step drops, by number of the element alone: whatever part of the array is computed,
/// and by whichever thread. The numbers are those of Random(seed, stream), 16 bits for each element (dropout_word).
struct DropoutDraw {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
  std::uint32_t threshold = 0;  ///< of 2^16: an element whose number is below is dropped; 0: none is

  /// Factor of the elements that stay, so that sums keep their mean.
  [[nodiscard]] float scale() const { return 65536.0F / (65536.0F - static_cast<float>(threshold)); }
};

/// Which of the numbers that Random::next32() gives one after the other decides on an element, and which half of it:
/// the lower one for `high` false. Sixteen blocks of four numbers are drawn at once.
struct DropoutWord {
  std::uint64_t number = 0;
  bool high = false;
};
[[nodiscard]] constexpr DropoutWord dropout_word(std::uint64_t element) {
  const std::uint64_t in_chunk = element % 128;
  const std::uint64_t block = element / 128 * 16 + in_chunk % 16;
  return {block * 4 + in_chunk / 32, in_chunk / 16 % 2 == 1};
}

/// A left factor of a small product, read element by element: entry (i, k) is at data[i·row_step + k·inner_step].
struct SmallFactor {
  const float* data = nullptr;
  std::size_t row_step = 0;
  std::size_t inner_step = 0;
};

/// What a Transformer computes besides its large products, for one instruction set. Tiles are features × width with all
/// tokens of one feature side by side (see SparseKernels). Nothing here allocates; the same bits at every call.
struct TokenKernels {
  /// Layer normalisation (Ba, Kiros & Hinton 2016, arXiv:1607.06450) over the features of each token of a tile:
  /// output = gain·(input - mean)·inverse + bias, inverse = 1/sqrt(variance + epsilon) with the biased variance.
  /// `mean` and `inverse` (width each) are written.
  void (*normalise)(std::size_t features, unsigned width, const float* input, const float* gain, const float* bias,
                    float epsilon, float* output, float* mean, float* inverse);
  /// Adds its input gradient to `input_gradient`, and writes the tile's share of the gradients of gain and bias
  /// (features each).
  void (*normalise_gradient)(std::size_t features, unsigned width, const float* input, const float* mean,
                             const float* inverse, const float* gain, const float* output_gradient,
                             float* input_gradient, float* gain_gradient, float* bias_gradient);

  /// output = kept values times the scale, dropped ones 0, plus `added` where it is not null; element i of the three is
  /// element first + i of the draw. `output` may be any of the others. `first` and `count` are multiples of 16.
  void (*drop)(const DropoutDraw& draw, std::uint64_t first, std::size_t count, const float* values, const float* added,
               float* output);

  /// target = scale·factor·right (rows × columns from rows × inner and inner × columns), or added to it; columns is a
  /// multiple of 16. For the few dozen rows of attention, where BLAS spends its time on preparations.
  void (*multiply)(std::size_t rows, std::size_t inner, std::size_t columns, const SmallFactor& factor,
                   const float* right, std::size_t right_stride, float* target, std::size_t target_stride, float scale,
                   bool add);

  /// Softmax over the keys of each query, from scores (keys × width, width a multiple of 16) to weights of the same
  /// shape, and what dropout leaves of them. `causal`: query q sees the keys 0 … q. Dropped weights are stored with
  /// their sign turned, so that the way back needs no draw. Without a draw `left` may be `weights`.
  void (*attend)(std::size_t keys, std::size_t width, bool causal, const DropoutDraw& draw, std::uint64_t first,
                 const float* scores, float* weights, float* left);
  /// The way back: from the gradient of what dropout left (keys × width) that of the scores, in place, times `scale`.
  void (*attend_gradient)(std::size_t keys, std::size_t width, float drop_scale, const float* weights, float* gradient,
                          float scale);
  /// What dropout left of stored weights, transposed: width × keys from keys × width, rows of the result
  /// `target_stride` apart; and a plain transposition for `drop_scale` 0.
  void (*transpose)(std::size_t rows, std::size_t columns, const float* from, std::size_t from_stride, float drop_scale,
                    float* target, std::size_t target_stride);

  /// Of each token's scores (pieces × width): the largest, the first piece that has it, the sum over all pieces of
  /// exp(score - largest), which take the place of the scores where `keep`, and the plain sum.
  void (*softmax_sums)(std::size_t pieces, unsigned width, float* scores, bool keep, float* largest,
                       std::uint32_t* answer, float* power_sum, float* score_sum);
  /// gradient = gradient·factor[token] - less[token] for all pieces.
  void (*softmax_gradient)(std::size_t pieces, unsigned width, float* gradient, const float* factor, const float* less);

  /// values = values·factor.
  void (*scale)(std::size_t count, float factor, float* values);
  /// Adds up the rows of `count` arrays of `length` in their order: target (+)= Σ parts.
  void (*add_up)(std::size_t count, std::size_t length, const float* parts, float* target, bool add);
};

/// Those of the same instruction sets as available_kernels(), in the same order.
[[nodiscard]] std::span<const TokenKernels* const> available_token_kernels();
[[nodiscard]] const TokenKernels& best_token_kernels();

}  // namespace dnm
