// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "core/measures/consistency_routes.h"
#include "core/support/lapack.h"

namespace dnm {

bool RemovedLinks::contains(NodeIndex u, NodeIndex v) const {
  return std::binary_search(pairs.begin(), pairs.end(), NodePair(std::min(u, v), std::max(u, v)));
}

bool TopPairs::Entry::operator<(const Entry& other) const {
  if (score != other.score) return score > other.score;
  return std::pair(u, v) < std::pair(other.u, other.v);
}

TopPairs::TopPairs(std::size_t count) : count_(count), threshold_(-std::numeric_limits<double>::infinity()) {
  entries_.reserve(2 * count + 1024);
}

void TopPairs::add(double score, NodeIndex u, NodeIndex v) {
  entries_.push_back({score, std::min(u, v), std::max(u, v)});
  if (entries_.size() == entries_.capacity()) shrink();
}

void TopPairs::shrink() {
  if (entries_.size() <= count_) return;
  const auto last = entries_.begin() + static_cast<std::ptrdiff_t>(count_) - 1;
  std::nth_element(entries_.begin(), last, entries_.end());
  threshold_ = last->score;
  entries_.resize(count_);
}

std::uint64_t TopPairs::hits(const RemovedLinks& removed) {
  shrink();
  return static_cast<std::uint64_t>(std::count_if(
      entries_.begin(), entries_.end(), [&](const Entry& entry) { return removed.contains(entry.u, entry.v); }));
}

void general_scores(const RemovedLinks& removed, const TaskControl& control, const ScoreRow& row) {
  constexpr double same_eigenvalue = 1e-11;
  const Graph& graph = *removed.graph;
  const std::size_t n = graph.node_count();
  DenseMatrix adjacency(n, n);
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (u % 64 == 0) control.check();
    for (const NodeIndex v : graph.neighbours(u)) adjacency(v, u) = 1.0;
  }
  for (const auto& [u, v] : removed.pairs) adjacency(v, u) = adjacency(u, v) = 0.0;
  const SymmetricEigen eigen = symmetric_eigen(std::move(adjacency), control);
  const DenseMatrix& vectors = eigen.vectors;

  // Ã - A_R = V C Vᵀ, C = diag(v_kᵀ ΔA v_k), with the whole block V_gᵀ ΔA V_g where eigenvalues are equal: the rotation
  // that diagonalises the block cancels in the product.
  DenseMatrix weighted(n, n);
  for (std::size_t first = 0; first < n;) {
    control.check();
    std::size_t end = first + 1;
    while (end < n && eigen.values[end] - eigen.values[end - 1] < same_eigenvalue) ++end;
    if (end == first + 1) {
      const double* v = vectors.column(first);
      double change = 0.0;
      for (const auto& [i, j] : removed.pairs) change += v[i] * v[j];
      for (std::size_t i = 0; i < n; ++i) weighted(i, first) = 2.0 * change * v[i];
    } else {
      const std::size_t size = end - first;
      DenseMatrix moved(n, size);
      for (std::size_t k = 0; k < size; ++k) {
        if (k % 64 == 0) control.check();
        const double* v = vectors.column(first + k);
        for (const auto& [i, j] : removed.pairs) {
          moved(i, k) += v[j];
          moved(j, k) += v[i];
        }
      }
      DenseMatrix block(size, size);
      const MatrixView group = vectors.part(0, first, n, size);
      multiply(1.0, group, Transposed::yes, moved.all(), Transposed::no, 0.0, block.column(0), size, control);
      multiply(1.0, group, Transposed::no, block.all(), Transposed::no, 0.0, weighted.column(first), n, control);
    }
    first = end;
  }

  constexpr std::size_t rows_at_once = 64;
  DenseMatrix scores(n, rows_at_once);
  for (std::size_t first = 0; first < n; first += rows_at_once) {
    const std::size_t end = std::min(n, first + rows_at_once);
    multiply(1.0, vectors.part(0, 0, end, n), Transposed::no, weighted.part(first, 0, end - first, n), Transposed::yes,
             0.0, scores.column(0), n, control);
    for (std::size_t v = first; v < end; ++v) row(static_cast<NodeIndex>(v), {scores.column(v - first), v + 1});
  }
}

std::uint64_t general_hits(const RemovedLinks& removed, const TaskControl& control) {
  const Graph& graph = *removed.graph;
  TopPairs best(removed.pairs.size());
  std::vector<std::uint8_t> linked(graph.node_count(), 0);
  general_scores(removed, control, [&](NodeIndex v, std::span<const double> scores) {
    for (const NodeIndex u : graph.neighbours(v)) linked[u] = removed.contains(u, v) ? 0 : 1;
    for (NodeIndex u = 0; u < v; ++u) {
      if (linked[u] == 0) best.offer(scores[u], u, v);
    }
    for (const NodeIndex u : graph.neighbours(v)) linked[u] = 0;
  });
  return best.hits(removed);
}

std::uint64_t general_memory(const Graph& graph) {
  const std::uint64_t nodes = graph.node_count();
  return 5 * nodes * nodes * sizeof(double);
}

}  // namespace dnm
