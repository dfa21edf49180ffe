// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "training/metrics/epoch_result.h"
#include "training/metrics/task_metrics.h"

namespace dnm {

/// The epochs of a run as TensorBoard reads them: one event per epoch (its step) with a scalar for each of the task's
/// metrics that has a value (Metric::tag). The file is a sequence of records as TensorFlow frames them (length, its
/// masked CRC-32C, an Event message of protocol buffers, its checksum).
class EventFile {
 public:
  EventFile(std::filesystem::path path, const TaskMetrics& metrics);

  /// Makes the file hold the epochs of `history` and no others; what is there of them stays byte for byte, and the file
  /// stays the same one, so that a TensorBoard that has it open continues to read it. Throws FileError.
  void begin(const RunHistory& history);
  /// Adds the last of `history` and flushes it; after a failed write it starts again from the file. Throws FileError.
  void add(const RunHistory& history);

 private:
  std::filesystem::path path_;
  std::vector<const Metric*> scalars_;  ///< in the order of an event
  std::ofstream file_;
};

/// The Castagnoli CRC of some bytes (CRC-32C; RFC 3720, DOI 10.17487/RFC3720; Castagnoli, Bräuer and Herrmann 1993,
/// DOI 10.1109/26.231911), as TensorFlow masks it: rotated right by 15 bits, plus 0xa282ead8.
[[nodiscard]] std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace dnm
