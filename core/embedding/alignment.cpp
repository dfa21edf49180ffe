// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <complex>

#include "core/embedding/embedding.h"
#include "core/embedding/full_turn.h"

namespace dnm {
namespace {

double normalised(double angle) {
  const double turned = std::fmod(angle, full_turn);
  const double positive = turned < 0.0 ? turned + full_turn : turned;
  return positive < full_turn ? positive : 0.0;
}

/// Calls visit(u, v) for each node u of one network and the corresponding node v of the other.
template <class Visit>
void corresponding(const Embedding& first, const Embedding& second, Visit visit) {
  const std::vector<NodeIndex>&sizes = first.layer_sizes, &other_sizes = second.layer_sizes;
  const bool layered = sizes.size() > 1 && other_sizes.size() > 1;
  if (!layered || sizes == other_sizes) {
    if (first.theta.size() != second.theta.size()) return;
    for (std::size_t u = 0; u < first.theta.size(); ++u) visit(u, u);
    return;
  }
  std::size_t begin = 0, other_begin = 0;
  for (std::size_t layer = 0; layer < std::min(sizes.size(), other_sizes.size()); ++layer) {
    for (std::size_t i = 0; i < sizes[layer]; ++i) {
      visit(begin + i, other_begin + (2 * i + 1) * other_sizes[layer] / (2 * std::size_t{sizes[layer]}));
    }
    begin += sizes[layer];
    other_begin += other_sizes[layer];
  }
}

}  // namespace

Embedding aligned(Embedding embedding, const Embedding& previous) {
  // Σ cos(±θ + φ - ψ) = Re(exp(iφ) Σ exp(i(±θ - ψ))) is largest for φ = -arg of the sum, and is then its magnitude.
  std::complex<double> turned, mirrored;
  std::size_t shared = 0;
  corresponding(embedding, previous, [&](std::size_t u, std::size_t v) {
    turned += std::polar(1.0, embedding.theta[u] - previous.theta[v]);
    mirrored += std::polar(1.0, -embedding.theta[u] - previous.theta[v]);
    ++shared;
  });
  if (shared == 0) return embedding;
  const bool mirror = std::abs(mirrored) > std::abs(turned);
  const double sign = mirror ? -1.0 : 1.0;
  const double turn = -std::arg(mirror ? mirrored : turned);
  for (double& theta : embedding.theta) theta = normalised(sign * theta + turn);
  embedding.arc_begin = normalised(sign * embedding.arc_begin + turn - (mirror ? embedding.arc : 0.0));
  return embedding;
}

}  // namespace dnm
