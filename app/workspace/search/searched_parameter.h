// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/varied_parameter.h"

namespace dnm {

/// Numbers that one is chosen from.
struct SearchedNumbers {
  double first = 0.0, last = 1.0;
  std::int64_t count =
      0;  ///< so many, both ends included, from 2 to most_varied_values; 0: any number between the ends
  ValueSpacing scale = ValueSpacing::linear;
  bool operator==(const SearchedNumbers&) const = default;
};

/// One form of a value, with numbers between its texts: "gaussian:", a number, ",", another number.
struct SearchedValue {
  std::vector<std::string> texts{};  ///< one more than numbers
  std::vector<SearchedNumbers> numbers{};
  bool operator==(const SearchedValue&) const = default;
};

/// A row of a parameter table with the values that a search chooses from. Each form of a value has numbers of its own,
/// so that a spread is searched only where its family has one.
struct SearchedParameter {
  std::string id{};
  std::vector<SearchedValue> values{};
  bool operator==(const SearchedParameter&) const = default;
};

/// Reads what follows "ID=" on a command line:
/// - V;V;…, forms of a value in which {FROM:TO} stands for any number between the two, and {FROM:TO:COUNT} for one of
/// so
///   many: "fixed;gaussian:{0.5:4};uniform:{1:5:9}", "gaussian:{1:9:log},{0.5:3}". :log and :linear at its end say how
///   numbers are spaced; else as the row has it.
/// - FROM:TO or FROM:TO:COUNT alone, without braces; of a distribution with its family before it ("fixed:1:9").
/// - a list of values, as parse_varied() reads it.
/// Throws InvalidInput: another form, a value that the row does not take, two that are the same.
[[nodiscard]] SearchedParameter parse_searched(const ParameterInfo& info, std::string_view text);
/// The inverse, without "ID=".
[[nodiscard]] std::string format_searched(const ParameterInfo& info, const SearchedParameter& searched);
/// One form of a value as text: "gaussian:{0.5:4}".
[[nodiscard]] std::string format_searched(const ParameterInfo& info, const SearchedValue& value);

/// The text of the number at `part` in [0, 1) of the way through these numbers: rounded to about a thousandth of their
/// range (of itself, where they are logarithmic), whole for a row of whole numbers. Equal parts of the way are equally
/// likely numbers.
[[nodiscard]] std::string number_at(const ParameterInfo& info, const SearchedNumbers& numbers, double part);
/// All numbers, first to last. Throws InvalidInput for any number between two (a count of 0).
[[nodiscard]] std::vector<std::string> all_numbers(const ParameterInfo& info, const SearchedNumbers& numbers);
/// The value with these numbers in it, one for each of its own.
[[nodiscard]] std::string value_with(const SearchedValue& value, std::span<const std::string> numbers);

}  // namespace dnm
