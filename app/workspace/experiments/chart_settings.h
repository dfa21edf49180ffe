// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/workspace/experiments/comparison_report.h"

namespace dnm {

enum class ChartView {
  curves,     ///< metrics over the epochs
  updates,    ///< metrics of the updates of the topology, below the leading one
  comparison  ///< of the groups
};

/// How the chart of runs is drawn; kept in the session's `view` object under "training_chart". Changes are no undo
/// steps, since they affect nothing but the look.
struct ChartSettings {
  ChartView view = ChartView::curves;
  double smoothing = 0.0;      ///< of the curves: weight of the past, up to largest_smoothing
  bool highest_first = false;  ///< the comparison shows the best group first
  bool measures = false;       ///< networks after updates are measured, and shown among the updates
  bool logarithmic = false;    ///< values that are no shares have a logarithmic axis
  std::optional<RuleFigure>
      rule_figure{};  ///< the comparison has rewiring rules as columns, with values of this figure
  std::vector<std::string> hidden_rules{};  ///< ids of those that are no columns
  bool operator==(const ChartSettings&) const = default;
};

/// The session's `view` object with these settings in it, and back: nothing if it has none; a setting that is
/// missing or invalid keeps its default.
[[nodiscard]] std::string with_chart_settings(const std::string& view, const ChartSettings& settings);
[[nodiscard]] std::optional<ChartSettings> chart_settings_from_view(const std::string& view);

}  // namespace dnm
