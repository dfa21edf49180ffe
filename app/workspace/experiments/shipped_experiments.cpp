// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/shipped_experiments.h"

#include <filesystem>
#include <span>
#include <system_error>

#include "core/files/file_text.h"
#include "core/parameters/look_up.h"
#include "core/support/compiled_text.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {

/// The files of resources/experiments.
std::span<const CompiledText> experiment_texts();

const std::vector<ShippedExperiment>& shipped_experiments() {
  static const std::vector<ShippedExperiment> all = [] {
    std::vector<ShippedExperiment> made;
    for (const auto& [id, text] : experiment_texts()) {
      const OrderedJson json = parse_json(text);
      made.push_back({std::string(id), json.at("title").get<std::string>(), json.at("description").get<std::string>(),
                      json.contains("vary") ? ExperimentKind::search : ExperimentKind::comparison, std::string(text)});
    }
    return made;
  }();
  return all;
}

std::vector<std::string_view> shipped_experiment_ids(ExperimentKind kind) {
  std::vector<std::string_view> ids;
  for (const ShippedExperiment& experiment : shipped_experiments()) {
    if (experiment.kind == kind) ids.push_back(experiment.id);
  }
  return ids;
}

std::string experiment_text(const std::string& file, ExperimentKind kind) {
  std::error_code error;
  // A folder of the name is where its results may be.
  if (std::filesystem::exists(file, error) && !std::filesystem::is_directory(file, error)) return whole_file(file);
  for (const ShippedExperiment& experiment : shipped_experiments()) {
    if (experiment.id != file) continue;
    if (experiment.kind == kind) return experiment.text;
    const bool searches = experiment.kind == ExperimentKind::search;
    throw InvalidInput(file + " is a " + (searches ? "search" : "comparison") + "; run dnm " +
                       (searches ? "search " : "compare ") + file);
  }
  if (!file.ends_with(".json")) throw_unknown("experiment", file, shipped_experiment_ids(kind));
  throw FileError("there is no file " + file +
                  "; check its name, or leave .json out for an experiment that comes with "
                  "the program");
}

}  // namespace dnm
