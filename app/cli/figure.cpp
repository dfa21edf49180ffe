// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
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
#include "app/workspace/module_loader.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/view_settings.h"
#include "core/files/presets.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
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
  std::string session;
  std::string output;
  std::string width = "183mm";
  std::string panel{all_pictures};
  std::vector<std::string> runs;  ///< folders of training runs, in place of a network
  std::string compared;           ///< the update that the moment of a run is compared with
  std::optional<double> frame_time;
  std::optional<double> smoothing;
  bool highest_first = false;
  std::string select;  ///< the neurons that stand out
  std::string rules;   ///< the figure that stands under the rules as columns
};

#ifdef DNM_STUDIO

/// "183mm", "18.3 cm", "7.2in", "520pt" or plain millimetres.
double parse_width(std::string_view text) {
  struct Unit {
    std::string_view name;
    double millimetres;
  };
  constexpr std::array units{Unit{"mm", 1.0}, Unit{"cm", 10.0}, Unit{"in", 25.4}, Unit{"pt", 25.4 / 72.0},
                             Unit{"", 1.0}};
  double number = 0.0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view rest(parsed.ptr, static_cast<std::size_t>(text.data() + text.size() - parsed.ptr));
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (parsed.ec == std::errc()) {
    for (const Unit& unit : units) {
      if (unit.name == rest) return number * unit.millimetres;
    }
  }
  throw InvalidInput("the width \"" + std::string(text) + "\" is not understood; write it as 183mm, 18.3cm or 7.2in");
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

int write_run_figure(const Options& options, const CommandContext& context) {
  if (!options.select.empty()) throw UsageError("--select is of the pictures of a network; leave out --run-dir");
  if (options.network.is_given() || !options.session.empty()) {
    throw UsageError("give either a network or --run-dir, not both");
  }
  static_cast<void>(look_up(experiment_panels(), options.panel, "panel"));
  const ChartFigureRequest request =
      make_run_figure({options.runs, options.panel, options.smoothing.value_or(0.0), options.highest_first,
                       options.rules, parse_width(options.width), options.output},
                      context);
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

int write_animation(Options& options, const CommandContext& context) {
  const std::filesystem::path folder = rewired_run_in(take_run_folder(options));
  options.network.set_update({});
  const Session session = *options.network.run_session(compared_of(options));
  options.network.set_session(session, folder.string());
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  const ViewSettings view = view_of(options, session, source);
  AnimationRequest request = animation_of_moments(
      {folder, source.matrices, compared_of(options), options.panel, view, options.select}, context.stop);
  request.title = exported_name(folder.string(), options.output);
  constexpr double shortest = 0.02, longest = 60.0;  // GIF counts hundredths, and players show no shorter ones
  request.frame_seconds = options.frame_time.value_or(request.frame_seconds);
  if (!(request.frame_seconds >= shortest && request.frame_seconds <= longest))
    throw UsageError("--frame-time is from 0.02 to 60 seconds");
  request.figure.width_mm = parse_width(options.width);
  request.figure.session_json = exported_session(session_of(session, source, view), options.output);
  request.figure.command_line = exported_command_line(context.command_line, options.output);
  for (const std::string& notice : figure_module().write(options.output, request)) print_notice(notice);
  std::cout << options.output << ": " << counted(request.frames, "frame") << " of " << request.title << '\n';
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
    throw InvalidInput("cannot write " + options.output + " as a figure: its name must end in .svg, .pdf or .png");
  }
  const bool draws_moments = shows_moments(options);
  if (!options.runs.empty() && !draws_moments) return write_run_figure(options, context);
  if (options.smoothing || options.highest_first || !options.rules.empty()) {
    throw UsageError("--smoothing, --highest-first and --rules draw training runs; name their folders with --run-dir");
  }
  static_cast<void>(look_up(panel_choices(), options.panel, "panel"));
  if (is_animated) return write_animation(options, context);
  if (draws_moments) take_moment(options);
  FigureRequest request;
  request.width_mm = parse_width(options.width);
  request.panel = options.panel;
  if (!draws_moments) take_session(options);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) print_notice(notice);
  const std::optional<Session> session = options.network.session();
  if (session && !session->damaged_runs.empty()) print_notice(session->damaged_runs);
  const ViewSettings view = view_of(options, session, source);
  const std::string& preset_id = options.network.preset_id();
  request.panels.push_back(make_panel(preset_id.empty() ? source.moment : preset(preset_id).title, source,
                                      options.panel, view, context.stop));
  request.options = {view.pictures};
  Session carried = session_of(session.value_or(network_session()), source, view);
  if (!options.select.empty()) {
    FigurePanel& panel = request.panels.back();
    select_neurons(panel, options.select);
    carried.selected = neurons_of(*source.network, panel.selected);
  }
  request.session_json = exported_session(carried, options.output);
  request.command_line =
      figure_command_line(carried.state, {options.panel, options.width, options.output, preset_id, options.select});
  for (const std::string& notice : figure_module().write(options.output, request)) print_notice(notice);
  std::cout << options.output << ": " << describe(source) << '\n';
  return 0;
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
              .help = "The figure to write (.svg, .pdf, .png), or the animation of --update all (.gif, .webp)",
              .placeholder = "FILE",
              .required = true},
             options->output);
  parser.add({.name = "--width", .help = "Width on paper (mm, cm, in, pt) [183mm]", .placeholder = "LENGTH"},
             options->width);
  parser.add({.name = "--panel",
              .help = "What to draw: " + names_of(row_ids(panel_choices())) + " [all]",
              .placeholder = "NAME",
              .choices = row_ids(panel_choices())},
             options->panel);
  parser.add({.name = "--select",
              .help = "Let neurons stand out with all that they are linked to: \"layer 1 neuron 98, degree > 20\"",
              .placeholder = "NEURONS"},
             options->select);
  parser.add(
      {.name = "--run-dir",
       .help = "Draw training runs in place of a network: folders of dnm train --run-dir or dnm compare; seeds of one "
               "folder are a group, and --panel is " +
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
  options->view.add(parser, view_option_table(), ViewSettings{}, "Pictures", of_measures);
  options->view.add(parser, view_option_table().at("measured-layer").info, std::int64_t{0}, "Measures");
  return [options](const CommandContext& context) { return write_figure(*options, context); };
}

}  // namespace dnm::cli
