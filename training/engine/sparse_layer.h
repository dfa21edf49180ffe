// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/engine/mlp.h"
#include "training/engine/sparse_index.h"
#include "training/kernels/aligned_vector.h"

namespace dnm {

/// One layer of the sparse engine: links, their weights and momenta. 28 bytes a link.
class SparseLayer {
 public:
  SparseLayer(const Mask& mask, const LayerState& state);

  [[nodiscard]] LinkIndex index() const { return index_.view(); }
  [[nodiscard]] const float* weights() const { return weights_.data(); }
  [[nodiscard]] const float* biases() const { return biases_.data(); }
  [[nodiscard]] LayerArrays arrays() {
    return {weights_.data(), weight_momentum_.data(), biases_.data(), bias_momentum_.data()};
  }
  [[nodiscard]] LayerState state() const;

 private:
  SparseIndex index_;
  AlignedVector<float> weights_;
  AlignedVector<float> weight_momentum_;
  AlignedVector<float> biases_;
  AlignedVector<float> bias_momentum_;
};

}  // namespace dnm
