// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/token_embedding.h"

#include <cmath>

namespace dnm {
namespace {

constexpr std::size_t features_a_job = 64;

}  // namespace

void Positions::make_room(std::size_t count) {
  std::size_t position = values_.size() / features_;
  if (position >= count) return;
  values_.resize(count * features_);
  for (; position < count; ++position) {
    for (std::size_t f = 0; f < features_; ++f) {
      const double slowness = std::pow(10000.0, -static_cast<double>(f / 2 * 2) / static_cast<double>(features_));
      const double angle = static_cast<double>(position) * slowness;
      values_[position * features_ + f] = static_cast<float>(f % 2 == 0 ? std::sin(angle) : std::cos(angle));
    }
  }
}

void embed(const TrainedArray& table, const Positions& positions, const Sentences& tokens, Tiles<float> output,
           Workers& workers) {
  const std::size_t features = output.neurons;
  const float scale = std::sqrt(static_cast<float>(features));
  workers.run(output.count(), [&](std::size_t t, std::size_t) {
    const std::size_t width = output.width(t);
    float* const to = output.tile(t);
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t token = t * output.full + i;
      if (token >= tokens.pieces.size()) {
        for (std::size_t f = 0; f < features; ++f) to[f * width + i] = 0.0F;
        continue;
      }
      const float* const row = table.values() + tokens.pieces[token] * features;
      const float* const position = positions.of(tokens.positions[token]);
      for (std::size_t f = 0; f < features; ++f) to[f * width + i] = row[f] * scale + position[f];
    }
  });
}

void embed_backward(const Sentences& tokens, Tiles<const float> output_gradient, TrainedArray& table,
                    Workers& workers) {
  const std::size_t features = output_gradient.neurons;
  const float scale = std::sqrt(static_cast<float>(features));
  workers.run((features + features_a_job - 1) / features_a_job, [&](std::size_t job, std::size_t) {
    const std::size_t end = std::min(features, (job + 1) * features_a_job);
    for (std::size_t token = 0; token < tokens.pieces.size(); ++token) {
      const std::size_t t = token / output_gradient.full;
      const std::size_t width = output_gradient.width(t);
      const float* const from = output_gradient.tile(t) + token % output_gradient.full;
      float* const row = table.gradient.data() + tokens.pieces[token] * features;
      for (std::size_t f = job * features_a_job; f < end; ++f) row[f] += scale * from[f * width];
    }
  });
}

}  // namespace dnm
