// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/smoothing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dnm {

std::vector<double> smoothed(std::span<const double> values, double weight) {
  const double kept = std::isfinite(weight) ? std::clamp(weight, 0.0, largest_smoothing) : 0.0;
  std::vector<double> averages;
  averages.reserve(values.size());
  double average = 0.0, total = 0.0;  // total: the sum of the weights so far
  for (const double value : values) {
    if (!std::isfinite(value)) {
      averages.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    total = kept * total + 1.0;
    // The step towards the new value is exactly zero where nothing changes, which a quotient of two sums is not.
    average = total == 1.0 ? value : average + (value - average) / total;
    averages.push_back(average);
  }
  return averages;
}

}  // namespace dnm
