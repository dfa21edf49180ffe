// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/digits.h"

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

std::string in_percent(double fraction, double error) {
  constexpr int decimals = 2;
  std::string text = with_decimals(100.0 * fraction, decimals);
  if (std::isfinite(error)) text += " ± " + with_decimals(100.0 * error, decimals);
  return text;
}

}  // namespace dnm
