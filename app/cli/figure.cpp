// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/table_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/exported.h"
#include "app/workspace/figure_presets.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/view_settings.h"
#include "core/files/presets.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "viz/figure/figure_grid.h"
#include "viz/figure/page_settings.h"
#include "viz/scenes/network_scene.h"
#ifdef DNM_STUDIO
#include "app/cli/figure_moments.h"
#include "app/cli/figure_panels.h"
#include "app/cli/figure_runs.h"
#endif

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  MeasureOptions measures;
  TableOptions view;
  TableOptions page;
  std::string session;
  std::string output;
  std::optional<std::string> panel;
  std::vector<std::string> runs;  ///< folders of training runs, in place of a network
  std::string compared;           ///< the update that the moment of a run is compared with
  std::optional<double> frame_time;
  std::optional<double> smoothing;
  bool highest_first = false;
  std::string select;  ///< the neurons that stand out
  std::string rules;   ///< the figure that stands under the rules as columns
};

#ifdef DNM_STUDIO

/// What is on the page.
struct Design {
  FigureGrid grid;
  PageSettings page;
};

/// That of the figure which --preset names, or of the options alone.
Design design_of(Options& options) {
  Design design;
  std::string panel(all_pictures);
  if (const FigurePreset* preset = find_row(figure_presets(), options.network.preset_id())) {
    panel = preset->panel;
    design.page.width = preset->width;
    options.network.set_preset({});
  }
  options.page.apply(page_setting_table(), design.page);
  design.grid = read_figure_grid(options.panel.value_or(panel));
  return design;
}

template <class Accept>
bool any_cell(const FigureGrid& grid, const Accept& accept) {
  return std::ranges::any_of(grid.rows, [&](const auto& row) { return std::ranges::any_of(row, accept); });
}

bool is_of_network(const FigureCell& cell) { return find_row(panel_choices(), cell.panel) != nullptr; }
bool is_of_runs(const FigureCell& cell) { return find_row(experiment_panels(), cell.panel) != nullptr; }

/// Throws InvalidInput with "did you mean" for a picture that there is not.
void check_panels(const FigureGrid& grid) {
  std::vector<std::string_view> known = row_ids(panel_choices());
  for (const ExperimentPanel& panel : experiment_panels()) {
    if (std::ranges::find(known, panel.id) == known.end()) known.push_back(panel.id);
  }
  for (const auto& row : grid.rows) {
    for (const FigureCell& cell : row) {
      if (std::ranges::find(known, cell.panel) == known.end()) throw_unknown("panel", cell.panel, known);
    }
  }
}

/// --session names a session, or a figure that carries one.
void take_session(Options& options) {
  if (options.session.empty()) return;
  if (options.network.has_file()) throw UsageError("give either a file or --session, not both");
  options.network.set_session(session_in_file(options.session), options.session);
}

/// View settings: those of the session, overridden by the options.
ViewSettings view_of(const Options& options, const std::optional<Session>& session, const SourceNetwork& source) {
  ViewSettings view = session ? session->state.view : ViewSettings{};
  options.view.apply(view_option_table(), view);
  const std::size_t layers = source.network->is_layered() ? source.network->masks().size() : 0;
  if (view.measured_layer && *view.measured_layer >= layers) {
    if (options.view.given("measured-layer")) {
      throw InvalidInput("there is no layer " + std::to_string(*view.measured_layer + 1) +
                         " to measure; the network has " +
                         (layers == 0 ? std::string("none") : "layers 1 to " + std::to_string(layers)));
    }
    view.measured_layer.reset();
  }

  const std::uint64_t seed = options.network.measuring_seed(source);
  view.measures = options.measures.settings(graph_of(*source.network), seed, view.measures);
  return view;
}

/// The session embedded in the figure, which restores it: the one given, with what the options changed.
Session session_of(Session session, const SourceNetwork& source, const ViewSettings& view) {
  session.has_view = true;
  session.state.view = view;
  session.state.parameters.seed = view.measures.seed;
  if (source.parameters) {
    session.state.parameters = *source.parameters;
    session.state.shown = ShownModel{};
  } else if (is_drawn(session.state)) {
    session.state.shown = state_of(source).shown;
  }
  return session;
}

