// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/link_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace dnm {
namespace {

/// Exponential deviate of rate 1.
double exponential(Random& random) { return -std::log1p(-random.uniform()); }

struct Ranked {
  double key;
  std::uint64_t lot;  // decides among equal keys
  std::uint64_t place;
};

/// The places of the smallest keys, ascending. O(n).
std::vector<std::uint64_t> first_places(std::vector<Ranked> ranked, std::uint64_t wanted) {
  const auto is_before = [](const Ranked& a, const Ranked& b) {
    return a.key != b.key ? a.key < b.key : a.lot < b.lot;
  };
  const std::uint64_t count = std::min<std::uint64_t>(wanted, ranked.size());
  std::nth_element(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end(), is_before);
  std::vector<std::uint64_t> places;
  places.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) places.push_back(ranked[i].place);
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

LargestChoice::LargestChoice(std::uint64_t wanted, Random random) : wanted_(wanted), random_(random) {}

bool LargestChoice::is_before(const Kept& a, const Kept& b) {
  // The heap's front is the one that no other is before: the smallest.
  return a.score != b.score ? a.score > b.score : a.lot > b.lot;
}

void LargestChoice::take(std::uint64_t candidate, double score) {
  const Kept offered{score, random_.next64(), candidate};
  if (kept_.size() == wanted_) {
    if (!is_before(offered, kept_.front())) return;
    std::pop_heap(kept_.begin(), kept_.end(), is_before);
    kept_.back() = offered;
  } else {
    kept_.push_back(offered);
  }
  std::push_heap(kept_.begin(), kept_.end(), is_before);
}

std::vector<std::uint64_t> LargestChoice::chosen() const {
  std::vector<std::uint64_t> candidates;
  candidates.reserve(kept_.size());
  for (const Kept& kept : kept_) candidates.push_back(kept.candidate);
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

SampledChoice::SampledChoice(std::uint64_t wanted, Random random) : wanted_(wanted), random_(random) {}

void SampledChoice::offer_zero(std::uint64_t candidate) {
  // Reservoir sampling (Vitter's algorithm R).
  ++zeros_offered_;
  if (zeros_.size() < wanted_) {
    zeros_.push_back(candidate);
  } else if (wanted_ > 0) {
    const std::uint64_t place = random_.below(zeros_offered_);
    if (place < wanted_) zeros_[place] = candidate;
  }
}

void SampledChoice::take(std::uint64_t candidate, double weight) {
  if (arrivals_.size() < wanted_) {
    arrivals_.emplace_back(exponential(random_) / weight, candidate);
    std::push_heap(arrivals_.begin(), arrivals_.end());
  } else {
    // Its clock, given that it rings before the latest arrival.
    const double latest = arrivals_.front().first;
    const double in_time = -std::expm1(-weight * latest);
    std::pop_heap(arrivals_.begin(), arrivals_.end());
    arrivals_.back() = {-std::log1p(-random_.uniform() * in_time) / weight, candidate};
    std::push_heap(arrivals_.begin(), arrivals_.end());
  }
  if (arrivals_.size() == wanted_) jump();
}

void SampledChoice::jump() { to_next_ = exponential(random_) / arrivals_.front().first; }

std::vector<std::uint64_t> SampledChoice::chosen() const {
  std::vector<std::uint64_t> candidates;
  candidates.reserve(wanted_);
  for (const Arrival& arrival : arrivals_) candidates.push_back(arrival.second);
  if (const std::uint64_t missing = wanted_ - arrivals_.size(); missing < zeros_.size()) {
    // Any part of a uniform sample is one, if it is chosen by lot: the reservoir's places are not in random order.
    Random random = random_;
    for (const std::uint64_t place : random.sample(zeros_.size(), missing)) candidates.push_back(zeros_[place]);
  } else {
    candidates.insert(candidates.end(), zeros_.begin(), zeros_.end());
  }
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

std::vector<std::uint64_t> largest_scores(const std::vector<double>& scores, std::uint64_t wanted, Random random) {
  std::vector<Ranked> ranked;
  ranked.reserve(scores.size());
  for (std::uint64_t place = 0; place < scores.size(); ++place) {
    ranked.push_back({-scores[place], random.next64(), place});
  }
  return first_places(std::move(ranked), wanted);
}

std::vector<std::uint64_t> sample_by_power(const std::vector<double>& scores, double power, std::uint64_t wanted,
                                           Random random) {
  // ln of the clock's time; of a score of 0 no clock rings, and among those the lots decide.
  std::vector<Ranked> clocks;
  clocks.reserve(scores.size());
  for (std::uint64_t place = 0; place < scores.size(); ++place) {
    const double log_time = std::log(exponential(random)) - power * std::log(scores[place]);
    clocks.push_back(
        {scores[place] > 0.0 ? log_time : std::numeric_limits<double>::infinity(), random.next64(), place});
  }
  return first_places(std::move(clocks), wanted);
}

}  // namespace dnm
