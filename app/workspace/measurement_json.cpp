// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/measurement_json.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>

#include "app/workspace/metric_json.h"
#include "core/support/error.h"
#include "core/support/json_integer.h"

namespace dnm {

namespace {

constexpr const char* value_key = "value";
constexpr const char* error_key = "se";
constexpr const char* method_key = "method";
constexpr const char* reason_key = "reason";

Measurement::Detail detail_from_json(const OrderedJson& json) {
  if (json.is_null()) return std::monostate{};
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number_integer()) return integer_of<std::int64_t>(json);
  return json.get<double>();
}

}  // namespace

OrderedJson measurement_json(const Measurement& measurement) {
  OrderedJson object;
  object[value_key] = measurement.value ? number_json(*measurement.value) : OrderedJson();
  if (measurement.standard_error) object[error_key] = number_json(*measurement.standard_error);
  object[method_key] = measurement.method;
  for (const auto& [key, detail] : measurement.details) {
    object[key] = std::visit(
        [](const auto& value) -> OrderedJson {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::monostate>) {
            return {};
          } else if constexpr (std::is_same_v<Value, double>) {
            return number_json(value);
          } else {
            return value;
          }
        },
        detail);
  }
  object[reason_key] = measurement.value ? OrderedJson() : OrderedJson(measurement.reason);
  return object;
}

Measurement measurement_from_json(const OrderedJson& json) try {
  Measurement measurement;
  if (!json.at(value_key).is_null()) measurement.value = json.at(value_key).get<double>();
  measurement.method = json.at(method_key).get<std::string>();
  if (!measurement.value) measurement.reason = json.at(reason_key).get<std::string>();
  for (const auto& [key, detail] : json.items()) {
    if (key == error_key) {
      // NaN where the error is no number.
      measurement.standard_error = detail.is_null() ? std::nan("") : detail.get<double>();
    } else if (key != value_key && key != method_key && key != reason_key) {
      measurement.details.emplace_back(key, detail_from_json(detail));
    }
  }
  return measurement;
} catch (const OrderedJson::exception&) {
  throw FileError("the result of a measure is damaged: a value is missing or of the wrong kind");
}

}  // namespace dnm
