// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "training/data/sentence_batch.h"
#include "training/text/vocabulary.h"

namespace dnm {

/// Sentence pairs as pieces: line i of both sides belongs together.
struct PiecePairs {
  PieceLines source;
  PieceLines target;
  [[nodiscard]] std::size_t size() const { return source.size(); }
  /// Places that a pair takes in a batch of its own: those of its longer side, begin or end piece included.
  [[nodiscard]] std::size_t places(std::size_t pair) const {
    return std::max(source.length(pair), target.length(pair) + 1);
  }
};

/// Fills the batch with these pairs, in this order. Allocates nothing once the batch has been as large.
void fill(const PiecePairs& pairs, std::span<const std::uint32_t> which, SentenceBatch& batch);

/// Batches of at most so many places on either side, padding counted: pair numbers, one batch after the other.
class PairBatches {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t batch) const {
    const std::size_t begin = batch == 0 ? 0 : ends_[batch - 1];
    return std::span(pairs_).subspan(begin, ends_[batch] - begin);
  }
  void add(std::span<const std::uint32_t> pairs) {
    pairs_.insert(pairs_.end(), pairs.begin(), pairs.end());
    ends_.push_back(pairs_.size());
  }

 private:
  std::vector<std::uint32_t> pairs_;
  std::vector<std::size_t> ends_;
};

/// Pairs of similar length together, in the order of their lengths; each takes at most `places`. O(n log n).
[[nodiscard]] PairBatches batches_by_length(const PiecePairs& pairs, std::span<const std::uint32_t> which,
                                            std::size_t places);

/// The training batches of a run: pass after pass over the pairs, each in an order of its own. A pass shuffles the
/// pairs, cuts them into pools of `pool_batches` batches' places, sorts each pool by length, cuts it into batches and
/// shuffles those. Which pairs a step gets depends on seed and step alone.
class TrainingBatches {
 public:
  /// As the released code of the sparse Transformers has it.
  static constexpr std::size_t pool_batches = 8192;

  /// `which`: the pairs to learn from, each of at most `places`; at least one. `pairs` must outlive this object.
  TrainingBatches(const PiecePairs& pairs, std::vector<std::uint32_t> which, std::size_t places, std::uint64_t seed);

  /// The pairs of the steps first … first+count-1 of the whole run. Draws every pass up to the last of them that has
  /// not been drawn before: O(n log n) each.
  [[nodiscard]] PairBatches steps(std::uint64_t first, std::uint64_t count);
  /// Batches of one pass, counted from 0.
  [[nodiscard]] PairBatches pass(std::uint64_t number) const;

 private:
  const PiecePairs& pairs_;
  std::vector<std::uint32_t> which_;
  std::size_t places_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> ends_;  ///< steps up to the end of each pass drawn so far
};

}  // namespace dnm
