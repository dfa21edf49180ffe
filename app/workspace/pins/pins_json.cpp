// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pins/pins_json.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "app/workspace/measurement_json.h"
#include "app/workspace/shown_json.h"
#include "app/workspace/unknown_keys.h"
#include "core/files/parameters_json.h"
#include "core/live/live_values.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/look_up.h"
#include "core/parameters/parameter_json.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/json_integer.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

namespace {

constexpr const char* picture_key = "picture";
constexpr const char* reference_key = "reference";
constexpr const char* networks_key = "networks";
constexpr const char* name_key = "name";
constexpr const char* parameters_key = "parameters";
constexpr const char* measured_key = "measured";
constexpr const char* settings_key = "settings";
constexpr const char* layer_key = "layer";
constexpr std::string_view known_keys[] = {"name",      "parameters", "network_file", "network_reading",
                                           "shown_run", "measured"};

/// Null where nothing is known.
OrderedJson measured_json(const LiveSnapshot& known) {
  OrderedJson values;
  for (std::size_t slot = 0; slot < known.measures.size(); ++slot) {
    const LiveValue<Measurement>& value = known.measures[slot];
    if (value.freshness == Freshness::fresh && value.value)
      values[std::string(measure_table()[slot].id)] = measurement_json(*value.value);
  }
  if (values.is_null()) return values;
  OrderedJson json;
  json[settings_key] = parse_json(to_json(measure_setting_table(), known.request.measures, JsonForm::typed));
  if (known.request.measured_layer) json[layer_key] = *known.request.measured_layer + 1;
  json.update(values);
  return json;
}

LiveSnapshot measured_from_json(const OrderedJson& json, const Pin& pin) {
  LiveSnapshot known;
  known.generation = 1;
  known.request.parameters = pin.parameters;
  known.measures.resize(measure_table().size());
  JsonValues settings(json.at(settings_key).dump(), "the settings of the measures");
  set_from_json(measure_setting_table(), known.request.measures, settings, BadValue::refuse);
  known.request.measures.seed = pin.parameters.seed;
  if (const auto layer = json.find(layer_key); layer != json.end())
    known.request.measured_layer = integer_of<std::size_t>(*layer) - 1;
  for (std::size_t slot = 0; slot < known.measures.size(); ++slot) {
    const auto value = json.find(std::string(measure_table()[slot].id));
    if (value != json.end())
      live::finish(known.measures[slot], std::make_shared<const Measurement>(measurement_from_json(*value)));
  }
  return known;
}

Pin pin_from_json(const OrderedJson& json) {
  Pin pin;
  pin.name = json.at(name_key).get<std::string>();
  ParametersInJson read = parameters_from_json(json.at(parameters_key).dump());
  pin.parameters = std::move(read.parameters);
  pin.shown = shown_from_json(json);
  OrderedJson unknown = unknown_keys(json, known_keys);
  if (OrderedJson rest = parse_json(read.unknown); !rest.empty()) unknown[parameters_key] = std::move(rest);
  pin.unknown = unknown.dump();
  return pin;
}

/// What was measured with settings of another version, or is damaged, is computed again.
std::optional<LiveSnapshot> measured_of(const OrderedJson& json, const Pin& pin) try {
  const auto measured = json.find(measured_key);
  return measured == json.end() ? std::nullopt : std::optional(measured_from_json(*measured, pin));
} catch (const std::exception&) {
  return std::nullopt;
}

}  // namespace

OrderedJson pins_to_json(const Pins& pins, const PinResults& results) {
  OrderedJson json;
  json[picture_key] = pins.picture;
  json[reference_key] = pins.reference;
  json[networks_key] = OrderedJson::array();
  for (const Pin& pin : pins.list) {
    OrderedJson one;
    one[name_key] = pin.name;
    one[parameters_key] = parse_json(parameters_to_json(pin.parameters));
    add_shown(one, pin.shown);
    if (OrderedJson measured = measured_json(known_of(results, pin)); !measured.is_null())
      one[measured_key] = std::move(measured);
    add_unknown_keys(one, pin.unknown);
    json[networks_key].push_back(std::move(one));
  }
  return json;
}

ReadPins pins_from_json(const OrderedJson& json) {
  ReadPins read;
  std::size_t damaged = 0;
  std::string first;
  const auto note = [&](const std::string& problem) {
    if (damaged++ == 0) first = problem;
  };
  const bool is_list = json.is_object() && json.contains(networks_key) && json[networks_key].is_array();
  if (!is_list) {
    read.problem = "the pinned networks of this session are damaged and were left out";
    return read;
  }
  for (const OrderedJson& one : json[networks_key]) {
    try {
      Pin pin = pin_from_json(one);
      if (std::ranges::any_of(read.pins.list, [&](const Pin& other) { return same_network(other, pin); })) continue;
      if (auto known = measured_of(one, pin)) read.results.push_back({pin, std::move(*known)});
      read.pins.list.push_back(std::move(pin));
    } catch (const Error& error) {
      note(error.what());
    } catch (const OrderedJson::exception&) {
      note("a value is missing or of the wrong kind");
    }
  }
  if (const auto picture = json.find(picture_key); picture != json.end() && picture->is_string()) {
    const auto id = picture->get<std::string>();
    if (find_row(network_scene_table(), id) != nullptr) read.pins.picture = id;
  }
  const auto reference = json.find(reference_key);
  if (damaged == 0 && reference != json.end() && reference->is_number_unsigned() && *reference < read.pins.list.size())
    read.pins.reference = reference->get<std::size_t>();
  if (damaged > 0)
    read.problem = counted(damaged, "pinned network") + " of this session could not be read and " +
                   (damaged == 1 ? "was" : "were") + " left out: " + first;
  return read;
}

}  // namespace dnm
