// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/network_options.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/workspace/experiments/first_topology.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/run_moments.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/provenance.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/words.h"
#include "core/files/network_files.h"
#include "core/files/presets.h"
#include "core/files/tensor_stack.h"
#include "core/models/initialiser.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm::cli {
namespace {

constexpr const char* reading_options = "--as, --format and --tensors";

/// The meaning of FAMILY and SPREAD, one line per distribution of the model table.
std::string families_help() {
  std::string text = "FAMILY is one of";
  for (const Choice& family : family_choices()) text.append(" ").append(family.id).append(",");
  text.back() = '.';
  text += " A value for layer 2 alone is written 2=VALUE. SPREAD and what it is when left out:\n";
  for (const auto& row : model_parameter_table()) {
    if (row.info.kind != ParameterKind::distribution) continue;
    text += std::string(row.info.id) + " -";
    for (const Spread& spread : row.info.spreads) {
      ParameterInfo number = row.info;
      number.kind = ParameterKind::real;
      text.append(" ").append(family_id(spread.family)).append(": ").append(spread.label);
      if (!spread.unit.empty()) text.append(" (").append(spread.unit).append(")");
      text.append(" [").append(format_value(number, spread.default_spread(row.info.default_mean))).append("];");
    }
    text.back() = '\n';
  }
  return text;
}

bool is_folder(const std::string& file) {
  std::error_code error;
  return std::filesystem::is_directory(file, error);
}

SourceNetwork read_file(const std::string& file, const ReadOptions& reading, const TaskControl& control) {
  const Stopwatch watch;
  NetworkFile read = read_network(file, reading, control);
  return {std::move(read.network), {}, file, reading, std::move(read.provenance), std::move(read.notices),
          watch.seconds()};
}

}  // namespace

std::string network_input_help() {
  return "A network (" + network_extensions() +
         "; text also with .gz, or - for standard input) or a session (.dnm.json)";
}

void ReadingOptions::declare(OptionParser& parser) {
  parser.add({.name = "--as",
              .help = "Read a matrix, or a table of links, as a graph or as layers [what the file says]",
              .placeholder = "graph|layers",
              .choices = {"graph", "layers"}},
             as_);
  parser.add({.name = "--format",
              .help = "The format of a file whose name does not tell it, such as a pipe [its first bytes tell]",
              .placeholder = "EXT",
              .choices = row_ids(network_formats())},
             format_);
  parser.add({.name = "--tensors",
              .help = "The matrices that are the layers, in their order, of a file of many (.npz, .safetensors, .pt) "
                      "[all, if they make one chain]",
              .placeholder = "NAME,NAME,…"},
             tensors_);
}

ReadOptions ReadingOptions::reading() const {
  ReadOptions reading;
  reading.as = read_as_named(as_);
  if (!format_.empty()) reading.format = network_format_named(format_).extension;
  if (tensors_) reading.tensors = tensors_named(*tensors_);
  return reading;
}

void NetworkOptions::declare(OptionParser& parser, bool with_file, std::span<const std::string_view> without) {
  if (with_file) {
    parser.add(
        {.name = "FILE",
         .help = network_input_help() + ", or the folder of a run under a rewiring rule (see --update), in place of "
                                        "the model options"},
        file_);
    reading_.declare(parser);
    parser.add({.name = "--update",
                .help = "The network after so many updates of its links, of the run whose folder FILE is [the last]",
                .placeholder = "N"},
               update_);
    declare_matrices(parser, matrices_);
  }
  parser.add({.name = "--preset",
              .help = "Start from a named parameter set (see dnm presets), or from best.json of a search",
              .placeholder = "NAME",
              .group = "Model",
              .choices = row_ids(presets())},
             preset_);
  options_.add(parser, model_parameter_table(), ModelParameters{}, "Model", without);
  parser.set_notes([] { return families_help(); });
}

void declare_matrices(OptionParser& parser, std::string& matrices) {
  parser.add({.name = "--matrices",
              .help = "The matrices of a run that are the network: one by its name (encoder1.self.q), or several that "
                      "follow one another (encoder1.ffn, encoder.ffn, encoder1.self.v-o, encoder1.self.head3) [all, "
                      "where they are one chain, else the first feed-forward block]",
              .placeholder = "NAME"},
             matrices);
}

void NetworkOptions::check_usage() const {
  if (!session_ && !is_folder(file_)) {
    if (!update_.empty()) throw UsageError("--update is of a run; give the folder of one");
    if (!matrices_.empty()) throw UsageError("--matrices is of a run; give the folder of one");
  }
  if (file_.empty()) {
    if (reading_.is_given()) throw UsageError(std::string(reading_options) + " tell how a file is read; name a FILE");
    return;
  }
  if (!preset_.empty()) throw UsageError("give either a file or --preset, not both");
  for (const auto& row : model_parameter_table()) {
    // The seed also starts the random numbers of measures and weights, so it is allowed with a file.
    if (row.info.id != "seed" && options_.given(row.info.id)) {
      throw UsageError("give either a file or model options, not both (" + file_ + " and --" +
                       std::string(row.info.id) + ")");
    }
  }
}

void NetworkOptions::apply_options(ModelParameters& parameters) const {
  for (const auto& row : model_parameter_table()) {
    for (const std::string& text : options_.texts(row.info.id)) set_from_text(parameters, row.info.id, text);
    if (options_.given(row.info.id)) model_parameter_table().check_applies(row, parameters);
  }
}

bool NetworkOptions::is_given() const {
  return has_file() || !preset_.empty() ||
         std::ranges::any_of(model_parameter_table(), [this](const auto& row) { return given(row.info.id); });
}

void NetworkOptions::set_session(Session session, std::string file) {
  session_ = std::move(session);
  file_ = std::move(file);
}

