// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/digits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace dnm {

namespace {

std::string formatted(double value, std::chars_format format, int precision) {
  std::array<char, 400> text{};  // the largest double has 309 digits before the point
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format, precision);
  return {text.data(), end.ptr};
}

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return with_commas(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string with_decimals(double value, int decimals) { return formatted(value, std::chars_format::fixed, decimals); }

std::string with_significant(double value, int digits) { return formatted(value, std::chars_format::general, digits); }

std::string in_percent(double fraction) { return with_decimals(100.0 * fraction, 2); }

std::string mean_and_error(double mean, double error, bool percent) {
  constexpr int mean_digits = 4, error_digits = 2;
  constexpr double negligible = 1e-6;                   // an error, as a part of its mean
  constexpr double largest = 1e6, most_decimals = 9.0;  // beyond these, numbers have an exponent
  const bool has_error = std::isfinite(error);
  const auto written = [&](const auto& of_mean, const auto& of_error) {
    return has_error ? of_mean(mean) + " ± " + of_error(error) : of_mean(mean);
  };
  if (percent) return written(in_percent, in_percent);
  const double size = std::abs(mean);
  const bool by_error = has_error && error > negligible * size;
  const int digits = by_error ? error_digits : mean_digits;
  const double rounded = by_error ? error : size;
  const double decimals = rounded > 0.0 ? digits - 1 - std::floor(std::log10(rounded)) : 0.0;
  if (!(size < largest) || decimals > most_decimals) {
    return written([](double number) { return with_significant(number, mean_digits); },
                   [](double number) { return with_significant(number, error_digits); });
  }
  const auto fixed = [places = std::max(0, static_cast<int>(decimals))](double number) {
    return with_decimals(number, places);
  };
  return written(fixed, fixed);
}

}  // namespace dnm
