// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "training/metrics/task_metrics.h"

/// A metric that is added stands behind the seconds, the last column that scripts have relied on so far; what is before
/// it never changes.
namespace samples {

/// ",ID" for each such metric.
inline std::string columns_behind_seconds(const dnm::TaskMetrics& metrics) {
  std::string columns;
  bool behind = false;
  for (const dnm::Metric* metric : metrics.all) {
    if (behind) columns += "," + std::string(metric->id);
    behind = behind || metric->id == "seconds";
  }
  return columns;
}

/// The empty cells of these columns.
inline std::string no_values_behind_seconds(const dnm::TaskMetrics& metrics) {
  const std::string columns = columns_behind_seconds(metrics);
  return std::string(static_cast<std::size_t>(std::ranges::count(columns, ',')), ',');
}

}  // namespace samples
