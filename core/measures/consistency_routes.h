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

/// A graph with some of its links removed: the input of every route to σ_c.
struct RemovedLinks {
  const Graph* graph = nullptr;
  std::vector<NodePair> pairs;  ///< (u, v) with u < v, sorted

  [[nodiscard]] bool contains(NodeIndex u, NodeIndex v) const;
};

/// The n highest-scored pairs of nodes; among equal scores the lower pair wins.
class TopPairs {
 public:
  explicit TopPairs(std::size_t count);

  void offer(double score, NodeIndex u, NodeIndex v) {
    if (score >= threshold_) add(score, u, v);
  }
  /// A score below this no longer enters the list.
  [[nodiscard]] double threshold() const { return threshold_; }
  /// Number of the best pairs that are among the removed ones.
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

/// Receives row v of the change of the adjacency matrix, entries u = 0 … v.
using ScoreRow = std::function<void(NodeIndex v, std::span<const double> scores)>;
/// Ã - A_R by eigendecomposition of A_R. Eigenvalues closer than 1e-11 count as equal.
void general_scores(const RemovedLinks& removed, const TaskControl& control, const ScoreRow& row);

[[nodiscard]] std::uint64_t general_hits(const RemovedLinks& removed, const TaskControl& control);
/// For layered networks; falls back to a more exact route where B·Bᵀ cannot distinguish small singular values from
/// zero.
[[nodiscard]] std::uint64_t bipartite_hits(const RemovedLinks& removed, const TaskControl& control);
[[nodiscard]] std::uint64_t bipartite_svd_hits(const RemovedLinks& removed, const TaskControl& control);

/// Peak memory of one draw in bytes.
[[nodiscard]] std::uint64_t general_memory(const Graph& graph);
[[nodiscard]] std::uint64_t bipartite_memory(const Graph& graph);

}  // namespace dnm
