// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/chart_settings.h"

#include <algorithm>

#include "app/workspace/experiments/smoothing.h"
#include "core/parameters/look_up.h"
#include "core/support/json.h"

namespace dnm {

namespace {
constexpr const char* chart_key = "training_chart";

struct ViewName {
  std::string_view id;
  ChartView view;
};
constexpr ViewName views[] = {
    {"curves", ChartView::curves}, {"updates", ChartView::updates}, {"comparison", ChartView::comparison}};
}  // namespace

std::string with_chart_settings(const std::string& view, const ChartSettings& settings) {
  OrderedJson json = parse_json(view);
  json.erase(chart_key);  // so that it comes last in either case
  json[chart_key] = {{"shows", views[static_cast<std::size_t>(settings.view)].id},
                     {"smoothing", settings.smoothing},
                     {"highest_first", settings.highest_first}};
  if (settings.logarithmic) json[chart_key]["logarithmic"] = true;
  if (settings.measures) json[chart_key]["measures"] = true;
  if (settings.rule_figure) {
    json[chart_key]["rules"] = rule_figure_choices()[static_cast<std::size_t>(*settings.rule_figure)].id;
  }
  if (!settings.hidden_rules.empty()) json[chart_key]["hidden_rules"] = settings.hidden_rules;
  return json.dump();
}

std::optional<ChartSettings> chart_settings_from_view(const std::string& view) {
  const OrderedJson json = parse_json_if_valid(view);
  if (!json.is_object() || !json.contains(chart_key) || !json[chart_key].is_object()) return {};
  ChartSettings settings;
  const OrderedJson& chart = json[chart_key];
  if (const auto shows = chart.find("shows"); shows != chart.end() && shows->is_string()) {
    const ViewName* const known = find_row(views, shows->get_ref<const std::string&>());
    if (known != nullptr) settings.view = known->view;
  }
  if (const auto order = chart.find("highest_first"); order != chart.end()) settings.highest_first = *order == true;
  if (const auto scale = chart.find("logarithmic"); scale != chart.end()) settings.logarithmic = *scale == true;
  if (const auto measures = chart.find("measures"); measures != chart.end()) settings.measures = *measures == true;
  if (const auto rules = chart.find("rules"); rules != chart.end() && rules->is_string()) {
    const auto choices = rule_figure_choices();
    const auto known = std::ranges::find(choices, rules->get_ref<const std::string&>(), &Choice::id);
    if (known != choices.end()) settings.rule_figure = static_cast<RuleFigure>(known - choices.begin());
  }
  if (const auto hidden = chart.find("hidden_rules"); hidden != chart.end() && hidden->is_array()) {
    for (const OrderedJson& id : *hidden)
      if (id.is_string()) settings.hidden_rules.push_back(id.get<std::string>());
  }
  if (const auto smoothing = chart.find("smoothing"); smoothing != chart.end() && smoothing->is_number()) {
    const auto weight = smoothing->get<double>();
    if (weight >= 0.0 && weight <= largest_smoothing) settings.smoothing = weight;
  }
  return settings;
}

}  // namespace dnm
