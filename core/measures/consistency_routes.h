// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "core/measures/structural_consistency.h"
#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// A graph with some of its links taken out: what the routes to σ_c work on.
struct RemovedLinks {
  const Graph* graph = nullptr;
  std::vector<NodePair> pairs;  ///< (u, v) with u < v, sorted

  [[nodiscard]] bool contains(NodeIndex u, NodeIndex v) const;
};

/// The n best scored pairs of nodes; among equal scores the lower pair wins.
class TopPairs {
 public:
  explicit TopPairs(std::size_t count);

  void offer(double score, NodeIndex u, NodeIndex v) {
    if (score >= threshold_) add(score, u, v);
  }
  /// Below this a score has no place any more.
  [[nodiscard]] double threshold() const { return threshold_; }
  /// How many of the best pairs are among the removed ones.
  [[nodiscard]] std::uint64_t hits(const RemovedLinks& removed);

 private:
  struct Entry {
    double score;
    NodeIndex u;
    NodeIndex v;
    bool operator<(const Entry& other) const;  ///< better first
  };
  void add(double score, NodeIndex u, NodeIndex v);
  void shrink();

  std::size_t count_;
  double threshold_;
  std::vector<Entry> entries_;
};

/// Gets row v of the change of the adjacency matrix, entries u = 0 … v.
using ScoreRow = std::function<void(NodeIndex v, std::span<const double> scores)>;
/// Ã - A_R by eigendecomposition of A_R. Eigenvalues closer than 1e-11 are one.
void general_scores(const RemovedLinks& removed, const TaskControl& control, const ScoreRow& row);

[[nodiscard]] std::uint64_t general_hits(const RemovedLinks& removed, const TaskControl& control);
/// For layered networks; falls back to an exacter route where B·Bᵀ cannot tell small singular values from zero.
[[nodiscard]] std::uint64_t bipartite_hits(const RemovedLinks& removed, const TaskControl& control);
[[nodiscard]] std::uint64_t bipartite_svd_hits(const RemovedLinks& removed, const TaskControl& control);

/// Bytes that one draw takes at its peak.
[[nodiscard]] std::uint64_t general_memory(const Graph& graph);
[[nodiscard]] std::uint64_t bipartite_memory(const Graph& graph);

}  // namespace dnm
