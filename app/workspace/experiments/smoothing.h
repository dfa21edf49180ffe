// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace dnm {

inline constexpr double largest_smoothing = 0.99;

/// Exponential moving average with the bias of its start taken out: after n values it is
///   y_n = Σ w^(n-i) x_i / Σ w^(n-i),  i = 1 … n,
/// so that the first value equals itself and a constant stays exactly what it is. `weight` w is clamped to
/// [0, largest_smoothing]; 0 gives the values back unchanged. A value that is no finite number is a gap: it is kept as
/// NaN and the average continues behind it as if it had not been there. Linear.
[[nodiscard]] std::vector<double> smoothed(std::span<const double> values, double weight);

}  // namespace dnm
