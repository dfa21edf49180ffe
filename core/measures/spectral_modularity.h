// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/measures/modularity.h"
#include "core/network/graph.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Divides a graph by Newman's spectral method (PNAS 103:8577, 2006, doi:10.1073/pnas.0601602103): groups are halved by
/// the signs of the leading eigenvector of their modularity matrix, each division is fine-tuned by moving every node
/// once, best first, and keeping the best state passed through; a group stays whole when no division increases Q.
///
/// Fine tuning follows the widely used routine of the Brain Connectivity Toolbox, so that values can be compared with
/// published ones (manual: methods/measures, "Modularity"): nodes of equal gain move together and count as one, and a
/// node moved before moves back when it ties with them. There, gains are equal when their rounded sums are, which
/// depends on the order of the nodes; here gains are exact integers, and `random` takes one node in fifty out of its
/// ties. The means agree within .02 (karate .40; .419 when only one node moves at a time). This has a drawback: where
/// many nodes are alike, ties mislead the search and values fall short (.13 for a random tree of 20,000 nodes, where
/// far better divisions exist). Gains are kept in buckets, one for each degree, side and balance, so that a step costs
/// O(distinct degrees + neighbours).
///
/// Communities are numbered from 0 by first node. Throws InvalidInput for a graph without links or with more than 2^30.
[[nodiscard]] std::vector<std::int32_t> spectral_communities(const Graph& graph, Random& random,
                                                             const TaskControl& control = {});

/// Mean, best and spread over `orders` node orders, order k from Random(seed, k), several at a time (`threads` 0: all
/// available); the result does not depend on their number. `partial`, when given, receives the state after every order
/// except the last. Throws as spectral_communities() does.
[[nodiscard]] Modularity spectral_modularity(const Graph& graph, int orders, std::uint64_t seed, unsigned threads = 0,
                                             const TaskControl& control = {},
                                             const std::function<void(const Modularity&)>& partial = {});

}  // namespace dnm
