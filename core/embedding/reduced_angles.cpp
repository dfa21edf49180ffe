// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/reduced_angles.h"

#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "core/embedding/full_turn.h"

namespace dnm {
namespace {

/// Subtracts the mean of each column.
void centre(DenseMatrix& vectors, double factor) {
  for (std::size_t j = 0; j < vectors.columns(); ++j) {
    const std::span<double> vector(vectors.column(j), vectors.rows());
    const double mean = std::accumulate(vector.begin(), vector.end(), 0.0) / static_cast<double>(vector.size());
    for (double& value : vector) value = factor * (value - mean);
  }
}

}  // namespace

SymmetricOperator centred_kernel(SymmetricOperator squares) {
  return [squares = std::move(squares)](const DenseMatrix& vectors, DenseMatrix& product) {
    DenseMatrix centred = vectors;
    centre(centred, 1.0);
    squares(centred, product);
    centre(product, -0.5);
  };
}

std::vector<double> coordinate(const LeadingPairs& pairs, std::size_t i) {
  std::vector<double> x(pairs.vectors.rows(), 0.0);
  if (i >= pairs.vectors.columns()) return x;
  const double stretch = std::sqrt(std::abs(pairs.values[i]));
  for (std::size_t u = 0; u < x.size(); ++u) x[u] = stretch * pairs.vectors(u, i);
  return x;
}

std::vector<double> plane_angles(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> theta(x.size());
  for (std::size_t u = 0; u < x.size(); ++u) {
    const double angle = std::atan2(y[u], x[u]);
    const double positive = angle < 0.0 ? angle + full_turn : angle + 0.0;  // no -0
    theta[u] = positive < full_turn ? positive : 0.0;
  }
  return theta;
}

std::string ambiguity(const LeadingPairs& pairs, std::size_t first, std::size_t last) {
  const auto value = [&](std::size_t i) { return i < pairs.values.size() ? pairs.values[i] : 0.0; };
  if (value(first) == 0.0) return "the coordinates vanish: the angles mean nothing";
  if (value(last) == 0.0) return "one of the two coordinates vanishes: every node lies at one of two angles";
  const auto alike = [&](std::size_t i) { return std::abs(value(i) - value(i + 1)) <= 1e-9 * std::abs(value(i)); };
  if ((first > 0 && alike(first - 1)) || alike(last)) {
    return "eigenvalues coincide: other coordinates, and so other angles, would serve as well";
  }
  return {};
}

}  // namespace dnm
