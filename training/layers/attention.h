// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "training/kernels/aligned_vector.h"
#include "training/kernels/token_kernels.h"
#include "training/layers/sentences.h"
#include "training/layers/tiles.h"
#include "training/support/workers.h"

namespace dnm {

/// What attends to what in one step.
struct AttentionStep {
  const Sentences& queries;
  const Sentences& keys;  ///< sentence i of the queries sees sentence i of the keys
  bool causal = false;    ///< a token sees those up to itself
  DropoutDraw draw{};     ///< of the weights
};

/// Scaled dot-product attention of several heads (Vaswani et al. 2017, arXiv:1706.03762) between projected queries,
/// keys and values: head h has the features h·d/heads … of each. Sentence after sentence and head after head, from
/// copies that stay in the cache: O(queries·keys·features) for each sentence. A sentence without keys gets zeros.
/// Keeps the weights of one step for the way back, and its memory for the next.
class Attention {
 public:
  /// `features` is a multiple of `heads`.
  Attention(std::size_t features, std::size_t heads, const TokenKernels& kernels)
      : size_(features / heads), heads_(heads), kernels_(kernels) {}

  void forward(const AttentionStep& step, Tiles<const float> query, Tiles<const float> key, Tiles<const float> value,
               Tiles<float> output, Workers& workers);
  /// Gradients for the last forward pass of the same step.
  void backward(const AttentionStep& step, Tiles<const float> query, Tiles<const float> key, Tiles<const float> value,
                Tiles<const float> output_gradient, Tiles<float> query_gradient, Tiles<float> key_gradient,
                Tiles<float> value_gradient, Workers& workers);

 private:
  /// One worker's copies of one head of one sentence; all of them features × padded length, or queries × keys.
  struct Scratch {
    AlignedVector<float> query, key, value, output;
    AlignedVector<float> query_gradient, key_gradient, value_gradient;
    AlignedVector<float> scores, left;
  };
  void make_room(const AttentionStep& step, unsigned workers);

  std::size_t size_;  ///< features of a head
  std::size_t heads_;
  const TokenKernels& kernels_;
  AlignedVector<float> weights_;      ///< of each sentence and head: keys × padded queries
  std::vector<std::size_t> offsets_;  ///< of each sentence's first head
  std::vector<Scratch> scratch_;
};

}  // namespace dnm
