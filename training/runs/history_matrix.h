// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"

namespace dnm {

/// The epochs of a run as a checkpoint keeps them: a row of numbers for each, NaN for a metric without a value.
struct HistoryMatrix {
  std::string columns;          ///< "epoch,train_loss,…": what the numbers of a row are
  std::vector<double> numbers;  ///< row by row
  [[nodiscard]] std::size_t width() const;
};

/// Columns of a checkpoint that does not name them.
inline constexpr std::string_view unnamed_history_columns =
    "epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds";

[[nodiscard]] HistoryMatrix history_matrix(const RunHistory& history, const TaskMetrics& metrics);
/// Unknown columns are ignored. Throws FileError when the numbers do not fill the rows, or
/// the first column is not the epoch.
[[nodiscard]] RunHistory history_of(const HistoryMatrix& matrix, std::uint64_t seed);

}  // namespace dnm
