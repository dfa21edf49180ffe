// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// A link by the node numbers of its ends; `mask` is the layer of links that it lies in.
struct HighlightedLink {
  NodeIndex input = 0, output = 0;
  std::size_t mask = 0;
  bool operator==(const HighlightedLink&) const = default;
};

/// Neurons of a network that stand out in its pictures, with all that they are linked to.
struct Highlight {
  NetworkPointer network{};
  std::vector<NodeIndex> nodes{};        ///< ascending, distinct
  std::vector<NodeIndex> neighbours{};   ///< linked to one of them and not one of them; ascending
  std::vector<HighlightedLink> links{};  ///< those of the nodes; of very many an even part
  std::uint64_t link_count = 0;          ///< all of them, each counted once
};
using HighlightPointer = std::shared_ptr<const Highlight>;

/// Enough to see where links lead; more would only take time to paint.
inline constexpr std::size_t most_highlighted_links = 4000;

/// `nodes` in any order; numbers beyond the network are left out. At most `link_limit` links are listed. For n nodes
/// of rows of k links O(rows · min(n log k, k) + links found).
[[nodiscard]] Highlight highlight_of(NetworkPointer network, std::vector<NodeIndex> nodes,
                                     std::size_t link_limit = most_highlighted_links);

}  // namespace dnm
