// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter.h"

// Numbers from and as text, in every locale the same. Files and command lines take one form alone; a field that a
// person types into also takes the forms of other countries that can mean one number only. Both share the sentences of
// their errors, which begin with `name`.
namespace dnm {

/// Shortest text that parse_real() reads as the same number: "0.9", "1e-09".
[[nodiscard]] std::string format_real(double value);

/// "from 1 to 100000".
[[nodiscard]] std::string range_text(const Range& range);

/// A number with a decimal point, or a whole number, in the range. Throws InvalidInput; for a text in one of the forms
/// of typed_real() the sentence says how to write it.
[[nodiscard]] double parse_real(std::string_view name, std::string_view text, const Range& range);
[[nodiscard]] std::int64_t parse_integer(std::string_view name, std::string_view text, const Range& range);
/// The entries of a list of whole numbers, separated by commas; none for an empty text. Throws InvalidInput.
[[nodiscard]] std::vector<std::int64_t> parse_integers(std::string_view name, std::string_view text,
                                                       const Range& range);

/// Whether a number of this range is a share of something, which may be typed in per cent: the range lies within 0 and
/// 1.
[[nodiscard]] bool takes_per_cent(const Range& range);
/// As parse_real() for a text typed into a field: "0,05" with a decimal comma, "90 %" where takes_per_cent(). A comma
/// never separates thousands.
[[nodiscard]] double typed_real(std::string_view name, std::string_view text, const Range& range);

/// Throws InvalidInput for a value out of range, NaN included.
void check_in_range(std::string_view name, double value, const Range& range);

}  // namespace dnm
