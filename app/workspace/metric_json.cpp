// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/metric_json.h"

#include <cmath>
#include <cstdint>

namespace dnm {

OrderedJson number_json(double value) { return std::isfinite(value) ? OrderedJson(value) : OrderedJson(); }

OrderedJson metric_json(const Metric& metric, const MetricValues& values) {
  const auto value = values.get(metric);
  if (!value || !std::isfinite(*value)) return {};
  if (metric.unit == MetricUnit::count) return static_cast<std::uint64_t>(*value);
  return *value;
}

}  // namespace dnm