/// The charts of the runs that --run-dir names, or that the network is a moment of.
void add_charts(FigureRequest& request, const Options& options, const CommandContext& context) {
  RunFigureOptions runs{options.runs,  {}, options.smoothing.value_or(0.0), options.highest_first, options.rules,
                        options.output};
  if (runs.folders.empty() && options.network.has_file()) runs.folders.push_back(options.network.file());
  if (runs.folders.empty()) throw UsageError("charts are of training runs; name their folders with --run-dir");
  for (const auto& row : request.grid.rows) {
    for (const FigureCell& cell : row) {
      if ((!request.networks.empty() && is_of_network(cell)) || std::ranges::count(runs.panels, cell.panel) > 0)
        continue;
      runs.panels.push_back(cell.panel);
    }
  }
  add_run_charts(request, runs, context);
}

int write_run_figure(const Options& options, const Design& design, const CommandContext& context) {
  if (!options.select.empty()) throw UsageError("--select is of the pictures of a network; leave out --run-dir");
  if (options.network.is_given() || !options.session.empty()) {
    throw UsageError("give either a network or --run-dir, not both");
  }
  FigureRequest request;
  request.grid = design.grid;
  request.page = design.page;
  add_charts(request, options, context);
  for (const std::string& notice : figure_module().write(options.output, request)) print_notice(notice);
  std::cout << options.output << ": " << request.title << '\n';
  return 0;
}

constexpr std::string_view all_updates = "all";

/// One moment of a run, or all of them, named by --run-dir or FILE with --update or --matrices.
bool shows_moments(const Options& options) {
  return !options.network.update().empty() || !options.network.matrices().empty() || !options.compared.empty();
}

/// The folder whose moments are drawn; FILE is then that of the network.
std::string take_run_folder(Options& options) {
  if (options.runs.size() > 1)
    throw UsageError("--update and --matrices are of one run; name one folder with --run-dir");
  if (!options.session.empty() || (!options.runs.empty() && options.network.is_given())) {
    throw UsageError("give either a network, a session or --run-dir, not several");
  }
  if (!options.runs.empty()) options.network.set_file(options.runs.front(), {});
  return options.network.file();
}

std::optional<std::uint64_t> compared_of(const Options& options) {
  return options.compared.empty() ? std::nullopt : std::optional(update_number("--compare-update", options.compared));
}

/// The session of the figure shows that moment of the run.
void take_moment(Options& options) {
  const std::string folder = take_run_folder(options);
  std::optional<Session> session = options.network.run_session(compared_of(options));
  if (!session)
    throw UsageError("--update, --matrices and --compare-update are of a run; give the folder of one with --run-dir");
  options.network.set_session(std::move(*session), folder);
}

int write_animation(Options& options, const Design& design, const CommandContext& context) {
  if (any_cell(design.grid, [&](const FigureCell& cell) { return !is_of_network(cell) || cell.network > 0; }))
    throw UsageError("an animation is of the pictures of one run's network");
  if (options.runs.empty() && !options.network.is_given())
    throw UsageError("--update all is of a run; give its folder with --run-dir");
  const std::filesystem::path folder = rewired_run_in(take_run_folder(options));
  options.network.set_update({});
  const Session session = *options.network.run_session(compared_of(options));
  options.network.set_session(session, folder.string());
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  const ViewSettings view = view_of(options, session, source);
  AnimationRequest request = animation_of_moments(
      {folder, source.matrices, compared_of(options), design.grid, view, options.select}, context.stop);
  request.figure.title = exported_name(folder.string(), options.output);
  constexpr double shortest = 0.02, longest = 60.0;  // GIF counts hundredths, and players show no shorter ones
  request.frame_seconds = options.frame_time.value_or(request.frame_seconds);
  if (!(request.frame_seconds >= shortest && request.frame_seconds <= longest))
    throw UsageError("--frame-time is from 0.02 to 60 seconds");
  request.figure.page = design.page;
  request.figure.session_json = exported_session(session_of(session, source, view), options.output);
  request.figure.command_line = exported_command_line(context.command_line, options.output);
  for (const std::string& notice : figure_module().write(options.output, request)) print_notice(notice);
  std::cout << options.output << ": " << counted(request.frames, "frame") << " of " << request.figure.title << '\n';
  return 0;
}

constexpr std::string_view moment_prefix = "update-";

