// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "app/workspace/search/search_plan.h"
#include "core/files/parameters_json.h"
#include "core/files/presets.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/look_up.h"
#include "core/parameters/parameter_json.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/version.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

constexpr std::string_view keys[] = {"program",  "version",  "command_line", "title",    "description",
                                     "preset",   "model",    "training",     "measures", "vary",
                                     "maximise", "minimise", "constraints"};

/// Throws for the first member that no row of the table took.
template <class Settings>
void check_all_read(const ParameterTable<Settings>& table, const Settings& settings, const JsonValues& values,
                    std::string_view what) {
  const OrderedJson rest = parse_json(values.rest());
  for (const auto& [key, value] : rest.items()) {
    if (const auto* row = table.find(key)) table.check_applies(*row, settings);
    throw_unknown(what, key, row_ids(table));
  }
}

template <class Settings>
void read_settings(const OrderedJson& json, const char* key, const ParameterTable<Settings>& table, Settings& settings,
                   std::string_view what) {
  if (!json.contains(key)) return;
  JsonValues values(json[key].dump(), "the values of \"" + std::string(key) + "\"");
  set_from_json(table, settings, values, BadValue::refuse);
  check_all_read(table, settings, values, what);
}

void read_model(const OrderedJson& json, SearchPlan& plan) {
  if (json.contains("preset")) plan.base = preset(json["preset"].get<std::string>()).parameters;
  if (!json.contains("model")) return;
  OrderedJson model = json["model"];
  OrderedJson overrides;
  if (model.is_object() && model.contains("overrides")) {
    overrides = model["overrides"];
    model.erase("overrides");
  }
  JsonValues values(model.dump(), "the values of \"model\"");
  set_from_json(model_parameter_table(), plan.base, values, BadValue::refuse);
  check_all_read(model_parameter_table(), plan.base, values, "model parameter");
  for (const auto& [layer, own] : overrides.items()) {
    for (const auto& [id, text] : own.items()) set_from_text(plan.base, id, layer + "=" + text.get<std::string>());
  }
}

/// A member whose values stand under names. Throws InvalidInput for anything else.
const OrderedJson& named_values(const OrderedJson& json, const char* key, std::string_view example) {
  const OrderedJson& values = json[key];
  if (!values.is_object())
    throw InvalidInput("\"" + std::string(key) + "\" holds values by name; write it as {" + std::string(example) + "}");
  return values;
}

SearchedParameter read_varied(const std::string& id, const OrderedJson& values) {
  if (values.is_string()) return parse_searched(searched_row(id).info, values.get<std::string>());
  const auto is_value = [](const OrderedJson& value) {
    return value.is_string() || value.is_number() || value.is_boolean();
  };
  if (!values.is_array() || values.empty() || !std::ranges::all_of(values, is_value))
    throw InvalidInput("\"vary\": " + id +
                       " needs a text, such as \"0.9:0.99\" or \"fixed;gaussian:{0.5:4}\", or a list of values");
  std::string text;
  for (const OrderedJson& value : values) {
    text += (text.empty() ? "" : ";") + (value.is_string() ? value.get<std::string>() : value.dump());
  }
  return parse_searched(searched_row(id).info, text);
}

void read_objectives(const OrderedJson& json, const char* key, SearchDirection direction, SearchPlan& plan) {
  if (!json.contains(key)) return;
  const OrderedJson& ids = json[key];
  if (ids.is_string()) {
    plan.objectives.push_back({ids.get<std::string>(), direction});
    return;
  }
  if (!ids.is_array() || ids.empty() || !std::ranges::all_of(ids, [](const auto& id) { return id.is_string(); }))
    throw InvalidInput("\"" + std::string(key) +
                       "\" names no objective; write a measure or metric, a list of them, or leave it out");
  for (const OrderedJson& id : ids) plan.objectives.push_back({id.get<std::string>(), direction});
}

