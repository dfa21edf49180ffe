// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/command_lines.h"

#include <cstdint>
#include <filesystem>
#include <vector>

#include "app/workspace/exported.h"
#include "core/files/tensor_stack.h"
#include "core/parameters/parameter_table.h"
#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

bool shows_run(const WorkspaceState& state) { return std::holds_alternative<ShownRun>(state.shown); }

/// The run that is shown, if its folder says what its links were.
const ShownRun* kept_run(const WorkspaceState& state) {
  const auto* run = std::get_if<ShownRun>(&state.shown);
  return run && !run->folder.empty() ? run : nullptr;
}

/// The options that make a network file be read so.
std::string reading_words(const ReadOptions& reading) {
  std::string words;
  if (reading.as != ReadAs::automatic) words.append(" --as ").append(read_as_id(reading.as));
  if (!reading.format.empty()) words.append(" --format ").append(shell_word(reading.format));
  if (!reading.tensors.empty()) words.append(" --tensors ").append(shell_word(tensors_text(reading.tensors)));
  return words;
}

/// The arguments that reproduce this network: a file name, or the model's options.
std::string network_words(const WorkspaceState& state) {
  const std::string& file = network_file(state);
  return file.empty() ? to_command_line(state.parameters) : shell_word(file) + reading_words(network_reading(state));
}

/// The same for what is measured, which may be a run at one of its moments: the seed of the model starts the random
/// numbers of the measures of a file, too.
std::string measured_words(const WorkspaceState& state) {
  const ShownRun* run = kept_run(state);
  const bool names_seed = (run || !network_file(state).empty()) && state.parameters.seed != ModelParameters{}.seed;
  std::string words = run ? shell_word(run->folder) + " --update " + std::to_string(run->update) : network_words(state);
  if (names_seed) words += " --seed " + std::to_string(state.parameters.seed);
  return words;
}

/// The options that make these settings of the measures. With an error to reach, a command line draws more often for
/// σ_c than by default, unless it names how often.
std::string measure_words(const MeasureSettings& settings) {
  const auto& table = measure_setting_table();
  if (settings.sigma_error == 0.0) return command_options(table, settings);
  const auto& draws = table.at("draws");
  return option_text(draws.info, draws.get(settings)) + command_options(table, settings, {"draws"});
}

}  // namespace

std::string generate_command_line(const WorkspaceState& state) { return "dnm generate " + network_words(state); }

std::string measure_command_line(const WorkspaceState& state) {
  if (shows_run(state) && !kept_run(state)) return {};
  return "dnm measure " + measured_words(state) + measure_words(state.view.measures);
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

std::string figure_command_line(const WorkspaceState& shown, const FigureOutput& output) {
  const WorkspaceState state = exported_state(shown, output.file);
  const std::string file = shell_word(std::filesystem::path(output.file).filename().string());
  const ShownRun* run = kept_run(state);
  std::string source = measured_words(state);
  if (run && run->compared) source += " --compare-update " + std::to_string(*run->compared);
  const std::string preset = output.preset.empty() ? std::string() : "--preset " + shell_word(output.preset) + " ";
  return "dnm figure " + preset + source + measure_words(state.view.measures) +
         command_options(view_option_table(), state.view, {"chance"}) + " --panel " + output.panel + " --width " +
         shell_word(output.width) + " -o " + file;
}

}  // namespace dnm
