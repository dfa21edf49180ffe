// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/modules/modules.h"
#include "core/files/session.h"
#include "core/support/error.h"
#ifdef DNM_STUDIO
#include "app/cli/figure_panels.h"
#endif

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  MeasureOptions measures;
  std::string session;
  std::string output;
  std::string width = "183mm";
  std::string panel = "all";
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

void check_panel(const std::string& panel) {
  constexpr std::array<std::string_view, 4> known{"all", "disk", "matrix", "layers"};
  if (std::find(known.begin(), known.end(), panel) != known.end()) return;
  const std::string_view near = nearest(panel, known);
  throw InvalidInput(
      "the panel \"" + panel + "\" is not known; " +
      (near.empty() ? "it is one of all, disk, matrix, layers" : "did you mean \"" + std::string(near) + "\"?"));
}

bool is_figure(const std::filesystem::path& path) {
  return path.extension() == ".svg" || path.extension() == ".pdf" || path.extension() == ".png";
}

/// --session names a session, or a figure that carries one.
void take_session(Options& options) {
  if (options.session.empty()) return;
  if (options.network.has_file()) throw UsageError("give either a file or --session, not both");
  options.network.set_session(is_figure(options.session)
                                  ? session_from_json(figure_module().session_of(options.session))
                                  : read_session(options.session),
                              options.session);
}

/// What the figure carries: the session that restores it.
Session session_of(const NetworkOptions& options, const SourceNetwork& source) {
  Session session = options.session().value_or(Session{});
  if (source.parameters) {
    session.parameters = *source.parameters;
  } else if (session.network_file.empty()) {
    session.network_file = source.file;
  }
  return session;
}

int write_figure(Options& options, const CommandContext& context) {
  FigureRequest request;
  request.width_mm = parse_width(options.width);
  request.panel = options.panel;
  check_panel(options.panel);
  if (!is_figure(options.output)) {
    throw InvalidInput("cannot write " + options.output + " as a figure: its name must end in .svg, .pdf or .png");
  }
  take_session(options);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) print_notice(notice);
  PanelContent content{options.panel == "all" || options.panel == "disk", {}};
  if (options.panel == "all") {
    const std::uint64_t seed = source.parameters ? source.parameters->seed : options.network.seed();
    content.measures = options.measures.settings(graph_of(*source.network), seed);
  }
  const std::string& preset_id = options.network.preset_id();
  request.panels.push_back(
      make_panel(preset_id.empty() ? std::string() : preset(preset_id).title, source, content, context.stop));
  request.session_json = session_to_json(session_of(options.network, source));
  request.command_line = context.command_line;
  if (source.parameters) {
    request.command_line = "dnm figure " + to_command_line(*source.parameters) + " --panel " + options.panel +
                           " --width " + shell_quoted(options.width) + " -o " + shell_quoted(options.output);
  }
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

RunCommand declare_figure(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  options->network.declare(app);
  options->measures.declare(app, false);
  app.add_option("--session", options->session, "Draw a session: a .dnm.json file, or a figure that carries one")
      ->type_name("FILE");
  app.add_option("-o,--output", options->output, "The figure to write (.svg, .pdf, .png)")
      ->type_name("FILE")
      ->required();
  app.add_option("--width", options->width, "Width on paper (mm, cm, in, pt) [183mm]")->type_name("LENGTH");
  app.add_option("--panel", options->panel, "What to draw: all, disk, matrix, layers [all]")->type_name("NAME");
  return [options](const CommandContext& context) { return write_figure(*options, context); };
}

}  // namespace dnm::cli
