// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json.h"

#include <set>
#include <vector>

#include "core/support/error.h"
#include "core/support/json_depth.h"

template class nlohmann::detail::serializer<dnm::OrderedJson>;

namespace dnm {

namespace {

constexpr std::size_t deepest_nesting = 256;

void check_is_shallow(std::string_view text) {
  if (is_shallow_json(text, deepest_nesting)) return;
  constexpr int parse_error = 101;  // the number of the library
  throw OrderedJson::parse_error::create(parse_error, std::size_t{0}, "nested beyond measure", nullptr);
}

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
  check_is_shallow(text);
  return OrderedJson::parse(text);
}

OrderedJson parse_json_with_unique_keys(std::string_view text) {
  check_is_shallow(text);
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  return OrderedJson::parse(text, [&keys](int, OrderedJson::parse_event_t event, const OrderedJson& value) {
    using Event = OrderedJson::parse_event_t;
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(value.get<std::string>()).second)
      throw InvalidInput("the key \"" + value.get<std::string>() + "\" stands twice in one object; name it once");
    return true;
  });
}

OrderedJson parse_json_if_valid(std::string_view text) {
  if (!is_shallow_json(text, deepest_nesting)) return OrderedJson(OrderedJson::value_t::discarded);
  return OrderedJson::parse(text, nullptr, false);
}

std::string ascii_text(const OrderedJson& value, int indent) {
  return value.dump(indent, ' ', true, OrderedJson::error_handler_t::replace);
}

}  // namespace dnm
