// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "training/layers/loss.h"

namespace dnm {

/// Softmax cross-entropy of one tile of scores (classes × width), images 0 … labels.size()-1 of it; loss and hits are
/// summed, the loss in nats. `gradient`, where not null, becomes scale·(softmax - one-hot) of the same shape, 0 in
/// empty places, and may be `scores` itself. Labels are below `classes`; the first of equal scores counts as the
/// answer; a score that is no number makes the loss none either, however the hits come out. O(classes·width), allocates
/// nothing.
BatchSums cross_entropy(std::uint32_t classes, unsigned width, const float* scores,
                        std::span<const std::uint32_t> labels, float scale, float* gradient);

/// The same as the loss of a task.
class SoftmaxCrossEntropy : public Loss {
 public:
  BatchSums operator()(std::uint32_t outputs, unsigned width, const float* scores,
                       std::span<const std::uint32_t> targets, float scale, float* gradient) const override {
    return cross_entropy(outputs, width, scores, targets, scale, gradient);
  }
};

/// What a token's pieces are to have under label smoothing ε (Szegedy et al., CVPR 2016,
/// doi:10.1109/CVPR.2016.308, as OpenNMT has it): padding 0, the target 1-ε, every other piece ε/(pieces-2).
struct SmoothedTargets {
  SmoothedTargets(float smoothing, std::size_t pieces)
      : target(1.0F - smoothing), other(smoothing > 0.0F ? smoothing / static_cast<float>(pieces - 2) : 0.0F) {}
  float target;
  float other;
};

/// Softmax cross-entropy of sentences' pieces against SmoothedTargets. Where a gradient is asked for, the loss is the
/// smoothed one, which is learned; without one it is the plain one, so that evaluations compare.
class SmoothedCrossEntropy : public Loss {
 public:
  /// ε in [0, 1).
  explicit SmoothedCrossEntropy(double smoothing) : smoothing_(static_cast<float>(smoothing)) {}
  [[nodiscard]] float smoothing() const { return smoothing_; }
  BatchSums operator()(std::uint32_t outputs, unsigned width, const float* scores,
                       std::span<const std::uint32_t> targets, float scale, float* gradient) const override;

 private:
  float smoothing_;
};

}  // namespace dnm
