// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
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
/// "87.34": a fraction in per cent, without the sign.
[[nodiscard]] std::string in_percent(double fraction);
/// "87.34 ± 0.12", "0.3021 ± 0.0044": a mean and its standard error, which is left out unless it is a finite number.
/// With `percent` fractions in per cent, without the sign. Otherwise the error has two significant digits and the mean
/// as many decimals; without an error, and beside one below a millionth of it, the mean has four significant digits.
[[nodiscard]] std::string mean_and_error(double mean, double error, bool percent);

}  // namespace dnm
