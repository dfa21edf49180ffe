// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/shortest_paths.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>

#include "core/support/memory.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

constexpr std::size_t most_buckets = 4096;
constexpr std::size_t bits_per_word = 64;

constexpr auto later = [](const auto& first, const auto& second) { return first.distance > second.distance; };

}  // namespace

ShortestPathSearch::ShortestPathSearch(const WeightedGraph& graph) : graph_(graph) {
  double lightest = 1.0, heaviest = 1.0;
  if (!graph.weights.empty()) {
    const auto [low, high] = std::ranges::minmax_element(graph.weights);
    lightest = *low, heaviest = *high;
  }
  // All queued nodes lie within the heaviest link of the current bucket.
  constexpr double most = most_buckets - 2;
  const double spread = lightest > 0.0 ? heaviest / lightest : std::numeric_limits<double>::infinity();
  ordered_ = spread > most;
  const double buckets = std::min(spread, most);
  buckets_per_length_ = heaviest > 0.0 ? buckets / heaviest : 1.0;
  buckets_.resize(std::max(bits_per_word, std::bit_ceil(static_cast<std::size_t>(buckets) + 2)));
  filled_.assign(buckets_.size() / bits_per_word, 0);
}

void ShortestPathSearch::push(double distance, NodeIndex node) {
  const std::size_t at = static_cast<std::uint64_t>(distance * buckets_per_length_) & (buckets_.size() - 1);
  buckets_[at].push_back({distance, node});
  filled_[at / bits_per_word] |= std::uint64_t{1} << at % bits_per_word;
  if (ordered_ && at == current_) std::ranges::push_heap(buckets_[at], later);
}

bool ShortestPathSearch::next_bucket() {
  filled_[current_ / bits_per_word] &= ~(std::uint64_t{1} << current_ % bits_per_word);
  // The words of the ring from the current one on; its first part is visited again at the end.
  const std::size_t first = current_ / bits_per_word;
  std::uint64_t mask = ~std::uint64_t{0} << current_ % bits_per_word;
  for (std::size_t i = 0; i <= filled_.size(); ++i) {
    const std::size_t word = (first + i) & (filled_.size() - 1);
    if (const std::uint64_t bits = filled_[word] & mask; bits != 0) {
      current_ = word * bits_per_word + static_cast<std::size_t>(std::countr_zero(bits));
      if (ordered_) std::ranges::make_heap(buckets_[current_], later);
      return true;
    }
    mask = ~std::uint64_t{0};
  }
  return false;
}

ShortestPathSearch::Entry ShortestPathSearch::pop() {
  std::vector<Entry>& bucket = buckets_[current_];
  if (ordered_) std::ranges::pop_heap(bucket, later);
  const Entry entry = bucket.back();
  bucket.pop_back();
  return entry;
}

void ShortestPathSearch::distances_from(NodeIndex source, std::span<double> distances) {
  std::ranges::fill(distances, std::numeric_limits<double>::infinity());
  distances[source] = 0.0;
  current_ = 0;
  push(0.0, source);
  do {
    while (!buckets_[current_].empty()) {
      const Entry entry = pop();
      if (entry.distance > distances[entry.node]) continue;  // a shorter way was found since
      for (std::uint64_t k = graph_.begin[entry.node]; k < graph_.begin[entry.node + 1]; ++k) {
        const NodeIndex v = graph_.neighbours[k];
        const double distance = entry.distance + graph_.weights[k];
        if (distance < distances[v]) {
          distances[v] = distance;
          push(distance, v);
        }
      }
    }
  } while (next_bucket());
}

DenseMatrix all_shortest_paths(const WeightedGraph& graph, DistancePower power, unsigned threads,
                               const TaskControl& control) {
  const std::size_t n = graph.node_count();
  require_memory(std::uint64_t{n} * n * sizeof(double), "the table of distances between all pairs of nodes");
  DenseMatrix distances(n, n);
  constexpr std::size_t sources_at_once = 16;
  const std::size_t batches = (n + sources_at_once - 1) / sources_at_once;
  std::atomic<std::size_t> done{0};
  parallel_for(batches, threads, [&](std::size_t batch) {
    ShortestPathSearch search(graph);
    for (std::size_t source = batch * sources_at_once; source < std::min(n, (batch + 1) * sources_at_once); ++source) {
      control.check();
      const std::span column(distances.column(source), n);
      search.distances_from(static_cast<NodeIndex>(source), column);
      if (power == DistancePower::two) {
        for (double& distance : column) distance *= distance;
      }
    }
    control.report(static_cast<double>(++done) / static_cast<double>(batches));
  });
  return distances;
}

}  // namespace dnm
