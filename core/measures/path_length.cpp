// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/path_length.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>

#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"

namespace dnm {

namespace {

constexpr std::size_t sources_per_batch = 512;
constexpr std::size_t words_per_batch = sources_per_batch / 64;

/// One bit per source of a batch. The compiler maps it to the vectors of the target.
struct alignas(64) SourceSet {
  using Vector = std::uint64_t __attribute__((vector_size(sources_per_batch / 8)));
  Vector bits{};
};

/// The working memory of one thread for one batch of sources; reused from batch to batch.
struct Workspace {
  std::vector<SourceSet> seen;      ///< sources that have reached the node
  std::vector<SourceSet> front;     ///< sources that reached it in the last level
  std::vector<SourceSet> reaching;  ///< sources that are about to reach it
  std::vector<NodeIndex> active;    ///< nodes with a non-empty front
  std::vector<NodeIndex> touched;   ///< nodes to examine in this level
  std::vector<NodeIndex> missing;   ///< nodes that some source has not reached
  std::vector<std::uint8_t> is_touched;

  explicit Workspace(std::size_t nodes) : seen(nodes), front(nodes), reaching(nodes), is_touched(nodes, 0) {}
};

struct Search {
  const std::uint64_t* begin;
  const NodeIndex* neighbours;
  std::span<const NodeIndex> order;  ///< nodes in the order in which they serve as sources
  const TaskControl* control;
};

constexpr std::size_t nodes_between_checks = 4096;
constexpr std::uint64_t bytes_per_node = 3 * sizeof(SourceSet) + 3 * sizeof(NodeIndex) + 1;

/// Searches from order[first, first + count) and adds the ordered pairs found at distance d to pairs_at[d-1].
/// Inlined into one function per instruction set.
[[gnu::always_inline]] inline void search_batch(const Search& search, std::size_t first, std::size_t count,
                                                Workspace& work, std::vector<std::uint64_t>& pairs_at) {
  const std::size_t nodes = search.order.size();
  const auto degree = [&](NodeIndex v) { return search.begin[v + 1] - search.begin[v]; };
  std::fill(work.seen.begin(), work.seen.end(), SourceSet{});
  std::fill(work.front.begin(), work.front.end(), SourceSet{});
  work.active.clear();
  SourceSet everyone;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    const NodeIndex source = search.order[first + i];
    work.seen[source].bits[i / 64] |= bit;
    work.front[source].bits[i / 64] |= bit;
    everyone.bits[i / 64] |= bit;
    work.active.push_back(source);
  }
  work.missing.resize(nodes);
  std::iota(work.missing.begin(), work.missing.end(), NodeIndex{0});
  std::uint64_t missing_degree = search.begin[nodes];

  const auto count_bits = [](const SourceSet& set) {
    std::uint64_t total = 0;
    for (std::size_t w = 0; w < words_per_batch; ++w) total += static_cast<std::uint64_t>(std::popcount(set.bits[w]));
    return total;
  };
  const auto is_empty = [](const SourceSet& set) {
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < words_per_batch; ++w) any |= set.bits[w];
    return any == 0;
  };

  for (std::size_t distance = 1; !work.active.empty(); ++distance) {
    search.control->check();
    std::uint64_t active_degree = 0;
    for (const NodeIndex u : work.active) active_degree += degree(u);
    work.touched.clear();
    // The weight accounts for a push writing where a pull only reads, and for a pull ending early.
    const bool push = 2 * active_degree < missing_degree;
    std::size_t until_check = nodes_between_checks;
    const auto check_now_and_then = [&] {
      if (--until_check == 0) {
        search.control->check();
        until_check = nodes_between_checks;
      }
    };
    if (push) {
      for (const NodeIndex u : work.active) {
        check_now_and_then();
        const SourceSet front = work.front[u];
        for (std::uint64_t k = search.begin[u]; k < search.begin[u + 1]; ++k) {
          const NodeIndex v = search.neighbours[k];
          if (work.is_touched[v] == 0) {
            work.is_touched[v] = 1;
            work.touched.push_back(v);
            work.reaching[v].bits = front.bits;
          } else {
            work.reaching[v].bits |= front.bits;
          }
        }
      }
      for (const NodeIndex v : work.touched) work.is_touched[v] = 0;
    } else {
      for (const NodeIndex v : work.missing) {
        check_now_and_then();
        SourceSet reached;
        const SourceSet wanted{everyone.bits & ~work.seen[v].bits};
        const std::uint64_t end = search.begin[v + 1];
        for (std::uint64_t k = search.begin[v]; k < end;) {
          const std::uint64_t pause = std::min(end, k + 4);
          for (; k < pause; ++k) reached.bits |= work.front[search.neighbours[k]].bits;
          if (is_empty(SourceSet{wanted.bits & ~reached.bits})) break;
        }
        work.reaching[v].bits = reached.bits;
      }
      work.touched.swap(work.missing);
    }

    for (const NodeIndex u : work.active) work.front[u] = SourceSet{};
    work.active.clear();
    std::uint64_t found = 0;
    for (const NodeIndex v : work.touched) {
      const SourceSet fresh{work.reaching[v].bits & ~work.seen[v].bits};
      if (is_empty(fresh)) continue;
      work.front[v] = fresh;
      work.seen[v].bits |= fresh.bits;
      work.active.push_back(v);
      found += count_bits(fresh);
    }
    if (!push) work.touched.swap(work.missing);
    if (!push || distance % 8 == 0) {
      missing_degree = 0;
      std::erase_if(work.missing, [&](NodeIndex v) {
        if (is_empty(SourceSet{everyone.bits & ~work.seen[v].bits})) return true;
        missing_degree += degree(v);
        return false;
      });
    }
    if (found == 0) break;
    if (pairs_at.size() < distance) pairs_at.resize(distance, 0);
    pairs_at[distance - 1] += found;
  }
}

