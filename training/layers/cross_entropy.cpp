// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/cross_entropy.h"

#include <array>
#include <cmath>

#include "training/data/sentence_batch.h"
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
  if (gradient == nullptr) return cross_entropy(outputs, width, scores, targets, scale, gradient);
  const SmoothedTargets wanted(smoothing_, outputs);
  double extra = 0.0;  // beside the plain loss, before the gradient takes the scores' place
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto score = [&](std::uint32_t piece) { return double{scores[std::size_t{piece} * width + i]}; };
    double rest = 0.0;
    for (std::uint32_t piece = 0; piece < outputs; ++piece) rest += score(piece);
    rest -= score(targets[i]) + score(padding_piece);
    extra += double{1.0F - wanted.target} * score(targets[i]) - double{wanted.other} * rest;
  }
  BatchSums result = cross_entropy(outputs, width, scores, targets, scale, gradient);
  result.loss += extra;
  for (std::uint32_t piece = 0; piece < outputs; ++piece) {
    float* row = gradient + std::size_t{piece} * width;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (piece == targets[i]) {
        row[i] += scale * (1.0F - wanted.target);
      } else if (piece != padding_piece) {
        row[i] -= scale * wanted.other;
      }
    }
  }
  return result;
}

}  // namespace dnm
