// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// What `dnm figure --run-dir` draws of training runs.
struct RunFigureOptions {
  std::vector<std::string> folders;  ///< each one or several, with commas between them
  std::vector<std::string> panels;   ///< of experiment_panels()
  double smoothing = 0.0;
  bool highest_first = false;  ///< the comparison shows the best group first
  std::string rules{};         ///< the comparison has rewiring rules as columns, with values of this figure
  std::string file{};          ///< the figure to write
};
/// Reads the runs and adds their charts to the figure, with its title and the command lines of the runs. Throws
/// FileError, InvalidInput (panel, smoothing, rules).
void add_run_charts(FigureRequest& request, const RunFigureOptions& options, const CommandContext& context);

}  // namespace dnm::cli
