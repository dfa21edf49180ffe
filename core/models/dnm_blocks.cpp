// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_blocks.h"

#include <algorithm>
#include <limits>

#include "core/support/portable_math.h"

namespace dnm {

namespace {

/// Cells in two directions from a run of inputs: `down_count` cells from start-1 downwards, `up_count` from end
/// upwards.
struct Surroundings {
  std::int64_t start;
  std::int64_t end;
  std::int64_t down_count;
  std::int64_t up_count;
};

/// Takes up to `count` free cells, nearest to the run first, ties to the lower side; returns how many are still
/// missing.
NodeIndex take_nearest(RowCells& cells, Surroundings around, NodeIndex count) {
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  std::int64_t down = 0;  // cells examined already in each direction
  std::int64_t up = 0;
  while (count > 0) {
    const auto down_step = cells.free_downward(around.start - 1 - down, around.down_count - down);
    const auto up_step = cells.free_upward(around.end + up, around.up_count - up);
    const std::int64_t down_distance = down_step ? down + *down_step : none;
    const std::int64_t up_distance = up_step ? up + *up_step : none;
    if (!down_step && !up_step) return count;
    if (down_distance <= up_distance) {
      cells.take_run(around.start - 1 - down_distance, 1);
      down = down_distance + 1;
    } else {
      cells.take_run(around.end + up_distance, 1);
      up = up_distance + 1;
    }
    --count;
  }
  return 0;
}

/// All cells of the layer, seen from a run inside it.
Surroundings whole_layer(std::int64_t start, std::int64_t end, Border border, std::int64_t n_in) {
  const std::int64_t others = n_in - (end - start);
  if (border == Border::wrap) return {start, end, others, others};
  return {start, end, start, n_in - end};
}

}  // namespace

std::int64_t place_among_inputs(NodeIndex output, NodeIndex n_in, NodeIndex n_out) {
  const std::uint64_t product = std::uint64_t{output} * n_in;
  const std::uint64_t quotient = product / n_out;
  const std::uint64_t twice_rest = 2 * (product % n_out);
  const bool up = twice_rest > n_out || (twice_rest == n_out && quotient % 2 == 1);
  return static_cast<std::int64_t>(quotient + (up ? 1 : 0));
}

ReceptiveWindow receptive_window(NodeIndex output, NodeIndex n_in, NodeIndex n_out, NodeIndex degree, double alpha) {
  const std::int64_t centre = place_among_inputs(output, n_in, n_out);
  const double wanted = static_cast<double>(degree) + alpha * static_cast<double>(n_in - degree);
  const auto width = std::clamp(static_cast<NodeIndex>(round_half_even(wanted)), degree, n_in);
  return {centre, centre - static_cast<std::int64_t>(width / 2), width};
}

void dendrite_positions(const ReceptiveWindow& window, double alpha, std::span<std::int64_t> positions) {
  const auto dendrites = static_cast<double>(positions.size());
  for (std::size_t m = 0; m < positions.size(); ++m) {
    const double along = (2.0 * static_cast<double>(m) + 1.0) * static_cast<double>(window.width) / (2.0 * dendrites);
    const double middle_of_slice = static_cast<double>(window.start) + along;
    const double place = (1.0 - alpha) * static_cast<double>(window.centre) + alpha * middle_of_slice;
    positions[m] = static_cast<std::int64_t>(round_half_even(place));
  }
}

void BlockLayer::lay(RowCells& cells, const ReceptiveWindow& window, std::span<const std::int64_t> positions,
                     std::span<const NodeIndex> counts, bool left_half, Random& random) {
  blocks_.clear();
  if (border_ == Border::wrap) {
    lay_around_ring(cells, positions, counts);
  } else if (left_half) {
    lay_left_to_right(cells, positions, counts);
  } else {
    lay_right_to_left(cells, positions, counts);
  }
  if (fill_ == Fill::window) {
    fill_near_blocks(cells, window);
    return;
  }
  NodeIndex lost = 0;
  for (const Block& block : blocks_) lost += block.lost;
  if (lost == 0) return;
  if (border_ == Border::wrap) {
    cells.take_at_random(lost, random);
  } else {
    // The centre itself is nearest; seen from the empty run before it, an equal distance goes to the lower side.
    const auto n_in = static_cast<std::int64_t>(cells.size());
    if (window.centre < n_in && cells.take(static_cast<NodeIndex>(window.centre))) --lost;
    const std::int64_t end = std::min(window.centre + 1, n_in);
    take_nearest(cells, {window.centre, end, window.centre, n_in - end}, lost);
  }
}

void BlockLayer::lay_around_ring(RowCells& cells, std::span<const std::int64_t> positions,
                                 std::span<const NodeIndex> counts) {
  for (std::size_t m = 0; m < positions.size(); ++m) {
    const std::int64_t start = positions[m] - static_cast<std::int64_t>(counts[m] / 2);
    blocks_.push_back({m, start, counts[m], counts[m] - cells.take_run(start, counts[m])});
  }
}

void BlockLayer::drop(std::size_t dendrite, std::int64_t position, NodeIndex count, NodeIndex n_in) {
  blocks_.push_back({dendrite, std::clamp<std::int64_t>(position, 0, n_in), 0, count});
}

void BlockLayer::lay_left_to_right(RowCells& cells, std::span<const std::int64_t> positions,
                                   std::span<const NodeIndex> counts) {
  const auto n_in = static_cast<std::int64_t>(cells.size());
  std::int64_t first_free = 0;
  for (std::size_t m = 0; m < positions.size(); ++m) {
    const auto count = static_cast<std::int64_t>(counts[m]);
    if (count == 0) continue;
    const std::int64_t start = std::max(positions[m] - count / 2, first_free);
    if (start + count > n_in) {
      drop(m, positions[m], counts[m], cells.size());
      continue;
    }
    cells.take_run(start, counts[m]);
    blocks_.push_back({m, start, counts[m], 0});
    first_free = start + count;
  }
}

void BlockLayer::lay_right_to_left(RowCells& cells, std::span<const std::int64_t> positions,
                                   std::span<const NodeIndex> counts) {
  auto limit = static_cast<std::int64_t>(cells.size());
  for (std::size_t m = positions.size(); m-- > 0;) {
    const auto count = static_cast<std::int64_t>(counts[m]);
    if (count == 0) continue;
    const std::int64_t end = std::min(positions[m] - count / 2 + count, limit);
    if (end - count < 0) {
      drop(m, positions[m], counts[m], cells.size());
      continue;
    }
    cells.take_run(end - count, counts[m]);
    blocks_.push_back({m, end - count, counts[m], 0});
    limit = end - count;
  }
}

void BlockLayer::fill_near_blocks(RowCells& cells, const ReceptiveWindow& window) const {
  const auto n_in = static_cast<std::int64_t>(cells.size());
  const bool ring = border_ == Border::wrap;
  // The part of the window inside the layer; one that spans the whole ring has no ends.
  const std::int64_t window_start = ring ? window.start : std::max<std::int64_t>(window.start, 0);
  const std::int64_t window_end =
      ring ? window.start + window.width : std::min<std::int64_t>(window.start + window.width, n_in);
  for (const Block& block : blocks_) {
    if (block.lost == 0) continue;
    const std::int64_t end = block.start + static_cast<std::int64_t>(block.size);
    Surroundings around = whole_layer(block.start, end, border_, n_in);
    NodeIndex wanted = block.lost;
    if (window.width < cells.size()) {
      // Distances are measured along the window: cells across its ends are not near.
      Surroundings inside{block.start, end, block.start - window_start, window_end - end};
      inside.down_count = std::clamp<std::int64_t>(inside.down_count, 0, around.down_count);
      inside.up_count = std::clamp<std::int64_t>(inside.up_count, 0, around.up_count);
      wanted = take_nearest(cells, inside, wanted);
    }
    if (wanted > 0) take_nearest(cells, around, wanted);
  }
}

}  // namespace dnm
