// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

// Numbers as text, the same in every locale.
namespace dnm {

/// "61,465".
[[nodiscard]] std::string with_commas(std::uint64_t number);
/// "1 link", "5,763 links": `noun` in the singular, whose plural ends in s.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);
/// "0.742": with that many digits after the point, as printf's %.Nf in the C locale.
[[nodiscard]] std::string with_decimals(double value, int decimals);
/// "0.742", "1.2e+20": with at most that many significant digits, as printf's %.Ng in the C locale.
[[nodiscard]] std::string with_significant(double value, int digits);
/// "87.34 ± 0.12": a fraction and its standard error in per cent, without the sign; an error that is not a finite
/// number is left out.
[[nodiscard]] std::string in_percent(double fraction, double error = std::numeric_limits<double>::quiet_NaN());

}  // namespace dnm
