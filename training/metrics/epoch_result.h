// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "training/metrics/metric.h"

namespace dnm {

/// The metrics of one epoch, by name. A metric that was not measured, or that is NaN, has no value.
class MetricValues {
 public:
  [[nodiscard]] std::optional<double> get(const Metric& metric) const;
  /// NaN where there is no value. Throws InvalidInput for an unknown id.
  [[nodiscard]] double operator[](std::string_view id) const;
  void set(const Metric& metric, double value);
  /// Throws InvalidInput for an unknown id.
  void set(std::string_view id, double value) { set(metric(id), value); }
  bool operator==(const MetricValues& other) const;

 private:
  std::vector<double> values_;  ///< in the order of the table, as far as there are any
};

/// What one epoch of a training has come to.
struct EpochResult {
  std::uint64_t seed = 0;
  int epoch = 0;  ///< from 1
  MetricValues values{};
  bool operator==(const EpochResult&) const = default;
};

/// The epochs of one run, first to last.
using RunHistory = std::vector<EpochResult>;

}  // namespace dnm
