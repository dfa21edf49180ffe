// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/table_options.h"
#include "core/measures/measure.h"
#include "core/support/task_control.h"

namespace dnm::cli {

/// How to measure: --q, --runs, --draws, --engine, --gamma-fit and, where asked for, --removed.
class MeasureOptions {
 public:
  void declare(CLI::App& app, bool with_removed);
  /// Throws InvalidInput for a bad value or a removed pair that is no link of `graph`, FileError for its list.
  [[nodiscard]] MeasureSettings settings(const Graph& graph, std::uint64_t seed) const;

 private:
  TableOptions options_;
  std::string removed_;
};

struct TimedMeasurement {
  Measurement measurement;
  double seconds = 0.0;
};
/// All measures in the order of measure_table(), computed cheapest first, with a line of progress.
[[nodiscard]] std::vector<TimedMeasurement> run_measures(const Graph& graph, const MeasureSettings& settings,
                                                         std::stop_token stop);

}  // namespace dnm::cli
