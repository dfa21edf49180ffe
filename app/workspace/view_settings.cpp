// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/view_settings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/parameters/parameter_json.h"

namespace dnm {

namespace {

constexpr double most_layers = 1000000;
constexpr double most_copies = 10000;

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

ParameterValue measured_layer(const ViewSettings& view) {
  return view.measured_layer ? static_cast<std::int64_t>(*view.measured_layer) + 1 : 0;
}
void set_measured_layer(ViewSettings& view, const ParameterValue& value) {
  const auto layer = std::get<std::int64_t>(value);
  view.measured_layer = layer > 0 ? std::optional(static_cast<std::size_t>(layer) - 1) : std::nullopt;
}

ParameterValue embedding(const ViewSettings& view) { return embedding_method_name(view.embedding); }
void set_embedding(ViewSettings& view, const ParameterValue& value) {
  view.embedding = parse_embedding_method(std::get<std::string>(value));
}

}  // namespace

const ParameterTable<ViewSettings>& view_option_table() {
  using V = ViewSettings;
  static const ParameterTable<V> table(
      "view option",
      {
          parameter<&V::node_coloring>({.id = "color",
                                        .label = "Colour neurons by",
                                        .meaning = "What the colour of a neuron means",
                                        .choices = color_choices(),
                                        .key = "node_coloring"}),
          parameter<&V::link_coloring>({.id = "links",
                                        .label = "Colour links",
                                        .meaning = "What the colour of a link means",
                                        .choices = link_choices,
                                        .key = "link_coloring"}),
          parameter<&V::order_by_community>({.id = "order",
                                             .label = "Order of the matrix",
                                             .meaning = "Order of the matrix' rows and columns",
                                             .choices = order_choices}),
          parameter<&V::orientation>({.id = "orientation",
                                      .label = "Orientation",
                                      .meaning = "How the layers lie",
                                      .choices = orientation_choices}),
          parameter<&V::native_disk>(
              {.id = "disk", .label = "Disk", .meaning = "Which hyperbolic disk is drawn", .choices = disk_choices}),
          {{.id = "method",
            .label = "Embedding",
            .meaning = "Embedding of the disk: WEIGHTS-REDUCTION-ADJUSTMENT, as of dnm embed",
            .kind = ParameterKind::text,
            .key = "embedding"},
           embedding,
           set_embedding},
          {{.id = "measured-layer",
            .label = "Measured layer",
            .meaning = "Measure the links of this layer alone, from 1; 0 measures the whole network",
            .kind = ParameterKind::integer,
            .range = {0, most_layers, 1, false},
            .key = "measured_layer"},
           measured_layer,
           set_measured_layer},
          parameter<&V::chance_copies>({.id = "chance",
                                        .label = "Copies",
                                        .meaning = "Randomised copies to compare with",
                                        .range = {2, most_copies, 1, true},
                                        .key = "chance_copies"}),
      });
  return table;
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

std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from) {
  nlohmann::json json = nlohmann::json::parse(unknown_kept_from, nullptr, false);
  if (!json.is_object()) json = nlohmann::json::object();
  json.update(nlohmann::json::parse(to_json(view_option_table(), view, JsonForm::typed)));
  if (!view.measured_layer) json["measured_layer"] = nullptr;
  nlohmann::json& measures = json["measures"];
  if (!measures.is_object()) measures = nlohmann::json::object();
  measures.update(nlohmann::json::parse(to_json(measure_setting_table(), view.measures, JsonForm::typed)));
  return json.dump();
}

ViewSettings view_settings_from_json(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  ViewSettings view;
  if (!json.is_object()) return view;
  JsonValues values(text, "the view settings");
  set_from_json(view_option_table(), view, values, BadValue::skip);
  if (const auto measures = json.find("measures"); measures != json.end() && measures->is_object()) {
    JsonValues settings(measures->dump(), "the settings of the measures");
    set_from_json(measure_setting_table(), view.measures, settings, BadValue::skip);
  }
  return view;
}

}  // namespace dnm
