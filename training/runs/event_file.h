// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"
#include "training/metrics/update_result.h"

namespace dnm {

/// The epochs of a run as TensorBoard reads them: one event per epoch (its step) with a scalar for each of the task's
/// metrics that has a value (Metric::tag). Likewise its updates: before the event of an epoch one for each update in
/// it, whose step is t, the batches seen, with the values of all layers together (UpdateMetric::tag). The file is a
/// sequence of records as TensorFlow frames them (length, its masked CRC-32C, an Event message of protocol buffers, its
/// checksum).
class EventFile {
 public:
  EventFile(std::filesystem::path path, const TaskMetrics& metrics);

  /// Makes the file hold these epochs and updates and no others; what is there of them stays byte for byte, and the
  /// file stays the same one, so that a TensorBoard that has it open continues to read it. Throws FileError.
  void begin(const RunHistory& history, std::span<const UpdateResult> updates = {});
  /// Adds those that are new and flushes them; after a failed write it starts again from the file. Throws FileError.
  void add(const RunHistory& history, std::span<const UpdateResult> updates = {});

 private:
  std::filesystem::path path_;
  std::vector<const Metric*> scalars_;  ///< in the order of an event
  std::size_t events_ = 0;              ///< of epochs and updates that the file holds
  std::ofstream file_;
};

/// The Castagnoli CRC of some bytes (CRC-32C; RFC 3720, DOI 10.17487/RFC3720; Castagnoli, Bräuer and Herrmann 1993,
/// DOI 10.1109/26.231911), as TensorFlow masks it: rotated right by 15 bits, plus 0xa282ead8.
[[nodiscard]] std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace dnm
