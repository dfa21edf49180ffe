// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer_decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/support/error.h"
#include "core/support/lapack.h"

namespace dnm {
namespace {

std::size_t padded(std::size_t length) { return (length + 15) / 16 * 16; }

float& at(Tiles<float> tiles, std::size_t feature, std::size_t token) {
  const std::size_t t = token / tiles.full;
  return tiles.tile(t)[feature * tiles.width(t) + token % tiles.full];
}
float at(Tiles<const float> tiles, std::size_t feature, std::size_t token) {
  const std::size_t t = token / tiles.full;
  return tiles.tile(t)[feature * tiles.width(t) + token % tiles.full];
}

void add(Tiles<const float> values, Tiles<float> to) {
  for (std::size_t t = 0; t < to.count(); ++t) {
    const std::size_t count = std::size_t{to.neurons} * to.width(t);
    for (std::size_t i = 0; i < count; ++i) to.tile(t)[i] += values.tile(t)[i];
  }
}

}  // namespace

void TransformerDecoder::begin(std::span<const std::vector<std::uint32_t>> sources, StepContext& context) {
  const TransformerShape& shape = model_.settings_.shape;
  model_.source_.clear();
  live_.clear();
  most_pieces_.clear();
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (const std::uint32_t piece : sources[s]) {
      if (piece >= shape.source_pieces) {
        throw InvalidInput("the text has pieces that the model's vocabulary does not; take the vocabulary of its run");
      }
    }
    model_.source_.add(sources[s].data(), sources[s].size());
    const double most = settings_.length_ratio * static_cast<double>(sources[s].size());
    most_pieces_.push_back(std::max<std::size_t>(1, static_cast<std::size_t>(most) + settings_.length_extra));
    live_.push_back({s, s * settings_.beam, 0.0, {begin_piece}});
  }
  best_.assign(sources.size(), {});
  found_.assign(sources.size(), false);
  source_room_ = padded(model_.source_.longest());
  target_room_ = padded(*std::max_element(most_pieces_.begin(), most_pieces_.end()));
  model_.positions_.make_room(std::max(source_room_, target_room_));
  scores_.resize(std::max(source_room_, target_room_));
  sum_.resize(padded(shape.width / shape.heads));

  const Tiles<const float> stream = model_.encode(context);
  const Tiles<float> memory = model_.memory_.shape(shape.width, model_.source_.pieces.size(), model_.full_);
  model_.encoder_norm_.forward(stream, memory, model_.workers_);
  source_.resize(shape.blocks);
  target_.resize(shape.blocks);
  for (std::size_t block = 0; block < shape.blocks; ++block) {
    context.control.check();
    const AttentionSublayer& attention = model_.decoder_[block].context;
    const Tiles<float> keys = key_.shape(shape.width, memory.images, model_.full_);
    const Tiles<float> values = value_.shape(shape.width, memory.images, model_.full_);
    attention.key().forward(memory, keys, false, context);
    attention.value().forward(memory, values, false, context);
    source_[block].resize(sources.size());
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const SentenceSpan span = model_.source_.spans[s];
      source_[block][s].length = 0;
      for (std::size_t i = 0; i < span.length; ++i) {
        append(source_[block][s], source_room_, keys, values, span.first + i);
      }
    }
    target_[block].resize(std::max(target_[block].size(), sources.size() * settings_.beam));
    for (Cache& cache : target_[block]) cache.length = 0;
  }
}

void TransformerDecoder::append(Cache& cache, std::size_t room, Tiles<const float> keys, Tiles<const float> values,
                                std::size_t token) const {
  const std::size_t features = keys.neurons;
  // Small products read up to sixteen numbers at once.
  cache.keys.resize(std::max(cache.keys.size(), features * room));
  cache.values.resize(std::max(cache.values.size(), features * room + 16));
  for (std::size_t f = 0; f < features; ++f) {
    cache.keys[f * room + cache.length] = at(keys, f, token);
    cache.values[cache.length * features + f] = at(values, f, token);
  }
  ++cache.length;
}

