// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json.h"

#include "core/support/json_depth.h"

template class nlohmann::detail::serializer<dnm::OrderedJson>;

namespace dnm {

namespace {

constexpr std::size_t deepest_nesting = 256;

}  // namespace

bool is_shallow_json(std::string_view text, std::size_t deepest) {
  std::size_t depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (in_text) {
      if (letter == '\\') ++i;
      in_text = letter != '"';
    } else if (letter == '"') {
      in_text = true;
    } else if (letter == '[' || letter == '{') {
      if (++depth > deepest) return false;
    } else if ((letter == ']' || letter == '}') && depth > 0) {
      --depth;
    }
  }
  return true;
}

OrderedJson parse_json(std::string_view text) {
  if (is_shallow_json(text, deepest_nesting)) return OrderedJson::parse(text);
  constexpr int parse_error = 101;  // the number of the library
  throw OrderedJson::parse_error::create(parse_error, std::size_t{0}, "nested beyond measure", nullptr);
}

OrderedJson parse_json_if_valid(std::string_view text) {
  if (!is_shallow_json(text, deepest_nesting)) return OrderedJson(OrderedJson::value_t::discarded);
  return OrderedJson::parse(text, nullptr, false);
}

std::string ascii_text(const OrderedJson& value, int indent) {
  return value.dump(indent, ' ', true, OrderedJson::error_handler_t::replace);
}

}  // namespace dnm
