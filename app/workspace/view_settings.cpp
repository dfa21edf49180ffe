// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/view_settings.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/parameters/parameter_json.h"
#include "core/support/json.h"

namespace dnm {

namespace {

constexpr double most_layers = 1000000;
constexpr double most_copies = 10000;

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

/// The rows of the pictures, as rows of the view settings.
std::vector<Parameter<ViewSettings>> picture_rows() {
  std::vector<Parameter<ViewSettings>> rows;
  for (const Parameter<PictureOptions>& row : picture_option_table()) {
    rows.push_back({row.info, [&row](const ViewSettings& view) { return row.get(view.pictures); },
                    [&row](ViewSettings& view, const ParameterValue& value) { row.set(view.pictures, value); }});
  }
  return rows;
}

}  // namespace

const ParameterTable<ViewSettings>& view_option_table() {
  static const ParameterTable<ViewSettings> table = [] {
    std::vector<Parameter<ViewSettings>> rows = picture_rows();
    rows.push_back({{.id = "method",
                     .label = "Embedding",
                     .meaning = "Embedding of the disk: WEIGHTS-REDUCTION-ADJUSTMENT, as of dnm embed",
                     .kind = ParameterKind::text,
                     .key = "embedding"},
                    embedding,
                    set_embedding});
    rows.push_back({{.id = "measured-layer",
                     .label = "Measured layer",
                     .meaning = "Measure the links of this layer alone, from 1; 0 measures the whole network",
                     .kind = ParameterKind::integer,
                     .range = {0, most_layers, 1, false},
                     .key = "measured_layer"},
                    measured_layer,
                    set_measured_layer});
    rows.push_back(parameter<&ViewSettings::chance_copies>({.id = "chance",
                                                            .label = "Copies",
                                                            .meaning = "Randomised copies to compare with",
                                                            .range = {2, most_copies, 1, true},
                                                            .key = "chance_copies"}));
    return ParameterTable<ViewSettings>("view option", std::move(rows));
  }();
  return table;
}

std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from) {
  OrderedJson json = parse_json_if_valid(unknown_kept_from);
  if (!json.is_object()) json = OrderedJson::object();
  json.update(parse_json(to_json(view_option_table(), view, JsonForm::typed)));
  if (!view.measured_layer) json["measured_layer"] = nullptr;
  OrderedJson& measures = json["measures"];
  if (!measures.is_object()) measures = OrderedJson::object();
  measures.update(parse_json(to_json(measure_setting_table(), view.measures, JsonForm::typed)));
  return nlohmann::json(json).dump();  // by the names of the keys
}

ViewSettings view_settings_from_json(const std::string& text) {
  const OrderedJson json = parse_json_if_valid(text);
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
