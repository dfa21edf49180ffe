// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/updates_json.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/workspace/metric_json.h"
#include "core/support/error.h"
#include "core/support/json_integer.h"
#include "training/metrics/metric_value.h"

namespace dnm {

namespace {

using Json = OrderedJson;

Json value_json(const UpdateMetric& metric, std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return {};
  if (metric.unit == MetricUnit::count) return static_cast<std::uint64_t>(*value);
  return *value;
}

std::optional<double> value_of(const UpdateResult& result, const UpdateMetric& metric, std::size_t row) {
  return row == 0 ? result.get(metric) : result.get(metric, row - 1);
}

/// An array for each metric that has values in this row of the updates.
void add_columns(Json& made, std::span<const UpdateResult> updates, std::size_t row) {
  for (const UpdateMetric& metric : update_metric_table()) {
    Json values = Json::array();
    bool any = false;
    for (const UpdateResult& result : updates) {
      values.push_back(value_json(metric, value_of(result, metric, row)));
      any = any || !values.back().is_null();
    }
    if (any) made[std::string(metric.id)] = std::move(values);
  }
}

void take_columns(const Json& json, std::size_t row, std::vector<UpdateResult>& updates) {
  for (const UpdateMetric& metric : update_metric_table()) {
    const auto values = json.find(std::string(metric.id));
    if (values == json.end()) continue;
    for (std::size_t i = 0; i < updates.size(); ++i) {
      const Json& value = values->at(i);
      if (value.is_null()) continue;
      const auto number = value.get<double>();
      if (!is_possible_value(metric.unit, number)) throw InvalidInput("a metric of its updates is out of range");
      updates[i].set(metric, row, number);
    }
  }
}

}  // namespace

Json update_to_json(const UpdateResult& result) {
  Json made{{"seed", result.seed},
            {"update", result.update},
            {"step", result.step},
            {"epoch", result.epoch},
            {"epochs_passed", number_json(result.epochs_passed)}};
  for (const UpdateMetric& metric : update_metric_table()) {
    made[std::string(metric.id)] = value_json(metric, result.get(metric));
  }
  Json& layers = made["layers"] = Json::array();
  for (std::size_t i = 0; i < result.layers.size(); ++i) {
    Json layer{{"layer", result.layers[i]}};
    for (const UpdateMetric& metric : update_metric_table()) {
      if (metric.of_links != nullptr) layer[std::string(metric.id)] = value_json(metric, result.get(metric, i));
    }
    layers.push_back(std::move(layer));
  }
  return made;
}

Json updates_to_json(std::span<const UpdateResult> updates) {
  Json made = Json::object();
  for (const char* key : {"update", "step", "epoch", "epochs_passed"}) made[key] = Json::array();
  for (const UpdateResult& result : updates) {
    made["update"].push_back(result.update);
    made["step"].push_back(result.step);
    made["epoch"].push_back(result.epoch);
    made["epochs_passed"].push_back(number_json(result.epochs_passed));
  }
  add_columns(made["all"] = Json::object(), updates, 0);
  Json& layers = made["layers"] = Json::array();
  if (updates.empty()) return made;
  for (std::size_t i = 0; i < updates.front().layers.size(); ++i) {
    Json layer{{"layer", updates.front().layers[i]}};
    add_columns(layer, updates, 1 + i);
    layers.push_back(std::move(layer));
  }
  return made;
}

std::vector<UpdateResult> updates_from_json(const Json& json, std::uint64_t seed) {
  const Json& numbers = json.at("update");
  std::vector<UpdateResult> updates(numbers.size());
  const Json& layers = json.at("layers");
  for (std::size_t i = 0; i < updates.size(); ++i) {
    UpdateResult& result = updates[i];
    result.seed = seed;
    result.update = integer_of<std::uint64_t>(numbers.at(i));
    result.step = integer_of<std::uint64_t>(json.at("step").at(i));
    result.epoch = integer_of<int>(json.at("epoch").at(i));
    result.epochs_passed = json.at("epochs_passed").at(i).get<double>();
    if (i > 0 && result.update <= updates[i - 1].update) throw InvalidInput("its updates are not in order");
    for (const Json& layer : layers) result.layers.push_back(layer.at("layer").get<std::string>());
  }
  take_columns(json.at("all"), 0, updates);
  for (std::size_t i = 0; i < layers.size(); ++i) take_columns(layers.at(i), 1 + i, updates);
  return updates;
}

}  // namespace dnm
