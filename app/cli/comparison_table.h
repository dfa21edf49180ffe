// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "training/runs/run_summary.h"

namespace dnm::cli {

/// An initialiser's runs under one way of holding images out.
struct ComparedRuns {
  std::string id;               ///< the row's: "dnm-m7"
  std::string label;            ///< the row's: "DNM, all fixed, M = 7"
  std::int64_t validation = 0;  ///< training images held out; 0: none
  std::string command;          ///< makes these runs again
  std::uint64_t links = 0;      ///< classifier not counted
  RunSummary accuracies{};
  std::optional<double> published{};  ///< in percent, where these runs can be compared with it
  std::string problem{};              ///< why they failed; then there are no accuracies
};

/// What `dnm compare` writes.
struct ComparisonTable {
  std::string data_set;                ///< its label
  std::vector<NodeIndex> layer_sizes;  ///< classifier included
  std::string sparsity;
  std::int64_t epochs = 0;
  std::string seeds;
  std::string command;             ///< makes the whole table again
  std::vector<ComparedRuns> rows;  ///< those that held the same number of images out side by side
};

/// A line per row; accuracies as fractions, empty cells for what there is not.
[[nodiscard]] std::string comparison_csv(const ComparisonTable& table);
/// A section per number of images held out, with a table each, and the commands.
[[nodiscard]] std::string comparison_markdown(const ComparisonTable& table);

}  // namespace dnm::cli
