// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/cross_entropy.h"

#include <array>
#include <cmath>

#include "training/kernels/sparse_kernels.h"

namespace dnm {

BatchSums cross_entropy(std::uint32_t classes, unsigned width, const float* scores,
                        std::span<const std::uint32_t> labels, float scale, float* gradient) {
  std::array<float, tile_width> best{};
  std::array<float, tile_width> sum{};
  std::array<std::uint32_t, tile_width> answer{};
  const std::size_t count = labels.size();
  for (std::size_t i = 0; i < count; ++i) best[i] = scores[i];
  for (std::uint32_t c = 1; c < classes; ++c) {
    const float* row = scores + std::size_t{c} * width;
    for (std::size_t i = 0; i < count; ++i) {
      if (row[i] > best[i]) {
        best[i] = row[i];
        answer[i] = c;
      }
    }
  }
  BatchSums result;
  result.examples = count;
  std::array<float, tile_width> own_score{};
  for (std::size_t i = 0; i < count; ++i) {
    own_score[i] = scores[std::size_t{labels[i]} * width + i];
    if (answer[i] == labels[i]) ++result.correct;
  }
  for (std::uint32_t c = 0; c < classes; ++c) {
    const std::size_t row = std::size_t{c} * width;
    for (std::size_t i = 0; i < count; ++i) {
      const float power = std::exp(scores[row + i] - best[i]);
      sum[i] += power;
      if (gradient != nullptr) gradient[row + i] = power;
    }
    if (gradient != nullptr) {
      for (std::size_t i = count; i < width; ++i) gradient[row + i] = 0.0F;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    result.loss += static_cast<double>(std::log(sum[i]) + (best[i] - own_score[i]));
  }
  if (gradient == nullptr) return result;
  for (std::size_t i = 0; i < count; ++i) sum[i] = scale / sum[i];
  for (std::uint32_t c = 0; c < classes; ++c) {
    float* row = gradient + std::size_t{c} * width;
    for (std::size_t i = 0; i < count; ++i) row[i] *= sum[i];
  }
  for (std::size_t i = 0; i < count; ++i) gradient[std::size_t{labels[i]} * width + i] -= scale;
  return result;
}

BatchSums SmoothedCrossEntropy::operator()(std::uint32_t outputs, unsigned width, const float* scores,
                                           std::span<const std::uint32_t> targets, float scale, float* gradient) const {
  double extra = 0.0;  // ε·(score of the target - mean score), before the gradient takes the scores' place
  if (gradient != nullptr) {
    std::array<float, tile_width> sum{};
    for (std::uint32_t c = 0; c < outputs; ++c) {
      for (std::size_t i = 0; i < targets.size(); ++i) sum[i] += scores[std::size_t{c} * width + i];
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      extra += double{smoothing_} *
               double{scores[std::size_t{targets[i]} * width + i] - sum[i] / static_cast<float>(outputs)};
    }
  }
  BatchSums result = cross_entropy(outputs, width, scores, targets, scale, gradient);
  if (gradient == nullptr) return result;
  result.loss += extra;
  const float everywhere = scale * smoothing_ / static_cast<float>(outputs);
  for (std::uint32_t c = 0; c < outputs; ++c) {
    float* row = gradient + std::size_t{c} * width;
    for (std::size_t i = 0; i < targets.size(); ++i) row[i] -= everywhere;
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    gradient[std::size_t{targets[i]} * width + i] += scale * smoothing_;
  }
  return result;
}

}  // namespace dnm
