// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace dnm {

// Elementary functions built from IEEE additions, multiplications and divisions alone, so that models draw the same
// network on every machine; those of C libraries differ in the last bits (manual: methods/conventions, "Random
// numbers"). Error below 2 units in the last place.

/// e^x; 0 below -746, infinity above 709.79; NaN for NaN.
[[nodiscard]] double portable_exp(double x);
/// 1 - e^-x for x >= 0, without cancellation near 0.
[[nodiscard]] double portable_one_minus_exp(double x);
/// Natural logarithm; -infinity at 0, NaN below.
[[nodiscard]] double portable_log(double x);
/// Cosine of x radians, for |x| <= 1e5 (absolute error below 1e-15).
[[nodiscard]] double portable_cos(double x);
/// x^y = e^(y log x) for x > 0; relative error grows as |y log x| (below 1e-13 for results a double can hold).
[[nodiscard]] double portable_pow(double x, double y);
/// The nearest integer, halves to the even one, whatever the rounding mode of the machine. |x| < 2^52.
[[nodiscard]] double round_half_even(double x);

}  // namespace dnm
