// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/minimum_curvilinear.h"

#include <algorithm>
#include <span>

#include "core/embedding/block_krylov.h"
#include "core/embedding/full_turn.h"
#include "core/embedding/spanning_tree.h"
#include "core/support/memory.h"

namespace dnm {

ReducedAngles minimum_curvilinear_embedding(const WeightedGraph& graph, Centring centring, const TaskControl& control,
                                            std::size_t dense_limit) {
  const std::size_t n = graph.node_count();
  require_memory(leading_pairs_memory(n, dense_limit) + 48 * graph.neighbours.size(),
                 "the minimum curvilinear embedding");
  const SpanningTree tree = minimum_spanning_tree(graph, control);
  const bool centred = centring == Centring::yes;
  const SymmetricOperator along_tree = [&](const DenseMatrix& vectors, DenseMatrix& product) {
    for (std::size_t j = 0; j < vectors.columns(); ++j) {
      control.check();
      multiply_tree_distances(tree, centred ? DistancePower::two : DistancePower::one, std::span(vectors.column(j), n),
                              std::span(product.column(j), n));
    }
  };
  const std::size_t used = centred ? 0 : 1;
  const LeadingPairs pairs =
      leading_pairs(n, used + 1, centred ? centred_kernel(along_tree) : along_tree, control, dense_limit);

  ReducedAngles reduced{coordinate(pairs, used), pairs.values, ambiguity(pairs, used, used)};
  const auto [lowest, highest] = std::ranges::minmax(reduced.theta);
  const double arc = full_turn * static_cast<double>(n - 1) / static_cast<double>(n);
  const double stretch = highest > lowest ? arc / (highest - lowest) : 0.0;
  for (double& c : reduced.theta) c = std::min((c - lowest) * stretch, arc);
  if (!tree.unique) {
    reduced.note += std::string(reduced.note.empty() ? "" : "; ") +
                    "the minimum spanning tree is not unique: another choice among equal links gives other angles";
  }
  return reduced;
}

}  // namespace dnm
