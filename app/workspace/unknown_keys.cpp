// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/unknown_keys.h"

#include <algorithm>

namespace dnm {

namespace {

void add_missing(OrderedJson& target, const OrderedJson& extra) {
  for (const auto& [key, value] : extra.items()) {
    const auto found = target.find(key);
    if (found == target.end()) {
      target[key] = value;
    } else if (found->is_object() && value.is_object()) {
      add_missing(*found, value);
    }
  }
}

}  // namespace

OrderedJson unknown_keys(const OrderedJson& json, std::span<const std::string_view> known) {
  OrderedJson unknown = OrderedJson::object();
  for (const auto& [key, value] : json.items())
    if (std::ranges::find(known, key) == known.end()) unknown[key] = value;
  return unknown;
}

void add_unknown_keys(OrderedJson& json, const std::string& unknown) {
  if (!unknown.empty()) add_missing(json, parse_json(unknown));
}

}  // namespace dnm
