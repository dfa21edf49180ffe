// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/searched_parameter.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/files/file_text.h"
#include "core/parameters/number_text.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/portable_math.h"
#include "core/support/trimmed.h"

namespace dnm {

namespace {

constexpr int digits_of_range = 3;
constexpr std::string_view log_end = ":log", linear_end = ":linear";

/// What says at the end of a range how its numbers are spaced, taken off it.
std::string_view take_spacing(std::string_view& text) {
  for (const std::string_view end : {log_end, linear_end}) {
    if (!text.ends_with(end)) continue;
    text.remove_suffix(end.size());
    return end;
  }
  return {};
}

/// How many numbers stand at the end of a text between colons: 2 for "fixed:1:9", 3 for "gaussian:3,0.5:2:4".
int numbers_at_end(std::string_view text) {
  take_spacing(text);
  for (int count = 0;; ++count) {
    const std::size_t colon = text.rfind(':');
    const std::string_view last = colon == std::string_view::npos ? text : text.substr(colon + 1);
    // What stands before a comma or the number of a layer belongs to no range.
    const std::size_t mark = last.find_last_of(",=");
    if (!number<double>(mark == std::string_view::npos ? last : last.substr(mark + 1))) return count;
    if (colon == std::string_view::npos || mark != std::string_view::npos) return count + 1;
    text = text.substr(0, colon);
  }
}

/// A range after `before`, read as a sweep's, which knows what numbers the row takes there.
ValueRange range_after(const ParameterInfo& info, const std::string& before, std::string_view range, bool has_count) {
  const std::string name(info.id);
  std::string_view rest = range;
  const std::string_view spacing = take_spacing(rest);
  std::string text = before;
  text.append(rest).append(has_count ? "" : ":2").append(spacing);
  const VariedParameter varied = parse_varied(info, text);
  const auto* found = std::get_if<ValueRange>(&varied.values);
  if (found == nullptr || found->before != before)
    throw InvalidInput(name + ": \"" + std::string(range) + "\" is no range of numbers after \"" + before +
                       "\"; write FROM:TO, or FROM:TO:COUNT for so many numbers");
  return *found;
}

SearchedNumbers numbers_of(const ValueRange& range, bool has_count) {
  return {range.first, range.last, has_count ? range.count : 0, range.scale};
}

/// "gaussian:{1:9:log},{0.5:3}".
SearchedValue braced_value(const ParameterInfo& info, std::string_view text) {
  const std::string name(info.id);
  SearchedValue value;
  std::string filled, from;  // with the first of each numbers in place of their braces
  for (;;) {
    const std::size_t open = text.find('{');
    filled.append(text.substr(0, open));
    from.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos)
      throw InvalidInput(name + ": a brace is not closed in \"" + std::string(text) + "\"; write {FROM:TO}");
    const std::string_view range = trimmed(text.substr(open + 1, close - open - 1));
    const int count = numbers_at_end(range);
    if (count != 2 && count != 3)
      throw InvalidInput(name + ": {" + std::string(range) + "} is no range; write {FROM:TO} or {FROM:TO:COUNT}");
    const ValueRange read = range_after(info, filled, range, count == 3);
    value.texts.push_back(std::move(from));
    value.numbers.push_back(numbers_of(read, count == 3));
    from.clear();
    filled += number_at(info, value.numbers.back(), 0.0);
    text.remove_prefix(close + 1);
  }
  value.texts.push_back(std::move(from));
  // As a list of one, which takes off the number of a layer before it looks at the value.
  static_cast<void>(value_texts(info, {name, std::vector{filled}}));
  return value;
}

SearchedParameter braced(const ParameterInfo& info, std::string_view text) {
  SearchedParameter searched{std::string(info.id), {}};
  for (bool more = true; more;) {
    const std::size_t end = text.find(';');
    const std::string_view part = trimmed(text.substr(0, end));
    if (part.empty())
      throw InvalidInput(std::string(info.id) + " has an empty value; leave out the semicolon that is too many");
    searched.values.push_back(braced_value(info, part));
    more = end != std::string_view::npos;
    if (more) text.remove_prefix(end + 1);
  }
  return searched;
}

/// To about a thousandth of `distance`.
double rounded(double value, double distance) {
  constexpr int most_digits = 15;
  const double places = std::log10(std::abs(value / distance));
  if (!(std::abs(places) < most_digits)) return std::abs(value) < std::abs(distance) ? 0.0 : value;
  const int digits = std::clamp(static_cast<int>(std::ceil(places)) + digits_of_range, 1, most_digits);
  return *number<double>(with_significant(value, digits));
}

double between(const SearchedNumbers& numbers, double part, bool whole) {
  const double low = std::min(numbers.first, numbers.last), high = std::max(numbers.first, numbers.last);
  // Of whole numbers, each has as long a way as the others.
  const double first = whole ? low - 0.5 : low, last = whole ? high + 0.5 : high;
  const bool is_linear = numbers.scale == ValueSpacing::linear;
  double value = is_linear ? first + part * (last - first)
                           : first * portable_exp(part * (portable_log(last) - portable_log(first)));
  if (whole) {
    value = std::floor(value + 0.5);
  } else {
    value = is_linear ? rounded(value, last - first) : *number<double>(with_significant(value, digits_of_range));
  }
  return std::clamp(value, low, high);
}

std::string text_of(const ParameterInfo& info, const SearchedNumbers& numbers, std::string_view before) {
  const std::string range = format_real(numbers.first) + ":" + format_real(numbers.last) +
                            (numbers.count == 0 ? "" : ":" + std::to_string(numbers.count));
  try {
    if (range_after(info, std::string(before), range, numbers.count != 0).scale == numbers.scale) return range;
  } catch (const InvalidInput&) {
    // Numbers that have no logarithm, in a row that has logarithmic ones.
  }
  return range + std::string(numbers.scale == ValueSpacing::logarithmic ? log_end : linear_end);
}

bool has_numbers(const SearchedValue& value) { return !value.numbers.empty(); }

}  // namespace

