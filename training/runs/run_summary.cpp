// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace dnm {

MeanWithError mean_with_error(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN(), values.size()};
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1.0)) / std::sqrt(n), values.size()};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void add_run(AccuracySummary& summary, const RunHistory& epochs) {
  if (epochs.empty()) return;
  const auto less_on_test = [](const EpochResult& a, const EpochResult& b) {
    return a.test_accuracy < b.test_accuracy;
  };
  const auto less_on_validation = [](const EpochResult& a, const EpochResult& b) {
    return a.validation_accuracy < b.validation_accuracy;
  };
  summary.last.push_back(epochs.back().test_accuracy);
  summary.best_on_test.push_back(std::max_element(epochs.begin(), epochs.end(), less_on_test)->test_accuracy);
  const auto best = std::max_element(epochs.begin(), epochs.end(), less_on_validation);
  if (best->validation_accuracy) summary.at_best_validation.push_back(best->test_accuracy);
}

AccuracySummary summarise(std::span<const RunHistory> runs) {
  AccuracySummary summary;
  for (const RunHistory& epochs : runs) add_run(summary, epochs);
  return summary;
}

}  // namespace dnm
