// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/modularity_group.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include "core/support/symmetric_eigen.h"

namespace dnm {

namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

constexpr Eigen::Index largest_basis = 40;
constexpr Eigen::Index kept_at_restart = 12;
constexpr int most_restarts = 60;
constexpr double tolerance = 1e-6;

/// The modularity matrix of a group as a linear operator.
class ModularityOperator {
 public:
  explicit ModularityOperator(const ModularityGroup& group) : group_(group), ends_(static_cast<double>(group.ends)) {
    const auto size = static_cast<Eigen::Index>(group.size());
    degree_.resize(size);
    diagonal_.resize(size);
    for (Eigen::Index i = 0; i < size; ++i) degree_[i] = static_cast<double>(group.degree[static_cast<std::size_t>(i)]);
    const double total = degree_.sum();
    for (Eigen::Index i = 0; i < size; ++i) {
      const auto inside = static_cast<double>(group.neighbours(static_cast<std::size_t>(i)).size());
      diagonal_[i] = inside - degree_[i] * total / ends_;
    }
  }

  /// A bound on the magnitude of the eigenvalues, the scale for residuals.
  [[nodiscard]] double scale() const { return degree_.maxCoeff() + diagonal_.cwiseAbs().maxCoeff(); }

  void apply(const Eigen::Ref<const Vector>& x, Vector& y) const {
    const double share = degree_.dot(x) / ends_;
    for (Eigen::Index i = 0; i < degree_.size(); ++i) {
      double sum = -degree_[i] * share - diagonal_[i] * x[i];
      for (const NodeIndex other : group_.neighbours(static_cast<std::size_t>(i))) sum += x[other];
      y[i] = sum;
    }
  }

 private:
  const ModularityGroup& group_;
  double ends_;
  Vector degree_;
  Vector diagonal_;
};

}  // namespace

ModularityGroup whole_group(const Graph& graph) {
  ModularityGroup group;
  const std::size_t nodes = graph.node_count();
  group.node.resize(nodes);
  group.degree.resize(nodes);
  for (NodeIndex node = 0; node < nodes; ++node) {
    group.node[node] = node;
    group.degree[node] = graph.degree(node);
  }
  group.begin.assign(graph.offsets().begin(), graph.offsets().end());
  group.neighbour.assign(graph.adjacency().begin(), graph.adjacency().end());
  group.ends = static_cast<std::int64_t>(2 * graph.link_count());
  return group;
}

ModularityGroup part_of(const ModularityGroup& group, const Sides& sides, std::int8_t side) {
  ModularityGroup part;
  part.ends = group.ends;
  std::vector<NodeIndex> place(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (sides[i] != side) continue;
    place[i] = static_cast<NodeIndex>(part.node.size());
    part.node.push_back(group.node[i]);
    part.degree.push_back(group.degree[i]);
  }
  part.begin.reserve(part.node.size() + 1);
  part.begin.push_back(0);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (sides[i] != side) continue;
    for (const NodeIndex other : group.neighbours(i)) {
      if (sides[other] == side) part.neighbour.push_back(place[other]);
    }
    part.begin.push_back(part.neighbour.size());
  }
  return part;
}

std::vector<double> leading_vector(const ModularityGroup& group, Random& random, const TaskControl& control) {
  const ModularityOperator map(group);
  const auto size = static_cast<Eigen::Index>(group.size());
  const Eigen::Index basis_size = std::min(largest_basis, size);
  const double small = 1e-12 * map.scale();
  Matrix basis(size, basis_size + 1);
  Matrix projected = Matrix::Zero(basis_size, basis_size);
  Vector next(size);
  for (Eigen::Index i = 0; i < size; ++i) next[i] = random.uniform(-1.0, 1.0);
  basis.col(0) = next.normalized();
  Eigen::Index used = 0;  // leading columns whose images are in `projected` already
  Vector best;
  for (int restart = 0; restart <= most_restarts; ++restart) {
    double left_over = 0.0;
    Eigen::Index count = used;
    do {
      control.check();
      map.apply(basis.col(count), next);
      ++count;
      const auto so_far = basis.leftCols(count);
      Vector overlap = so_far.transpose() * next;
      next.noalias() -= so_far * overlap;
      const Vector correction = so_far.transpose() * next;
      next.noalias() -= so_far * correction;
      overlap += correction;
      projected.col(count - 1).head(count) = overlap;
      projected.row(count - 1).head(count) = overlap.transpose();
      left_over = next.norm();
      if (left_over <= small) break;
      basis.col(count) = next / left_over;
    } while (count < basis_size);
    const SymmetricEigen ritz = symmetric_eigen(projected.topLeftCorner(count, count));
    const Matrix& coefficients = ritz.vectors;
    best.noalias() = basis.leftCols(count) * coefficients.col(count - 1);
    const double residual = left_over * std::abs(coefficients(count - 1, count - 1));
    if (left_over <= small || residual <= tolerance * map.scale() || count == size) break;
    // Keeps the best directions and continues the sequence from there.
    used = std::min(kept_at_restart, count - 1);
    const Matrix kept = basis.leftCols(count) * coefficients.rightCols(used);
    basis.col(used) = basis.col(count).eval();
    basis.leftCols(used) = kept;
    projected.setZero();
    projected.topLeftCorner(used, used) = ritz.values.tail(used).asDiagonal();
  }
  return {best.begin(), best.end()};
}

std::int64_t division_gain(const ModularityGroup& group, const Sides& sides) {
  std::int64_t total = 0;
  std::int64_t difference = 0;
  std::int64_t cut_ends = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    total += group.degree[i];
    difference += group.degree[i] * sides[i];
    for (const NodeIndex other : group.neighbours(i)) cut_ends += sides[other] == sides[i] ? 0 : 1;
  }
  return total * total - difference * difference - 2 * group.ends * cut_ends;
}

}  // namespace dnm
