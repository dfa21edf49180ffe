// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/parameters_json.h"

#include <utility>

#include "core/parameters/parameter_json.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {

namespace {

constexpr const char* overrides_key = "overrides";

void read_overrides(const OrderedJson& overrides, ModelParameters& parameters, OrderedJson& unknown) {
  if (!overrides.is_object()) throw InvalidInput("overrides: expected an object from layer to parameters");
  for (const auto& [layer, of_layer] : overrides.items()) {
    JsonValues values(of_layer.dump(), "overrides: the parameters of layer " + layer);
    for (const auto& row : model_parameter_table()) {
      if (const auto text = values.text_of(row.info)) set_from_text(parameters, row.info.id, layer + "=" + *text);
    }
    if (OrderedJson rest = parse_json(values.rest()); !rest.empty()) {
      unknown[overrides_key][layer] = std::move(rest);
    }
  }
}

}  // namespace

std::string parameters_to_json(const ModelParameters& parameters) {
  OrderedJson json = parse_json(to_json(model_parameter_table(), parameters, JsonForm::text));
  OrderedJson overrides = OrderedJson::object();
  for (const auto& [layer, values] : parameters.overrides) {
    OrderedJson of_layer = OrderedJson::object();
    for (const auto& [id, value] : values) of_layer[id] = format_value(model_parameter_table().at(id).info, value);
    overrides[std::to_string(layer + 1)] = std::move(of_layer);
  }
  if (!overrides.empty()) json[overrides_key] = std::move(overrides);
  return json.dump();
}

ParametersInJson parameters_from_json(std::string_view text) {
  JsonValues values(text, "the model parameters");
  ParametersInJson read;
  set_from_json(model_parameter_table(), read.parameters, values, BadValue::refuse);
  const OrderedJson rest = parse_json(values.rest());
  OrderedJson unknown = OrderedJson::object();
  for (const auto& [key, value] : rest.items()) {
    if (key != overrides_key) unknown[key] = value;
  }
  if (const auto overrides = rest.find(overrides_key); overrides != rest.end()) {
    read_overrides(*overrides, read.parameters, unknown);
  }
  check_parameters(read.parameters);
  read.unknown = unknown.dump();
  return read;
}

}  // namespace dnm
