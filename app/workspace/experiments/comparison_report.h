// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/experiments/experiment.h"

namespace dnm {

/// What `dnm compare` writes: one experiment for each row and number of examples held out.
struct ComparisonReport {
  struct Row {
    std::string id;                     ///< of its ComparisonRow: "dnm-m7"
    std::optional<double> published{};  ///< in per cent, where the experiment can be compared with it
    Experiment experiment{};            ///< named after the row; without figures where a run failed
  };
  std::string data_set;                ///< its label
  std::vector<NodeIndex> layer_sizes;  ///< classifier included
  std::string sparsity;
  std::int64_t epochs = 0;
  std::string seeds;
  std::string command;    ///< makes the whole report again
  std::vector<Row> rows;  ///< those that held the same number of images out side by side
};

/// A line per row; accuracies as fractions, empty cells for what there is not.
[[nodiscard]] std::string report_csv(const ComparisonReport& report);
/// A section per number of examples held out, with a table each, and the commands.
[[nodiscard]] std::string report_markdown(const ComparisonReport& report);

}  // namespace dnm
