// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_file.h"

#include <utility>

#include "app/cli/terminal.h"
#include "app/workspace/exported.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/session/session.h"
#include "core/support/error.h"
#include "viz/figure/page_settings.h"

namespace dnm::cli {

void check_figure_name(const std::string& figure) {
  if (figure.empty()) return;
  if (!draws_figures) throw ResourceError("drawing figures is not part of this build; build it with -DDNM_STUDIO=ON");
  if (!is_figure_file(figure))
    throw InvalidInput("cannot write " + figure + " as a figure: its name must end in " +
                       std::string(figure_extensions_words));
}

#ifdef DNM_STUDIO
void write_charts(const std::filesystem::path& path, FigureCharts charts, std::string title,
                  const WorkspaceState& state, const std::string& command_line) {
  Session session = network_session();
  session.state = state;
  FigureRequest request;
  request.charts.push_back(std::move(charts));
  request.title = std::move(title);
  request.session_json = exported_session(std::move(session), path);
  request.command_line = exported_command_line(command_line, path);
  for (const std::string& notice : figure_module().write(path, request)) print_notice(notice);
}
#endif

}  // namespace dnm::cli
