// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/update_result.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dnm {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view before_id = "leading_before";
constexpr std::string_view after_id = "leading_after";

}  // namespace

std::optional<double> UpdateResult::value(const UpdateMetric& metric, std::size_t row) const {
  const std::size_t index = metric_index(metric);
  if (row >= values.size() || index >= values[row].size() || std::isnan(values[row][index])) return std::nullopt;
  return values[row][index];
}

double UpdateResult::operator[](std::string_view id) const { return get(update_metric(id)).value_or(nan); }

void UpdateResult::set(const UpdateMetric& metric, std::size_t row, double number) {
  if (row >= values.size()) values.resize(row + 1);
  if (values[row].empty()) values[row].assign(update_metric_table().size(), nan);
  values[row][metric_index(metric)] = number;
}

bool UpdateResult::complete(const RunHistory& epochs, const Metric& leading) {
  if (!get(update_metric(before_id))) return true;
  const auto found = std::ranges::lower_bound(epochs, epoch, {}, &EpochResult::epoch);
  if (found == epochs.end() || found->epoch != epoch) return false;
  if (const auto after = found->values.get(leading)) set(update_metric(after_id), 0, *after);
  return true;
}

bool UpdateResult::operator==(const UpdateResult& other) const {
  if (seed != other.seed || update != other.update || step != other.step || epoch != other.epoch ||
      epochs_passed != other.epochs_passed || layers != other.layers) {
    return false;
  }
  return std::ranges::all_of(update_metric_table(), [&](const UpdateMetric& metric) {
    for (std::size_t row = 0; row <= layers.size(); ++row) {
      if (value(metric, row) != other.value(metric, row)) return false;
    }
    return true;
  });
}

}  // namespace dnm
