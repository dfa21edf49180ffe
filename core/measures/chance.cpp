// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/chance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"

namespace dnm {

namespace {

constexpr std::uint64_t tries_between_looks = 4096;
/// Streams of the seed that σ_c, Q and the p-value do not use.
constexpr std::uint64_t first_stream = std::uint64_t{1} << 32;
/// Spreads below this are rounding.
constexpr double no_spread = 1e-12;

/// A set of node pairs, open addressing with linear probing.
class PairSet {
 public:
  explicit PairSet(std::size_t pairs) : slots_(std::bit_ceil(2 * pairs + 2), empty) {}

  static std::uint64_t key(NodeIndex u, NodeIndex v) { return (std::uint64_t{u} << 32) | v; }
  [[nodiscard]] bool contains(std::uint64_t key) const { return slots_[find(key)] == key; }
  void insert(std::uint64_t key) { slots_[find(key)] = key; }
  /// The key must be present. The entries after it in its run move up, so that no search ends early.
  void erase(std::uint64_t key) {
    std::size_t hole = find(key);
    for (std::size_t slot = after(hole); slots_[slot] != empty; slot = after(slot)) {
      const std::size_t wanted = home(slots_[slot]);
      if (((slot - wanted) & mask()) < ((slot - hole) & mask())) continue;
      slots_[hole] = slots_[slot];
      hole = slot;
    }
    slots_[hole] = empty;
  }

 private:
  static constexpr std::uint64_t empty = ~std::uint64_t{0};  // no pair: node numbers stay below 2^31

  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t after(std::size_t slot) const { return (slot + 1) & mask(); }
  [[nodiscard]] std::size_t home(std::uint64_t key) const {
    // Fibonacci hashing.
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 20) & mask();
  }
  [[nodiscard]] std::size_t find(std::uint64_t key) const {
    std::size_t slot = home(key);
    while (slots_[slot] != empty && slots_[slot] != key) slot = after(slot);
    return slot;
  }

  std::vector<std::uint64_t> slots_;
};

using Links = std::vector<std::pair<NodeIndex, NodeIndex>>;

/// (a, b), (c, d) become (a, d), (c, b). `two_sided`: first and second ends are numbered separately, as inputs and
/// outputs of one mask; else any two ends of different nodes may be joined, and which ends are joined is drawn, so that
/// every graph of these degrees can be reached.
void switch_links(Links& links, bool two_sided, Random& random, const TaskControl& control) {
  if (links.size() < 2) return;
  const auto key = [two_sided](NodeIndex u, NodeIndex v) {
    return two_sided || u < v ? PairSet::key(u, v) : PairSet::key(v, u);
  };
  PairSet present(links.size());
  for (const auto& [a, b] : links) present.insert(key(a, b));
  for (std::uint64_t tries = switches_per_link * links.size(); tries-- > 0;) {
    if (tries % tries_between_looks == 0) control.check();
    auto& [a, b] = links[random.below(links.size())];
    auto& [c, d] = links[random.below(links.size())];
    if (!two_sided && random.below(2) == 1) std::swap(c, d);
    if (a == c || b == d || (!two_sided && (a == d || b == c))) continue;
    if (present.contains(key(a, d)) || present.contains(key(c, b))) continue;
    present.erase(key(a, b));
    present.erase(key(c, d));
    std::swap(b, d);
    present.insert(key(a, b));
    present.insert(key(c, d));
  }
}

/// The links from one layer to the next; ends are numbered from 0 within their layers.
Links links_between(const Graph& graph, NodeIndex first_input, NodeIndex first_output, NodeIndex end) {
  Links links;
  for (NodeIndex input = first_input; input < first_output; ++input) {
    for (const NodeIndex output : graph.neighbours(input)) {
      if (output >= first_output && output < end) links.emplace_back(input - first_input, output - first_output);
    }
  }
  return links;
}

/// Why no copies are drawn; empty when they are.
std::string reason_against_copies(const Measure& measure, const Measurement& of_network, const Graph& graph,
                                  const MeasureSettings& settings) {
  if (!of_network.value) return "the network itself has no value: " + of_network.reason;
  if (measure.id == consistency_measure && settings.removed)
    return "the copies lack the links of the given removal set";
  if (graph.link_count() < 2) return "there are no two links to switch";
  return {};
}

ChanceComparison compared(double value, const std::vector<double>& of_copies, int copies) {
  ChanceComparison result;
  result.copies = copies;
  result.without_value = copies - static_cast<int>(of_copies.size());
  if (of_copies.empty()) {
    result.reason = "no randomised copy has a value";
    return result;
  }
  const auto count = static_cast<double>(of_copies.size());
  double sum = 0.0;
  for (const double each : of_copies) sum += each;
  result.mean = sum / count;
  if (of_copies.size() < 2) {
    result.reason = "only one randomised copy has a value";
    return result;
  }
  double squares = 0.0;
  for (const double each : of_copies) squares += (each - result.mean) * (each - result.mean);
  result.sd = std::sqrt(squares / (count - 1.0));
  if (result.sd <= no_spread * std::max(1.0, std::abs(result.mean))) {
    result.sd = 0.0;
    result.reason = "all randomised copies have the same value";
  } else {
    result.z = (value - result.mean) / result.sd;
  }
  return result;
}

}  // namespace

