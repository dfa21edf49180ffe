// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/vocabulary_loss.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "training/data/sentence_batch.h"
#include "training/kernels/dense_products.h"
#include "training/layers/cross_entropy.h"

namespace dnm {
namespace {

constexpr std::size_t pieces_a_job = 1024;

FloatMatrix tile_of(Tiles<const float> tiles, std::size_t t) {
  return {tiles.tile(t), tiles.neurons, tiles.width(t), tiles.width(t)};
}

std::span<const std::uint32_t> targets_of(std::span<const std::uint32_t> targets, Tiles<const float> tiles,
                                          std::size_t t) {
  return targets.subspan(t * tiles.full, std::min<std::size_t>(tiles.full, targets.size() - t * tiles.full));
}

/// The scores of every piece for the tokens of a tile.
void score_tile(const FloatMatrix& table, const TrainedArray& biases, const FloatMatrix& tile, float* scores) {
  for (std::size_t v = 0; v < table.rows; ++v) std::fill_n(scores + v * tile.columns, tile.columns, biases.values()[v]);
  multiply(table, Factor::as_it_lies, tile, Factor::as_it_lies, scores, tile.columns, true);
}

}  // namespace

BatchSums VocabularyLoss::softmax(std::size_t pieces, unsigned width, float* scores,
                                  std::span<const std::uint32_t> targets, bool backward, float smoothing,
                                  float scale) const {
  std::array<float, widest_tile> largest{};
  std::array<float, widest_tile> power_sum{};
  std::array<float, widest_tile> score_sum{};
  std::array<std::uint32_t, widest_tile> answer{};
  std::array<float, widest_tile> own{};
  std::array<float, widest_tile> padding{};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    own[i] = scores[targets[i] * width + i];
    padding[i] = scores[padding_piece * width + i];
  }
  kernels_.softmax_sums(pieces, width, scores, backward, largest.data(), answer.data(), power_sum.data(),
                        score_sum.data());
  const auto [confidence, other] = SmoothedTargets(smoothing, pieces);
  BatchSums result;
  result.examples = targets.size();
  std::array<float, widest_tile> factor{};
  std::array<float, widest_tile> less{};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double normaliser = std::log(static_cast<double>(power_sum[i])) + static_cast<double>(largest[i]);
    const double rest =
        static_cast<double>(score_sum[i]) - static_cast<double>(own[i]) - static_cast<double>(padding[i]);
    result.loss +=
        normaliser - static_cast<double>(confidence) * static_cast<double>(own[i]) - static_cast<double>(other) * rest;
    if (answer[i] == targets[i]) ++result.correct;
    factor[i] = scale / power_sum[i];
    less[i] = other * scale;
  }
  if (!backward) return result;
  kernels_.softmax_gradient(pieces, width, scores, factor.data(), less.data());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    scores[padding_piece * width + i] += other * scale;
    scores[targets[i] * width + i] -= (confidence - other) * scale;
  }
  return result;
}

template <class Use>
BatchSums VocabularyLoss::for_groups(std::size_t pieces, Tiles<const float> input, const Use& use) {
  const std::size_t tiles = std::min(group, input.count());
  if (scores_.size() < pieces * input.full * tiles) scores_.resize(pieces * input.full * tiles);
  sums_.assign(input.count(), {});
  for (std::size_t first = 0; first < input.count(); first += group) {
    use(first, std::min(group, input.count() - first));
  }
  BatchSums result;
  for (const BatchSums& sums : sums_) result += sums;
  return result;
}

BatchSums VocabularyLoss::evaluate(const TrainedArray& weights, const TrainedArray& biases, Tiles<const float> input,
                                   std::span<const std::uint32_t> targets, const UseScores& use, Workers& workers) {
  const std::size_t pieces = biases.parameter.values.size();
  const FloatMatrix table{weights.values(), pieces, input.neurons, input.neurons};
  return for_groups(pieces, input, [&](std::size_t first, std::size_t count) {
    workers.run(count, [&](std::size_t i, std::size_t) {
      const std::size_t t = first + i;
      const unsigned width = input.width(t);
      float* const scores = scores_.data() + i * pieces * input.full;
      score_tile(table, biases, tile_of(input, t), scores);
      sums_[t] = softmax(pieces, width, scores, targets_of(targets, input, t), false, 0.0F, 0.0F);
    });
    if (!use) return;
    for (std::size_t i = 0; i < count; ++i) {
      use({static_cast<std::uint32_t>(pieces), input.width(first + i), scores_.data() + i * pieces * input.full,
           targets_of(targets, input, first + i)});
    }
  });
}

BatchSums VocabularyLoss::step(TrainedArray& weights, TrainedArray& biases, Tiles<const float> input,
                               std::span<const std::uint32_t> targets, float smoothing, float scale,
                               Tiles<float> input_gradient, Workers& workers) {
  const std::size_t pieces = biases.parameter.values.size();
  const std::size_t features = input.neurons;
  const FloatMatrix table{weights.values(), pieces, features, features};
  return for_groups(pieces, input, [&](std::size_t first, std::size_t count) {
    workers.run(count, [&](std::size_t i, std::size_t) {
      const std::size_t t = first + i;
      const unsigned width = input.width(t);
      float* const scores = scores_.data() + i * pieces * input.full;
      score_tile(table, biases, tile_of(input, t), scores);
      sums_[t] = softmax(pieces, width, scores, targets_of(targets, input, t), true, smoothing, scale);
      multiply(table, Factor::transposed, {scores, pieces, width, width}, Factor::as_it_lies, input_gradient.tile(t),
               width, false);
    });
    // Parts of the vocabulary take the tiles in their order, however many threads there are.
    workers.run((pieces + pieces_a_job - 1) / pieces_a_job, [&](std::size_t job, std::size_t) {
      const std::size_t from = job * pieces_a_job;
      const std::size_t rows = std::min(pieces_a_job, pieces - from);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t width = input.width(first + i);
        const float* const scores = scores_.data() + i * pieces * input.full + from * width;
        multiply({scores, rows, width, width}, Factor::as_it_lies, tile_of(input, first + i), Factor::transposed,
                 weights.gradient.data() + from * features, features, true);
        for (std::size_t v = 0; v < rows; ++v) {
          float sum = 0.0F;
          for (std::size_t j = 0; j < width; ++j) sum += scores[v * width + j];
          biases.gradient[from + v] += sum;
        }
      }
    });
  });
}

}  // namespace dnm
