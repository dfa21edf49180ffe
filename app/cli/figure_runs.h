// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// What `dnm figure --run-dir` draws.
struct RunFigureOptions {
  std::vector<std::string> folders;  ///< each one or several, with commas between them
  std::string panel = "all";         ///< of experiment_panels()
  double smoothing = 0.0;
  bool highest_first = false;  ///< the comparison shows the best group first
  std::string rules{};         ///< the comparison has rewiring rules as columns, with values of this figure
  double width_mm = 183.0;
  std::string file{};  ///< the figure to write
};
/// Reads the runs and makes their charts. Throws FileError, InvalidInput (panel, smoothing, rules).
[[nodiscard]] ChartFigureRequest make_run_figure(const RunFigureOptions& options, const CommandContext& context);

}  // namespace dnm::cli
