// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/varied_parameter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/trimmed.h"

namespace dnm {

namespace {

using Texts = std::vector<std::string>;

constexpr std::array scale_names{std::string_view("linear"), std::string_view("log")};  // in the order of ValueSpacing

std::string_view name_of(ValueSpacing scale) { return scale_names.at(static_cast<std::size_t>(scale)); }

std::optional<double> plain_number(std::string_view text) {
  text = trimmed(text);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// Without the "2=" that names a layer, of a row that can differ between layers.
std::string_view without_layer(const ParameterInfo& info, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (!info.per_layer || equals == std::string_view::npos || equals == 0) return text;
  const bool digits =
      std::ranges::all_of(text.substr(0, equals), [](char letter) { return letter >= '0' && letter <= '9'; });
  return digits ? text.substr(equals + 1) : text;
}

std::string forms_of(const ParameterInfo& info) {
  if (info.kind == ParameterKind::distribution)
    return std::string("; write a family with FROM:TO:COUNT, such as ") + (info.has_mean ? "fixed" : "gaussian") +
           ":1:4:7, or values between commas";
  return "; write FROM:TO:COUNT, such as 0.5:0.9:5, or values between commas";
}

bool is_number_row(const ParameterInfo& info) {
  return info.kind == ParameterKind::real || info.kind == ParameterKind::integer;
}

/// The range of the numbers that follow `before`. Throws InvalidInput where no number follows it.
const Range& range_after(const ParameterInfo& info, std::string_view before) {
  const std::string_view rest = without_layer(info, before);
  if (is_number_row(info) && rest.empty()) return info.range;
  const std::size_t colon = rest.find(':');
  if (info.kind != ParameterKind::distribution || colon == std::string_view::npos)
    throw InvalidInput(std::string(info.id) + " cannot have a range of numbers" +
                       (rest.empty() ? "" : " after \"" + std::string(before) + "\"") +
                       (info.kind == ParameterKind::distribution ? forms_of(info) : "; list its values"));
  if (info.has_mean && colon + 1 == rest.size()) return info.range;
  const Family family = parse_family(rest.substr(0, colon));
  const Spread* const spread = spread_of(info, family);
  if (spread == nullptr)
    throw InvalidInput(std::string(info.id) + ": the family " + std::string(family_id(family)) +
                       " has no spread to vary; choose another");
  return spread->range;
}

/// FROM:TO:COUNT with what stands before and after it; nothing for another form.
std::optional<VariedParameter> range_in(const ParameterInfo& info, std::string_view text) {
  std::optional<ValueSpacing> scale;
  for (const ValueSpacing one : {ValueSpacing::linear, ValueSpacing::logarithmic}) {
    const std::string end = ":" + std::string(name_of(one));
    if (!text.ends_with(end)) continue;
    scale = one;
    text.remove_suffix(end.size());
    break;
  }
  const std::size_t third = text.rfind(':');
  if (third == std::string_view::npos || third == 0) return std::nullopt;
  const std::size_t second = text.rfind(':', third - 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view head = text.substr(0, second);
  const std::size_t start = head.find_last_of(":,=");
  const std::size_t begin = start == std::string_view::npos ? 0 : start + 1;
  const auto first = plain_number(head.substr(begin)), last = plain_number(text.substr(second + 1, third - second - 1)),
             count = plain_number(text.substr(third + 1));
  if (!first || !last || !count) return std::nullopt;
  ValueRange range{std::string(head.substr(0, begin)), *first, *last, 0, ValueSpacing::linear};
  const Range& of_row = range_after(info, range.before);
  if (*count != std::floor(*count) || *count < 2.0 || *count > static_cast<double>(most_varied_values))
    throw InvalidInput(std::string(info.id) + ": a range has from 2 to " + std::to_string(most_varied_values) +
                       " values, not " + format_real(*count));
  range.count = static_cast<std::int64_t>(*count);
  range.scale = scale.value_or(of_row.logarithmic ? ValueSpacing::logarithmic : ValueSpacing::linear);
  return VariedParameter{std::string(info.id), std::move(range)};
}

/// The parts of a list; a number that follows a distribution or a text belongs to it.
Texts listed_values(const ParameterInfo& info, std::string_view text) {
  const bool by_semicolons = text.find(';') != std::string_view::npos;
  const bool is_one = info.kind == ParameterKind::integer_list || info.kind == ParameterKind::path;
  const bool joins = info.kind == ParameterKind::distribution || info.kind == ParameterKind::text;
  const char separator = by_semicolons ? ';' : ',';
  Texts values;
  if (is_one && !by_semicolons) return {std::string(trimmed(text))};
  for (bool more = true; more;) {
    const std::size_t end = text.find(separator);
    const std::string part(trimmed(text.substr(0, end)));
    if (joins && !by_semicolons && !values.empty() && plain_number(part)) {
      values.back() += "," + part;
    } else {
      values.push_back(part);
    }
    more = end != std::string_view::npos;
    if (more) text.remove_prefix(end + 1);
  }
  return values;
}

/// Rounded to about a thousandth of the distance to its neighbours: 0.57, not 0.5700000000000001.
double rounded(double number, double distance) {
  constexpr int digits_of_distance = 3, most_digits = 15;
  const double places = std::log10(std::abs(number / distance));
  if (!(std::abs(places) < most_digits)) return std::abs(number) < std::abs(distance) ? 0.0 : number;
  const int digits = std::clamp(static_cast<int>(std::ceil(places)) + digits_of_distance, 1, most_digits);
  return *plain_number(with_significant(number, digits));
}

double number_at(const ValueRange& range, std::int64_t place) {
  if (place == 0) return range.first;
  if (place == range.count - 1) return range.last;
  const auto gaps = static_cast<double>(range.count - 1);
  const double part = static_cast<double>(place) / gaps;
  if (range.scale == ValueSpacing::linear) {
    const double length = range.last - range.first;
    return rounded(range.first + part * length, length / gaps);
  }
  const double ratio = range.last / range.first;
  const double number = range.first * std::pow(ratio, part);
  return rounded(number, number * (std::pow(ratio, 1.0 / gaps) - 1.0));
}

void check_range(const ParameterInfo& info, const ValueRange& range) {
  const std::string name(info.id);
  if (range.count < 2 || range.count > most_varied_values)
    throw InvalidInput(name + ": a range has from 2 to " + std::to_string(most_varied_values) + " values");
  if (range.scale == ValueSpacing::logarithmic && !(range.first > 0.0 && range.last > 0.0))
    throw InvalidInput(name +
                       ": a logarithmic range needs numbers above 0; begin above it, or write :linear after "
                       "the range");
}

Texts range_texts(const ParameterInfo& info, const ValueRange& range) {
  static_cast<void>(range_after(info, range.before));
  check_range(info, range);
  Texts texts;
  for (std::int64_t place = 0; place < range.count; ++place) {
    const double number = number_at(range, place);
    texts.push_back(range.before + (info.kind == ParameterKind::integer
                                        ? std::to_string(static_cast<std::int64_t>(std::round(number)))
                                        : format_real(number)));
  }
  return texts;
}

}  // namespace

std::vector<std::string> value_texts(const ParameterInfo& info, const VariedParameter& varied) {
  const auto* const range = std::get_if<ValueRange>(&varied.values);
  Texts texts = range ? range_texts(info, *range) : std::get<Texts>(varied.values);
  const std::string name(info.id);
  if (texts.empty()) throw InvalidInput(name + " has no values to go through; list some between commas");
  if (std::cmp_greater(texts.size(), most_varied_values))
    throw InvalidInput(name + " has more than " + std::to_string(most_varied_values) + " values; list fewer");
  std::set<std::string_view> seen;
  for (const std::string& text : texts) {
    if (text.empty()) throw InvalidInput(name + " has an empty value; leave out the comma that is too many");
    if (is_number_row(info) && text.find(':') != std::string::npos)
      throw InvalidInput(name + ": \"" + text + "\" is neither a number nor a range" + forms_of(info));
    static_cast<void>(parse_value(info, without_layer(info, text)));
    if (!seen.insert(text).second)
      throw InvalidInput(name + " takes the value " + text + " twice; " + (range ? "take fewer" : "name it once"));
  }
  return texts;
}

VariedParameter parse_varied(const ParameterInfo& info, std::string_view text) {
  text = trimmed(text);
  VariedParameter varied{std::string(info.id), Texts{}};
  if (text.empty())
    throw InvalidInput(
        std::string(info.id) + " has no values" +
        (is_number_row(info) || info.kind == ParameterKind::distribution ? forms_of(info) : "; list some after ="));
  const bool may_be_range = is_number_row(info) || info.kind == ParameterKind::distribution;
  if (auto range = may_be_range ? range_in(info, text) : std::nullopt) {
    varied = std::move(*range);
  } else {
    varied.values = listed_values(info, text);
  }
  static_cast<void>(value_texts(info, varied));
  return varied;
}

std::string format_varied(const ParameterInfo& info, const VariedParameter& varied) {
  if (const auto* range = std::get_if<ValueRange>(&varied.values)) {
    std::string text =
        range->before + format_real(range->first) + ":" + format_real(range->last) + ":" + std::to_string(range->count);
    const bool by_ratios = range->scale == ValueSpacing::logarithmic;
    if (by_ratios != range_after(info, range->before).logarithmic) text.append(":").append(name_of(range->scale));
    return text;
  }
  const auto& values = std::get<Texts>(varied.values);
  std::string text;
  for (const char separator : {',', ';'}) {
    text.clear();
    for (const std::string& value : values) text += (text.empty() ? "" : std::string(1, separator)) + value;
    if (listed_values(info, text) == values) break;
  }
  return text;
}

std::optional<std::vector<double>> value_numbers(const ParameterInfo& info, const VariedParameter& varied) {
  const auto* const range = std::get_if<ValueRange>(&varied.values);
  if (!range && !is_number_row(info)) return std::nullopt;
  const std::string before = range ? range->before : std::string();
  std::vector<double> numbers;
  for (const std::string& text : value_texts(info, varied)) {
    const auto number = plain_number(std::string_view(text).substr(before.size()));
    if (!number) return std::nullopt;  // "2=0.9"
    numbers.push_back(*number);
  }
  return numbers;
}

bool is_logarithmic(const ParameterInfo& info, const VariedParameter& varied) {
  if (const auto* range = std::get_if<ValueRange>(&varied.values)) return range->scale == ValueSpacing::logarithmic;
  const auto numbers = value_numbers(info, varied);
  return numbers && info.range.logarithmic && std::ranges::all_of(*numbers, [](double one) { return one > 0.0; });
}

std::string proposed_values(const ParameterInfo& info, const ParameterValue& value) {
  constexpr std::int64_t few = 6;
  const auto around = [](double middle, const Range& range) {
    constexpr double ratio = 4.0;
    constexpr int digits = 2;
    const double low = range.logarithmic ? std::max(range.minimum, middle / ratio) : 0.5 * (range.minimum + middle);
    const double high = range.logarithmic ? std::min(range.maximum, middle * ratio) : 0.5 * (middle + range.maximum);
    return with_significant(low, digits) + ":" + with_significant(high, digits) + ":" + std::to_string(few);
  };
  const auto all = [](std::span<const Choice> choices) {
    std::string list;
    for (const Choice& choice : choices) list.append(list.empty() ? "" : ",").append(choice.id);
    return list;
  };
  if (const auto* number = std::get_if<double>(&value)) return around(*number, info.range);
  if (const auto* count = std::get_if<std::int64_t>(&value)) return around(static_cast<double>(*count), info.range);
  if (const auto* spread = std::get_if<Distribution>(&value)) {
    if (!info.has_mean) return all(family_choices());
    return std::string(family_id(spread->family)) + ":" + around(spread->mean, info.range);
  }
  return info.choices.empty() ? format_value(info, value) : all(info.choices);
}

std::string varied_to_json(const VariedParameter& varied) {
  OrderedJson json{{"parameter", varied.id}};
  if (const auto* range = std::get_if<ValueRange>(&varied.values)) {
    if (!range->before.empty()) json["before"] = range->before;
    json["from"] = range->first;
    json["to"] = range->last;
    json["count"] = range->count;
    json["scale"] = name_of(range->scale);
  } else {
    json["values"] = std::get<Texts>(varied.values);
  }
  return json.dump();
}

VariedParameter varied_from_json(std::string_view text) {
  const std::string what = "a varied parameter";
  const OrderedJson json = parse_json_if_valid(text);
  if (!json.is_object() || !json.contains("parameter"))
    throw InvalidInput(what + " is an object with \"parameter\" and \"values\", or \"from\", \"to\" and \"count\"");
  try {
    VariedParameter varied{json["parameter"].get<std::string>(), Texts{}};
    if (json.contains("values")) {
      varied.values = json["values"].get<Texts>();
      return varied;
    }
    const std::string scale = json.value("scale", std::string(name_of(ValueSpacing::linear)));
    const auto known = std::ranges::find(scale_names, scale);
    if (known == scale_names.end()) throw_unknown("scale", scale, scale_names);
    varied.values =
        ValueRange{json.value("before", std::string()), json.at("from").get<double>(), json.at("to").get<double>(),
                   json.at("count").get<std::int64_t>(), static_cast<ValueSpacing>(known - scale_names.begin())};
    return varied;
  } catch (const OrderedJson::exception&) {
    throw InvalidInput(what +
                       " has a member of another kind; write \"values\" as a list of texts, or \"from\", \"to\" "
                       "and \"count\" as numbers");
  }
}

}  // namespace dnm
