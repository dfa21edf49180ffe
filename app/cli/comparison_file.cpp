// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_file.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/compared_rules.h"
#include "app/workspace/experiments/shipped_experiments.h"
#include "core/models/model_parameters.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "training/runs/training_parameters.h"

namespace dnm::cli {

namespace {

constexpr std::string_view keys[] = {"title", "description", "rows", "seeds", "validation", "sparsity", "training"};
constexpr std::string_view row_keys[] = {"id", "label", "preset", "model"};
/// What all rows of a comparison have in common.
constexpr std::string_view not_of_rows[] = {"layers", "sparsity", "seed", "data", "data-dir"};
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

std::string text_member(const OrderedJson& json, const char* key) {
  if (!json.contains(key) || !json[key].is_string())
    throw InvalidInput("a row of its own needs \"" + std::string(key) + "\", a text");
  return json[key].get<std::string>();
}

/// The options of a row that the file describes: "model=dnm dendrites=fixed:5".
std::string model_of(const OrderedJson& json) {
  std::string options;
  const auto add = [&](const std::string& id, const std::string& value) {
    options.append(options.empty() ? "" : " ").append(id).append("=").append(value);
  };
  if (json.contains("preset")) add("preset", text_member(json, "preset"));
  if (!json.contains("model")) return options;
  if (!json["model"].is_object())
    throw InvalidInput("\"model\" of a row holds parameters by name; write it as {\"model\": \"dnm\"}");
  std::vector<std::string_view> known = row_ids(model_parameter_table());
  std::erase_if(known, [](std::string_view id) { return std::ranges::find(not_of_rows, id) != std::end(not_of_rows); });
  for (const auto& [id, value] : json["model"].items())
    if (std::ranges::find(known, id) == known.end()) throw_unknown("parameter of a row", id, known);
  // In the order of the table, since some parameters belong to others.
  for (const std::string_view id : known)
    if (const auto found = json["model"].find(std::string(id)); found != json["model"].end())
      add(std::string(id), text_of(*found));
  return options;
}

/// The ids of the rows, "random,own"; those that are described are added to `own`.
std::string read_rows(const OrderedJson& json, OwnRows& own) {
  if (!json.is_array()) return text_of(json);
  std::string ids;
  for (const OrderedJson& row : json) {
    if (!row.is_object()) {
      ids.append(ids.empty() ? "" : ",").append(text_of(row));
      continue;
    }
    for (const auto& [key, value] : row.items())
      if (std::ranges::find(row_keys, key) == std::end(row_keys)) throw_unknown("key of a row", key, row_keys);
    const std::string id = text_member(row, "id");
    own.add(id, text_member(row, "label"), model_of(row));
    ids.append(ids.empty() ? "" : ",").append(id);
  }
  return ids;
}

void read(const OrderedJson& json, TableOptions& options, std::optional<std::string>& rows, OwnRows& own) {
  if (!json.is_object() || !json.contains("rows"))
    throw InvalidInput("this is not the description of a comparison; \"rows\" names its rows");
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(keys, key) == std::end(keys)) throw_unknown("key of a comparison", key, keys);
  }
  const std::string ids = read_rows(json["rows"], own);
  if (!rows) rows = ids;
  for (const std::string_view key : option_keys) {
    if (json.contains(key)) give(options, std::string(key), json[std::string(key)]);
  }
  if (json.contains("training")) read_training(json["training"], options);
}

}  // namespace

void OwnRows::add(std::string id, std::string label, std::string model) {
  const auto is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; };
  if (id.empty() || !std::ranges::all_of(id, is_plain))
    throw InvalidInput("the id of a row names a folder; write \"" + id + "\" with letters, digits, - and _ alone");
  if (find(id) != nullptr || find_row(comparison_rows(), id) != nullptr)
    throw InvalidInput("there is a row " + id + " already; give this one another id");
  Row& own = rows_.emplace_back(Row{std::move(id), std::move(label), std::move(model)});
  own.row = {.id = own.id, .label = own.label, .model = own.model, .one_seed = false};
  const std::string initialiser = parameters_of(own.row, {}).initialiser;
  own.row.dense = std::ranges::any_of(comparison_rows(), [&](const ComparisonRow& row) {
    return row.dense && parameters_of(row, {}).initialiser == initialiser;
  });
}

const ComparisonRow* OwnRows::find(std::string_view id) const {
  const auto found = std::ranges::find(rows_, id, [](const Row& row) { return std::string_view(row.id); });
  return found == rows_.end() ? nullptr : &found->row;
}

OwnRows read_comparison_file(const std::string& file, TableOptions& options, std::optional<std::string>& rows) {
  const std::string text = experiment_text(file, ExperimentKind::comparison);
  OwnRows own;
  try {
    read(parse_json_with_unique_keys(text), options, rows, own);
  } catch (const InvalidInput& problem) {
    throw InvalidInput(file + ": " + problem.what());
  } catch (const OrderedJson::exception&) {
    throw InvalidInput(file +
                       ": this is not the description of a comparison: it is no JSON, or a member is of another "
                       "kind; see dnm help command-line");
  }
  return own;
}

}  // namespace dnm::cli
