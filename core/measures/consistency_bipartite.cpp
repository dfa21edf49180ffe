// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/measures/consistency_routes.h"
#include "core/support/lapack.h"
#include "core/support/memory.h"

namespace dnm {

namespace {

/// Links of a layered network as a matrix B: rows are the smaller of the even and the odd layers, columns the other.
struct TwoSides {
  std::vector<NodeIndex> row_nodes;  ///< node number of each row, rising
  std::vector<NodeIndex> column_nodes;
  std::vector<std::vector<NodeIndex>> left;     ///< rows linked to a column in the remaining graph (B)
  std::vector<std::vector<NodeIndex>> removed;  ///< rows linked to a column by a removed link (D)

  [[nodiscard]] std::size_t rows() const { return row_nodes.size(); }
  [[nodiscard]] std::size_t columns() const { return column_nodes.size(); }
};

/// Nodes in even layers and in odd ones.
std::array<std::vector<NodeIndex>, 2> nodes_by_parity(const Graph& graph) {
  std::array<std::vector<NodeIndex>, 2> nodes;
  NodeIndex node = 0;
  for (std::size_t layer = 0; layer < graph.layer_sizes().size(); ++layer) {
    for (NodeIndex i = 0; i < graph.layer_sizes()[layer]; ++i) nodes[layer % 2].push_back(node++);
  }
  return nodes;
}

TwoSides two_sides(const RemovedLinks& removed, const TaskControl& control) {
  const Graph& graph = *removed.graph;
  auto [even, odd] = nodes_by_parity(graph);
  if (odd.size() < even.size()) std::swap(even, odd);
  TwoSides sides{std::move(even), std::move(odd), {}, {}};
  sides.left.resize(sides.columns());
  sides.removed.resize(sides.columns());
  std::vector<NodeIndex> row_of(graph.node_count(), 0);
  for (std::size_t r = 0; r < sides.rows(); ++r) row_of[sides.row_nodes[r]] = static_cast<NodeIndex>(r);
  for (std::size_t c = 0; c < sides.columns(); ++c) {
    if (c % 64 == 0) control.check();
    const NodeIndex node = sides.column_nodes[c];
    for (const NodeIndex other : graph.neighbours(node)) {
      auto& list = removed.contains(node, other) ? sides.removed[c] : sides.left[c];
      list.push_back(row_of[other]);
    }
  }
  return sides;
}

/// Ranks the cross pairs, score by score; pairs inside a side score 0.
class CrossRanking {
 public:
  CrossRanking(const RemovedLinks& removed, const TwoSides& sides)
      : removed_(removed), sides_(sides), best_(removed.pairs.size()) {}

  /// Scores of rows [first, first + count) with one column, except for links in B. They are overwritten.
  void offer(std::size_t first, std::size_t column, std::span<double> scores) {
    constexpr double no_candidate = -std::numeric_limits<double>::infinity();
    const auto& linked = sides_.left[column];
    for (auto row = std::lower_bound(linked.begin(), linked.end(), first);
         row != linked.end() && *row < first + scores.size(); ++row) {
      scores[*row - first] = no_candidate;
    }
    const NodeIndex column_node = sides_.column_nodes[column];
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] > 0.0) ++positive_;
      if (scores[i] != no_candidate) best_.offer(scores[i], sides_.row_nodes[first + i], column_node);
    }
  }

  [[nodiscard]] std::uint64_t hits(const TaskControl& control) {
    // With too few positive scores the pairs inside a side, which all score 0, are ranked too.
    if (positive_ < removed_.pairs.size()) {
      for (const auto* nodes : {&sides_.row_nodes, &sides_.column_nodes}) {
        for (std::size_t i = 0; i < nodes->size(); ++i) {
          control.check();
          for (std::size_t j = i + 1; j < nodes->size(); ++j) best_.offer(0.0, (*nodes)[i], (*nodes)[j]);
        }
      }
    }
    return best_.hits(removed_);
  }

 private:
  const RemovedLinks& removed_;
  const TwoSides& sides_;
  TopPairs best_;
  std::uint64_t positive_ = 0;
};

/// target = M · source for a sparse matrix given by the rows of each column (adds to target).
void add_sparse_product(const std::vector<std::vector<NodeIndex>>& columns, const DenseMatrix& source,
                        DenseMatrix& target, const TaskControl& control) {
  for (std::size_t k = 0; k < source.columns(); ++k) {
    if (k % 64 == 0) control.check();
    const double* from = source.column(k);
    double* to = target.column(k);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      for (const NodeIndex r : columns[c]) to[r] += from[c];
    }
  }
}

