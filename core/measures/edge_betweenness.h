// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// Betweenness of every link: the sum over unordered node pairs of the share of their shortest paths (in links) that
/// run through it, the pair it joins included (Girvan and Newman, PNAS 99:7821, 2002, doi:10.1073/pnas.122653799;
/// Brandes, J. Math. Sociol. 25:163, 2001, doi:10.1080/0022250X.2001.9990249). One value per entry of
/// graph.adjacency(), equal for both ends of a link; in [1, node_count² / 4].
///
/// O(nodes · links) time, O(links) memory of at most 256 MiB beside the result (ResourceError when that is too much).
/// Parallel over groups of sources (`threads` 0: all available); the result does not depend on their number. Throws
/// Cancelled, NumericalError when two nodes are joined by more than 10³⁰⁰ shortest paths.
[[nodiscard]] std::vector<double> edge_betweenness(const Graph& graph, unsigned threads = 0,
                                                   const TaskControl& control = {});

}  // namespace dnm
