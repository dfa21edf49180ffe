// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/parameter_rows.h"

#include <algorithm>

#include "core/support/error.h"

namespace dnm {

ParameterInfo value_info(std::string_view id, std::string_view symbol, std::string_view label, std::string_view meaning,
                         ParameterKind kind, Range range) {
  ParameterInfo info;
  info.id = id;
  info.symbol = symbol;
  info.label = label;
  info.meaning = meaning;
  info.kind = kind;
  info.range = range;
  return info;
}

ParameterInfo choice_info(std::string_view id, std::string_view symbol, std::string_view label,
                          std::string_view meaning, std::span<const Choice> choices) {
  ParameterInfo info = value_info(id, symbol, label, meaning, ParameterKind::choice);
  info.choices = choices;
  return info;
}

std::size_t place_of_choice(std::span<const Choice> choices, std::string_view id) {
  const auto found = std::ranges::find(choices, id, &Choice::id);
  if (found == choices.end()) throw InvalidInput("there is no choice \"" + std::string(id) + "\"");
  return static_cast<std::size_t>(found - choices.begin());
}

}  // namespace dnm
