// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/epoch_result.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dnm {

std::optional<double> MetricValues::get(const Metric& metric) const {
  const std::size_t index = metric_index(metric);
  if (index >= values_.size() || std::isnan(values_[index])) return std::nullopt;
  return values_[index];
}

double MetricValues::operator[](std::string_view id) const {
  return get(metric(id)).value_or(std::numeric_limits<double>::quiet_NaN());
}

void MetricValues::set(const Metric& metric, double value) {
  const std::size_t index = metric_index(metric);
  if (index >= values_.size()) values_.resize(metric_table().size(), std::numeric_limits<double>::quiet_NaN());
  values_[index] = value;
}

bool MetricValues::operator==(const MetricValues& other) const {
  return std::ranges::all_of(metric_table(), [&](const Metric& metric) { return get(metric) == other.get(metric); });
}

}  // namespace dnm
