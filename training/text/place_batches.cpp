// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/place_batches.h"

#include <numeric>
#include <tuple>

#include "core/network/random.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

/// By the source's length, then the target's; pairs of equal lengths stay in their order.
void sort_by_length(const PiecePairs& pairs, std::span<std::uint32_t> which) {
  std::ranges::stable_sort(
      which, {}, [&](std::uint32_t pair) { return std::tuple(pairs.source.length(pair), pairs.target.length(pair)); });
}

void cut(const PiecePairs& pairs, std::span<const std::uint32_t> which, std::size_t places, PairBatches& batches) {
  std::size_t begin = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < which.size(); ++i) {
    const std::size_t with_this = std::max(longest, pairs.places(which[i]));
    if (i > begin && (i + 1 - begin) * with_this > places) {
      batches.add(which.subspan(begin, i - begin));
      begin = i;
      longest = pairs.places(which[i]);
    } else {
      longest = with_this;
    }
  }
  if (begin < which.size()) batches.add(which.subspan(begin));
}

}  // namespace

void fill(const PiecePairs& pairs, std::span<const std::uint32_t> which, SentenceBatch& batch) {
  batch.sentences = which.size();
  batch.source_length = 0;
  batch.target_length = 0;
  for (const std::uint32_t pair : which) {
    batch.source_length = std::max(batch.source_length, pairs.source.length(pair));
    batch.target_length = std::max(batch.target_length, pairs.target.length(pair) + 1);
  }
  batch.source.assign(which.size() * batch.source_length, padding_piece);
  batch.target_input.assign(which.size() * batch.target_length, padding_piece);
  batch.target_output.assign(which.size() * batch.target_length, padding_piece);
  for (std::size_t i = 0; i < which.size(); ++i) {
    const auto row = [&](std::vector<std::uint32_t>& side, std::size_t length) {
      return side.begin() + static_cast<std::ptrdiff_t>(i * length);
    };
    const auto target = pairs.target[which[i]];
    std::ranges::copy(pairs.source[which[i]], row(batch.source, batch.source_length));
    const auto input = row(batch.target_input, batch.target_length);
    *input = begin_piece;
    std::ranges::copy(target, input + 1);
    *std::ranges::copy(target, row(batch.target_output, batch.target_length)).out = end_piece;
  }
}

PairBatches batches_by_length(const PiecePairs& pairs, std::span<const std::uint32_t> which, std::size_t places) {
  std::vector<std::uint32_t> order(which.begin(), which.end());
  sort_by_length(pairs, order);
  PairBatches batches;
  cut(pairs, order, places, batches);
  return batches;
}

TrainingBatches::TrainingBatches(const PiecePairs& pairs, std::vector<std::uint32_t> which, std::size_t places,
                                 std::uint64_t seed)
    : pairs_(pairs), which_(std::move(which)), places_(places), seed_(seed) {}

PairBatches TrainingBatches::pass(std::uint64_t number) const {
  Random random(seed_, training_stream(TrainingStream::epoch_order, number));
  std::vector<std::uint32_t> order = which_;
  random.shuffle(std::span(order));
  PairBatches batches;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    for (std::size_t sum = 0; end < order.size() && sum < pool_batches * places_; ++end) {
      sum += pairs_.places(order[end]);
    }
    const std::span pool = std::span(order).subspan(begin, end - begin);
    sort_by_length(pairs_, pool);
    PairBatches of_pool;
    cut(pairs_, pool, places_, of_pool);
    std::vector<std::uint32_t> turn(of_pool.size());
    std::iota(turn.begin(), turn.end(), 0U);
    random.shuffle(std::span(turn));
    for (const std::uint32_t batch : turn) batches.add(of_pool[batch]);
    begin = end;
  }
  return batches;
}

PairBatches TrainingBatches::steps(std::uint64_t first, std::uint64_t count) {
  PairBatches batches;
  std::uint64_t begin = 0;  // of the pass
  for (std::uint64_t number = 0; begin < first + count; ++number) {
    const bool is_known = number < ends_.size();
    if (is_known && ends_[number] <= first) {
      begin = ends_[number];
      continue;
    }
    const PairBatches drawn = pass(number);
    if (!is_known) ends_.push_back(begin + drawn.size());
    const std::uint64_t end = std::min(begin + drawn.size(), first + count);
    for (std::uint64_t step = std::max(begin, first); step < end; ++step) batches.add(drawn[step - begin]);
    begin += drawn.size();
  }
  return batches;
}

}  // namespace dnm
