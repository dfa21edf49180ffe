// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/command_lines.h"

#include <cstdint>
#include <vector>

#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

/// The words that give this network again: a file's name, or the model's options.
std::string network_words(const WorkspaceState& state) {
  const std::string& file = network_file(state);
  return file.empty() ? to_command_line(state.parameters) : shell_word(file);
}

/// The options of `dnm measure` that differ from its defaults, each with a space before it.
std::string measure_options(const ViewSettings& view) {
  std::string line;
  const MeasureSettings defaults;
  for (const MeasureSetting& setting : measure_setting_table()) {
    const ParameterValue value = setting.get(view.measures);
    if (!lasts(setting) || value == setting.get(defaults)) continue;
    line += " --" + std::string(setting.info.id) + " " + format_value(setting.info, value);
  }
  return line;
}

/// The same of `dnm figure`: measures, pictures and embedding.
std::string figure_options(const ViewSettings& view) {
  std::string line = measure_options(view);
  const ViewSettings defaults;
  for (const ViewOption& option : view_option_table()) {
    const std::string id = option.get(view);
    if (id != option.get(defaults)) line += " --" + std::string(option.info.id) + " " + id;
  }
  if (!(view.embedding == defaults.embedding)) line += " --method " + embedding_method_name(view.embedding);
  if (view.measured_layer) line += " --measured-layer " + std::to_string(*view.measured_layer + 1);
  return line;
}

}  // namespace

std::string generate_command_line(const WorkspaceState& state) { return "dnm generate " + network_words(state); }

std::string measure_command_line(const WorkspaceState& state) {
  return "dnm measure " + network_words(state) + measure_options(state.view);
}

std::string training_command_line(const WorkspaceState& state) {
  const std::vector<std::uint64_t> seeds = training_seeds(state);
  const bool from_file = !network_file(state).empty();
  const bool one_seed = !from_file && seeds == std::vector{state.parameters.seed};
  std::string line = "dnm train";
  if (from_file) {
    line += " " + network_words(state);
  } else {
    for (const auto& [id, text] : to_texts(state.parameters)) {
      // --seeds stands in place of --seed, and the data set is named once for network and training.
      if (text.empty() || id == "data" || id == "data-dir" || (id == "seed" && !one_seed)) continue;
      line.append(" --").append(id).append(" ").append(shell_word(text));
    }
  }
  for (const TrainingParameter& parameter : training_parameter_table()) {
    const ParameterValue value = parameter.get(state.training);
    if (parameter.info.id == "hidden" || parameter.info.id == "seed") continue;
    if (parameter.info.id != "data" && value == parameter.get(TrainingSettings{})) continue;
    line += " --" + std::string(parameter.info.id);
    if (parameter.info.kind != ParameterKind::flag) line += " " + shell_word(format_value(parameter.info, value));
  }
  if (!one_seed) line += " --seeds " + format_value(seeds_info(), seeds_value(seeds));
  return line;
}

std::string figure_command_line(const WorkspaceState& state, const FigureOutput& output) {
  return "dnm figure " + network_words(state) + figure_options(state.view) + " --panel " + output.panel + " --width " +
         shell_word(output.width) + " -o " + shell_word(output.file);
}

}  // namespace dnm