SearchedParameter parse_searched(const ParameterInfo& info, std::string_view text) {
  text = trimmed(text);
  SearchedParameter searched{std::string(info.id), {}};
  const int numbers = numbers_at_end(text);
  const bool may_be_range = text.find_first_of(";{") == std::string_view::npos;
  if (!may_be_range && text.find('{') != std::string_view::npos) {
    searched = braced(info, text);
  } else if (may_be_range && (numbers == 2 || numbers == 3)) {
    std::string whole(text);
    std::string_view rest = text;
    const std::string_view spacing = take_spacing(rest);
    if (numbers == 2) whole = std::string(rest) + ":2" + std::string(spacing);
    const VariedParameter varied = parse_varied(info, whole);
    const auto& range = std::get<ValueRange>(varied.values);
    searched.values.push_back({{range.before, ""}, {numbers_of(range, numbers == 3)}});
  } else {
    const VariedParameter varied = parse_varied(info, text);
    for (const std::string& value : value_texts(info, varied)) searched.values.push_back({{value}, {}});
  }
  std::set<std::string> seen;
  for (const SearchedValue& value : searched.values) {
    const std::string form = format_searched(info, value);
    if (!seen.insert(form).second) throw InvalidInput(std::string(info.id) + " names " + form + " twice; name it once");
  }
  return searched;
}

std::string format_searched(const ParameterInfo& info, const SearchedValue& value) {
  std::string text = value.texts.front(), filled = text;
  for (std::size_t i = 0; i < value.numbers.size(); ++i) {
    text += "{" + text_of(info, value.numbers[i], filled) + "}" + value.texts[i + 1];
    filled += number_at(info, value.numbers[i], 0.0) + value.texts[i + 1];
  }
  return text;
}

std::string format_searched(const ParameterInfo& info, const SearchedParameter& searched) {
  if (std::ranges::none_of(searched.values, has_numbers)) {
    VariedParameter varied{searched.id, std::vector<std::string>{}};
    for (const SearchedValue& value : searched.values)
      std::get<std::vector<std::string>>(varied.values).push_back(value.texts.front());
    return format_varied(info, varied);
  }
  std::string text;
  for (const SearchedValue& value : searched.values) text += (text.empty() ? "" : ";") + format_searched(info, value);
  return text;
}

std::vector<std::string> all_numbers(const ParameterInfo& info, const SearchedNumbers& numbers) {
  if (numbers.count == 0)
    throw InvalidInput(std::string(info.id) + ": a grid needs FROM:TO:COUNT, so many numbers from " +
                       format_real(numbers.first) + " to " + format_real(numbers.last) + "; give their count");
  // Of a row of plain numbers, whose texts are the numbers alone.
  ParameterInfo plain = info;
  plain.kind = info.kind == ParameterKind::integer ? ParameterKind::integer : ParameterKind::real;
  plain.range = {std::min(numbers.first, numbers.last), std::max(numbers.first, numbers.last)};
  return value_texts(plain,
                     {std::string(info.id), ValueRange{{}, numbers.first, numbers.last, numbers.count, numbers.scale}});
}

std::string number_at(const ParameterInfo& info, const SearchedNumbers& numbers, double part) {
  if (numbers.count > 0) {
    const std::vector<std::string> texts = all_numbers(info, numbers);
    const auto place = static_cast<std::size_t>(part * static_cast<double>(texts.size()));
    return texts[std::min(place, texts.size() - 1)];
  }
  if (part == 0.0 && info.kind != ParameterKind::integer) return format_real(std::min(numbers.first, numbers.last));
  return format_real(between(numbers, part, info.kind == ParameterKind::integer));
}

std::string value_with(const SearchedValue& value, std::span<const std::string> numbers) {
  std::string text = value.texts.front();
  for (std::size_t i = 0; i < value.numbers.size(); ++i) text += numbers[i] + value.texts[i + 1];
  return text;
}

}  // namespace dnm