Graph randomised_copy(const Graph& graph, Random& random, const TaskControl& control) {
  // Links as pairs, their set, and the copy itself.
  require_memory(56 * graph.link_count() + 32 * std::uint64_t{graph.node_count()}, "a randomised copy of the network");
  if (!graph.is_layered()) {
    Links links = graph.links();
    switch_links(links, false, random, control);
    return {graph.node_count(), links};
  }
  const std::vector<NodeIndex>& sizes = graph.layer_sizes();
  std::vector<Mask> masks;
  NodeIndex first = 0;
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    const NodeIndex next = first + sizes[layer];
    Links links = links_between(graph, first, next, next + sizes[layer + 1]);
    switch_links(links, true, random, control);
    for (auto& [input, output] : links) std::swap(input, output);
    std::uint64_t doubles = 0;  // switching creates none
    masks.push_back(mask_of_cells(sizes[layer], sizes[layer + 1], links, doubles));
    first = next;
  }
  const Network copy = Network::layered(sizes, std::move(masks));
  return Graph(copy, control);
}

ChanceComparison compare_with_chance(const Measure& measure, const Measurement& of_network, const Graph& graph,
                                     const MeasureSettings& settings, int copies, const TaskControl& control,
                                     const PartialChance& partial) {
  if (copies < 2) {
    throw InvalidInput("a comparison with chance needs at least 2 copies, not " + std::to_string(copies));
  }
  ChanceComparison none;
  none.reason = reason_against_copies(measure, of_network, graph, settings);
  if (!none.reason.empty()) return none;
  if (measure.fixed_by_degrees) {
    return {copies,
            0,
            *of_network.value,
            0.0,
            std::nullopt,
            "the copies keep the degrees, which alone decide " + std::string(measure.symbol)};
  }

  MeasureSettings each = settings;
  each.p_value_samples = 0;
  const unsigned threads = settings.threads == 0 ? available_threads() : settings.threads;
  const auto count = static_cast<std::size_t>(copies);
  std::vector<double> values;
  std::vector<std::optional<Graph>> batch;
  for (std::size_t done = 0; done < count;) {
    // Copies are drawn in parallel; each is then measured by all threads, on the worker this was called on.
    batch.assign(std::min<std::size_t>(threads, count - done), std::nullopt);
    parallel_for(batch.size(), threads, [&](std::size_t i) {
      Random random(settings.seed, first_stream + done + i);
      batch[i].emplace(randomised_copy(graph, random, {control.stop, {}}));
    });
    for (std::optional<Graph>& copy : batch) {
      control.check();
      const Measurement measured = measure.compute(*copy, each, {control.stop, {}}, {});
      copy.reset();
      if (measured.value) values.push_back(*measured.value);
      ++done;
      control.report(static_cast<double>(done) / static_cast<double>(count));
      if (partial && done < count) partial(compared(*of_network.value, values, static_cast<int>(done)));
    }
  }
  return compared(*of_network.value, values, copies);
}

}  // namespace dnm
