// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/view_settings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/parameters/parameter_rows.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr std::size_t most_layers = 1000000;
constexpr int most_copies = 10000;

std::span<const Choice> color_choices() {
  static const std::array choices = [] {
    std::array<Choice, node_coloring_options.size()> made;
    std::transform(node_coloring_options.begin(), node_coloring_options.end(), made.begin(),
                   [](const NodeColoringOption& option) {
                     return Choice{option.id, option.label, option.meaning};
                   });
    return made;
  }();
  return choices;
}
constexpr std::array link_choices{
    Choice{"layer", "As the neurons", "Links have the colour of their layer, or of their community."},
    Choice{"dendrite", "By dendrite", "Runs of neighbouring inputs of one neuron have a colour each."},
};
constexpr std::array order_choices{
    Choice{"number", "By number", "Rows and columns of the matrix stand in the order of the neurons."},
    Choice{"community", "By community", "Rows and columns of one community stand together, so that blocks show."},
};
constexpr std::array orientation_choices{
    Choice{"rows", "Layers as rows", "Every layer is a row, the inputs at the bottom."},
    Choice{"columns", "Layers as columns", "Every layer is a column, the inputs on the left."},
};
constexpr std::array disk_choices{
    Choice{"poincare", "Poincaré disk", "Distance from the centre is tanh(r/2): angles are true."},
    Choice{"native", "Native disk", "Distance from the centre is the hyperbolic radius: radii are true."},
};

nlohmann::json to_json(const ParameterValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::get<std::string>(value);
}

std::optional<ParameterValue> from_json(const ParameterInfo& info, const nlohmann::json& json) {
  ParameterValue value;
  if (info.kind == ParameterKind::integer && json.is_number_integer()) {
    value = json.get<std::int64_t>();
  } else if (info.kind == ParameterKind::real && json.is_number()) {
    value = json.get<double>();
  } else if (info.kind == ParameterKind::choice && json.is_string()) {
    value = json.get<std::string>();
  } else {
    return std::nullopt;
  }
  try {
    check_value(info, value);
  } catch (const InvalidInput&) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::span<const ViewOption> view_option_table() {
  static const std::array table{
      ViewOption{choice_info("color", "", "Colour neurons by", "What the colour of a neuron tells", color_choices()),
                 "node_coloring", [](const ViewSettings& v) { return choice_id(color_choices(), v.node_coloring); },
                 [](ViewSettings& v, std::string_view id) {
                   v.node_coloring = static_cast<NodeColoring>(place_of_choice(color_choices(), id));
                 }},
      ViewOption{choice_info("links", "", "Colour links", "What the colour of a link tells", link_choices),
                 "link_coloring", [](const ViewSettings& v) { return choice_id(link_choices, v.link_coloring); },
                 [](ViewSettings& v, std::string_view id) {
                   v.link_coloring = static_cast<LinkColoring>(place_of_choice(link_choices, id));
                 }},
      ViewOption{
          choice_info("order", "", "Order of the matrix", "Order of the matrix' rows and columns", order_choices),
          "order", [](const ViewSettings& v) { return choice_id(order_choices, v.order_by_community); },
          [](ViewSettings& v, std::string_view id) { v.order_by_community = place_of_choice(order_choices, id) == 1; }},
      ViewOption{choice_info("orientation", "", "Orientation", "How the layers lie", orientation_choices),
                 "orientation", [](const ViewSettings& v) { return choice_id(orientation_choices, v.orientation); },
                 [](ViewSettings& v, std::string_view id) {
                   v.orientation = static_cast<Orientation>(place_of_choice(orientation_choices, id));
                 }},
      ViewOption{choice_info("disk", "", "Disk", "Which hyperbolic disk is drawn", disk_choices), "disk",
                 [](const ViewSettings& v) { return choice_id(disk_choices, v.native_disk); },
                 [](ViewSettings& v, std::string_view id) { v.native_disk = place_of_choice(disk_choices, id) == 1; }},
  };
  return table;
}

const ViewOption& view_option(std::string_view id) {
  for (const ViewOption& option : view_option_table()) {
    if (option.info.id == id) return option;
  }
  throw InvalidInput("there is no view option named \"" + std::string(id) + "\"");
}

SceneOptions scene_options(const ViewSettings& view) {
  SceneOptions options;
  options.node_coloring = view.node_coloring;
  options.link_coloring = view.link_coloring;
  options.order_by_community = view.order_by_community;
  options.orientation = view.orientation;
  options.native_disk = view.native_disk;
  return options;
}

bool lasts(const MeasureSetting& setting) { return setting.info.id != "p-value"; }

std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from) {
  nlohmann::json json = nlohmann::json::parse(unknown_kept_from, nullptr, false);
  if (!json.is_object()) json = nlohmann::json::object();
  for (const ViewOption& option : view_option_table()) json[std::string(option.key)] = option.get(view);
  nlohmann::json& measures = json["measures"];
  if (!measures.is_object()) measures = nlohmann::json::object();
  for (const MeasureSetting& setting : measure_setting_table()) {
    if (lasts(setting)) measures[std::string(setting.info.id)] = to_json(setting.get(view.measures));
  }
  // Counted from 1, as layers are named everywhere.
  json["measured_layer"] = view.measured_layer ? nlohmann::json(*view.measured_layer + 1) : nlohmann::json();
  json["chance_copies"] = view.chance_copies;
  json["embedding"] = embedding_method_name(view.embedding);
  return json.dump();
}

ViewSettings view_settings_from_json(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  ViewSettings view;
  if (!json.is_object()) return view;
  for (const ViewOption& option : view_option_table()) {
    const auto found = json.find(std::string(option.key));
    if (found == json.end()) continue;
    if (const auto value = from_json(option.info, *found)) option.set(view, std::get<std::string>(*value));
  }
  if (const auto measures = json.find("measures"); measures != json.end() && measures->is_object()) {
    for (const MeasureSetting& setting : measure_setting_table()) {
      const auto found = measures->find(std::string(setting.info.id));
      if (!lasts(setting) || found == measures->end()) continue;
      if (const auto value = from_json(setting.info, *found)) setting.set(view.measures, *value);
    }
  }
  const auto whole_number = [&](const char* key, std::int64_t most) -> std::optional<std::int64_t> {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) return std::nullopt;
    const auto number = found->get<std::int64_t>();
    return number >= 1 && number <= most ? std::optional(number) : std::nullopt;
  };
  if (const auto layer = whole_number("measured_layer", most_layers)) {
    view.measured_layer = static_cast<std::size_t>(*layer - 1);
  }
  if (const auto copies = whole_number("chance_copies", most_copies); copies && *copies >= 2) {
    view.chance_copies = static_cast<int>(*copies);
  }
  if (const auto method = json.find("embedding"); method != json.end() && method->is_string()) {
    view.embedding = parse_embedding_method(method->get<std::string>());
  }
  return view;
}

}  // namespace dnm