/// Mᵀ · source: entry (c, k) is the sum of source over the rows of column c.
DenseMatrix transposed_sparse_product(const std::vector<std::vector<NodeIndex>>& columns, const MatrixView& source,
                                      const TaskControl& control) {
  DenseMatrix product(columns.size(), source.columns);
  for (std::size_t k = 0; k < source.columns; ++k) {
    if (k % 64 == 0) control.check();
    const double* from = source.data + k * source.leading;
    double* to = product.column(k);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      double sum = 0.0;
      for (const NodeIndex r : columns[c]) sum += from[r];
      to[c] = sum;
    }
  }
  return product;
}

/// sym(U_gᵀ D V_g): replaces the diagonal where a singular value is repeated.
DenseMatrix group_block(const TwoSides& sides, const MatrixView& left, const DenseMatrix& right,
                        const TaskControl& control) {
  const std::size_t size = left.columns;
  DenseMatrix moved(sides.rows(), size);
  add_sparse_product(sides.removed, right, moved, control);
  DenseMatrix block(size, size);
  multiply(1.0, left, Transposed::yes, moved.all(), Transposed::no, 0.0, block.column(0), size, control);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) block(i, j) = block(j, i) = 0.5 * (block(i, j) + block(j, i));
  }
  return block;
}

/// P_U0 D P_V0 = U0 (U0ᵀ D)(I - V1 V1ᵀ), added to `scores` (rows x columns).
void add_null_space_term(const TwoSides& sides, const MatrixView& null_left, const DenseMatrix& right,
                         DenseMatrix& scores, const TaskControl& control) {
  if (null_left.columns == 0) return;
  const DenseMatrix moved = transposed_sparse_product(sides.removed, null_left, control);  // Dᵀ U0
  DenseMatrix projected = moved;
  DenseMatrix overlap(right.columns(), null_left.columns);
  multiply(1.0, right.all(), Transposed::yes, moved.all(), Transposed::no, 0.0, overlap.column(0), overlap.rows(),
           control);
  multiply(-1.0, right.all(), Transposed::no, overlap.all(), Transposed::no, 1.0, projected.column(0), projected.rows(),
           control);
  multiply(1.0, null_left, Transposed::no, projected.all(), Transposed::yes, 1.0, scores.column(0), scores.rows(),
           control);
}

/// One past the last entry of the group of equal singular values that begins at `first`; values ascend or descend.
template <class Same>
std::size_t end_of_group(const std::vector<double>& values, std::size_t first, std::size_t limit, const Same& same) {
  std::size_t end = first + 1;
  while (end < limit && same(values[end - 1], values[end])) ++end;
  return end;
}

/// Eigenvectors of B·Bᵀ, with the first `null_count` of them spanning the left null space of B.
struct LeftVectors {
  std::vector<double> singular_values;  ///< ascending
  DenseMatrix vectors;
  std::size_t null_count = 0;
  bool reliable = true;  ///< false when a singular value is neither clearly zero nor clearly positive
};

LeftVectors left_vectors(const TwoSides& sides, const TaskControl& control) {
  constexpr double clearly_positive = 1e-6;
  constexpr double clearly_zero = 1e-9;
  DenseMatrix gram(sides.rows(), sides.rows());
  for (const auto& rows : sides.left) {
    for (const NodeIndex i : rows) {
      for (const NodeIndex j : rows) gram(i, j) += 1.0;
    }
  }
  SymmetricEigen eigen = symmetric_eigen(std::move(gram), control);
  LeftVectors result;
  result.singular_values = std::move(eigen.values);
  for (double& value : result.singular_values) value = std::sqrt(std::max(value, 0.0));
  result.vectors = std::move(eigen.vectors);
  const double largest = result.singular_values.empty() ? 0.0 : result.singular_values.back();
  while (result.null_count < result.singular_values.size() &&
         result.singular_values[result.null_count] <= clearly_positive * largest) {
    ++result.null_count;
  }
  // Squaring has blurred the small singular values to 1e-8 of the largest; |Bᵀ u| over their whole space identifies the
  // true zeros.
  const DenseMatrix images =
      transposed_sparse_product(sides.left, result.vectors.part(0, 0, sides.rows(), result.null_count), control);
  double squares = 0.0;
  for (std::size_t k = 0; k < images.columns(); ++k) {
    for (std::size_t c = 0; c < images.rows(); ++c) squares += images(c, k) * images(c, k);
  }
  result.reliable = std::sqrt(squares) <= clearly_zero * largest;
  return result;
}

