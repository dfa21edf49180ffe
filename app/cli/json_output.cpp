// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_output.h"

#include <type_traits>
#include <variant>

#include "app/workspace/metric_json.h"

namespace dnm::cli {

Json measurement_json(const Measurement& measurement) {
  Json object;
  object["value"] = measurement.value ? number_json(*measurement.value) : Json();
  if (measurement.standard_error) object["se"] = number_json(*measurement.standard_error);
  object["method"] = measurement.method;
  for (const auto& [key, detail] : measurement.details) {
    object[key] = std::visit(
        [](const auto& value) -> Json {
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
  object["reason"] = measurement.value ? Json() : Json(measurement.reason);
  return object;
}

}  // namespace dnm::cli
