// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/json.h"
#include "training/metrics/epoch_result.h"

namespace dnm {

/// A number as JSON; null for NaN and infinity, which JSON does not have.
[[nodiscard]] OrderedJson number_json(double value);
/// A metric of an epoch as JSON: a whole number for a count, null for what has no value or is not finite.
[[nodiscard]] OrderedJson metric_json(const Metric& metric, const MetricValues& values);

}  // namespace dnm
