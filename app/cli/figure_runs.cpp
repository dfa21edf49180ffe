// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_runs.h"

#include <array>
#include <utility>

#include "app/modules/run_charts.h"
#include "app/modules/run_folders.h"
#include "app/modules/smoothing.h"
#include "core/support/error.h"

namespace dnm::cli {

std::span<const std::string_view> run_panels() {
  static constexpr std::array<std::string_view, 5> panels{"all", "curves", "accuracy", "loss", "comparison"};
  return panels;
}

ChartFigureRequest make_run_figure(const RunFigureOptions& options, const CommandContext& context) {
  if (!(options.smoothing >= 0.0 && options.smoothing <= largest_smoothing)) {
    throw InvalidInput("--smoothing is not between 0 and 0.99; 0 draws what was measured");
  }
  std::vector<PlottedGroup> groups;
  for (const std::string& folder : options.folders) {
    for (PlottedGroup& group : read_run_groups(folder)) {
      group.index = groups.size();
      groups.push_back(std::move(group));
    }
  }
  ChartFigureRequest request;
  request.width_mm = options.width_mm;
  request.command_line = context.command_line;
  for (const PlottedGroup& group : groups) {
    request.title += (request.title.empty() ? "" : "; ") + group.name;
    if (!group.command_line.empty()) request.command_line += ";\n" + group.name + ": " + group.command_line;
  }
  std::vector<Chart> charts = run_charts(groups, options.smoothing);
  const bool all = options.panel == "all";
  if (options.panel == "accuracy") request.curves = {std::move(charts.front())};
  if (options.panel == "loss") request.curves = {std::move(charts.back())};
  if (all || options.panel == "curves") request.curves = std::move(charts);
  if (all || options.panel == "comparison") {
    request.comparison = run_comparison(groups);
    if (options.highest_first) sort_by_value(*request.comparison);
  }
  return request;
}

}  // namespace dnm::cli
