// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/network/graph.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Some nodes of a graph with the links among them: the unit that the spectral method divides. Its modularity matrix is
/// B_ij = A_ij - k_i k_j / 2m - δ_ij Σ_{l in group} (A_il - k_i k_l / 2m), k and m those of the whole graph (Newman,
/// PNAS 103:8577, 2006, doi:10.1073/pnas.0601602103); it is never formed. Nodes are renumbered from 0 within the group.
struct ModularityGroup {
  std::vector<NodeIndex> node;       ///< number in the whole graph, ascending
  std::vector<std::int64_t> degree;  ///< k_i in the whole graph
  std::vector<std::size_t> begin;    ///< offsets into `neighbour`
  std::vector<NodeIndex> neighbour;  ///< within the group
  std::int64_t ends = 0;             ///< 2m

  [[nodiscard]] std::size_t size() const { return node.size(); }
  [[nodiscard]] std::span<const NodeIndex> neighbours(std::size_t i) const {
    return std::span(neighbour).subspan(begin[i], begin[i + 1] - begin[i]);
  }
};

/// -1 or 1 for every node of a group.
using Sides = std::vector<std::int8_t>;

[[nodiscard]] ModularityGroup whole_group(const Graph& graph);
/// The nodes on one side. O(nodes + links) of the group.
[[nodiscard]] ModularityGroup part_of(const ModularityGroup& group, const Sides& sides, std::int8_t side);

/// Eigenvector of the greatest eigenvalue, of length 1, by Lanczos iteration with thick restarts from a random start:
/// O(nodes + links) a step, 41 vectors. Where it converges too slowly the best vector so far is returned, since only
/// its signs matter.
[[nodiscard]] std::vector<double> leading_vector(const ModularityGroup& group, Random& random,
                                                 const TaskControl& control);

/// 2m · Σ_ij B_ij s_i s_j, exactly: 2 (2m)² times the gain of the division in Q.
[[nodiscard]] std::int64_t division_gain(const ModularityGroup& group, const Sides& sides);

/// Moves every node once to the other side, those of greatest gain first, and returns the best state passed through
/// (see spectral_communities() for ties). `gain` is that of `sides`. O(nodes · distinct degrees + links) for a graph
/// with few ties.
[[nodiscard]] Sides fine_tuned(const ModularityGroup& group, const Sides& sides, std::int64_t gain, Random& random,
                               const TaskControl& control);

}  // namespace dnm
