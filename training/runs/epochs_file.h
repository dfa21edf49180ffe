// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"

namespace dnm {

/// epochs.csv of a run folder: a header, then one line per epoch; seed, epoch and the task's metrics. Real numbers are
/// written with the fewest digits that give them back, counts as whole numbers; a metric without a value is an empty
/// cell.
inline constexpr const char* epochs_file_name = "epochs.csv";

/// "seed,epoch,train_loss,…", without a line end.
[[nodiscard]] std::string epochs_header(const TaskMetrics& metrics);
/// Likewise.
[[nodiscard]] std::string epochs_line(const TaskMetrics& metrics, const EpochResult& result);
/// One value of it as text; empty without a value.
[[nodiscard]] std::string metric_cell(const Metric& metric, const MetricValues& values);

/// The epochs of a file. Unknown columns are ignored, metrics that the file lacks have no
/// value, and a last line without its end, of a run that was killed, is left out. Throws FileError for a file that
/// cannot be read, is not a table of epochs, or has a damaged line: a number of cells other than the header's, text for
/// a number, a fraction outside [0, 1], epochs that do not rise from 1. O(size).
[[nodiscard]] RunHistory read_epochs(const std::filesystem::path& path);

}  // namespace dnm
