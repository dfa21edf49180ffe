// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/graph.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// One division of a graph into communities that maximises the modularity Q, by the Leiden algorithm (Traag, Waltman
/// and van Eck, Sci. Rep. 9:5233, 2019, doi:10.1038/s41598-019-41695-z): nodes move to the community of greatest gain,
/// communities are refined into connected parts, the parts become the nodes of a smaller graph, and so on until no
/// community can be merged. That is one pass; the next one starts from its division. `passes` 0: until a pass gains
/// nothing, otherwise at most so many. No pass lowers Q. Gains are whole numbers, so that the result is the same on
/// every machine. Returns one number per node, from 0, in the order of the communities' first nodes. Throws
/// InvalidInput for a graph without links or with more than 2^30, and for fewer than 0 passes. About O(links) a pass;
/// networks with communities take three to ten passes, random ones fifty and more.
[[nodiscard]] std::vector<std::int32_t> leiden_communities(const Graph& graph, int passes, Random& random,
                                                           const TaskControl& control = {});

/// The same by the Louvain algorithm (Blondel et al., J. Stat. Mech. P10008, 2008,
/// doi:10.1088/1742-5468/2008/10/P10008): one pass without the refinement. Throws InvalidInput as above. About
/// O(links).
[[nodiscard]] std::vector<std::int32_t> louvain_communities(const Graph& graph, Random& random,
                                                            const TaskControl& control = {});

/// Bytes that either takes beside the graph.
[[nodiscard]] std::uint64_t leiden_bytes(const Graph& graph);

}  // namespace dnm