void check_keys(const OrderedJson& json) {
  const auto& table = search_parameter_table();
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(keys, key) != std::end(keys) || table.find(key) != nullptr) continue;
    std::vector<std::string_view> known(std::begin(keys), std::end(keys));
    for (const std::string_view id : row_ids(table)) known.push_back(id);
    throw_unknown("key of a search", key, known);
  }
}

}  // namespace

std::string search_to_json(const SearchPlan& plan, const std::string& command_line) {
  OrderedJson json = OrderedJson::object();
  if (!command_line.empty()) {
    json["program"] = "dnm-studio";
    json["version"] = program_version();
    json["command_line"] = command_line;
  }
  json["vary"] = OrderedJson::object();
  for (const SearchedParameter& varied : plan.varied)
    json["vary"][varied.id] = format_searched(searched_row(varied.id).info, varied);
  for (const auto& [id, direction] : plan.objectives)
    json[direction == SearchDirection::maximise ? "maximise" : "minimise"].push_back(id);
  for (const SearchConstraint& constraint : plan.constraints)
    json["constraints"][constraint.id] = format_limits(constraint);
  const auto& table = search_parameter_table();
  for (const auto& row : table) {
    if (table.applies(row, plan)) json[std::string(row.info.id)] = format_value(row.info, row.get(plan));
  }
  if (!measures_of(plan).empty())
    json["measures"] = parse_json(to_json(measure_setting_table(), plan.measuring, JsonForm::text));
  if (trains(plan)) json["training"] = parse_json(to_json(training_parameter_table(), plan.training, JsonForm::text));
  json["model"] = parse_json(parameters_to_json(plan.base));
  return ascii_text(json, 2) + "\n";
}

SearchPlan search_from_json(std::string_view text) try {
  const OrderedJson json = parse_json_with_unique_keys(text);
  if (!json.is_object() || !json.contains("vary"))
    throw InvalidInput("this is not the description of a search; \"vary\" names the parameters with their values");
  check_keys(json);
  SearchPlan plan;
  read_model(json, plan);
  read_settings(json, "training", training_parameter_table(), plan.training, "training setting");
  read_settings(json, "measures", measure_setting_table(), plan.measuring, "setting of the measures");
  for (const auto& [id, values] : named_values(json, "vary", R"("sparsity": "0.9:0.99")").items())
    plan.varied.push_back(read_varied(id, values));
  read_objectives(json, "maximise", SearchDirection::maximise, plan);
  read_objectives(json, "minimise", SearchDirection::minimise, plan);
  if (json.contains("constraints")) {
    for (const auto& [id, limits] : named_values(json, "constraints", R"("gamma": "2:3")").items()) {
      if (!limits.is_string())
        throw InvalidInput("\"constraints\": the limits of " + id + " are a text; write \"2:3\", \"2:\" or \":3\"");
      plan.constraints.push_back(constraint_from_text(id + "=" + limits.get<std::string>()));
    }
  }
  // Rows alone, whose keys are among those of the description.
  OrderedJson own = OrderedJson::object();
  for (const auto& row : search_parameter_table()) {
    const std::string id(row.info.id);
    if (json.contains(id)) own[id] = json[id];
  }
  JsonValues values(own.dump(), "settings of a search");
  set_from_json(search_parameter_table(), plan, values, BadValue::refuse);
  for (const auto& row : search_parameter_table()) {
    if (json.contains(std::string(row.info.id))) search_parameter_table().check_applies(row, plan);
  }
  if (!trains(plan) && json.contains("training"))
    throw InvalidInput(
        "this search trains nothing, since it looks for measures of the network alone; leave \"training\" out, or "
        "search "
        "for a metric such as validation_accuracy");
  return plan;
} catch (const OrderedJson::exception&) {
  throw InvalidInput(
      "this is not the description of a search: it is no JSON, or a member is of another kind; see dnm "
      "help search");
}

}  // namespace dnm
