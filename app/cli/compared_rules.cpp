// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compared_rules.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/training_parameters.h"

namespace dnm::cli {

namespace {

/// The row of the training table that names the rewiring rule; here it names several.
constexpr std::string_view method_option = "method";

}  // namespace

std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    if (std::string trimmed = one_line(part); !trimmed.empty()) parts.push_back(std::move(trimmed));
  }
  return parts;
}

std::vector<ComparedRule> compared_rules(const TableOptions& options) {
  std::vector<ComparedRule> rules;
  const auto add = [&](const std::string& id) {
    ComparedRule rule{look_up(rewiring_table(), id, "rewiring rule").choice, {}};
    const auto same = [&](const ComparedRule& other) { return other.choice.id == rule.choice.id; };
    if (std::ranges::any_of(rules, same)) throw InvalidInput("--method names " + id + " twice; name each rule once");
    training_parameter_table().at(method_option).set(rule.settings, id);  // with what is usual for it
    if (options.given(method_option)) rule.given.emplace_back(method_option, id);
    rules.push_back(std::move(rule));
  };
  if (!options.given(method_option)) add(TrainingSettings{}.method);
  for (const std::string& list : options.texts(method_option)) {
    for (const std::string& id : listed(list)) add(id);
  }
  if (rules.empty()) throw InvalidInput("--method is empty; name rules such as set,chts, or leave it out");
  return rules;
}

void apply_options(const TableOptions& options, std::vector<ComparedRule>& rules) {
  const auto& table = training_parameter_table();
  for (const auto& row : table) {
    if (row.info.id == method_option || std::ranges::find(not_compared, row.info.id) != std::end(not_compared))
      continue;
    const auto value = options.value(row.info);
    if (!value) continue;
    const auto has = [&](const ComparedRule& rule) { return table.applies(row, rule.settings); };
    if (std::ranges::none_of(rules, has)) table.check_applies(row, rules.front().settings);
    for (ComparedRule& rule : rules) {
      if (!has(rule)) continue;
      row.set(rule.settings, *value);
      if (row.info.id != "hidden") rule.given.emplace_back(row.info.id, format_value(row.info, *value));
    }
  }
}

}  // namespace dnm::cli
