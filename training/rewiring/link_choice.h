// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/network/random.h"

namespace dnm {

// Choosing from candidates that are offered one after the other and are not kept: O(chosen) memory, whatever their
// number. A candidate is a number of the caller's (a cell, a link); the same offers in the same order and the same
// random numbers give the same choice.

/// The largest scores, exactly as many as are wanted; of equal scores at the limit every set is equally likely.
/// O(candidates + chosen-so-far changes · log wanted).
class LargestChoice {
 public:
  LargestChoice(std::uint64_t wanted, Random random);
  /// `score` is a number (not NaN).
  void offer(std::uint64_t candidate, double score) {
    if (kept_.size() == wanted_ && (wanted_ == 0 || score < kept_.front().score)) return;
    take(candidate, score);
  }
  /// All candidates where fewer than wanted were offered; ascending.
  [[nodiscard]] std::vector<std::uint64_t> chosen() const;

 private:
  struct Kept {
    double score;
    std::uint64_t lot;  // drawn for each: decides among equal scores
    std::uint64_t candidate;
  };
  static bool is_before(const Kept& a, const Kept& b);
  void take(std::uint64_t candidate, double score);

  std::uint64_t wanted_;
  Random random_;
  std::vector<Kept> kept_;  // a heap, the first to go in front
};

/// The same as LargestChoice of all scores, which are at hand: places in `scores`, ascending. O(n).
[[nodiscard]] std::vector<std::uint64_t> largest_scores(const std::vector<double>& scores, std::uint64_t wanted,
                                                        Random random);

/// A sample without replacement, one after the other in proportion to the weights of those that are left: the `wanted`
/// first arrivals of exponential clocks, whose rates are the weights (Efraimidis and Spirakis, Inf. Process. Lett.
/// 97:181, 2006, doi:10.1016/j.ipl.2005.11.003, algorithm A-ExpJ: candidates that cannot arrive in time are jumped over
/// without a random number of their own). Exact for any number of candidates. A weight of 0 comes only after all
/// others, in random order. O(candidates + wanted · log(candidates / wanted) · log wanted).
class SampledChoice {
 public:
  SampledChoice(std::uint64_t wanted, Random random);
  /// `weight` >= 0 and finite.
  void offer(std::uint64_t candidate, double weight) {
    if (weight <= 0.0) return offer_zero(candidate);
    ++positive_;
    if (arrivals_.size() == wanted_) {
      to_next_ -= weight;
      if (to_next_ > 0.0 || wanted_ == 0) return;
    }
    take(candidate, weight);
  }
  /// Of a positive weight, offered so far.
  [[nodiscard]] std::uint64_t positive() const { return positive_; }
  /// All candidates where fewer than wanted were offered; ascending.
  [[nodiscard]] std::vector<std::uint64_t> chosen() const;

 private:
  using Arrival = std::pair<double, std::uint64_t>;  // time, candidate
  void offer_zero(std::uint64_t candidate);
  void take(std::uint64_t candidate, double weight);
  void jump();

  std::uint64_t wanted_;
  Random random_;
  std::vector<Arrival> arrivals_;  // a heap, the latest in front
  double to_next_ = 0.0;           // weight until the next candidate that arrives in time
  std::uint64_t positive_ = 0;
  // A uniform sample of those of weight 0.
  std::vector<std::uint64_t> zeros_;
  std::uint64_t zeros_offered_ = 0;
};

/// The same as SampledChoice of all scores raised to a power, of scores >= 0 that are at hand: computed from their
/// logarithms, so that no power over- or underflows. Returns places in `scores`, ascending. O(n log n).
[[nodiscard]] std::vector<std::uint64_t> sample_by_power(const std::vector<double>& scores, double power,
                                                         std::uint64_t wanted, Random random);

}  // namespace dnm
