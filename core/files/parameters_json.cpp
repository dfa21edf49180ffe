// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/parameters_json.h"

#include "core/support/error.h"

namespace dnm {

namespace {

constexpr const char* overrides_key = "overrides";

bool is_parameter(const std::string& id) {
  for (const ModelParameter& row : model_parameter_table()) {
    if (row.info.id == id) return true;
  }
  return false;
}

std::string text_of(const std::string& id, const OrderedJson& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  if (value.is_array()) {
    std::string text;
    for (const OrderedJson& entry : value) {
      if (!entry.is_number()) throw InvalidInput(id + ": a list may hold numbers only");
      text += (text.empty() ? "" : ",") + entry.dump();
    }
    return text;
  }
  throw InvalidInput(id + ": expected a text or a number, found " + value.dump());
}

}  // namespace

OrderedJson parameters_to_json(const ModelParameters& parameters) {
  OrderedJson json = OrderedJson::object();
  for (const ModelParameter& row : model_parameter_table()) {
    json[std::string(row.info.id)] = format_value(row.info, row.get(parameters));
  }
  OrderedJson overrides = OrderedJson::object();
  for (const auto& [layer, values] : parameters.overrides) {
    OrderedJson of_layer = OrderedJson::object();
    for (const auto& [id, value] : values) of_layer[id] = format_value(model_parameter(id).info, value);
    overrides[std::to_string(layer + 1)] = std::move(of_layer);
  }
  if (!overrides.empty()) json[overrides_key] = std::move(overrides);
  return json;
}

ModelParameters parameters_from_json(const OrderedJson& json, OrderedJson& unknown) {
  if (!json.is_object()) throw InvalidInput("the model parameters are not a JSON object");
  ModelParameters parameters;
  for (const auto& [id, value] : json.items()) {
    if (id == overrides_key) continue;
    if (is_parameter(id)) {
      set_from_text(parameters, id, text_of(id, value));
    } else {
      unknown[id] = value;
    }
  }
  if (const auto overrides = json.find(overrides_key); overrides != json.end()) {
    if (!overrides->is_object()) throw InvalidInput("overrides: expected an object from layer to parameters");
    for (const auto& [layer, values] : overrides->items()) {
      if (!values.is_object()) throw InvalidInput("overrides: layer " + layer + " is not an object of parameters");
      for (const auto& [id, value] : values.items()) {
        if (is_parameter(id)) {
          set_from_text(parameters, id, layer + "=" + text_of(id, value));
        } else {
          unknown[overrides_key][layer][id] = value;
        }
      }
    }
  }
  check_parameters(parameters);
  return parameters;
}

}  // namespace dnm
