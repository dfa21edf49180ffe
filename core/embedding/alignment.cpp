// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>

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

/// How well angles θ match places ψ, as they are and mirrored: Σ cos(±θ + φ - ψ) = Re(exp(iφ) Σ exp(i(±θ - ψ))) is
/// largest for φ = -arg of the sum, and is then its magnitude.
class Match {
 public:
  void add(double theta, double place) {
    straight_ += std::polar(1.0, theta - place);
    mirrored_ += std::polar(1.0, -theta - place);
    ++nodes_;
  }
  [[nodiscard]] std::size_t nodes() const { return nodes_; }
  [[nodiscard]] double closeness(bool mirror) const { return std::abs(mirror ? mirrored_ : straight_); }
  [[nodiscard]] double turn(bool mirror) const { return -std::arg(mirror ? mirrored_ : straight_); }

 private:
  std::complex<double> straight_, mirrored_;
  std::size_t nodes_ = 0;
};

double moved(double theta, bool mirror, double turn) { return normalised((mirror ? -theta : theta) + turn); }

Embedding moved(Embedding embedding, bool mirror, double turn) {
  for (double& theta : embedding.theta) theta = moved(theta, mirror, turn);
  embedding.arc_begin = moved(embedding.arc_begin, mirror, turn - (mirror ? embedding.arc : 0.0));
  return embedding;
}

bool is_embedded(const Embedding& embedding, std::size_t node) {
  return embedding.component.empty() || embedding.component[node] == 0;
}

/// Calls visit(u, ψ) for each embedded node with its standard place: evenly around the circle, layer by layer.
template <class Visit>
void standard_places(const Embedding& embedding, Visit visit) {
  const std::size_t all = embedding.theta.size();
  const std::vector<NodeIndex> one{static_cast<NodeIndex>(all)};
  std::size_t first = 0;
  for (const std::size_t size : embedding.layer_sizes.size() > 1 ? embedding.layer_sizes : one) {
    for (std::size_t i = 0; i < size && first + i < all; ++i) {
      if (!is_embedded(embedding, first + i)) continue;
      visit(first + i, full_turn * (static_cast<double>(i) + 0.5) / static_cast<double>(size));
    }
    first += size;
  }
}

/// Whether the first node that two positions put at different angles comes earlier, counter-clockwise, when mirrored.
bool mirror_breaks_tie(const Embedding& embedding, double straight_turn, double mirrored_turn) {
  constexpr double same_angle = 1e-6;
  for (std::size_t u = 0; u < embedding.theta.size(); ++u) {
    if (!is_embedded(embedding, u)) continue;
    // An angle that rounding put just below the full turn counts as 0.
    const double straight = normalised(moved(embedding.theta[u], false, straight_turn) + same_angle);
    const double mirrored = normalised(moved(embedding.theta[u], true, mirrored_turn) + same_angle);
    if (std::abs(straight - mirrored) > same_angle) return mirrored < straight;
  }
  return false;
}

}  // namespace

Embedding aligned(Embedding embedding, const Embedding& previous) {
  Match match;
  corresponding(embedding, previous,
                [&](std::size_t u, std::size_t v) { match.add(embedding.theta[u], previous.theta[v]); });
  if (match.nodes() == 0) return embedding;
  const bool mirror = match.closeness(true) > match.closeness(false);
  return moved(std::move(embedding), mirror, match.turn(mirror));
}

Embedding in_standard_orientation(Embedding embedding) {
  // Sums of unit vectors nearer to each other than rounding can tell are a tie.
  constexpr double equal_per_node = 1e-9;
  Match match;
  std::size_t first = embedding.theta.size();
  standard_places(embedding, [&](std::size_t u, double place) {
    match.add(embedding.theta[u], place);
    first = std::min(first, u);
  });
  if (match.nodes() < 2) return embedding;
  const double equal = equal_per_node * static_cast<double>(match.nodes());
  const auto turn = [&](bool mirror) {
    // Where no rotation is better than another, the first node has angle 0.
    return match.closeness(mirror) > equal ? match.turn(mirror) : (mirror ? 1.0 : -1.0) * embedding.theta[first];
  };
  const double gain = match.closeness(true) - match.closeness(false);
  const bool mirror = std::abs(gain) > equal ? gain > 0.0 : mirror_breaks_tie(embedding, turn(false), turn(true));
  return moved(std::move(embedding), mirror, turn(mirror));
}

}  // namespace dnm
