// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// Hurwitz zeta function ζ(s, a) = Σ_{k≥0} (a+k)^-s for s > 1, a > 0, by Euler-Maclaurin summation; relative error
/// about 1e-14.
[[nodiscard]] double hurwitz_zeta(double s, double a);

/// A discrete power law p(x) = x^-γ / ζ(γ, x_min), x >= x_min, fitted to degrees (Clauset, Shalizi and Newman, SIAM
/// Rev. 51:661, 2009, doi:10.1137/070710111).
struct PowerLaw {
  static constexpr double cap = 10.0;  ///< upper end of the grid of exponents

  double gamma_raw = 0.0;    ///< the best exponent on the grid 1.01, 1.02, …, 10.00
  double gamma = 0.0;        ///< with the finite-size correction γ(n-1)/n + 1/n below 100 nodes
  NodeIndex x_min = 0;       ///< lower end of the tail
  double ks_distance = 0.0;  ///< Kolmogorov-Smirnov distance of tail and fit
  std::uint64_t tail = 0;    ///< n: degrees >= x_min
  bool capped = false;       ///< the fit reached the cap
  bool corrected = false;    ///< the finite-size correction was applied

  /// Why γ must not be shown as a number; empty when it can be. `node_count` is that of the network.
  [[nodiscard]] std::string reason_against(NodeIndex node_count) const;
};

/// Fits the degrees > 0: for each x_min among the distinct degrees except the largest, the exponent of greatest
/// likelihood on the grid; then the x_min of smallest Kolmogorov-Smirnov distance. Empty with fewer than two distinct
/// degrees. `node_count` decides whether the finite-size correction applies. O(n log n + (range of degrees)²) at worst.
[[nodiscard]] std::optional<PowerLaw> fit_power_law(std::span<const NodeIndex> degrees, NodeIndex node_count,
                                                    const TaskControl& control = {});
/// The same for the degrees of all nodes of a graph.
[[nodiscard]] std::optional<PowerLaw> fit_power_law(const Graph& graph, const TaskControl& control = {});

/// How often degrees drawn from a power law lie as far from their fit as those of a network.
struct PowerLawTest {
  std::uint64_t samples = 0;
  std::uint64_t as_far = 0;  ///< samples whose own fit has at least the Kolmogorov-Smirnov distance of the network's

  /// Their share: a small one (0.1 or less) means that a power law is not a plausible model of the degrees.
  [[nodiscard]] double p_value() const;
  /// Of the p-value as a binomial proportion; above 0 also where none or all are as far.
  [[nodiscard]] double standard_error() const;
};

/// Goodness of fit by the semi-parametric bootstrap of Clauset et al. (their section 4): every sample has as many
/// degrees as the network; each is drawn, in the proportions of the network, from the fitted power law or from the
/// network's degrees below x_min; exponent and x_min are refitted to every sample on the same grid. Sample k is drawn
/// from Random(seed, k), several at a time (`threads` 0: all available); the result does not depend on their number.
/// `partial` receives the state from time to time. `fit` must be that of `degrees`, of which zeros are ignored
/// (InvalidInput).
[[nodiscard]] PowerLawTest test_power_law(std::span<const NodeIndex> degrees, const PowerLaw& fit, int samples,
                                          std::uint64_t seed, unsigned threads = 0, const TaskControl& control = {},
                                          const std::function<void(const PowerLawTest&)>& partial = {});

/// Degrees > 0 in ascending order.
[[nodiscard]] std::vector<NodeIndex> positive_degrees(const Graph& graph);

}  // namespace dnm
