// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/update_metric.h"

namespace dnm {

/// What one update of a run's topology has come to: the metrics of update_metric_table(), of all sparse layers together
/// and of each of them.
struct UpdateResult {
  std::uint64_t seed = 0;
  std::uint64_t update = 0;    ///< 1, 2, 3 …
  std::uint64_t step = 0;      ///< t: batches seen, that of the update included
  int epoch = 0;               ///< it lies in, from 1
  double epochs_passed = 0.0;  ///< step over the steps of an epoch
  std::vector<std::string> layers{};
  /// Of all layers together, then of each; by place in the table, NaN for none. A metric of the update as a whole has a
  /// value in the first alone.
  std::vector<std::vector<double>> values{};

  /// Of all layers together; of one of them. Nothing where there is no value.
  [[nodiscard]] std::optional<double> get(const UpdateMetric& metric) const { return value(metric, 0); }
  [[nodiscard]] std::optional<double> get(const UpdateMetric& metric, std::size_t layer) const {
    return value(metric, 1 + layer);
  }
  /// Of all layers together; NaN where there is no value. Throws InvalidInput for an unknown id.
  [[nodiscard]] double operator[](std::string_view id) const;
  /// Row 0: of all layers together; 1, 2 …: of a layer. The rows are made as they are needed.
  void set(const UpdateMetric& metric, std::size_t row, double number);

  /// Sets the leading metric after an update that ends an epoch, which is that of the epoch. False while the epoch is
  /// not there yet.
  bool complete(const RunHistory& epochs, const Metric& leading);

  /// Values that are missing are equal.
  bool operator==(const UpdateResult& other) const;

 private:
  [[nodiscard]] std::optional<double> value(const UpdateMetric& metric, std::size_t row) const;
};

}  // namespace dnm
