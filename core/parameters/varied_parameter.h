// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/parameters/parameter.h"

namespace dnm {

/// How the numbers of a range follow each other: by equal differences, or by equal ratios.
enum class ValueSpacing { linear, logarithmic };

/// `count` numbers from `first` to `last`, both included.
struct ValueRange {
  std::string before{};  ///< stands before each number in the text of a value: "gaussian:", "fixed:3,", "2="
  double first = 0.0, last = 1.0;
  std::int64_t count = 2;  ///< from 2 to most_varied_values
  ValueSpacing scale = ValueSpacing::linear;
  bool operator==(const ValueRange&) const = default;
};

/// A row of any parameter table with the values that it takes one after the other: what a sweep goes through, and a
/// search chooses from. A value is a text as on the command line; where layers can differ, "2=0.9" is that of layer 2
/// alone.
struct VariedParameter {
  std::string id{};  ///< of the row
  std::variant<ValueRange, std::vector<std::string>> values{};
  bool operator==(const VariedParameter&) const = default;
};

inline constexpr std::int64_t most_varied_values = 10000;

/// Reads what follows "ID=" on a command line:
/// - FROM:TO:COUNT, a range of numbers; by equal ratios where `info.range` is logarithmic. ":log" and ":linear" at its
///   end decide otherwise. Of a distribution, its number: "fixed:1:10:4" varies the mean, "gaussian:0.5:4:8" and
///   "gaussian:3,0.5:2:4" the spread.
/// - V,V,…, a list of values; or V;V;… for values that hold commas. A number after a comma belongs to the distribution
///   or text before it: "fixed:3,gaussian:3,0.5" are two values.
/// Throws InvalidInput: another form, a value that the row does not take, two that are the same.
[[nodiscard]] VariedParameter parse_varied(const ParameterInfo& info, std::string_view text);
/// The inverse, without "ID=".
[[nodiscard]] std::string format_varied(const ParameterInfo& info, const VariedParameter& varied);

/// The texts of the values, in order. Numbers between the ends of a range are rounded to about a thousandth of their
/// distance, those of a whole-number row to whole numbers. Throws InvalidInput as parse_varied(). O(values · log
/// values).
[[nodiscard]] std::vector<std::string> value_texts(const ParameterInfo& info, const VariedParameter& varied);
/// The same as numbers, where it is numbers alone that differ: those of a range, or of a list of a row of numbers.
[[nodiscard]] std::optional<std::vector<double>> value_numbers(const ParameterInfo& info,
                                                               const VariedParameter& varied);
/// Whether an axis of these numbers is logarithmic: that of such a range, or of a list of a logarithmic row whose
/// numbers are above 0.
[[nodiscard]] bool is_logarithmic(const ParameterInfo& info, const VariedParameter& varied);

/// A text for parse_varied() to begin with, around a value that the row has: half the way to the ends of its range, by
/// ratios a quarter to four times it; all choices or families; else the value itself.
[[nodiscard]] std::string proposed_values(const ParameterInfo& info, const ParameterValue& value);

/// {"parameter": "sparsity", "from": 0.5, "to": 0.99, "count": 8, "scale": "linear"}, with "before" where there is
/// such a text, or {"parameter": "degree", "values": ["fixed", "gaussian:2"]}.
[[nodiscard]] std::string varied_to_json(const VariedParameter& varied);
/// The inverse; keys that are not known are ignored. Throws InvalidInput for another form. Whether the row takes the
/// values is for value_texts() to say.
[[nodiscard]] VariedParameter varied_from_json(std::string_view text);

}  // namespace dnm
