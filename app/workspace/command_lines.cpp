// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/command_lines.h"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "app/workspace/exported.h"
#include "core/files/presets.h"
#include "core/files/tensor_stack.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "training/models/model_table.h"
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

std::string run_words(const ShownRun& run) {
  const std::string words = shell_word(run.folder) + " --update " + std::to_string(run.update);
  return run.matrices.empty() ? words : words + " --matrices " + shell_word(run.matrices);
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
  std::string words = run ? run_words(*run) : network_words(state);
  if (names_seed) words += " --seed " + std::to_string(state.parameters.seed);
  return words;
}

/// Whether an option of `dnm train` has a value; nothing for one that is not known.
std::optional<bool> takes_value(std::string_view id) {
  for (const auto& row : training_parameter_table())
    if (row.info.id == id) return row.info.kind != ParameterKind::flag;
  for (const auto& row : model_parameter_table())
    if (row.info.id == id) return true;
  for (const std::string_view known : {"seeds", "preset", "jobs"})
    if (known == id) return true;
  return id == "json" ? std::optional(false) : std::nullopt;
}

/// The options of a `dnm train` line with their values, in their order; nothing if it has a word that is none.
std::optional<std::vector<std::pair<std::string, std::string>>> options_of_training(const std::string& line) {
  const std::vector<std::string> words = shell_words(line);
  if (words.size() < 2 || words[1] != "train") return std::nullopt;
  std::vector<std::pair<std::string, std::string>> options;
  for (std::size_t at = 2; at < words.size(); ++at) {
    if (!words[at].starts_with("--")) return std::nullopt;
    const std::size_t equals = words[at].find('=');
    const std::string id = words[at].substr(2, equals == std::string::npos ? equals : equals - 2);
    const std::optional<bool> valued = takes_value(id);
    const bool stands_apart = valued == true && equals == std::string::npos;
    if (!valued || (stands_apart && at + 1 == words.size())) return std::nullopt;
    options.emplace_back(id, stands_apart                  ? words[++at]
                             : equals == std::string::npos ? std::string()
                                                           : words[at].substr(equals + 1));
  }
  return options;
}

}  // namespace

std::optional<ModelParameters> trained_model(const std::string& command_line) try {
  const auto options = options_of_training(command_line);
  if (!options) return std::nullopt;
  ModelParameters parameters;
  for (const auto& [id, text] : *options)
    if (id == "preset") parameters = preset(text).parameters;
  // As the command itself: in the order of the table, whatever that of the line.
  for (const auto& row : model_parameter_table())
    for (const auto& [id, text] : *options)
      if (id == row.info.id) set_from_text(parameters, id, text);
  return parameters;
} catch (const Error&) {
  return std::nullopt;
}

std::string measure_options(const MeasureSettings& settings) {
  // With an error to reach, a command line draws more often for σ_c than by default, unless it names how often.
  const auto& table = measure_setting_table();
  if (settings.sigma_error == 0.0) return command_options(table, settings);
  const auto& draws = table.at("draws");
  return option_text(draws.info, draws.get(settings)) + command_options(table, settings, {"draws"});
}

std::string generate_command_line(const WorkspaceState& state) { return "dnm generate " + network_words(state); }

std::string measure_command_line(const WorkspaceState& state) {
  if (shows_run(state) && !kept_run(state)) return {};
  return "dnm measure " + measured_words(state) + measure_options(state.view.measures);
}

std::string training_command_line(const WorkspaceState& state) {
  const ShownRun* run = kept_run(state);
  if (shows_run(state) && !run) return {};
  const std::vector<std::uint64_t> seeds = training_seeds(state);
  const bool from_file = !is_drawn(state);
  const bool one_seed = !from_file && seeds == std::vector{state.parameters.seed};
  std::string line = "dnm train";
  if (from_file) {
    line += " " + (run ? run_words(*run) : network_words(state));
  } else {
    for (const auto& [id, text] : to_texts(state.parameters)) {
      // --seeds replaces --seed, and the data set is named once for network and training.
      if (text.empty() || id == "data" || id == "data-dir" || (id == "seed" && !one_seed)) continue;
      if (id == "layers" && draws_matrices(state.training)) continue;
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
  WorkspaceState state = exported_state(shown, output.file);
  state.view.measured_layer = measured_layer(state);
  const std::string file = shell_word(std::filesystem::path(output.file).filename().string());
  const ShownRun* run = kept_run(state);
  std::string source = measured_words(state);
  LinkColoring& links = state.view.pictures.link_coloring;
  if (run && run->is_working && links == LinkColoring::change) links = LinkColoring::layer;
  if (run && run->compared) source += " --compare-update " + std::to_string(*run->compared);
  const std::string preset = output.preset.empty() ? std::string() : "--preset " + shell_word(output.preset) + " ";
  const std::string select = output.select.empty() ? std::string() : " --select " + shell_word(output.select);
  return "dnm figure " + preset + source + measure_options(state.view.measures) +
         command_options(view_option_table(), state.view, {"chance"}) + " --panel " + shell_word(output.panel) +
         " --width " + shell_word(output.page.width) + command_options(page_setting_table(), output.page, {"width"}) +
         select + " -o " + file;
}

}  // namespace dnm
