// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "training/kernels/aligned_vector.h"
#include "training/layers/sentences.h"
#include "training/layers/tiles.h"
#include "training/layers/trained_array.h"
#include "training/support/workers.h"

namespace dnm {

/// Sinusoidal positions (Vaswani et al. 2017, arXiv:1706.03762): feature 2i of position p is sin(p·10000^(-2i/d)),
/// feature 2i+1 the cosine.
class Positions {
 public:
  explicit Positions(std::size_t features) : features_(features) {}
  /// Makes room for positions below `count`.
  void make_room(std::size_t count);
  [[nodiscard]] const float* of(std::size_t position) const { return values_.data() + position * features_; }

 private:
  std::size_t features_;
  AlignedVector<float> values_;
};

/// Each token's row of the table (pieces × features) times sqrt(features), plus its position; 0 in empty places.
void embed(const TrainedArray& table, const Positions& positions, const Sentences& tokens, Tiles<float> output,
           Workers& workers);
/// Adds the gradient to that of the table, in the order of the tokens.
void embed_backward(const Sentences& tokens, Tiles<const float> output_gradient, TrainedArray& table, Workers& workers);

}  // namespace dnm
