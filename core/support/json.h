// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace dnm {

/// JSON whose keys stay in insertion order.
using OrderedJson = nlohmann::ordered_json;

// Parser and writer are compiled once, in json.cpp: in each file that asks for them they take seconds.

/// The value that a text holds. Throws OrderedJson::exception for a text that is not JSON, is nested more than 256 deep
/// or holds a number too large for a double. Linear in the text.
[[nodiscard]] OrderedJson parse_json(std::string_view text);
/// The same of a file that a person wrote: throws InvalidInput for a key that stands twice in one object, of which only
/// one could count.
[[nodiscard]] OrderedJson parse_json_with_unique_keys(std::string_view text);
/// As parse_json(); OrderedJson::is_discarded() in place of the exception.
[[nodiscard]] OrderedJson parse_json_if_valid(std::string_view text);

/// JSON text in ASCII, by lines with this indent, or in one line for -1. Bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string ascii_text(const OrderedJson& value, int indent = -1);

}  // namespace dnm

extern template class nlohmann::detail::serializer<dnm::OrderedJson>;
