// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/score_meter.h"

namespace dnm {

ScoreMeter::ScoreMeter(const TaskMetrics& metrics, Split split) {
  for (const Metric* metric : metrics.all) {
    if (metric->of_scores != nullptr && metric->split == split) sums_.emplace_back(metric, 0.0);
  }
}

UseScores ScoreMeter::use() {
  if (sums_.empty()) return {};
  return [this](const ScoreTile& tile) {
    for (auto& [metric, sum] : sums_) sum += metric->of_scores(tile);
    examples_ += tile.targets.size();
  };
}

void ScoreMeter::put(MetricValues& values) const {
  for (const auto& [metric, sum] : sums_) values.set(*metric, sum / static_cast<double>(examples_));
}

}  // namespace dnm