/// Whether a cell names a moment of the run: "update-12".
bool names_moment(const std::string& name) {
  const std::string_view number = std::string_view(name).substr(std::min(name.size(), moment_prefix.size()));
  return name.starts_with(moment_prefix) && !number.empty() &&
         std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

/// The network of the run after the update that a cell names.
std::unique_ptr<NetworkOptions> moment_named(const std::string& name, const Options& options) {
  if (!options.network.has_file()) throw UsageError(name + " is a moment of a run; give its folder with --run-dir");
  auto moment = std::make_unique<NetworkOptions>();
  moment->set_file(options.network.file(), {});
  moment->set_update(name.substr(moment_prefix.size()));
  moment->set_matrices(options.network.matrices());
  std::optional<Session> session = moment->run_session(compared_of(options));
  if (!session)
    throw UsageError(name + " is a moment of a run, and " + options.network.file() + " is no folder of one");
  moment->set_session(std::move(*session), options.network.file());
  return moment;
}

/// A network that a cell names: a preset or a file.
SourceNetwork named_network(const std::string& name, const TaskControl& control) {
  if (const Preset* preset = find_row(presets(), name)) return draw_network(preset->parameters, control);
  if (!std::filesystem::exists(name)) throw_unknown("preset or network file", name, row_ids(presets()));
  NetworkOptions file;
  file.set_file(name, {});
  return file.resolve(control);
}

std::string title_of(const std::string& name) {
  const Preset* preset = find_row(presets(), name);
  return preset ? preset->title : std::filesystem::path(name).stem().string();
}

/// The grid with the names that other people know the networks by.
std::string exported_grid(FigureGrid grid, const std::string& file) {
  for (std::string& name : grid.networks) {
    if (!name.empty() && !names_moment(name) && find_row(presets(), name) == nullptr) name = exported_name(name, file);
  }
  return to_text(grid);
}

int write_network_figure(Options& options, const Design& design, const CommandContext& context) {
  FigureRequest request;
  request.grid = design.grid;
  request.page = design.page;
  const bool is_moment = shows_moments(options) || !options.runs.empty();
  if (is_moment) {
    take_moment(options);
  } else {
    take_session(options);
  }
  const std::string preset_id = options.network.preset_id();
  const std::optional<Session> session = options.network.session();
  if (session && !session->damaged_runs.empty()) print_notice(session->damaged_runs);
  Session carried;
  std::string about;
  for (std::size_t place = 0; place < design.grid.networks.size(); ++place) {
    const std::string& name = design.grid.networks[place];
    std::vector<std::string_view> panels = panels_of(design.grid, place);
    std::erase_if(panels, [](std::string_view panel) { return find_row(panel_choices(), panel) == nullptr; });
    if (panels.empty()) {
      request.networks.emplace_back();
      continue;
    }
    const std::unique_ptr<NetworkOptions> moment = names_moment(name) ? moment_named(name, options) : nullptr;
    const std::optional<Session> own = name.empty() ? session : moment ? moment->session() : std::nullopt;
    const TaskControl control{context.stop, {}};
    const SourceNetwork source = name.empty() ? options.network.resolve(control)
                                 : moment     ? moment->resolve(control)
                                              : named_network(name, control);
    for (const std::string& notice : source.notices) print_notice(notice);
    const ViewSettings view = view_of(options, own, source);
    const std::string known = name.empty() ? preset_id : moment ? "" : name;
    request.networks.push_back(
        make_network(known.empty() ? source.moment : title_of(known), source, panels, view, context.stop));
    if (!options.select.empty()) select_neurons(request.networks.back(), source, options.select);
    if (place == 0) {
      request.options = {view.pictures};
      carried = session_of(own ? *own : network_session(), source, view);
      if (!options.select.empty()) carried.selected = neurons_of(*source.network, request.networks.back().selected);
    }
    about += (about.empty() ? "" : "; ") + describe(source);
  }
  request.session_json = exported_session(carried, options.output);
  if (any_cell(design.grid, std::not_fn(is_of_network))) {
    add_charts(request, options, context);
  } else {
    request.command_line = figure_command_line(carried.state, {exported_grid(design.grid, options.output), design.page,
                                                               options.output, preset_id, options.select});
  }
  for (const std::string& notice : figure_module().write(options.output, request)) print_notice(notice);
  std::cout << options.output << ": " << about << '\n';
  return 0;
}

int write_figure(Options& options, const CommandContext& context) {
  const bool is_animated = options.network.update() == all_updates;
  if (is_animated != is_animation_file(options.output)) {
    throw InvalidInput(is_animated
                           ? "--update all writes an animation: the name of the output must end in .gif or .webp"
                           : options.output + " would be an animation; it needs --run-dir and --update all");
  }
  if (!is_animated && options.frame_time) throw UsageError("--frame-time is of an animation; add --update all");
  if (!is_animated && !is_figure_file(options.output)) {
    throw InvalidInput("cannot write " + options.output + " as a figure: its name must end in " +
                       std::string(figure_extensions_words));
  }
  const Design design = design_of(options);
  check_panels(design.grid);
  const bool has_charts = any_cell(design.grid, std::not_fn(is_of_network));
  const bool all_of_runs = !any_cell(design.grid, std::not_fn(is_of_runs));
  if (!shows_moments(options) && !options.runs.empty() && all_of_runs) {
    return write_run_figure(options, design, context);
  }
  if (!has_charts && (options.smoothing || options.highest_first || !options.rules.empty())) {
    throw UsageError("--smoothing, --highest-first and --rules draw training runs; name their folders with --run-dir");
  }
  if (is_animated) return write_animation(options, design, context);
  return write_network_figure(options, design, context);
}

#else

int write_figure(Options&, const CommandContext&) {
  throw ResourceError("drawing figures is not part of this build; build it with -DDNM_STUDIO=ON");
}

#endif

}  // namespace