void TransformerDecoder::attend(const Cache& cache, std::size_t room, Tiles<const float> query, std::size_t token,
                                Tiles<float> output) {
  const std::size_t heads = model_.settings_.shape.heads;
  const std::size_t features = query.neurons;
  const std::size_t size = features / heads;
  const std::size_t t = token / query.full;
  const std::size_t width = query.width(t);
  const TokenKernels& kernels = model_.token_kernels_;
  const float scale = 1.0F / std::sqrt(static_cast<float>(size));
  for (std::size_t h = 0; h < heads; ++h) {
    const std::size_t first = h * size;
    if (cache.length == 0) {
      for (std::size_t f = 0; f < size; ++f) at(output, first + f, token) = 0.0F;
      continue;
    }
    const SmallFactor own{query.tile(t) + first * width + token % query.full, 0, width};
    kernels.multiply(1, size, padded(cache.length), own, cache.keys.data() + first * room, room, scores_.data(), room,
                     scale, false);
    const auto end = scores_.begin() + static_cast<std::ptrdiff_t>(cache.length);
    const float largest = *std::max_element(scores_.begin(), end);
    float total = 0.0F;
    for (auto score = scores_.begin(); score != end; ++score) total += * score = std::exp(*score - largest);
    kernels.multiply(1, cache.length, padded(size), {scores_.data(), 0, 1}, cache.values.data() + first, features,
                     sum_.data(), sum_.size(), 1.0F / total, false);
    for (std::size_t f = 0; f < size; ++f) at(output, first + f, token) = sum_[f];
  }
}

Tiles<const float> TransformerDecoder::advance(StepContext& context) {
  const TransformerShape& shape = model_.settings_.shape;
  const unsigned full = model_.full_;
  const std::size_t count = live_.size();
  Workers& workers = model_.workers_;
  tokens_.clear();
  for (const Live& one : live_) {
    tokens_.pieces.push_back(one.pieces.back());
    tokens_.positions.push_back(static_cast<std::uint32_t>(one.pieces.size() - 1));
  }
  const Tiles<float> stream = stream_.shape(shape.width, count, full);
  const Tiles<float> normed = normed_.shape(shape.width, count, full);
  const Tiles<float> query = query_.shape(shape.width, count, full);
  const Tiles<float> key = key_.shape(shape.width, count, full);
  const Tiles<float> value = value_.shape(shape.width, count, full);
  const Tiles<float> seen = seen_.shape(shape.width, count, full);
  const Tiles<float> branch = branch_.shape(shape.width, count, full);
  const Tiles<float> hidden = hidden_.shape(shape.feed_forward, count, full);
  embed(model_.target_table(), model_.positions_, tokens_, stream, workers);
  for (std::size_t block = 0; block < shape.blocks; ++block) {
    context.control.check();
    Transformer::DecoderBlock& layers = model_.decoder_[block];
    layers.self.norm().forward(stream, normed, workers);
    layers.self.query().forward(normed, query, false, context);
    layers.self.key().forward(normed, key, false, context);
    layers.self.value().forward(normed, value, false, context);
    for (std::size_t i = 0; i < count; ++i) {
      Cache& cache = target_[block][live_[i].slot];
      append(cache, target_room_, key, value, i);
      attend(cache, target_room_, query, i, seen);
    }
    layers.self.out().forward(seen, branch, false, context);
    add(branch, stream);
    layers.context.norm().forward(stream, normed, workers);
    layers.context.query().forward(normed, query, false, context);
    for (std::size_t i = 0; i < count; ++i) attend(source_[block][live_[i].sentence], source_room_, query, i, seen);
    layers.context.out().forward(seen, branch, false, context);
    add(branch, stream);
    layers.feed_forward.norm().forward(stream, normed, workers);
    layers.feed_forward.first().forward(normed, hidden, true, context);
    layers.feed_forward.second().forward(hidden, branch, false, context);
    add(branch, stream);
  }
  const Tiles<float> output = output_.shape(shape.width, count, full);
  model_.decoder_norm_.forward(stream, output, workers);
  return output;
}

