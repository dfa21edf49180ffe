// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace dnm {

inline constexpr double largest_smoothing = 0.99;

/// Exponential moving average without the bias of its start. After n values it is
///   y_n = Σ w^(n-i) x_i / Σ w^(n-i),  i = 1 … n,
/// so that the first value is unchanged and a constant stays exactly constant. `weight` w is clamped to
/// [0, largest_smoothing]; 0 returns the values unchanged. A value that is not finite is a gap: it stays NaN, and the
/// average continues after it as if it were not there. Linear.
[[nodiscard]] std::vector<double> smoothed(std::span<const double> values, double weight);

}  // namespace dnm
