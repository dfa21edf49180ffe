// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"

namespace dnm::test {

/// A mask of `links` distinct cells drawn uniformly.
inline Mask random_mask(NodeIndex n_in, NodeIndex n_out, std::uint64_t links, std::uint64_t seed) {
  Random random(seed);
  Mask mask{n_in, n_out, std::vector<std::uint64_t>(n_out + 1, 0), {}};
  for (const std::uint64_t cell : random.sample(std::uint64_t{n_in} * n_out, links)) {
    ++mask.row_begin[cell / n_in + 1];
    mask.columns.push_back(static_cast<NodeIndex>(cell % n_in));
  }
  for (std::size_t row = 0; row < n_out; ++row) mask.row_begin[row + 1] += mask.row_begin[row];
  return mask;
}

}  // namespace dnm::test
