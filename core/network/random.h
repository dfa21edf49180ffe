// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace dnm {

/// Counter-based random numbers (Philox4x32-10; Salmon et al., SC 2011, doi:10.1145/2063384.2063405): the same (seed,
/// stream) gives the same sequence on every machine, and streams of one seed are independent. All samplers are our own,
/// since those of the standard library differ between implementations.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  [[nodiscard]] std::uint32_t next32();
  [[nodiscard]] std::uint64_t next64();
  /// Uniform in [0, 1) with 53 bits.
  [[nodiscard]] double uniform();
  /// Uniform in [low, high).
  [[nodiscard]] double uniform(double low, double high);
  /// Uniform integer in [0, bound), unbiased; bound >= 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  /// Normal deviate (Box-Muller on the bundled log and cos).
  [[nodiscard]] double normal(double mean = 0.0, double deviation = 1.0);

  /// Fisher-Yates.
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }
  /// `count` distinct integers of [0, population), sorted ascending; O(count) memory, O(count log count) time.
  [[nodiscard]] std::vector<std::uint64_t> sample(std::uint64_t population, std::uint64_t count);

 private:
  void refill();

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> values_{};
  std::uint32_t used_ = 4;
};

}  // namespace dnm
