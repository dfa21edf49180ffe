// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/parameters/parameter.h"

// What the rows of every table of parameters (models, measures, views, training) are made with.
namespace dnm {

/// A row for a number or a text; what it does not name stays empty.
[[nodiscard]] ParameterInfo value_info(std::string_view id, std::string_view symbol, std::string_view label,
                                       std::string_view meaning, ParameterKind kind, Range range = {});
/// A row for one of some choices.
[[nodiscard]] ParameterInfo choice_info(std::string_view id, std::string_view symbol, std::string_view label,
                                        std::string_view meaning, std::span<const Choice> choices);

/// Where the choice of this id stands. Throws InvalidInput when there is none.
[[nodiscard]] std::size_t place_of_choice(std::span<const Choice> choices, std::string_view id);

/// The id of an enumerator whose choices stand in the order of the enumeration, and back.
template <class Enumeration>
[[nodiscard]] std::string choice_id(std::span<const Choice> choices, Enumeration value) {
  return std::string(choices[static_cast<std::size_t>(value)].id);
}
template <class Enumeration>
[[nodiscard]] Enumeration choice_of(std::span<const Choice> choices, const ParameterValue& value) {
  return static_cast<Enumeration>(place_of_choice(choices, std::get<std::string>(value)));
}

}  // namespace dnm
