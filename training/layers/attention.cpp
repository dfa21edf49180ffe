// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/attention.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace dnm {
namespace {

std::size_t padded(std::size_t length) { return (length + 15) / 16 * 16; }

/// Calls use(tile, place in the tile, place in the sentence, tokens) for the tiles that a sentence lies in.
template <class Use>
void for_pieces(const SentenceSpan& span, unsigned full, const Use& use) {
  for (std::size_t done = 0; done < span.length;) {
    const std::size_t place = (span.first + done) % full;
    const std::size_t count = std::min<std::size_t>(full - place, span.length - done);
    use((span.first + done) / full, place, done, count);
    done += count;
  }
}

/// Features [first, first + size) of a sentence as size × padded length, 0 where there is no token.
void take(Tiles<const float> from, const SentenceSpan& span, std::size_t first, std::size_t size, float* to) {
  const std::size_t stride = padded(span.length);
  for_pieces(span, from.full, [&](std::size_t tile, std::size_t place, std::size_t done, std::size_t count) {
    const std::size_t width = from.width(tile);
    const float* row = from.tile(tile) + first * width + place;
    for (std::size_t f = 0; f < size; ++f) std::memcpy(to + f * stride + done, row + f * width, count * sizeof(float));
  });
  if (stride == span.length) return;
  for (std::size_t f = 0; f < size; ++f) {
    std::fill(to + f * stride + span.length, to + (f + 1) * stride, 0.0F);
  }
}

void give(const float* from, const SentenceSpan& span, std::size_t first, std::size_t size, Tiles<float> to) {
  const std::size_t stride = padded(span.length);
  for_pieces(span, to.full, [&](std::size_t tile, std::size_t place, std::size_t done, std::size_t count) {
    const std::size_t width = to.width(tile);
    float* row = to.tile(tile) + first * width + place;
    for (std::size_t f = 0; f < size; ++f) {
      std::memcpy(row + f * width, from + f * stride + done, count * sizeof(float));
    }
  });
}

/// Zero in the places of the last tile that no token has.
void clear_empty_places(Tiles<float> tiles) {
  if (tiles.images == 0) return;
  const std::size_t last = tiles.count() - 1;
  const std::size_t used = tiles.images - last * tiles.full;
  const std::size_t width = tiles.width(last);
  if (used == width) return;
  for (std::size_t f = 0; f < tiles.neurons; ++f) {
    std::fill(tiles.tile(last) + f * width + used, tiles.tile(last) + (f + 1) * width, 0.0F);
  }
}

}  // namespace

void Attention::make_room(const AttentionStep& step, unsigned workers) {
  offsets_.clear();
  std::size_t size = 0;
  for (std::size_t s = 0; s < step.queries.spans.size(); ++s) {
    offsets_.push_back(size);
    size += heads_ * step.keys.spans[s].length * padded(step.queries.spans[s].length);
  }
  if (weights_.size() < size) weights_.resize(size);
  scratch_.resize(std::max<std::size_t>(scratch_.size(), workers));
  const std::size_t queries = padded(step.queries.longest());
  const std::size_t keys = padded(step.keys.longest());
  const auto grow = [](AlignedVector<float>& array, std::size_t length) {
    if (array.size() < length) array.resize(length);
  };
  for (Scratch& one : scratch_) {
    for (auto* array : {&one.query, &one.output, &one.query_gradient}) grow(*array, size_ * queries);
    for (auto* array : {&one.key, &one.value, &one.key_gradient, &one.value_gradient}) grow(*array, size_ * keys);
    for (auto* array : {&one.scores, &one.left}) grow(*array, queries * keys);
  }
}

