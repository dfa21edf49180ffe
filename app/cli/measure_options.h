// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/table_options.h"
#include "core/measures/chance.h"
#include "core/measures/measure.h"
#include "core/support/task_control.h"

namespace dnm::cli {

/// Options of measures: the rows of measure_setting_table() and, with `everything`, --removed, --chance, --per-layer.
class MeasureOptions {
 public:
  void declare(OptionParser& parser, bool everything);
  /// `base` with the options that were given. Throws InvalidInput for a bad value or a removed pair that is not a
  /// link of `graph`, and FileError for the list of removed pairs.
  [[nodiscard]] MeasureSettings settings(const Graph& graph, std::uint64_t seed, MeasureSettings base = {}) const;
  /// The same without --removed, for more than one graph.
  [[nodiscard]] MeasureSettings settings(std::uint64_t seed, MeasureSettings base = {}) const;
  /// Number of randomised copies to compare with; 0: no comparison. Throws InvalidInput for a bad value.
  [[nodiscard]] int chance_copies() const;
  [[nodiscard]] bool per_layer() const { return per_layer_; }

 private:
  TableOptions options_;
  std::string removed_;
  bool per_layer_ = false;
};

struct TimedMeasurement {
  Measurement measurement;
  double seconds = 0.0;
  std::optional<ChanceComparison> chance{};  ///< when requested
  double chance_seconds = 0.0;
};
/// All measures in the order of measure_table(), computed cheapest first, then compared with `chance_copies` randomised
/// copies (0: no comparison), with a line of progress that names `what`.
[[nodiscard]] std::vector<TimedMeasurement> run_measures(const Graph& graph, const MeasureSettings& settings,
                                                         const std::stop_token& stop, int chance_copies = 0,
                                                         const std::string& what = {});

}  // namespace dnm::cli
