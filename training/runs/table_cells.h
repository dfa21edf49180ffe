// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "training/metrics/metric.h"

// Cells of the tables of a run folder: numbers between commas, without quotes.
namespace dnm {

/// Real numbers with the fewest digits that give them back, counts as whole numbers, nothing for NaN.
[[nodiscard]] std::string number_cell(MetricUnit unit, double value);
/// A number that number_cell() can have written, NaN from an empty cell; false for anything else. "nan" is one only
/// where the unit is no fraction.
[[nodiscard]] bool parse_cell(MetricUnit unit, std::string_view text, double& value);

/// The parts between the commas.
void split_cells(std::string_view line, std::vector<std::string_view>& cells);

/// Whether the whole text is this number.
template <class Number>
[[nodiscard]] bool parse_number(std::string_view text, Number& number) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

}  // namespace dnm
