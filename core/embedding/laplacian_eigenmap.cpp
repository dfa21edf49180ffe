// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/laplacian_eigenmap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include <Eigen/Core>
#include <Eigen/SparseCholesky>

#include "core/embedding/chebyshev_subspace.h"
#include "core/embedding/full_turn.h"
#include "core/support/symmetric_eigen.h"

namespace dnm {
namespace {

/// The normalised operator D^-1/2 H D^-1/2 with its known leading eigenvector sqrt(D).
struct NormalisedOperator {
  SparseRows rows;
  Eigen::VectorXd root_degree;  ///< sqrt(D), not normalised

  [[nodiscard]] Eigen::Index size() const { return root_degree.size(); }
};

NormalisedOperator normalised_operator(const WeightedGraph& graph) {
  const double mean =
      std::accumulate(graph.weights.begin(), graph.weights.end(), 0.0) / static_cast<double>(graph.weights.size());
  NormalisedOperator normalised{{graph.begin, graph.neighbours, {}, graph.node_count()},
                                Eigen::VectorXd::Zero(graph.node_count())};
  normalised.rows.values.resize(graph.weights.size());
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    double sum = 0.0;
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      const double ratio = graph.weights[k] / mean;
      // Kept above 1e-261: a link between two hubs is weak, but it still connects the graph.
      sum += normalised.rows.values[k] = std::exp(-std::min(ratio * ratio, 600.0));
    }
    normalised.root_degree[u] = std::sqrt(sum);
  }
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      normalised.rows.values[k] =
          normalised.rows.values[k] / normalised.root_degree[u] / normalised.root_degree[graph.neighbours[k]];
    }
  }
  return normalised;
}

/// The eigenvectors g₂, g₃ of the normalised operator (columns), and the leading λ, the smallest first.
struct Pairs {
  Eigen::MatrixXd vectors;
  std::vector<double> eigenvalues;
  int products = 0;
  bool converged = true;
};

Pairs solve_dense(const NormalisedOperator& normalised) {
  const Eigen::Index n = normalised.size();
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index u = 0; u < n; ++u) {
    const auto row = static_cast<std::size_t>(u);
    for (std::uint64_t k = normalised.rows.begin[row]; k < normalised.rows.begin[row + 1]; ++k) {
      matrix(u, normalised.rows.columns[k]) = normalised.rows.values[k];
    }
  }
  // The known vector is moved to the far end of the spectrum, so that no eigenvalue near 1 can mix with it.
  const Eigen::VectorXd known = normalised.root_degree.normalized();
  matrix.noalias() -= 3.0 * known * known.transpose();
  const SymmetricEigen solved = symmetric_eigen(matrix);
  if (!solved.converged) {
    throw NumericalError("the eigenvalues of the embedding did not converge; try other link weights");
  }
  Pairs pairs;
  pairs.vectors.resize(n, std::min<Eigen::Index>(2, n - 1));
  pairs.eigenvalues.push_back(0.0);
  for (Eigen::Index i = 0; i < std::min<Eigen::Index>(3, n - 1); ++i) {
    if (i < pairs.vectors.cols()) pairs.vectors.col(i) = solved.vectors.col(n - 1 - i);
    pairs.eigenvalues.push_back(1.0 - solved.values[n - 1 - i]);
  }
  return pairs;
}

/// The three leading 1-λ of the normalised operator, with the vectors that belong to them.
Pairs from_dominant(const DominantPairs& found) {
  Pairs pairs{found.vectors, {0.0}, found.products, found.converged};
  for (Eigen::Index i = 0; i < 3; ++i) pairs.eigenvalues.push_back(1.0 - found.values[i]);
  return pairs;
}

Pairs solve_general(const NormalisedOperator& normalised, int most_products, const TaskControl& control) {
  return from_dominant(
      dominant_pairs({&normalised.rows, nullptr}, -1.0, normalised.root_degree.normalized(), most_products, control));
}

/// On two sides the operator is [0 C; Cᵀ 0]: the singular values of C, from C Cᵀ on the smaller side, where the wanted
/// end of the spectrum is two to three times better separated. Empty when they cannot be distinguished from the null
/// space, as in a star.
std::optional<Pairs> solve_two_sided(const NormalisedOperator& normalised, const std::vector<std::uint8_t>& side,
                                     int most_products, const TaskControl& control) {
  const Eigen::Index n = normalised.size();
  const auto ones = static_cast<Eigen::Index>(std::count(side.begin(), side.end(), std::uint8_t{1}));
  const std::uint8_t small = 2 * ones <= n ? 1 : 0;
  if (std::min(ones, n - ones) < Eigen::Index{4} * dominant_block) return std::nullopt;

  std::vector<NodeIndex> index(side.size());
  std::array<NodeIndex, 2> count{};
  for (std::size_t u = 0; u < side.size(); ++u) index[u] = count[side[u]]++;
  std::array<SparseRows, 2> half;  // rows of the nodes of one side, columns numbered within the other
  for (const std::uint8_t s : {std::uint8_t{0}, std::uint8_t{1}}) {
    half[s].begin.push_back(0);
    half[s].column_count = count[1 - s];
  }
  Eigen::VectorXd known(count[small]);
  for (std::size_t u = 0; u < side.size(); ++u) {
    SparseRows& rows = half[side[u]];
    for (std::uint64_t k = normalised.rows.begin[u]; k < normalised.rows.begin[u + 1]; ++k) {
      rows.columns.push_back(index[normalised.rows.columns[k]]);
      rows.values.push_back(normalised.rows.values[k]);
    }
    rows.begin.push_back(rows.columns.size());
    if (side[u] == small) known[index[u]] = normalised.root_degree[static_cast<Eigen::Index>(u)];
  }

  const DominantPairs found =
      dominant_pairs({&half[1 - small], &half[small]}, 0.0, known.normalized(), most_products, control);
  if (found.values[1] < 1e-6) return std::nullopt;
  Pairs pairs{Eigen::MatrixXd(n, 2), {0.0}, found.products, found.converged};
  for (Eigen::Index i = 0; i < 3; ++i) pairs.eigenvalues.push_back(1.0 - std::sqrt(std::max(0.0, found.values[i])));
  const Eigen::MatrixXd other = multiplied(half[1 - small], found.vectors);
  for (std::size_t u = 0; u < side.size(); ++u) {
    for (Eigen::Index i = 0; i < 2; ++i) {
      pairs.vectors(static_cast<Eigen::Index>(u), i) =
          (side[u] == small ? found.vectors(index[u], i) : other(index[u], i) / std::sqrt(found.values[i])) /
          std::numbers::sqrt2;
    }
  }
  return pairs;
}

