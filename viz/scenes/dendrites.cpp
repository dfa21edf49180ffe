// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/dendrites.h"

namespace dnm {

std::vector<std::uint32_t> dendrite_ranks(std::span<const NodeIndex> row, NodeIndex n_in) {
  std::vector<std::uint32_t> ranks(row.size(), 0);
  for (std::size_t link = 1; link < row.size(); ++link) {
    ranks[link] = ranks[link - 1] + (row[link] == row[link - 1] + 1 ? 0U : 1U);
  }
  if (!row.empty() && row.front() == 0 && row.back() + 1 == n_in) {
    const std::uint32_t last = ranks.back();
    for (std::size_t link = row.size(); link-- > 0 && ranks[link] == last;) ranks[link] = 0;
  }
  return ranks;
}

}  // namespace dnm
