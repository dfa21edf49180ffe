// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/step_words.h"

#include <set>
#include <vector>

#include "app/workspace/words.h"
#include "core/measures/measure_setting.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "core/support/letter_case.h"
#include "training/runs/training_parameters.h"
#include "viz/scenes/picture_options.h"

namespace dnm {

namespace {

constexpr std::size_t longest_value = 40;  // in bytes; a list of layers or a path may be longer

struct Change {
  std::string label;
  std::string of;        ///< "of layer 2"; empty: of all
  std::string from, to;  ///< empty: too long to be shown
};

std::string shown_value(const ParameterInfo& info, const ParameterValue& value) {
  const std::string text = value_text(info, value);
  if (text.empty()) return "none";
  return text.size() <= longest_value ? text : std::string();
}

Change change_of(const ParameterInfo& info, const std::string& of, const ParameterValue& before,
                 const ParameterValue& after) {
  return {std::string(info.label), of, shown_value(info, before), shown_value(info, after)};
}

template <class Say>
std::string words_of(const Change& change, Say say) {
  const std::string name = say(change.label) + (change.of.empty() ? "" : " " + say(change.of));
  if (change.from.empty() || change.to.empty()) return name;
  return name + (change.of.empty() ? " " : ": ") + say(change.from) + " → " + say(change.to);
}

template <class Settings>
void add_changes(std::vector<Change>& changes, const ParameterTable<Settings>& table, const Settings& before,
                 const Settings& after) {
  for (const auto& row : table) {
    const ParameterValue was = row.get(before), is = row.get(after);
    if (!(was == is)) changes.push_back(change_of(row.info, {}, was, is));
  }
}

/// Values that layers have for themselves, given, changed and taken away.
void add_changes_of_layers(std::vector<Change>& changes, const ModelParameters& before, const ModelParameters& after) {
  std::set<std::pair<std::size_t, std::string>> own;
  for (const ModelParameters* parameters : {&before, &after})
    for (const auto& [layer, values] : parameters->overrides)
      for (const auto& [id, value] : values) own.emplace(layer, id);
  const auto value_of = [](const ModelParameters& parameters, std::size_t layer, const std::string& id) {
    const auto& row = model_parameter_table().at(id);
    const auto values = parameters.overrides.find(layer);
    if (values != parameters.overrides.end())
      if (const auto value = values->second.find(id); value != values->second.end()) return value->second;
    return row.get(parameters);
  };
  for (const auto& [layer, id] : own) {
    const ParameterValue was = value_of(before, layer, id), is = value_of(after, layer, id);
    const bool also_shared = !(model_parameter_table().at(id).get(before) == model_parameter_table().at(id).get(after));
    if (!(was == is) && !also_shared)
      changes.push_back(
          change_of(model_parameter_table().at(id).info, "of layer " + std::to_string(layer + 1), was, is));
  }
}

}  // namespace

std::string step_text(const History& history, std::size_t step,
                      const std::function<std::string(const std::string&)>& say) {
  const auto said = [&](const std::string& text) { return say ? say(text) : text; };
  const WorkspaceState& before = history.state_at(step - 1);
  const WorkspaceState& after = history.state_at(step);
  std::vector<Change> changes;
  add_changes(changes, model_parameter_table(), before.parameters, after.parameters);
  add_changes_of_layers(changes, before.parameters, after.parameters);
  add_changes(changes, training_parameter_table(), before.training, after.training);
  add_changes(changes, measure_setting_table(), before.view.measures, after.view.measures);
  add_changes(changes, picture_option_table(), before.view.pictures, after.view.pictures);
  if (changes.size() == 1) return words_of(changes.front(), said);
  std::string label = said(history.label_at(step));
  if (!label.empty()) label.front() = upper_case(label.front());
  return label;
}

}  // namespace dnm
