// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/support/error.h"
#include "core/support/trimmed.h"

namespace dnm {

namespace {

/// Whole numbers in full: 100000, not 1e+05.
std::string plain_text(double value) {
  constexpr double longest = 1e15;
  if (value != std::floor(value) || std::abs(value) >= longest) return format_real(value);
  return std::to_string(static_cast<std::int64_t>(value));
}

std::string unreadable(std::string_view name, std::string_view text, std::string_view kind) {
  return std::string(name) + ": \"" + std::string(text) + "\" is not a " + std::string(kind);
}

[[noreturn]] void throw_out_of_range(std::string_view name, std::string_view text, std::string_view kind,
                                     const Range& range) {
  throw InvalidInput(std::string(name) + " = " + std::string(text) + " is out of range; give a " + std::string(kind) +
                     " " + range_text(range));
}

/// Reads the whole text; the code says why not.
template <class Number>
std::errc read(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end != text.data() + text.size() ? std::errc::invalid_argument : error;
}

/// The form of files for a text that a person may type; empty if it has none.
std::string in_the_form_of_files(std::string_view typed, const Range& range) {
  std::string text(trimmed(typed));
  if (text.starts_with('+')) text.erase(0, 1);
  if (text.ends_with('%')) {
    if (!takes_per_cent(range) || text.find_first_of("eE") != std::string::npos) return {};
    text = std::string(trimmed(std::string_view(text).substr(0, text.size() - 1))) + "e-2";
  }
  if (const auto comma = text.find(','); comma != std::string::npos) {
    if (text.find_first_of(".,", comma + 1) != std::string::npos || text.find('.') < comma) return {};
    text[comma] = '.';
  }
  return text;
}

/// Whether commas stand where they would separate thousands: "1,000,000".
bool is_in_thousands(std::string_view text) {
  const auto first = text.find(',');
  if (first == 0 || first > 3 || (text.size() - first) % 4 != 0) return false;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const bool comma = place >= first && (place - first) % 4 == 0;
    if (comma ? text[place] != ',' : text[place] < '0' || text[place] > '9') return false;
  }
  return true;
}

std::int64_t whole_number(std::string_view name, std::string_view text, const Range& range,
                          std::string_view what_to_give) {
  text = trimmed(text);
  std::int64_t value = 0;
  const std::errc error = read(text, value);
  if (error == std::errc::result_out_of_range) throw_out_of_range(name, text, "whole number", range);
  if (error != std::errc())
    throw InvalidInput(unreadable(name, text, "whole number") + "; " + std::string(what_to_give));
  check_in_range(name, static_cast<double>(value), range);
  return value;
}

}  // namespace

std::string format_real(double value) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

std::string range_text(const Range& range) {
  return "from " + plain_text(range.minimum) + " to " + plain_text(range.maximum);
}

bool takes_per_cent(const Range& range) { return range.minimum >= 0.0 && range.maximum <= 1.0; }

void check_in_range(std::string_view name, double value, const Range& range) {
  if (!(value >= range.minimum && value <= range.maximum)) throw_out_of_range(name, plain_text(value), "number", range);
}

double parse_real(std::string_view name, std::string_view text, const Range& range) {
  text = trimmed(text);
  double value = 0.0;
  const std::errc error = read(text, value);
  if (error == std::errc::result_out_of_range) throw_out_of_range(name, text, "number", range);
  if (error != std::errc()) {
    double meant = 0.0;
    const bool has_other_form = read(in_the_form_of_files(text, range), meant) == std::errc();
    throw InvalidInput(unreadable(name, text, "number") +
                       (has_other_form ? "; write " + format_real(meant) : "; give one " + range_text(range)));
  }
  check_in_range(name, value, range);
  return value;
}

double typed_real(std::string_view name, std::string_view text, const Range& range) {
  double value = 0.0;
  if (read(in_the_form_of_files(text, range), value) != std::errc()) return parse_real(name, text, range);
  check_in_range(name, value, range);
  return value;
}

std::int64_t parse_integer(std::string_view name, std::string_view text, const Range& range) {
  std::string what_to_give = "give one " + range_text(range);
  if (is_in_thousands(trimmed(text))) {
    std::string digits(trimmed(text));
    std::erase(digits, ',');
    what_to_give = "write " + digits;
  }
  return whole_number(name, text, range, what_to_give);
}

std::vector<std::int64_t> parse_integers(std::string_view name, std::string_view text, const Range& range) {
  const std::string what_to_give = "give whole numbers " + range_text(range) + ", separated by commas";
  std::vector<std::int64_t> list;
  text = trimmed(text);
  for (bool more = !text.empty(); more;) {
    const auto comma = text.find(',');
    list.push_back(whole_number(name, text.substr(0, comma), range, what_to_give));
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
  }
  return list;
}

}  // namespace dnm
