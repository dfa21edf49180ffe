// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/kernels/token_kernels.h"
#include "training/layers/batch_sums.h"
#include "training/layers/score_tile.h"
#include "training/layers/tiles.h"
#include "training/layers/trained_array.h"
#include "training/support/workers.h"

namespace dnm {

/// The scores of a vocabulary and their loss in one: scores = W·x + b for every piece, softmax cross-entropy against
/// the target pieces. No more than the scores of four tiles are in memory.
class VocabularyLoss {
 public:
  explicit VocabularyLoss(const TokenKernels& kernels) : kernels_(kernels) {}

  /// The sums over all tokens; the loss against the targets themselves, without smoothing. Answers are the best pieces,
  /// the first of equals. `use`, where not empty, is given the scores tile by tile.
  BatchSums evaluate(const TrainedArray& weights, const TrainedArray& biases, Tiles<const float> input,
                     std::span<const std::uint32_t> targets, const UseScores& use, Workers& workers);

  /// The same, and the gradients of `scale` times the summed loss: that of the input, and on top of what is there those
  /// of weights and biases. The loss is that of SmoothedTargets.
  BatchSums step(TrainedArray& weights, TrainedArray& biases, Tiles<const float> input,
                 std::span<const std::uint32_t> targets, float smoothing, float scale, Tiles<float> input_gradient,
                 Workers& workers);

 private:
  /// The loss of one tile, and with `backward` its gradient in place of the scores.
  BatchSums softmax(std::size_t pieces, unsigned width, float* scores, std::span<const std::uint32_t> targets,
                    bool backward, float smoothing, float scale) const;
  template <class Use>
  BatchSums for_groups(std::size_t pieces, Tiles<const float> input, const Use& use);

  static constexpr std::size_t group = 4;  ///< tiles
  const TokenKernels& kernels_;
  AlignedVector<float> scores_;
  std::vector<BatchSums> sums_;
};

}  // namespace dnm
