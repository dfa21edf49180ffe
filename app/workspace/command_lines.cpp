// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/command_lines.h"

#include <cstdint>
#include <vector>

#include "core/parameters/parameter_table.h"
#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

bool shows_run(const WorkspaceState& state) { return std::holds_alternative<ShownRun>(state.shown); }

/// The options that make a network file be read so.
std::string reading_words(const ReadOptions& reading) {
  std::string words;
  if (reading.as != ReadAs::automatic) words.append(" --as ").append(read_as_id(reading.as));
  if (!reading.format.empty()) words.append(" --format ").append(shell_word(reading.format));
  std::string tensors;
  for (const std::string& tensor : reading.tensors) tensors.append(tensors.empty() ? "" : ",").append(tensor);
  if (!tensors.empty()) words.append(" --tensors ").append(shell_word(tensors));
  return words;
}

/// The arguments that reproduce this network: a file name, or the model's options.
std::string network_words(const WorkspaceState& state) {
  const std::string& file = network_file(state);
  return file.empty() ? to_command_line(state.parameters) : shell_word(file) + reading_words(network_reading(state));
}

}  // namespace

std::string generate_command_line(const WorkspaceState& state) { return "dnm generate " + network_words(state); }

std::string measure_command_line(const WorkspaceState& state) {
  if (shows_run(state)) return {};
  return "dnm measure " + network_words(state) + command_options(measure_setting_table(), state.view.measures);
}

std::string training_command_line(const WorkspaceState& state) {
  if (shows_run(state)) return {};
  const std::vector<std::uint64_t> seeds = training_seeds(state);
  const bool from_file = !network_file(state).empty();
  const bool one_seed = !from_file && seeds == std::vector{state.parameters.seed};
  std::string line = "dnm train";
  if (from_file) {
    line += " " + network_words(state);
  } else {
    for (const auto& [id, text] : to_texts(state.parameters)) {
      // --seeds replaces --seed, and the data set is named once for network and training.
      if (text.empty() || id == "data" || id == "data-dir" || (id == "seed" && !one_seed)) continue;
      line.append(" --").append(id).append(" ").append(shell_word(text));
    }
  }
  const auto& table = training_parameter_table();
  line += option_text(table.at("data").info, state.training.data_set);
  line += command_options(table, state.training, {"data", "hidden", "seed"});
  if (!one_seed) line += " --seeds " + format_value(seeds_info(), seeds_value(seeds));
  return line;
}

std::string figure_command_line(const WorkspaceState& state, const FigureOutput& output) {
  // There are no options for the network of a run, but the figure carries the session that names its folder.
  const auto* run = std::get_if<ShownRun>(&state.shown);
  const std::string source =
      run && !run->folder.empty() ? "--session " + shell_word(output.file) : network_words(state);
  return "dnm figure " + source + command_options(measure_setting_table(), state.view.measures) +
         command_options(view_option_table(), state.view, {"chance"}) + " --panel " + output.panel + " --width " +
         shell_word(output.width) + " -o " + shell_word(output.file);
}

}  // namespace dnm
