// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json.h"

template class nlohmann::detail::serializer<dnm::OrderedJson>;

namespace dnm {

namespace {

OrderedJson parsed(std::string_view text, bool may_throw) { return OrderedJson::parse(text, nullptr, may_throw); }

}  // namespace

OrderedJson parse_json(std::string_view text) { return parsed(text, true); }

OrderedJson parse_json_if_valid(std::string_view text) { return parsed(text, false); }

std::string ascii_text(const OrderedJson& value, int indent) {
  return value.dump(indent, ' ', true, OrderedJson::error_handler_t::replace);
}

}  // namespace dnm
