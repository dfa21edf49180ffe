// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/angular_separation.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <numeric>
#include <vector>

#include "core/network/random.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

/// Counts the mistakes of successive circular orders; working memory of one thread.
class MistakeCounter {
 public:
  explicit MistakeCounter(std::vector<std::uint32_t> sizes)
      : sizes_(std::move(sizes)), first_(sizes_.size()), last_(sizes_.size()), widest_(sizes_.size()) {}

  /// The number of the group at each place of the circle.
  std::uint64_t mistakes(std::span<const std::uint32_t> circle) {
    constexpr std::uint32_t none = 0xFFFFFFFFU;
    std::ranges::fill(first_, none);
    std::ranges::fill(widest_, 0U);
    for (std::uint32_t place = 0; place < circle.size(); ++place) {
      const std::uint32_t group = circle[place];
      if (first_[group] == none) {
        first_[group] = place;
      } else {
        widest_[group] = std::max(widest_[group], place - last_[group] - 1);
      }
      last_[group] = place;
    }
    const auto count = static_cast<std::uint32_t>(circle.size());
    std::uint64_t sum = 0;
    for (std::size_t group = 0; group < sizes_.size(); ++group) {
      if (sizes_[group] < 2) continue;
      const std::uint32_t behind = count - last_[group] + first_[group] - 1;
      // All gaps together hold every node of the other groups.
      sum += count - sizes_[group] - std::max(widest_[group], behind);
    }
    return sum;
  }

 private:
  std::vector<std::uint32_t> sizes_, first_, last_, widest_;
};

}  // namespace

std::optional<AngularSeparation> angular_separation(std::span<const double> theta, std::span<const std::int32_t> groups,
                                                    int permutations, std::uint64_t seed, unsigned threads,
                                                    const TaskControl& control) {
  if (theta.size() < 4 || permutations < 1) return std::nullopt;
  std::vector<std::int32_t> names(groups.begin(), groups.end());
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() < 2) return std::nullopt;

  std::vector<std::size_t> order(theta.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t u) { return theta[u]; });
  std::vector<std::uint32_t> circle;
  std::vector<std::uint32_t> sizes(names.size(), 0);
  for (const std::size_t u : order) {
    circle.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(names, groups[u]) - names.begin()));
    ++sizes[circle.back()];
  }

  const std::uint64_t observed = MistakeCounter(sizes).mistakes(circle);
  // Permutations start from the groups in order: the worst case is then the same for every embedding of a network.
  std::ranges::sort(circle);
  std::vector<std::uint64_t> random(static_cast<std::size_t>(permutations));
  constexpr std::size_t at_once = 16;
  std::atomic<std::size_t> done{0};
  parallel_for((random.size() + at_once - 1) / at_once, threads, [&](std::size_t batch) {
    MistakeCounter counter(sizes);
    std::vector<std::uint32_t> shuffled;
    for (std::size_t i = batch * at_once; i < std::min(random.size(), (batch + 1) * at_once); ++i) {
      control.check();
      shuffled = circle;
      Random generator(seed, i);
      generator.shuffle(std::span(shuffled));
      random[i] = counter.mistakes(shuffled);
      control.report(static_cast<double>(++done) / static_cast<double>(random.size()));
    }
  });
  const std::uint64_t worst = *std::ranges::max_element(random);
  if (worst == 0) return std::nullopt;
  // An index at least as high means at most as many mistakes, or both beyond the worst case, which counts as 0.
  const std::uint64_t counted = std::min(observed, worst);
  const auto as_good = std::ranges::count_if(random, [&](std::uint64_t mistakes) { return mistakes <= counted; });
  return AngularSeparation{1.0 - static_cast<double>(counted) / static_cast<double>(worst),
                           (1.0 + static_cast<double>(as_good)) / (1.0 + static_cast<double>(random.size()))};
}

}  // namespace dnm
