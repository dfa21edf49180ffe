// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/score_meter.h"

#include <stdexcept>

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

std::vector<std::pair<const Metric*, double>> ScoreMeter::means() const {
  if (!sums_.empty() && examples_ == 0) throw std::logic_error("metrics of scores were asked for before any score");
  std::vector<std::pair<const Metric*, double>> means = sums_;
  for (auto& [metric, value] : means) value /= static_cast<double>(examples_);
  return means;
}

void ScoreMeter::put(MetricValues& values) const {
  for (const auto& [metric, mean] : means()) values.set(*metric, mean);
}

}  // namespace dnm