/// u_kᵀ D v_k for every column of `vectors` from `first` on, without forming v_k = Bᵀ u_k / s_k as a whole.
std::vector<double> link_changes(const TwoSides& sides, const LeftVectors& left, const TaskControl& control) {
  constexpr std::size_t width = 64;
  const std::size_t n = sides.rows();
  std::vector<double> changes(n, 0.0);
  std::vector<std::array<double, width>> panel(n);  // some eigenvectors, row by row
  for (std::size_t first = left.null_count; first < n; first += width) {
    control.check();
    const std::size_t count = std::min(width, n - first);
    for (std::size_t k = 0; k < width; ++k) {
      for (std::size_t r = 0; r < n; ++r) panel[r][k] = k < count ? left.vectors(r, first + k) : 0.0;
    }
    std::array<double, width> total{};
    for (std::size_t c = 0; c < sides.columns(); ++c) {
      if (sides.removed[c].empty()) continue;
      std::array<double, width> image{};
      for (const NodeIndex r : sides.left[c]) {
        for (std::size_t k = 0; k < width; ++k) image[k] += panel[r][k];
      }
      std::array<double, width> moved{};
      for (const NodeIndex r : sides.removed[c]) {
        for (std::size_t k = 0; k < width; ++k) moved[k] += panel[r][k];
      }
      for (std::size_t k = 0; k < width; ++k) total[k] += image[k] * moved[k];
    }
    for (std::size_t k = 0; k < count; ++k) changes[first + k] = total[k] / left.singular_values[first + k];
  }
  return changes;
}

/// H with Score = H B (without the null spaces): H = Σ (δ_k/s_k) u_k u_kᵀ, since V = Bᵀ U S⁻¹; a third of the work of U
/// diag(δ) Vᵀ, as H is symmetric and B sparse.
DenseMatrix score_kernel(const TwoSides& sides, const LeftVectors& left, const TaskControl& control) {
  const std::size_t n = sides.rows();
  const double largest = left.singular_values.back();
  const auto same = [&](double a, double b) {
    const double smaller = std::min(a, b);
    const double blur = 8.0 * std::numeric_limits<double>::epsilon() * largest * largest / smaller;
    return std::abs(a - b) < std::max(1e-11, blur);
  };
  const std::vector<double> changes = link_changes(sides, left, control);
  DenseMatrix kernel(n, n);
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  {
    DenseMatrix weighted(n, n - left.null_count);
    for (std::size_t first = left.null_count; first < n;) {
      const std::size_t end = end_of_group(left.singular_values, first, n, same);
      if (end == first + 1) {
        const double weight = changes[first] / left.singular_values[first];
        const double* u = left.vectors.column(first);
        double* w = weighted.column(first - left.null_count);
        for (std::size_t r = 0; r < n; ++r) w[r] = weight * u[r];
      } else {
        groups.emplace_back(first, end);
      }
      first = end;
    }
    constexpr std::size_t panel = 128;
    const std::size_t kept = weighted.columns();
    for (std::size_t first = 0; first < n; first += panel) {
      const std::size_t count = std::min(panel, n - first);
      multiply(1.0, weighted.part(first, 0, n - first, kept), Transposed::no,
               left.vectors.part(first, left.null_count, count, kept), Transposed::yes, 0.0, &kernel(first, first), n,
               control);
    }
  }
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t r = 0; r < c; ++r) kernel(r, c) = kernel(c, r);
  }
  for (const auto& [first, end] : groups) {
    const std::size_t size = end - first;
    const MatrixView group = left.vectors.part(0, first, n, size);
    DenseMatrix right = transposed_sparse_product(sides.left, group, control);
    for (std::size_t k = 0; k < size; ++k) {
      double* v = right.column(k);
      for (std::size_t c = 0; c < sides.columns(); ++c) v[c] /= left.singular_values[first + k];
    }
    DenseMatrix block = group_block(sides, group, right, control);
    for (std::size_t k = 0; k < size; ++k) {
      for (std::size_t i = 0; i < size; ++i) block(i, k) /= left.singular_values[first + k];
    }
    DenseMatrix turned(n, size);
    multiply(1.0, group, Transposed::no, block.all(), Transposed::no, 0.0, turned.column(0), n, control);
    multiply(1.0, turned.all(), Transposed::no, group, Transposed::yes, 1.0, kernel.column(0), n, control);
  }
  return kernel;
}

/// V1 = Bᵀ U1 S1⁻¹.
DenseMatrix right_vectors(const TwoSides& sides, const LeftVectors& left, const TaskControl& control) {
  const std::size_t kept = sides.rows() - left.null_count;
  DenseMatrix right =
      transposed_sparse_product(sides.left, left.vectors.part(0, left.null_count, sides.rows(), kept), control);
  for (std::size_t k = 0; k < kept; ++k) {
    double* v = right.column(k);
    for (std::size_t c = 0; c < sides.columns(); ++c) v[c] /= left.singular_values[left.null_count + k];
  }
  return right;
}

