// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/metrics/metric.h"

namespace dnm {

/// Whether a run can have this value, NaN for none included: a fraction is in [0, 1], a count a whole number below
/// 2^53. For what is read from files.
[[nodiscard]] bool is_possible_value(MetricUnit unit, double value);
[[nodiscard]] inline bool is_possible_value(const Metric& metric, double value) {
  return is_possible_value(metric.unit, value);
}

}  // namespace dnm
