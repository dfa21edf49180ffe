// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "training/metrics/update_result.h"

namespace dnm {

/// In the folder of a run under a rewiring rule.
inline constexpr const char* updates_file_name = "updates.csv";
/// In the column `layer` of the line about all layers together.
inline constexpr std::string_view all_layers = "all";

/// updates.csv of a run folder: a header, then for each update a line about all sparse layers together and one about
/// each of them: update, t (its step), layer, the metrics of update_metric_table(), epoch, epochs_passed, seed. The
/// leading metric's columns have its name: test_accuracy_before, test_accuracy_after. A metric of the update as a whole
/// stands in the line of all layers alone. Cells are those of epochs.csv. An update that ends an epoch is written with
/// the epoch, when the leading metric after it is known.
class UpdatesFile {
 public:
  /// `leading`: of the run's task; it must outlive the file.
  UpdatesFile(std::filesystem::path path, const Metric& leading) : path_(std::move(path)), leading_(&leading) {}

  /// Makes the file hold these updates and no others. Throws FileError.
  void begin(std::span<const UpdateResult> updates);
  /// Adds those of `updates` that the file lacks and flushes them; after a failed write it writes all of them again.
  /// Throws FileError.
  void add(std::span<const UpdateResult> updates);

 private:
  void check_written() const;

  std::filesystem::path path_;
  const Metric* leading_;
  std::ofstream file_;       ///< bad after a failed write, which may have left half a line
  std::size_t updates_ = 0;  ///< that the file holds
};

/// The updates of a file, as read_epochs reads epochs: columns stand in any order, unknown ones are ignored, and what a
/// killed run left of its last update is left out. Throws FileError for a file that cannot be read, is no such table or
/// has a damaged line.
[[nodiscard]] std::vector<UpdateResult> read_updates(const std::filesystem::path& path);

}  // namespace dnm
