// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// How predictable the links of a network are (Lü, Pan, Zhou, Zhang and Stanley, PNAS 112:2325, 2015,
/// doi:10.1073/pnas.1424644112). One draw removes n_p links, perturbs the spectrum of the remaining graph by them to
/// first order and counts the removed links among the n_p highest-ranked pairs of nodes that are not linked in the
/// remaining graph.

using NodePair = std::pair<NodeIndex, NodeIndex>;

/// With fewer links than this a graph has no structural consistency.
inline constexpr std::uint64_t fewest_links_for_consistency = 5;

enum class ConsistencyRoute {
  automatic,      ///< bipartite for a layered network, else general
  general,        ///< full eigendecomposition of the adjacency matrix of all nodes
  bipartite,      ///< exact short cut for layered networks: eigenvectors of B·Bᵀ on the smaller side
  bipartite_svd,  ///< the same from the singular vectors of B; dgesdd cannot be stopped
};

struct ConsistencyDraw {
  std::uint64_t removed = 0;  ///< n_p
  std::uint64_t hits = 0;     ///< removed links among the n_p highest-ranked pairs
  [[nodiscard]] double value() const { return static_cast<double>(hits) / static_cast<double>(removed); }
};

/// One draw with a given removal set. Ties in rank go to the pair of lower node numbers. Throws InvalidInput for an
/// empty set, a pair that is not a link or appears twice, or a bipartite route on a network without layers;
/// ResourceError when it would not fit in memory. O(n³), n being the number of nodes (general) or the smaller of even
/// and odd layers (bipartite); uses one thread.
[[nodiscard]] ConsistencyDraw consistency_of_removal(const Graph& graph, std::span<const NodePair> removed,
                                                     ConsistencyRoute route = ConsistencyRoute::automatic,
                                                     const TaskControl& control = {});

/// n_p = round(0.1 · links), half away from zero.
[[nodiscard]] std::uint64_t removal_size(const Graph& graph);
/// The links that draw number `draw` removes: n_p of them, uniformly, from Random(seed, draw).
[[nodiscard]] std::vector<NodePair> draw_removal(const Graph& graph, std::uint64_t seed, std::uint64_t draw);

/// Ã = Σ (λ_k + v_kᵀ ΔA v_k) v_k v_kᵀ of the general route, row by row (symmetric, nodes x nodes).
[[nodiscard]] std::vector<double> perturbed_matrix(const Graph& graph, std::span<const NodePair> removed,
                                                   const TaskControl& control = {});

/// σ_c: mean over draws.
struct StructuralConsistency {
  std::vector<double> values;  ///< one per draw, in order
  double mean = 0.0;
  std::optional<double> standard_error;  ///< from two draws on
  std::uint64_t removed = 0;             ///< n_p
  double baseline = 0.0;                 ///< expected value of a random ranking: n_p / candidate pairs
  bool reached_error = false;            ///< the draws ended early, at the standard error asked for
};

/// At least this many draws are made before the standard error is judged: from fewer it is too uncertain.
inline constexpr std::size_t fewest_draws_for_error = 5;

/// Draws number 0 … draws - 1, one per thread (`threads` 0: all available; fewer where memory is short); the result
/// does not depend on the number of threads. With `error_goal` > 0 the draws end at the first number of them, 5 or
/// more, whose standard error is at most that. `partial`, when given, receives the draws finished so far, never from
/// two threads at the same time. The graph must have fewest_links_for_consistency links (InvalidInput).
[[nodiscard]] StructuralConsistency structural_consistency(
    const Graph& graph, int draws, std::uint64_t seed, unsigned threads = 0, const TaskControl& control = {},
    const std::function<void(const StructuralConsistency&)>& partial = {}, double error_goal = 0.0);

/// Expected σ of a random ranking of the candidate pairs.
[[nodiscard]] double consistency_baseline(const Graph& graph, std::uint64_t removed);

}  // namespace dnm