std::optional<Session> NetworkOptions::session() const {
  if (session_) return session_;
  if (is_session_file(file_)) return read_session(file_);
  return run_session();
}

std::optional<Session> NetworkOptions::run_session(std::optional<std::uint64_t> compared) const {
  if (!is_folder(file_)) return std::nullopt;
  const std::filesystem::path folder = rewired_run_in(file_);
  RunMoments moments(folder);
  static_cast<void>(moments.refresh());
  ShownRun run{.folder = folder.string(), .matrices = matrices_, .compared = compared};
  if (!update_.empty()) {
    run.update = update_number("--update", update_);
  } else if (!moments.moments().empty()) {
    run.update = moments.moments().back().update;
  }
  run.seed = seed_of_run(folder).value_or(0);
  moments.read(run);
  Session session = network_session();
  session.state.shown = std::move(run);
  return session;
}

std::optional<ModelParameters> NetworkOptions::parameters() const {
  check_usage();
  ModelParameters parameters;
  if (const auto given = session()) {
    if (!std::holds_alternative<ShownModel>(given->state.shown)) return std::nullopt;
    parameters = given->state.parameters;
  } else if (has_file()) {
    return std::nullopt;
  } else if (!preset_.empty()) {
    parameters = preset(preset_).parameters;
  }
  apply_options(parameters);
  return parameters;
}

SourceNetwork NetworkOptions::resolve(const TaskControl& control) const {
  if (const auto drawn_from = parameters()) {
    SourceNetwork source = draw_network(*drawn_from, control);
    source.file = file_;
    return source;
  }
  auto given = session();
  if (!given) return read_file(file_, reading(), control);
  const Stopwatch watch;
  WorkspaceState& state = given->state;
  if (reading_.is_given()) {
    auto* const shown = std::get_if<ShownFile>(&state.shown);
    if (shown == nullptr) {
      throw UsageError(std::string(reading_options) + " tell how a network file is read; this session shows none");
    }
    shown->reading = reading();
  }
  std::vector<std::string> notices;
  if (is_folder(file_)) {
    RunMoments moments(rewired_run_in(file_));
    static_cast<void>(moments.refresh());
    if (std::string gap = moments.gap(); !gap.empty()) notices.push_back(std::move(gap));
  }
  std::ranges::move(read_shown(state.shown, control), std::back_inserter(notices));
  if (!given->found_elsewhere.empty()) notices.push_back(given->found_elsewhere);
  if (const std::string& problem = network_problem(state); !problem.empty()) throw FileError(problem);
  SourceNetwork source;
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) {
    source = {file->network, {}, file->file, file->reading, file->provenance};
  } else if (const auto* run = std::get_if<ShownRun>(&state.shown)) {
    source = {run->network, {}, file_, {}, provenance_of(state, file_)};
    source.before = network_before(state);
    source.names = layer_names(state);
    source.moment = moment_name(*run);
    source.matrices = run->matrices;
  } else {
    apply_options(state.parameters);
    source = draw_network(state.parameters, control);
    source.file = file_;
  }
  source.notices.insert(source.notices.begin(), std::make_move_iterator(notices.begin()),
                        std::make_move_iterator(notices.end()));
  source.seconds = watch.seconds();
  return source;
}

std::uint64_t NetworkOptions::seed() const {
  if (const auto value = options_.value(model_parameter_table().at("seed").info))
    return static_cast<std::uint64_t>(std::get<std::int64_t>(*value));
  const auto given = session();
  return given ? given->state.parameters.seed : 0;
}

std::uint64_t NetworkOptions::measuring_seed(const SourceNetwork& source) const {
  if (source.parameters) return source.parameters->seed;
  if (given("seed") || session()) return seed();
  const auto drawn_from = dnm::parameters_of({source.file, source.network, source.provenance, source.reading});
  return drawn_from ? drawn_from->seed : seed();
}

std::uint64_t update_number(const std::string& option, const std::string& text) {
  std::uint64_t update = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), update);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    throw UsageError(option + " " + text + " is no number of updates; write 0 for the start of the run, or 12");
  }
  return update;
}

Graph graph_of(const Network& network) {
  // Both ends of every link, and about 32 bytes of offsets and component numbers per node.
  require_memory(8 * network.link_count() + 32 * std::uint64_t{network.node_count()}, "the graph of this network");
  return Graph(network);
}

SourceNetwork draw_network(const ModelParameters& parameters, const TaskControl& control, NodeIndex classes) {
  const Stopwatch watch;
  FirstTopology drawn = draw_topology(parameters, TrainingSettings{}, control, classes);
  return {std::move(drawn.source.network), parameters, {}, {}, {}, std::move(drawn.notices), watch.seconds()};
}

WorkspaceState state_of(const SourceNetwork& source) {
  WorkspaceState state;
  if (source.parameters) {
    state.parameters = *source.parameters;
  } else {
    state.shown = ShownFile{source.file, source.network, source.provenance, source.reading};
  }
  return state;
}

std::string describe(const SourceNetwork& source) {
  if (!source.parameters) {
    const std::string matrices = source.matrices.empty() ? "" : ", " + source.matrices;
    return source.file + matrices + ", " + shape_text(*source.network);
  }
  const ModelParameters& parameters = *source.parameters;
  std::string text = parameters.initialiser + " " + shape_text(*source.network);
  const auto& sparsity = model_parameter_table().at("sparsity");
  if (model_parameter_table().applies(sparsity, parameters)) {
    text += ", sparsity " + format_value(sparsity.info, sparsity.get(parameters));
    if (parameters.allocation != "uniform") text += ", allocation " + parameters.allocation;
  }
  return text + ", seed " + std::to_string(parameters.seed);
}

}  // namespace dnm::cli
