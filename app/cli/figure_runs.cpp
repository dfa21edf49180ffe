// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_runs.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/smoothing.h"
#include "app/workspace/exported.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm::cli {

namespace {

constexpr std::size_t most_names = 20;  // in the title

/// Folders of a list with commas. A folder's own name may hold some: the longest that is there counts.
std::vector<std::string> folders_of(const std::vector<std::string>& lists) {
  std::vector<std::string> folders;
  for (const std::string& list : lists) {
    for (std::size_t start = 0; start <= list.size();) {
      std::size_t end = list.size();
      std::error_code code;
      while (!std::filesystem::is_directory(list.substr(start, end - start), code)) {
        const std::size_t comma = list.find_last_of(',', end - 1);
        if (end == start || comma == std::string::npos || comma < start) break;
        end = comma;
      }
      folders.push_back(list.substr(start, end - start));
      start = end + 1;
    }
  }
  return folders;
}

FigureCharts charts_of(const std::vector<Experiment>& experiments, const std::string& panel,
                       const RunFigureOptions& options) {
  ExperimentPictures pictures = experiment_pictures(experiments, panel, options.smoothing);
  // Above the charts of updates stands that of the accuracy, which every run has.
  const bool has_curves = pictures.curves.size() > (panel == "updates" ? 1U : 0U);
  if (!has_curves && !pictures.comparison) {
    throw InvalidInput("these runs have nothing for --panel " + panel +
                       "; updates are those of a run under a rewiring rule, measures of one that was measured (dnm "
                       "measure --run-dir)");
  }
  FigureCharts charts{panel, std::move(pictures.curves), {}, std::move(pictures.comparison)};
  if (charts.comparison && !options.rules.empty()) {
    const auto choices = rule_figure_choices();
    const Choice& figure = look_up(choices, options.rules, "figure of the rules");
    charts.comparison = rule_comparison(report_of(experiments), static_cast<RuleFigure>(&figure - choices.data()));
  }
  if (charts.comparison && (options.highest_first || charts.comparison->groups.size() > most_compared))
    sort_best_first(*charts.comparison);
  return charts;
}

}  // namespace

void add_run_charts(FigureRequest& request, const RunFigureOptions& options, const CommandContext& context) {
  if (!(options.smoothing >= 0.0 && options.smoothing <= largest_smoothing)) {
    throw InvalidInput("--smoothing is not between 0 and 0.99; 0 draws what was measured");
  }
  std::vector<Experiment> experiments;
  for (const std::string& folder : folders_of(options.folders)) {
    for (Experiment& experiment : read_experiments(folder)) {
      experiment.color = experiments.size();
      experiments.push_back(std::move(experiment));
    }
  }
  request.command_line = exported_command_line(context.command_line, options.file);
  std::size_t named = 0;
  for (const Experiment& experiment : experiments) {
    if (++named <= most_names) request.title += (request.title.empty() ? "" : "; ") + experiment.name;
    if (!experiment.command_line.empty())
      request.command_line +=
          ";\n" + experiment.name + ": " + exported_command_line(experiment.command_line, options.file);
  }
  if (named > most_names) request.title += "; and " + with_commas(named - most_names) + " more";
  bool has_comparison = false;
  for (const std::string& panel : options.panels) {
    request.charts.push_back(charts_of(experiments, panel, options));
    has_comparison |= request.charts.back().comparison.has_value();
  }
  if (!options.rules.empty() && !has_comparison) {
    throw InvalidInput("--rules is of the comparison; draw it with --panel comparison");
  }
}

}  // namespace dnm::cli
