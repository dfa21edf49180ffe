// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/isomap.h"

#include <algorithm>

#include "core/embedding/block_krylov.h"
#include "core/embedding/partial_progress.h"
#include "core/embedding/shortest_paths.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"

namespace dnm {
namespace {

/// product = matrix · vectors for a symmetric dense matrix: each thread takes panels of columns. The panels, and
/// therefore rounding, depend on the size alone.
void multiply_symmetric(const DenseMatrix& matrix, const DenseMatrix& vectors, DenseMatrix& product, unsigned threads,
                        const TaskControl& control) {
  const std::size_t n = matrix.rows();
  constexpr std::size_t operations_at_once = 10'000'000;  // a few milliseconds
  const std::size_t width = std::clamp<std::size_t>(operations_at_once / (n * vectors.columns()), 16, 256);
  parallel_for((n + width - 1) / width, threads, [&](std::size_t panel) {
    const SingleThreadedBlas single_threaded;
    const std::size_t first = panel * width, columns = std::min(width, n - first);
    multiply(1.0, matrix.part(0, first, n, columns), Transposed::yes, vectors.all(), Transposed::no, 0.0,
             product.column(0) + first, n, control);
  });
}

}  // namespace

ReducedAngles isomap(const WeightedGraph& graph, Centring centring, unsigned threads, const TaskControl& control,
                     std::size_t dense_limit) {
  const std::size_t n = graph.node_count();
  require_memory(std::uint64_t{n} * n * sizeof(double) + leading_pairs_memory(n, dense_limit),
                 "Isomap, with the distances between all pairs of nodes,");
  const bool centred = centring == Centring::yes;
  const TaskControl first_half = part(control, 0.0, 0.5), second_half = part(control, 0.5, 1.0);
  const DenseMatrix distances =
      all_shortest_paths(graph, centred ? DistancePower::two : DistancePower::one, threads, first_half);
  const SymmetricOperator as_they_are = [&](const DenseMatrix& vectors, DenseMatrix& product) {
    multiply_symmetric(distances, vectors, product, threads, control);
  };
  // The first coordinate of uncentred distances only reflects how far out a node is.
  const std::size_t first = centred ? 0 : 1;
  const LeadingPairs pairs = leading_pairs(
      n, std::min(n, first + 2), centred ? centred_kernel(as_they_are) : as_they_are, second_half, dense_limit);
  return {plane_angles(coordinate(pairs, first), coordinate(pairs, first + 1)), pairs.values,
          ambiguity(pairs, first, first + 1)};
}

}  // namespace dnm