void Attention::forward(const AttentionStep& step, Tiles<const float> query, Tiles<const float> key,
                        Tiles<const float> value, Tiles<float> output, Workers& workers) {
  make_room(step, workers.threads());
  const float scale = 1.0F / std::sqrt(static_cast<float>(size_));
  workers.run(step.queries.spans.size() * heads_, [&](std::size_t job, std::size_t worker) {
    const std::size_t s = job / heads_;
    const std::size_t first = job % heads_ * size_;
    const SentenceSpan& own = step.queries.spans[s];
    const SentenceSpan& other = step.keys.spans[s];
    if (own.length == 0) return;
    Scratch& at = scratch_[worker];
    const std::size_t queries = padded(own.length);
    const std::size_t keys = padded(other.length);
    const std::size_t offset = offsets_[s] + job % heads_ * other.length * queries;
    float* const weights = weights_.data() + offset;
    take(query, own, first, size_, at.query.data());
    take(key, other, first, size_, at.key.data());
    take(value, other, first, size_, at.value.data());
    float* const left = step.draw.threshold == 0 ? weights : at.left.data();
    if (other.length > 0) {
      kernels_.multiply(other.length, size_, queries, {at.key.data(), 1, keys}, at.query.data(), queries,
                        at.scores.data(), queries, scale, false);
      kernels_.attend(other.length, queries, step.causal, step.draw, offset, at.scores.data(), weights, left);
    }
    kernels_.multiply(size_, other.length, queries, {at.value.data(), keys, 1}, left, queries, at.output.data(),
                      queries, 1.0F, false);
    give(at.output.data(), own, first, size_, output);
  });
}

void Attention::backward(const AttentionStep& step, Tiles<const float> query, Tiles<const float> key,
                         Tiles<const float> value, Tiles<const float> output_gradient, Tiles<float> query_gradient,
                         Tiles<float> key_gradient, Tiles<float> value_gradient, Workers& workers) {
  clear_empty_places(query_gradient);
  clear_empty_places(key_gradient);
  clear_empty_places(value_gradient);
  const float scale = 1.0F / std::sqrt(static_cast<float>(size_));
  workers.run(step.queries.spans.size() * heads_, [&](std::size_t job, std::size_t worker) {
    const std::size_t s = job / heads_;
    const std::size_t first = job % heads_ * size_;
    const SentenceSpan& own = step.queries.spans[s];
    const SentenceSpan& other = step.keys.spans[s];
    Scratch& at = scratch_[worker];
    const std::size_t queries = padded(own.length);
    const std::size_t keys = padded(other.length);
    const float* const weights = weights_.data() + offsets_[s] + job % heads_ * other.length * queries;
    take(query, own, first, size_, at.query.data());
    take(key, other, first, size_, at.key.data());
    take(value, other, first, size_, at.value.data());
    take(output_gradient, own, first, size_, at.output.data());
    float* const scores = at.scores.data();
    kernels_.multiply(other.length, size_, queries, {at.value.data(), 1, keys}, at.output.data(), queries, scores,
                      queries, 1.0F, false);
    kernels_.attend_gradient(other.length, queries, step.draw.scale(), weights, scores, scale);
    kernels_.multiply(size_, other.length, queries, {at.key.data(), keys, 1}, scores, queries, at.query_gradient.data(),
                      queries, 1.0F, false);
    give(at.query_gradient.data(), own, first, size_, query_gradient);
    kernels_.transpose(other.length, own.length, scores, queries, 0.0F, at.left.data(), keys);
    kernels_.multiply(size_, own.length, keys, {at.query.data(), queries, 1}, at.left.data(), keys,
                      at.key_gradient.data(), keys, 1.0F, false);
    give(at.key_gradient.data(), other, first, size_, key_gradient);
    kernels_.transpose(other.length, own.length, weights, queries, step.draw.scale(), at.left.data(), keys);
    kernels_.multiply(size_, own.length, keys, {at.output.data(), queries, 1}, at.left.data(), keys,
                      at.value_gradient.data(), keys, 1.0F, false);
    give(at.value_gradient.data(), other, first, size_, value_gradient);
  });
}

}  // namespace dnm