std::uint64_t rank_with_kernel(const RemovedLinks& removed, const TwoSides& sides, const LeftVectors& left,
                               const TaskControl& control) {
  const std::size_t n = sides.rows();
  DenseMatrix null_scores;
  if (left.null_count > 0) {
    null_scores = DenseMatrix(n, sides.columns());
    add_null_space_term(sides, left.vectors.part(0, 0, n, left.null_count), right_vectors(sides, left, control),
                        null_scores, control);
  }
  const DenseMatrix kernel = left.null_count < n ? score_kernel(sides, left, control) : DenseMatrix(n, n);
  CrossRanking ranking(removed, sides);
  constexpr std::size_t rows_at_once = 64;
  std::array<double, rows_at_once> scores{};
  for (std::size_t first = 0; first < n; first += rows_at_once) {
    control.check();
    const std::size_t count = std::min(rows_at_once, n - first);
    for (std::size_t c = 0; c < sides.columns(); ++c) {
      if (left.null_count > 0) {
        std::copy_n(&null_scores(first, c), count, scores.begin());
      } else {
        scores.fill(0.0);
      }
      for (const NodeIndex r : sides.left[c]) {
        const double* row = kernel.column(r) + first;
        for (std::size_t i = 0; i < count; ++i) scores[i] += row[i];
      }
      ranking.offer(first, c, std::span(scores).first(count));
    }
  }
  return ranking.hits(control);
}

std::uint64_t rank_with_svd(const RemovedLinks& removed, const TwoSides& sides, const TaskControl& control) {
  constexpr double same_value = 1e-11;
  constexpr double clearly_zero = 1e-9;
  const std::size_t n = sides.rows();
  const std::size_t m = sides.columns();
  DenseMatrix matrix(n, m);
  for (std::size_t c = 0; c < m; ++c) {
    for (const NodeIndex r : sides.left[c]) matrix(r, c) = 1.0;
  }
  const ThinSvd svd = thin_svd(std::move(matrix));
  control.check();
  std::size_t kept = 0;
  while (kept < n && svd.values[kept] > clearly_zero * svd.values.front()) ++kept;
  DenseMatrix right(m, kept);
  for (std::size_t k = 0; k < kept; ++k) {
    for (std::size_t c = 0; c < m; ++c) right(c, k) = svd.right_transposed(k, c);
  }
  DenseMatrix weighted(n, kept);
  const auto same = [](double a, double b) { return std::abs(a - b) < same_value; };
  for (std::size_t first = 0; first < kept;) {
    const std::size_t end = end_of_group(svd.values, first, kept, same);
    const std::size_t size = end - first;
    DenseMatrix group_right(m, size);
    std::copy_n(right.column(first), m * size, group_right.column(0));
    const MatrixView group = svd.left.part(0, first, n, size);
    const DenseMatrix block = group_block(sides, group, group_right, control);
    multiply(1.0, group, Transposed::no, block.all(), Transposed::no, 0.0, weighted.column(first), n, control);
    first = end;
  }
  DenseMatrix scores(n, m);
  multiply(1.0, weighted.all(), Transposed::no, right.all(), Transposed::yes, 0.0, scores.column(0), n, control);
  add_null_space_term(sides, svd.left.part(0, kept, n, n - kept), right, scores, control);
  CrossRanking ranking(removed, sides);
  for (std::size_t c = 0; c < m; ++c) ranking.offer(0, c, {scores.column(c), n});
  return ranking.hits(control);
}

}  // namespace

std::uint64_t bipartite_hits(const RemovedLinks& removed, const TaskControl& control) {
  const TwoSides sides = two_sides(removed, control);
  {
    const LeftVectors left = left_vectors(sides, control);
    if (left.reliable) return rank_with_kernel(removed, sides, left, control);
  }
  // A singular value decomposition of more rows than this cannot be stopped soon enough.
  constexpr std::size_t rows_quickly_decomposed = 300;
  if (sides.rows() <= rows_quickly_decomposed) return rank_with_svd(removed, sides, control);
  require_memory(general_memory(*removed.graph), "structural consistency by the general route");
  return general_hits(removed, control);
}

std::uint64_t bipartite_svd_hits(const RemovedLinks& removed, const TaskControl& control) {
  return rank_with_svd(removed, two_sides(removed, control), control);
}

std::uint64_t bipartite_memory(const Graph& graph) {
  const auto [even, odd] = nodes_by_parity(graph);
  const std::uint64_t rows = std::min(even.size(), odd.size());
  const std::uint64_t columns = std::max(even.size(), odd.size());
  return (5 * rows * rows + 2 * rows * columns) * sizeof(double);
}

}  // namespace dnm