using SearchFunction = void (*)(const Search&, std::size_t, std::size_t, Workspace&, std::vector<std::uint64_t>&);

void search_portable(const Search& search, std::size_t first, std::size_t count, Workspace& work,
                     std::vector<std::uint64_t>& pairs_at) {
  search_batch(search, first, count, work, pairs_at);
}

#ifdef __x86_64__
[[gnu::target("avx2,popcnt")]] void search_avx2(const Search& search, std::size_t first, std::size_t count,
                                                Workspace& work, std::vector<std::uint64_t>& pairs_at) {
  search_batch(search, first, count, work, pairs_at);
}

[[gnu::target("avx512f,avx512vl,avx512vpopcntdq,popcnt")]] void search_avx512(const Search& search, std::size_t first,
                                                                              std::size_t count, Workspace& work,
                                                                              std::vector<std::uint64_t>& pairs_at) {
  search_batch(search, first, count, work, pairs_at);
}
#endif

struct Variant {
  std::string_view instruction_set;
  SearchFunction search;
};

/// The variants this processor can run, widest vectors first.
const std::vector<Variant>& variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> found;
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vpopcntdq")) {
      found.push_back({"AVX-512", &search_avx512});
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) found.push_back({"AVX2", &search_avx2});
#endif
    found.push_back({"portable", &search_portable});
    return found;
  }();
  return list;
}

/// Breadth-first order over all components: the sources of a batch are then close to each other, and their fronts
/// overlap and stay small on long thin networks.
std::vector<NodeIndex> neighbourhood_order(const Graph& graph) {
  std::vector<NodeIndex> order;
  order.reserve(graph.node_count());
  std::vector<std::uint8_t> placed(graph.node_count(), 0);
  for (NodeIndex start = 0; start < graph.node_count(); ++start) {
    if (placed[start] != 0) continue;
    placed[start] = 1;
    std::size_t head = order.size();
    for (order.push_back(start); head < order.size(); ++head) {
      for (const NodeIndex v : graph.neighbours(order[head])) {
        if (placed[v] == 0) {
          placed[v] = 1;
          order.push_back(v);
        }
      }
    }
  }
  return order;
}

PathLengths search_all(SearchFunction run, const Graph& graph, unsigned threads, const TaskControl& control) {
  const std::size_t nodes = graph.node_count();
  if (threads == 0) threads = available_threads();
  require_memory(bytes_per_node * nodes * threads, "the search for all shortest paths");
  const std::vector<NodeIndex> order = neighbourhood_order(graph);
  const Search search{graph.offsets().data(), graph.adjacency().data(), order, &control};
  const std::size_t batches = (nodes + sources_per_batch - 1) / sources_per_batch;

  PathLengths result;
  result.node_count = graph.node_count();
  std::mutex mutex;
  std::vector<std::unique_ptr<Workspace>> idle;
  std::atomic<std::size_t> finished{0};
  parallel_for(batches, threads, [&](std::size_t batch) {
    control.check();
    std::unique_ptr<Workspace> work;
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        work = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (!work) work = std::make_unique<Workspace>(nodes);
    std::vector<std::uint64_t> pairs_at;
    const std::size_t first = batch * sources_per_batch;
    run(search, first, std::min(sources_per_batch, nodes - first), *work, pairs_at);
    {
      const std::scoped_lock lock(mutex);
      if (result.pairs_at.size() < pairs_at.size()) result.pairs_at.resize(pairs_at.size(), 0);
      for (std::size_t i = 0; i < pairs_at.size(); ++i) result.pairs_at[i] += pairs_at[i];
      idle.push_back(std::move(work));
    }
    control.report(static_cast<double>(++finished) / static_cast<double>(batches));
  });
  // Every pair was found from both of its ends.
  for (std::uint64_t& pairs : result.pairs_at) pairs /= 2;
  return result;
}

}  // namespace

std::uint64_t PathLengths::all_pairs() const {
  return node_count == 0 ? 0 : std::uint64_t{node_count} * (node_count - 1) / 2;
}

std::uint64_t PathLengths::joined_pairs() const {
  return std::accumulate(pairs_at.begin(), pairs_at.end(), std::uint64_t{0});
}

std::optional<double> PathLengths::mean() const {
  const std::uint64_t pairs = joined_pairs();
  if (pairs == 0) return std::nullopt;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < pairs_at.size(); ++i) sum += (i + 1) * pairs_at[i];
  return static_cast<double>(sum) / static_cast<double>(pairs);
}

double PathLengths::joined_fraction() const {
  return all_pairs() == 0 ? 0.0 : static_cast<double>(joined_pairs()) / static_cast<double>(all_pairs());
}

double PathLengths::global_efficiency() const {
  if (all_pairs() == 0) return 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < pairs_at.size(); ++i) {
    sum += static_cast<double>(pairs_at[i]) / static_cast<double>(i + 1);
  }
  return sum / static_cast<double>(all_pairs());
}

PathLengths path_lengths(const Graph& graph, unsigned threads, const TaskControl& control) {
  return search_all(variants().front().search, graph, threads, control);
}

std::span<const std::string_view> search_instruction_sets() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    for (const Variant& variant : variants()) list.push_back(variant.instruction_set);
    return list;
  }();
  return names;
}

PathLengths path_lengths_with(std::string_view instruction_set, const Graph& graph, unsigned threads,
                              const TaskControl& control) {
  for (const Variant& variant : variants()) {
    if (variant.instruction_set == instruction_set) return search_all(variant.search, graph, threads, control);
  }
  throw InvalidInput("this processor has no instruction set \"" + std::string(instruction_set) + "\"");
}

}  // namespace dnm
