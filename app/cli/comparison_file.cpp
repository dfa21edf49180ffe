// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_file.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "app/cli/compared_rules.h"
#include "app/workspace/experiments/shipped_experiments.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "training/runs/training_parameters.h"

namespace dnm::cli {

namespace {

constexpr std::string_view keys[] = {"title", "description", "rows", "seeds", "validation", "sparsity", "training"};
constexpr std::string_view option_keys[] = {"seeds", "validation", "sparsity"};

/// As on the command line: a list of texts or numbers with commas between them.
std::string text_of(const OrderedJson& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const OrderedJson& one : value) text += (text.empty() ? "" : ",") + text_of(one);
  return text;
}

void give(TableOptions& options, const std::string& id, const OrderedJson& value) {
  if (!options.given(id)) options.give(id, text_of(value));
}

void read_training(const OrderedJson& json, TableOptions& options) {
  std::vector<std::string_view> known = row_ids(training_parameter_table());
  std::erase_if(known,
                [](std::string_view id) { return std::ranges::find(not_compared, id) != std::end(not_compared); });
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(known, key) == known.end()) throw_unknown("training setting", key, known);
    give(options, key, value);
  }
}

void read(const OrderedJson& json, TableOptions& options, std::optional<std::string>& rows) {
  if (!json.is_object() || !json.contains("rows"))
    throw InvalidInput("this is not the description of a comparison; \"rows\" names its rows");
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(keys, key) == std::end(keys)) throw_unknown("key of a comparison", key, keys);
  }
  if (!rows) rows = text_of(json["rows"]);
  for (const std::string_view key : option_keys) {
    if (json.contains(key)) give(options, std::string(key), json[std::string(key)]);
  }
  if (json.contains("training")) read_training(json["training"], options);
}

}  // namespace

void read_comparison_file(const std::string& file, TableOptions& options, std::optional<std::string>& rows) {
  const std::string text = experiment_text(file, ExperimentKind::comparison);
  try {
    read(parse_json_if_valid(text), options, rows);
  } catch (const InvalidInput& problem) {
    throw InvalidInput(file + ": " + problem.what());
  }
}

}  // namespace dnm::cli
