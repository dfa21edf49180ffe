// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace dnm {

const EpochResult* best_epoch(std::span<const EpochResult> epochs, const Metric& metric) {
  // A search by name for each of many thousand epochs would hold up whoever shows them.
  static const Metric& links = dnm::metric("links");
  const EpochResult* best = nullptr;
  double best_value = 0.0;
  const std::optional<double> last_links = epochs.back().values.get(links);
  for (const EpochResult& epoch : epochs) {
    const auto value = epoch.values.get(metric);
    const auto had = epoch.values.get(links);
    const bool is_denser = had && last_links && *had > *last_links;
    if (!value || is_denser || (best && !is_better(metric, *value, best_value))) continue;
    best = &epoch;
    best_value = *value;
  }
  return best;
}

MeanWithError mean_with_error(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN(), values.size()};
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1.0)) / std::sqrt(n), values.size()};
}

RunSummary summarise(std::span<const RunHistory* const> runs, const TaskMetrics& metrics) {
  RunSummary summary{metrics.leading};
  for (const RunHistory* run : runs) {
    if (run->empty()) continue;
    const int last = run->back().epoch;
    summary.epoch = summary.epoch == 0 ? last : std::min(summary.epoch, last);
  }
  const auto add = [&](std::vector<double>& values, const EpochResult* epoch) {
    if (!epoch) return;
    if (const auto value = epoch->values.get(*metrics.leading)) values.push_back(*value);
  };
  for (const RunHistory* run : runs) {
    const auto end = std::ranges::upper_bound(*run, summary.epoch, {}, &EpochResult::epoch);
    const std::span<const EpochResult> epochs(run->begin(), end);
    if (epochs.empty()) continue;
    add(summary.last, &epochs.back());
    add(summary.best_on_test, best_epoch(epochs, *metrics.leading));
    add(summary.at_best_validation, best_epoch(epochs, *metrics.selecting));
  }
  return summary;
}

}  // namespace dnm
