// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/portable_math.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace dnm {

namespace {

// ln 2 in two parts; the high one has its last 21 bits zero, so that k·ln2_high is exact for |k| < 2^20.
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

/// 1/n!; the factorials are whole numbers below 2^63, and each quotient is rounded once or twice.
constexpr std::array<double, 20> inverse_factorials = [] {
  std::array<double, 20> made{};
  std::uint64_t factorial = 1;
  for (std::size_t n = 0; n < made.size(); ++n) {
    factorial *= n == 0 ? 1 : n;
    made[n] = 1.0 / static_cast<double>(factorial);
  }
  return made;
}();

/// 1/23, 1/21, … 1/3.
constexpr std::array<double, 11> odd_reciprocals{1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13,
                                                 1.0 / 11, 1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3};

}  // namespace

double portable_exp(double x) {
  if (std::isnan(x)) return x;
  if (x < -746.0) return 0.0;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  const double k = round_half_even(x * 1.4426950408889634);
  const double r = (x - k * ln2_high) - k * ln2_low;
  // Taylor series, |r| <= ln(2)/2: the first omitted term is below 1e-17.
  double sum = inverse_factorials[14];
  for (std::size_t n = 14; n-- > 0;) sum = sum * r + inverse_factorials[n];
  return std::ldexp(sum, static_cast<int>(k));
}

double portable_one_minus_exp(double x) { return x < 1e-5 ? x * (1.0 - 0.5 * x) : 1.0 - portable_exp(-x); }

double portable_log(double x) {
  if (std::isnan(x) || x < 0.0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0.0) return -std::numeric_limits<double>::infinity();
  if (std::isinf(x)) return x;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2.0;
    --exponent;
  }
  // log m = 2 artanh((m-1)/(m+1)), |s| <= 0.1716.
  const double s = (mantissa - 1.0) / (mantissa + 1.0);
  const double square = s * s;
  double sum = 0.0;
  for (const double reciprocal : odd_reciprocals) sum = (sum + reciprocal) * square;
  const double k = exponent;
  return k * ln2_high + (2.0 * s + (2.0 * s * sum + k * ln2_low));
}

double portable_cos(double x) {
  constexpr double half_pi_high = 1.57079632673412561417e+00;
  constexpr double half_pi_middle = 6.07710050630396597660e-11;
  constexpr double half_pi_low = 2.02226624879595063154e-21;
  const double k = round_half_even(x * 0.63661977236758134);
  const double r = ((x - k * half_pi_high) - k * half_pi_middle) - k * half_pi_low;
  const double square = r * r;
  const auto quadrant = static_cast<long long>(k) & 3;
  double value = 0.0;
  if ((quadrant & 1) == 0) {
    double sum = inverse_factorials[18];
    for (std::size_t n = 18; n >= 2; n -= 2) sum = inverse_factorials[n - 2] - sum * square;
    value = sum;
  } else {
    double sum = inverse_factorials[19];
    for (std::size_t n = 19; n >= 3; n -= 2) sum = inverse_factorials[n - 2] - sum * square;
    value = r * sum;
  }
  // cos(r + k·π/2): cos r, -sin r, -cos r, sin r.
  return (quadrant == 1 || quadrant == 2) ? -value : value;
}

double portable_pow(double x, double y) { return portable_exp(y * portable_log(x)); }

double round_half_even(double x) {
  const double floor = std::floor(x);
  const double rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1.0;
  return std::fmod(floor, 2.0) == 0.0 ? floor : floor + 1.0;
}

}  // namespace dnm
