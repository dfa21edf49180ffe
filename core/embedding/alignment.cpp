// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <numbers>

#include "core/embedding/embedding.h"

namespace dnm {
namespace {

constexpr double full_turn = 2.0 * std::numbers::pi;

double normalised(double angle) {
  const double turned = std::fmod(angle, full_turn);
  const double positive = turned < 0.0 ? turned + full_turn : turned;
  return positive < full_turn ? positive : 0.0;
}

}  // namespace

Embedding aligned(Embedding embedding, const Embedding& previous) {
  if (embedding.theta.size() != previous.theta.size()) return embedding;
  // Σ cos(±θ + φ - ψ) = Re(exp(iφ) Σ exp(i(±θ - ψ))) is largest for φ = -arg of the sum, and is then its magnitude.
  std::complex<double> turned, mirrored;
  for (std::size_t u = 0; u < embedding.theta.size(); ++u) {
    turned += std::polar(1.0, embedding.theta[u] - previous.theta[u]);
    mirrored += std::polar(1.0, -embedding.theta[u] - previous.theta[u]);
  }
  const bool mirror = std::abs(mirrored) > std::abs(turned);
  const double sign = mirror ? -1.0 : 1.0;
  const double turn = -std::arg(mirror ? mirrored : turned);
  for (double& theta : embedding.theta) theta = normalised(sign * theta + turn);
  embedding.arc_begin = normalised(sign * embedding.arc_begin + turn - (mirror ? embedding.arc : 0.0));
  return embedding;
}

}  // namespace dnm
