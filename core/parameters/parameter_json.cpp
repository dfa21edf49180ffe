// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/parameter_json.h"

#include <utility>

#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {

namespace {

using Json = OrderedJson;

std::string key_of(const ParameterInfo& info) { return std::string(info.key.empty() ? info.id : info.key); }

Json typed(const ParameterInfo& info, const ParameterValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return format_value(info, value);
}

std::string text_of_value(std::string_view id, const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  if (!value.is_array()) {
    throw InvalidInput(std::string(id) + ": expected a text or a number, found " + value.dump());
  }
  std::string text;
  for (const Json& entry : value) {
    if (!entry.is_number()) throw InvalidInput(std::string(id) + ": a list may hold numbers only");
    text += (text.empty() ? "" : ",") + entry.dump();
  }
  return text;
}

}  // namespace

std::string values_to_json(std::span<const NamedValue> values, JsonForm form) {
  Json object = Json::object();
  for (const auto& [info, value] : values) {
    object[key_of(*info)] = form == JsonForm::typed ? typed(*info, value) : Json(format_value(*info, value));
  }
  return object.dump();
}

struct JsonValues::Object {
  Json members;
  Json rest;
};

JsonValues::JsonValues(std::string_view text, std::string_view what) : object_(std::make_unique<Object>()) {
  object_->members = parse_json_if_valid(text);
  if (!object_->members.is_object()) {
    throw InvalidInput(std::string(what) + " are not a JSON object; write one made of \"setting\": \"value\" pairs");
  }
  object_->rest = object_->members;
}

JsonValues::~JsonValues() = default;

std::optional<std::string> JsonValues::text_of(const ParameterInfo& info) {
  std::optional<std::string> text;
  const auto read = [&](std::string_view name) {
    const auto found = object_->members.find(std::string(name));
    if (found == object_->members.end()) return;
    object_->rest.erase(std::string(name));
    // Where a session names a row by its old and its new name, the new one counts.
    if (!text) text = text_of_value(info.id, *found);
  };
  read(key_of(info));
  for (std::string_view names = info.former_ids; !names.empty();) {
    const auto space = names.find(' ');
    read(names.substr(0, space));
    names.remove_prefix(space == std::string_view::npos ? names.size() : space + 1);
  }
  return text;
}

std::string JsonValues::rest() const { return object_->rest.dump(); }

}  // namespace dnm
