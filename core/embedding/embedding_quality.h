// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/embedding/angular_separation.h"
#include "core/embedding/embedding.h"
#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// How well the disk guides a packet that always moves to the neighbour nearest to its destination and is dropped when
/// it would return (Muscoloni and Cannistraci, arXiv:1901.07909; Boguñá et al., Nat. Commun. 1:62, 2010,
/// doi:10.1038/ncomms1063). Over ordered pairs.
struct GreedyRouting {
  double score = 0.0;        ///< mean of shortest / greedy path length, 0 for a dropped packet; in [0, 1]
  double success = 0.0;      ///< share of packets that arrive, in [0, 1]
  double mean_length = 0.0;  ///< links on the way of those that arrive
};

/// Scores of an embedding; only its embedded component counts, with its angles spread over the whole circle.
struct EmbeddingQuality {
  GreedyRouting greedy_routing;
  /// Mean of hyperbolic distance / length of the topological shortest paths drawn with geodesics (mean over all such
  /// paths), over pairs without a link, in (0, 1] (Cannistraci and Muscoloni, Nat. Commun. 13:7308, 2022,
  /// doi:10.1038/s41467-022-34634-6). Empty when every pair is linked.
  std::optional<double> geometrical_congruence;
  /// The same with the shortest way along drawn links in place of the hyperbolic distance.
  std::optional<double> geometrical_path_congruence;
  std::optional<AngularSeparation> layer_separation;      ///< empty without layers
  std::optional<AngularSeparation> community_separation;  ///< of the given communities
};

/// Empty for fewer than two embedded nodes. `communities`: one number per node, or none. `threads` 0: all available;
/// the result does not depend on it. O(nodes · (nodes + links)). Throws InvalidInput when graph, embedding and
/// communities differ in size, Cancelled.
[[nodiscard]] std::optional<EmbeddingQuality> embedding_quality(const Graph& graph, const Embedding& embedding,
                                                                unsigned threads = 0, const TaskControl& control = {},
                                                                std::span<const std::int32_t> communities = {});

}  // namespace dnm
