// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/rewiring.h"

#include <numeric>

#include "core/support/parallel.h"

namespace dnm {

namespace {

/// True with a given probability, usually at the cost of 32 random bits.
class Chance {
 public:
  explicit Chance(double probability)
      : always_(probability >= 1.0), limit_(always_ ? 0 : static_cast<std::uint64_t>(probability * 0x1p64)) {}
  bool operator()(Random& random) const {
    if (always_) return true;
    const auto high = static_cast<std::uint32_t>(limit_ >> 32);
    const std::uint32_t bits = random.next32();
    return bits != high ? bits < high : random.next32() < static_cast<std::uint32_t>(limit_);
  }

 private:
  bool always_;
  std::uint64_t limit_;
};

constexpr std::size_t rows_of_a_part = 4096;

/// The number of links each row keeps. Uses the same random numbers as the removal itself, which comes later.
std::vector<NodeIndex> kept_links(const std::vector<NodeIndex>& degrees, const Chance& removed,
                                  const LayerStreams& streams, unsigned threads, const TaskControl& control) {
  std::vector<NodeIndex> kept(degrees.size());
  parallel_for((degrees.size() + rows_of_a_part - 1) / rows_of_a_part, threads, [&](std::size_t part) {
    StopCheck stop(control);
    for (std::size_t row = part * rows_of_a_part; row < std::min(degrees.size(), (part + 1) * rows_of_a_part); ++row) {
      Random random = streams.row(static_cast<NodeIndex>(row));
      for (NodeIndex link = 0; link < degrees[row]; ++link) kept[row] += removed(random) ? 0U : 1U;
      stop.worked(std::uint64_t{degrees[row]} + 1);
    }
  });
  return kept;
}

}  // namespace

Mask draw_rewired_rows(const LayerRequest& request, const std::vector<NodeIndex>& degrees, double probability,
                       const std::function<RowDrawer()>& make_drawer) {
  if (probability <= 0.0) return draw_rows(request.n_in, degrees, make_drawer, request.threads, request.control);
  const LayerStreams streams(request.random);
  const Chance removed(probability);
  const std::vector<NodeIndex> kept = kept_links(degrees, removed, streams, request.threads, request.control);
  const std::uint64_t all_kept = std::accumulate(kept.begin(), kept.end(), std::uint64_t{0});
  Random regrowth = streams.quantity(1);
  const std::vector<NodeIndex> added =
      uniform_row_counts(request.n_in, kept, request.links - all_kept, regrowth, request.control);
  std::vector<NodeIndex> rewired(kept);
  for (std::size_t row = 0; row < rewired.size(); ++row) rewired[row] += added[row];

  const auto make_rewiring_drawer = [&]() -> RowDrawer {
    return [&, draw = make_drawer()](NodeIndex output, RowCells& cells, StopCheck& stop) {
      if (degrees[output] > 0) draw(output, cells, stop);
      Random random = streams.row(output);
      cells.free_if([&](NodeIndex) { return removed(random); });
      cells.take_at_random(added[output], random);
    };
  };
  return draw_rows(request.n_in, rewired, make_rewiring_drawer, request.threads, request.control);
}

}  // namespace dnm
