// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"

namespace dnm {

/// Computes the metrics of one split that come from scores (Metric::of_scores), tile by tile. Must not move once `use`
/// was called.
class ScoreMeter {
 public:
  ScoreMeter(const TaskMetrics& metrics, Split split);
  /// Receives the scores of an evaluation; empty if no metric needs them.
  [[nodiscard]] UseScores use();
  /// Their means over all examples received. Throws std::logic_error if there are metrics and no example was received.
  [[nodiscard]] std::vector<std::pair<const Metric*, double>> means() const;
  /// Sets them. Throws as means().
  void put(MetricValues& values) const;

 private:
  std::vector<std::pair<const Metric*, double>> sums_;
  std::uint64_t examples_ = 0;
};

}  // namespace dnm
