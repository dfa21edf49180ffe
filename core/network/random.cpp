// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/random.h"

#include <algorithm>
#include <cmath>

#include "core/support/error.h"
#include "core/support/portable_math.h"

namespace dnm {

namespace {

std::pair<std::uint32_t, std::uint32_t> multiply(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t product = std::uint64_t{a} * b;
  return {static_cast<std::uint32_t>(product >> 32), static_cast<std::uint32_t>(product)};
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) : seed_(seed), stream_(stream) {}

void Random::refill() {
  std::array<std::uint32_t, 4> counter{static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32),
                                       static_cast<std::uint32_t>(stream_), static_cast<std::uint32_t>(stream_ >> 32)};
  auto key0 = static_cast<std::uint32_t>(seed_);
  auto key1 = static_cast<std::uint32_t>(seed_ >> 32);
  for (int round = 0; round < 10; ++round) {
    const auto [high0, low0] = multiply(0xD2511F53U, counter[0]);
    const auto [high1, low1] = multiply(0xCD9E8D57U, counter[2]);
    counter = {high1 ^ counter[1] ^ key0, low1, high0 ^ counter[3] ^ key1, low0};
    key0 += 0x9E3779B9U;
    key1 += 0xBB67AE85U;
  }
  values_ = counter;
  ++block_;
  used_ = 0;
}

std::uint32_t Random::next32() {
  if (used_ == 4) refill();
  return values_[used_++];
}

std::uint64_t Random::next64() {
  const std::uint64_t low = next32();
  return low | (std::uint64_t{next32()} << 32);
}

double Random::uniform() { return static_cast<double>(next64() >> 11) * 0x1p-53; }

double Random::uniform(double low, double high) { return low + (high - low) * uniform(); }

std::uint64_t Random::below(std::uint64_t bound) {
  // Lemire (ACM TOMACS 29:3, 2019, doi:10.1145/3230636): multiply, and reject the few values that would bias the
  // result.
  if (bound <= 0xFFFFFFFFU) {
    const auto narrow = static_cast<std::uint32_t>(bound);
    std::uint64_t product = std::uint64_t{next32()} * narrow;
    if (static_cast<std::uint32_t>(product) < narrow) {
      const std::uint32_t threshold = (0U - narrow) % narrow;
      while (static_cast<std::uint32_t>(product) < threshold) product = std::uint64_t{next32()} * narrow;
    }
    return product >> 32;
  }
  const std::uint64_t threshold = (0U - bound) % bound;
  for (;;) {
    const std::uint64_t value = next64();
    if (value >= threshold) return value % bound;
  }
}

double Random::normal(double mean, double deviation) {
  constexpr double two_pi = 6.283185307179586;
  const double radius = std::sqrt(-2.0 * portable_log(1.0 - uniform()));
  return mean + deviation * radius * portable_cos(two_pi * uniform());
}

std::vector<std::uint64_t> Random::sample(std::uint64_t population, std::uint64_t count) {
  if (count > population) throw InvalidInput("cannot draw more distinct items than there are");
  std::vector<std::uint64_t> chosen;
  if (count == 0) return chosen;
  if (count == population) {
    chosen.resize(count);
    for (std::uint64_t i = 0; i < count; ++i) chosen[i] = i;
    return chosen;
  }
  // Independent coin flips by geometric gaps give a sorted set of about `count` items; uniformly removing surplus
  // items, or adding missing ones, keeps every set of `count` items equally likely.
  const double p = static_cast<double>(count) / static_cast<double>(population);
  const double scale = 1.0 / portable_log(1.0 - p);
  chosen.reserve(count + 4 * static_cast<std::uint64_t>(std::sqrt(static_cast<double>(count))) + 16);
  for (std::uint64_t next = 0;; ++next) {
    const double gap = std::floor(portable_log(1.0 - uniform()) * scale);
    if (gap >= static_cast<double>(population - next)) break;
    next += static_cast<std::uint64_t>(gap);
    if (next >= population) break;
    chosen.push_back(next);
  }
  if (chosen.size() > count) {
    const std::vector<std::uint64_t> surplus = sample(chosen.size(), chosen.size() - count);
    std::size_t kept = 0;
    std::size_t dropped = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (dropped < surplus.size() && surplus[dropped] == i) {
        ++dropped;
      } else {
        chosen[kept++] = chosen[i];
      }
    }
    chosen.resize(kept);
  } else if (chosen.size() < count) {
    // Ranks among the items not chosen, turned into items by one merge.
    const std::vector<std::uint64_t> ranks = sample(population - chosen.size(), count - chosen.size());
    std::vector<std::uint64_t> merged;
    merged.reserve(count);
    std::size_t taken = 0;
    for (const std::uint64_t rank : ranks) {
      while (taken < chosen.size() && chosen[taken] <= rank + taken) merged.push_back(chosen[taken++]);
      merged.push_back(rank + taken);
    }
    merged.insert(merged.end(), chosen.begin() + static_cast<std::ptrdiff_t>(taken), chosen.end());
    chosen = std::move(merged);
  }
  return chosen;
}

}  // namespace dnm
