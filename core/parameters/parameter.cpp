// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/parameter.h"

#include <algorithm>
#include <array>

#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "core/support/trimmed.h"
#include "core/support/user_folders.h"

namespace dnm {

namespace {

constexpr std::array<Choice, 5> family_table{{
    {"fixed", "Fixed", "The same value for every output neuron."},
    {"gaussian", "Gaussian", "Values scatter around the mean in a bell shape."},
    {"uniform", "Uniform", "Every value within a half width of the mean is equally likely."},
    {"spatial-gaussian", "Spatial Gaussian", "Largest in the middle of the layer, falling towards its borders."},
    {"spatial-inverse-gaussian", "Spatial inverse Gaussian",
     "Largest at the borders of the layer, least in its middle."},
}};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

bool parse_flag(std::string_view name, std::string_view text) {
  if (text == "true" || text == "on" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "off" || text == "no" || text == "0") return false;
  throw InvalidInput(std::string(name) + ": " + quoted(text) + " is neither true nor false");
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string parse_choice(const ParameterInfo& info, std::string_view text) {
  return std::string(look_up(info.choices, text, info.id).id);
}

Family family_named(std::string_view what, std::string_view text) {
  return static_cast<Family>(&look_up(family_table, text, what) - family_table.data());
}

/// "05": the decimals of "0,05", never a number that a person writes on its own.
bool has_leading_zero(std::string_view text) {
  text = trimmed(text);
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

Distribution parse_distribution(const ParameterInfo& info, std::string_view text) {
  const auto colon = text.find(':');
  const std::string_view name = trimmed(text.substr(0, colon));
  Distribution distribution{
      family_named(std::string(info.id) + " family", name), info.has_mean ? info.default_mean : 0.0, {}};
  if (colon == std::string_view::npos) return distribution;

  const std::vector<std::string_view> numbers = split(text.substr(colon + 1), ',');
  const Spread* spread = spread_of(info, distribution.family);
  const std::size_t accepted = (info.has_mean ? 1U : 0U) + (spread != nullptr ? 1U : 0U);
  if (numbers.size() > accepted) {
    const std::string form = std::string(name) +
                             (accepted == 0   ? ""
                              : info.has_mean ? ":MEAN"
                                              : ":SPREAD") +
                             (accepted == 2 ? "[,SPREAD]" : "");
    throw InvalidInput(std::string(info.id) + ": " + quoted(text) + " has more numbers than it takes; write " + form +
                       ", decimals with a point");
  }
  if (numbers.size() == 2 && has_leading_zero(numbers[1])) {
    throw InvalidInput(std::string(info.id) + ": " + quoted(text) + " has a decimal comma; write " +
                       std::string(trimmed(numbers[0])) + "." + std::string(trimmed(numbers[1])));
  }
  std::size_t next = 0;
  if (info.has_mean) distribution.mean = parse_real(std::string(info.id) + " mean", numbers[next++], info.range);
  if (next < numbers.size()) {
    distribution.spread =
        parse_real(std::string(info.id) + " " + std::string(spread->label), numbers[next], spread->range);
  }
  return distribution;
}

std::string format_distribution(const ParameterInfo& info, const Distribution& distribution) {
  std::string text(family_id(distribution.family));
  if (info.has_mean) text += ":" + format_real(distribution.mean);
  if (distribution.spread) text += (info.has_mean ? "," : ":") + format_real(*distribution.spread);
  return text;
}

void check_distribution(const ParameterInfo& info, const Distribution& distribution) {
  if (info.has_mean) check_in_range(std::string(info.id) + " mean", distribution.mean, info.range);
  if (!distribution.spread) return;
  const Spread* spread = spread_of(info, distribution.family);
  if (spread == nullptr) {
    throw InvalidInput(std::string(info.id) + ": the family " + std::string(family_id(distribution.family)) +
                       " takes no spread; leave it out");
  }
  check_in_range(std::string(info.id) + " " + std::string(spread->label), *distribution.spread, spread->range);
}

}  // namespace

const Spread* spread_of(const ParameterInfo& info, Family family) {
  const auto found = std::find_if(info.spreads.begin(), info.spreads.end(),
                                  [&](const Spread& spread) { return spread.family == family; });
  return found == info.spreads.end() ? nullptr : &*found;
}

double spread_or_default(const ParameterInfo& info, const Distribution& distribution) {
  const Spread* spread = spread_of(info, distribution.family);
  if (spread == nullptr) return 0.0;
  return distribution.spread ? *distribution.spread : spread->default_spread(distribution.mean);
}

std::span<const Choice> family_choices() { return family_table; }

Family parse_family(std::string_view text) { return family_named("family", text); }

std::string_view family_id(Family family) { return family_table.at(static_cast<std::size_t>(family)).id; }

std::string format_value(const ParameterInfo& info, const ParameterValue& value) {
  switch (info.kind) {
    case ParameterKind::flag:
      return value_as<bool>(info, value) ? "true" : "false";
    case ParameterKind::integer:
      return std::to_string(value_as<std::int64_t>(info, value));
    case ParameterKind::real:
      return format_real(value_as<double>(info, value));
    case ParameterKind::choice:
    case ParameterKind::text:
    case ParameterKind::path:
      return value_as<std::string>(info, value);
    case ParameterKind::distribution:
      return format_distribution(info, value_as<Distribution>(info, value));
    case ParameterKind::integer_list: {
      std::string text;
      for (const std::int64_t entry : value_as<std::vector<std::int64_t>>(info, value)) {
        text += (text.empty() ? "" : ",") + std::to_string(entry);
      }
      return text;
    }
  }
  return {};
}

ParameterValue parse_value(const ParameterInfo& info, std::string_view text) {
  if (info.kind != ParameterKind::text && info.kind != ParameterKind::path) text = trimmed(text);
  switch (info.kind) {
    case ParameterKind::flag:
      return parse_flag(info.id, text);
    case ParameterKind::integer:
      return parse_integer(info.id, text, info.range);
    case ParameterKind::real:
      return parse_real(info.id, text, info.range);
    case ParameterKind::choice:
      return parse_choice(info, text);
    case ParameterKind::text:
      return std::string(text);
    case ParameterKind::path:
      return with_home(text);
    case ParameterKind::distribution:
      return parse_distribution(info, text);
    case ParameterKind::integer_list:
      return parse_integers(info.id, text, info.range);
  }
  return {};
}

void check_value(const ParameterInfo& info, const ParameterValue& value) {
  switch (info.kind) {
    case ParameterKind::flag:
      static_cast<void>(value_as<bool>(info, value));
      break;
    case ParameterKind::integer:
      check_in_range(info.id, static_cast<double>(value_as<std::int64_t>(info, value)), info.range);
      break;
    case ParameterKind::real:
      check_in_range(info.id, value_as<double>(info, value), info.range);
      break;
    case ParameterKind::choice:
      static_cast<void>(parse_choice(info, value_as<std::string>(info, value)));
      break;
    case ParameterKind::text:
    case ParameterKind::path:
      static_cast<void>(value_as<std::string>(info, value));
      break;
    case ParameterKind::distribution:
      check_distribution(info, value_as<Distribution>(info, value));
      break;
    case ParameterKind::integer_list:
      for (const std::int64_t entry : value_as<std::vector<std::int64_t>>(info, value)) {
        check_in_range(info.id, static_cast<double>(entry), info.range);
      }
      break;
  }
}

std::string option_text(const ParameterInfo& info, const ParameterValue& value) {
  const std::string option = " --" + std::string(info.id);
  if (info.kind == ParameterKind::flag) return value_as<bool>(info, value) ? option : std::string();
  const std::string text = format_value(info, value);
  return text.empty() ? text : option + " " + shell_word(text);
}

std::string misplaced_text(std::string_view id, std::string_view chooser, std::string_view chosen) {
  std::string text("--");
  text.append(id).append(" does not belong to the ").append(chooser).append(" ").append(chosen);
  return text.append("; leave it out or choose another --").append(chooser);
}

std::size_t place_of_choice(const ParameterInfo& info, std::string_view id) {
  return static_cast<std::size_t>(&look_up(info.choices, id, info.id) - info.choices.data());
}

}  // namespace dnm