/// Estimates the work of a factorisation before it is computed.
class SparseCholesky : public Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> {
 public:
  [[nodiscard]] double operations() const { return m_nonZerosPerCol.cast<double>().squaredNorm(); }
};

/// Long thin networks (rings, chains, trees) have eigengaps too small for a polynomial, but a sparse factorisation of
/// negligible cost. Empty when it would take more than about 100 ms, during which it could not be stopped.
std::optional<Pairs> solve_inverted(const NormalisedOperator& normalised, const TaskControl& control) {
  constexpr std::size_t most_entries = 1'000'000;
  constexpr double most_operations = 5e7;
  if (normalised.rows.values.size() > most_entries) return std::nullopt;
  // λ₁ = 0 is moved off the pole; its vector is projected out of every block.
  constexpr double shift = 1e-12;
  std::vector<Eigen::Triplet<double, int>> entries;
  const auto n = static_cast<int>(normalised.size());
  for (int u = 0; u < n; ++u) {
    const auto row = static_cast<std::size_t>(u);
    entries.emplace_back(u, u, 1.0 + shift);
    for (std::uint64_t k = normalised.rows.begin[row]; k < normalised.rows.begin[row + 1]; ++k) {
      entries.emplace_back(u, static_cast<int>(normalised.rows.columns[k]), -normalised.rows.values[k]);
    }
  }
  Eigen::SparseMatrix<double> laplacian(n, n);
  laplacian.setFromTriplets(entries.begin(), entries.end());
  SparseCholesky cholesky;
  cholesky.analyzePattern(laplacian);
  control.check();
  if (cholesky.operations() > most_operations) return std::nullopt;
  cholesky.factorize(laplacian);
  if (cholesky.info() != Eigen::Success) return std::nullopt;

  const Eigen::VectorXd known = normalised.root_degree.normalized();
  const auto invert = [&](DominantBlock& block) {
    for (int repeat = 0; repeat < 3; ++repeat) {
      control.check();
      block = cholesky.solve(Eigen::MatrixXd(block)).eval();
      block -= known * (known.transpose() * block).eval();
    }
  };
  const DominantPairs found = dominant_pairs({&normalised.rows, nullptr}, -1.0, known, 60, control, invert);
  if (!found.converged) return std::nullopt;
  return from_dominant(found);
}

Pairs solve_sparse(const WeightedGraph& graph, const NormalisedOperator& normalised, const TaskControl& control) {
  const std::vector<std::uint8_t> side = two_sides(graph);
  const auto iterate = [&](int most_products) {
    std::optional<Pairs> pairs;
    if (!side.empty()) pairs = solve_two_sided(normalised, side, most_products, control);
    return pairs ? std::move(*pairs) : solve_general(normalised, most_products, control);
  };
  constexpr int usual = 500, most = 20000;
  Pairs pairs = iterate(usual);
  if (pairs.converged) return pairs;
  if (std::optional<Pairs> inverted = solve_inverted(normalised, control)) return std::move(*inverted);
  pairs = iterate(most);
  if (!pairs.converged) {
    throw NumericalError("the embedding's eigenvectors did not converge after " + std::to_string(pairs.products) +
                         " steps: the network is nearly falling apart or extremely long; try other link weights");
  }
  return pairs;
}

}  // namespace

LaplacianEigenmap laplacian_eigenmap(const WeightedGraph& graph, const TaskControl& control, NodeIndex dense_limit) {
  const NodeIndex n = graph.node_count();
  LaplacianEigenmap map{std::vector<double>(n, 0.0), {}, 0};
  if (n < 2) return map;
  const NormalisedOperator normalised = normalised_operator(graph);
  Pairs pairs = n <= std::max<NodeIndex>(dense_limit, 4 * dominant_block) ? solve_dense(normalised)
                                                                          : solve_sparse(graph, normalised, control);

  // f = D^-1/2 g has fᵀ D f = gᵀ g = 1.
  Eigen::MatrixXd f = pairs.vectors.array().colwise() / normalised.root_degree.array();
  for (Eigen::Index i = 0; i < f.cols(); ++i) {
    Eigen::Index largest = 0;
    f.col(i).cwiseAbs().maxCoeff(&largest);
    if (f(largest, i) < 0.0) f.col(i) = -f.col(i);
  }
  if (!f.allFinite()) throw NumericalError("the embedding has no finite coordinates; try other link weights");
  for (NodeIndex u = 0; u < n; ++u) {
    const double angle = std::atan2(f.cols() > 1 ? f(u, 1) : 0.0, f(u, 0));
    map.theta[u] = angle < 0.0 ? angle + full_turn : angle;
    if (map.theta[u] >= full_turn) map.theta[u] = 0.0;
  }
  map.eigenvalues = std::move(pairs.eigenvalues);
  map.products = pairs.products;
  return map;
}

}  // namespace dnm