void TransformerDecoder::find_continuations(Tiles<const float> output) {
  continuations_.assign(best_.size(), {});
  const std::vector<std::uint32_t> none(live_.size(), padding_piece);
  std::size_t first = 0;
  const auto use = [&](const ScoreTile& tile) {
    const std::size_t count = tile.targets.size();
    std::vector<double> largest(count, -std::numeric_limits<double>::infinity());
    std::vector<double> total(count, 0.0);
    // The best pieces of each hypothesis, the best first.
    std::vector<std::vector<std::pair<float, std::uint32_t>>> best(count);
    for (std::uint32_t v = 0; v < tile.outputs; ++v) {
      for (std::size_t i = 0; i < count; ++i) {
        const float score = tile.scores[v * tile.width + i];
        largest[i] = std::max(largest[i], static_cast<double>(score));
        auto& mine = best[i];
        if (mine.size() == settings_.beam && !(score > mine.back().first)) continue;
        if (mine.size() == settings_.beam) mine.pop_back();
        auto place = mine.end();
        while (place != mine.begin() && score > std::prev(place)->first) --place;
        mine.insert(place, {score, v});
      }
    }
    for (std::uint32_t v = 0; v < tile.outputs; ++v) {
      for (std::size_t i = 0; i < count; ++i) {
        total[i] += std::exp(static_cast<double>(tile.scores[v * tile.width + i]) - largest[i]);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Live& parent = live_[first + i];
      const double normaliser = largest[i] + std::log(total[i]);
      for (const auto& [score, piece] : best[i]) {
        continuations_[parent.sentence].push_back(
            {first + i, piece, parent.log_probability + static_cast<double>(score) - normaliser});
      }
    }
    first += count;
  };
  static_cast<void>(
      model_.vocabulary_.evaluate(model_.generator(), model_.generator_bias_, output, none, use, model_.workers_));
  for (auto& mine : continuations_) {
    std::stable_sort(mine.begin(), mine.end(), [](const Continuation& a, const Continuation& b) {
      return a.log_probability > b.log_probability;
    });
    mine.resize(std::min(mine.size(), settings_.beam));
  }
}

void TransformerDecoder::set_aside(std::size_t sentence, const std::vector<std::uint32_t>& pieces, bool ended,
                                   double log_probability) {
  const auto length = static_cast<double>(pieces.size() - 1 + (ended ? 1 : 0));
  const double score = log_probability / std::pow((5.0 + length) / 6.0, settings_.length_penalty);
  if (found_[sentence] && !(score > best_[sentence].score)) return;
  found_[sentence] = true;
  best_[sentence] = {{pieces.begin() + 1, pieces.end()}, score};
}

void TransformerDecoder::go_on(std::size_t step) {
  std::vector<Live> next;
  for (std::size_t s = 0; s < continuations_.size(); ++s) {
    const auto& mine = continuations_[s];
    const bool last = step + 1 == most_pieces_[s];
    const bool done = !mine.empty() && mine.front().piece == end_piece;
    std::vector<std::size_t> free;
    for (const Live& parent : live_) {
      const bool goes_on = std::any_of(mine.begin(), mine.end(), [&](const Continuation& one) {
        return one.piece != end_piece && &live_[one.parent] == &parent;
      });
      if (parent.sentence == s && !goes_on) free.push_back(parent.slot);
    }
    // Slots that no hypothesis of the sentence has had yet.
    for (std::size_t slot = s * settings_.beam; slot < (s + 1) * settings_.beam; ++slot) {
      const bool used = std::any_of(live_.begin(), live_.end(), [&](const Live& one) { return one.slot == slot; });
      if (!used) free.push_back(slot);
    }
    std::vector<std::size_t> taken;  // parents whose own slot went to a child
    for (const Continuation& one : mine) {
      const Live& parent = live_[one.parent];
      if (one.piece == end_piece) {
        set_aside(s, parent.pieces, true, one.log_probability);
        continue;
      }
      Live child{s, parent.slot, one.log_probability, parent.pieces};
      child.pieces.push_back(one.piece);
      if (last) {
        set_aside(s, child.pieces, false, one.log_probability);
        continue;
      }
      if (done) continue;
      if (std::find(taken.begin(), taken.end(), one.parent) != taken.end()) {
        child.slot = free.back();
        free.pop_back();
        for (std::vector<Cache>& caches : target_) caches[child.slot] = caches[parent.slot];
      }
      taken.push_back(one.parent);
      next.push_back(std::move(child));
    }
  }
  live_ = std::move(next);
}

std::vector<Hypothesis> TransformerDecoder::decode(std::span<const std::vector<std::uint32_t>> sources,
                                                   const TaskControl& control) {
  if (sources.empty()) return {};
  const SingleThreadedBlas single;
  StepContext context = model_.context_of(control, nullptr);
  begin(sources, context);
  for (std::size_t step = 0; !live_.empty(); ++step) {
    find_continuations(advance(context));
    go_on(step);
  }
  return std::move(best_);
}

}  // namespace dnm