RunCommand declare_figure(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->network.declare(parser);
  options->measures.declare(parser, false);
  parser.add({.name = "--session",
              .help = "Draw a session: a .dnm.json file, or a figure that carries one",
              .placeholder = "FILE"},
             options->session);
  parser.add({.name = "-o,--output",
              .help = "The figure to write (.svg, .pdf, .png, .tiff), or the animation of --update all (.gif, .webp)",
              .placeholder = "FILE",
              .required = true},
             options->output);
  parser.add({.name = "--panel",
              .help = "What to draw: " + names_of(row_ids(panel_choices())) +
                      "; several with blanks between pictures and / between rows, PRESET: or FILE: before those of "
                      "another network, and update-N: before those of a moment of the run: \"matrix layers / disk "
                      "poster-b:disk\" [all]",
              .placeholder = "NAME …",
              .choices = row_ids(panel_choices())},
             options->panel);
  parser.add({.name = "--select",
              .help = "Let neurons stand out with all that they are linked to: \"layer 1 neuron 98, degree > 20\"",
              .placeholder = "NEURONS"},
             options->select);
  parser.add(
      {.name = "--run-dir",
       .help = "Draw training runs in place of a network: folders of dnm train --run-dir or dnm compare; seeds of one "
               "folder are a group, and --panel is or has " +
               alternatives(row_ids(experiment_panels())),
       .placeholder = "DIR,DIR,…",
       .group = "Training runs"},
      options->runs, Repeat::many);
  parser.set_help("--update",
                  "Draw one run's network after so many updates of its links, or an animation of them all: with "
                  "--run-dir, or a run folder as FILE");
  parser.add({.name = "--compare-update",
              .help = "With --update: show which links were kept, removed and new since this update [the one before]",
              .placeholder = "N",
              .group = "Training runs"},
             options->compared);
  parser.add({.name = "--frame-time",
              .help = "Seconds that a frame of an animation stays [0.2]",
              .placeholder = "S",
              .group = "Training runs"},
             options->frame_time);
  parser.add({.name = "--smoothing",
              .help = "Weight of the past in the moving average of each run, 0 to 0.99 [0]",
              .placeholder = "W",
              .group = "Training runs"},
             options->smoothing);
  parser.add_flag({.name = "--highest-first",
                   .help = "Order the comparison by the last epoch, the best first",
                   .group = "Training runs"},
                  options->highest_first);
  constexpr std::string_view of_measures[] = {"measured-layer", "chance"};
  parser.add({.name = "--rules",
              .help = "The comparison as a table with rewiring rules as columns and networks as rows, of the values " +
                      alternatives(row_ids(rule_figure_choices())),
              .placeholder = "FIGURE",
              .group = "Training runs",
              .choices = row_ids(rule_figure_choices())},
             options->rules);
  options->page.add(parser, page_setting_table(), PageSettings{}, "Page");
  parser.set_help("--preset", "Start from a named parameter set (see dnm presets), or draw a whole figure: " +
                                  names_of(row_ids(figure_presets())));
  options->view.add(parser, view_option_table(), ViewSettings{}, "Pictures", of_measures);
  options->view.add(parser, view_option_table().at("measured-layer").info, std::int64_t{0}, "Measures");
  return [options](const CommandContext& context) { return write_figure(*options, context); };
}

}  // namespace dnm::cli
