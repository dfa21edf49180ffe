// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/link_prediction/link_score.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

// Which missing links of a layer grow. A cell is output · n_in + input; no function ever chooses one that has a link.
// All return cells in ascending order, fewer than `wanted` where the layer has not so many free cells.

/// Every set of free cells equally likely. O(wanted · log wanted + n_out).
[[nodiscard]] std::vector<std::uint64_t> uniform_cells(const Mask& mask, std::uint64_t wanted, Random random);

/// The best by score (pairs of a score of 0 after all others, in random order). As score_missing_links().
[[nodiscard]] std::vector<std::uint64_t> best_scored_cells(const Mask& mask, LinkScore score, std::uint64_t wanted,
                                                           Random random, const TaskControl& control);

/// Sampled in proportion to the score; where fewer cells than `wanted` have a positive one, 1e-5 is added to that of
/// every free cell. `stream(n)` gives independent random numbers for n = 0 and 1. As score_missing_links(), twice in
/// the second case.
[[nodiscard]] std::vector<std::uint64_t> sampled_cells(const Mask& mask, LinkScore score, std::uint64_t wanted,
                                                       const std::function<Random(unsigned)>& stream,
                                                       const TaskControl& control);

/// Calls visit(cell, value) for the free cells of one output neuron; `values`: of all its n_in cells. O(n_in).
template <class Value, class Visit>
void for_each_free_cell(const Mask& mask, NodeIndex output, std::span<const Value> values, const Visit& visit) {
  const auto links = mask.row(output);
  auto link = links.begin();
  const std::uint64_t first = std::uint64_t{output} * mask.n_in;
  for (NodeIndex input = 0; input < mask.n_in; ++input) {
    if (link != links.end() && *link == input) {
      ++link;
    } else {
      visit(first + input, values[input]);
    }
  }
}

/// The mask with links in these free cells (ascending) besides its own. O(links + cells + n_out).
[[nodiscard]] Mask with_cells(const Mask& mask, std::span<const std::uint64_t> cells);

}  // namespace dnm
