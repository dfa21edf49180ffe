// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "training/layers/attention.h"
#include "training/layers/layer_norm.h"
#include "training/models/transformer_parts.h"

namespace dnm {

/// output = input + drop(O·attention(Q·n, K·m, V·m)), n = norm(input), m = n or, towards the other side, its memory.
/// Parameters NAME.norm, NAME.q, .k, .v and .o. It keeps what the way back needs.
class AttentionSublayer {
 public:
  /// `site`: of two places that drop, its first.
  AttentionSublayer(const LayerSource& source, const std::string& name, std::size_t heads, std::size_t site);

  /// `memory` without data: self-attention. The output stays valid until the next pass.
  Tiles<const float> forward(Tiles<const float> input, const Sentences& queries, const Sentences& keys, bool causal,
                             Tiles<const float> memory, StepContext& context);
  /// `gradient` is that of the output and becomes that of the input. That of the memory is written, or with
  /// `add_memory` added.
  void backward(Tiles<float> gradient, Tiles<float> memory_gradient, bool add_memory, StepContext& context);

  template <class Use>
  void for_projections(const Use& use) {
    for (Projection* one : {&q_, &k_, &v_, &o_}) use(*one);
  }
  [[nodiscard]] LayerNorm& norm() { return norm_; }
  [[nodiscard]] const Projection& query() const { return q_; }
  [[nodiscard]] const Projection& key() const { return k_; }
  [[nodiscard]] const Projection& value() const { return v_; }
  [[nodiscard]] const Projection& out() const { return o_; }

 private:
  LayerNorm norm_;
  Projection q_, k_, v_, o_;
  Attention attention_;
  std::size_t site_;
  TokenArray normed_room_, query_room_, key_room_, value_room_, context_room_, output_room_;
  // Of the last pass.
  Tiles<const float> input_, memory_;
  Tiles<float> normed_, query_, key_, value_, context_;
  const Sentences* queries_ = nullptr;
  const Sentences* keys_ = nullptr;
  bool causal_ = false;
};

/// output = input + drop(W2·drop(relu(W1·norm(input)))). Parameters NAME.norm, NAME.w1 and .w2.
class FeedForwardSublayer {
 public:
  /// `site`: of two places that drop, its first.
  FeedForwardSublayer(const LayerSource& source, const std::string& name, std::size_t site);

  Tiles<const float> forward(Tiles<const float> input, StepContext& context);
  void backward(Tiles<float> gradient, StepContext& context);

  template <class Use>
  void for_projections(const Use& use) {
    for (Projection* one : {&w1_, &w2_}) use(*one);
  }
  [[nodiscard]] LayerNorm& norm() { return norm_; }
  [[nodiscard]] const Projection& first() const { return w1_; }
  [[nodiscard]] const Projection& second() const { return w2_; }

 private:
  LayerNorm norm_;
  Projection w1_, w2_;
  std::size_t site_;
  TokenArray normed_room_, hidden_room_, output_room_;
  Tiles<const float> input_;
  Tiles<float> normed_, hidden_;
};

/// output = drop(values), plus `added` where it has data, tile by tile; the same draw on the way there and back.
void drop_tiles(std::size_t site, Tiles<const float> values, Tiles<const float> added, Tiles<float> output,
                StepContext& context);

}  // namespace dnm
