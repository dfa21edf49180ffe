// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "training/runs/training_module.h"

namespace dnm {

/// The epochs of a run as TensorBoard reads them: one event per epoch (its step) with the scalars accuracy/train,
/// accuracy/test, accuracy/validation (with images held out), loss/train, links and seconds. The file is a sequence of
/// records as TensorFlow frames them (length, its masked CRC-32C, an Event message of protocol buffers, its checksum).
class EventFile {
 public:
  explicit EventFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Makes the file hold the epochs of `history` and no others; what is there of them stays byte for byte, and the file
  /// stays the same one, so that a TensorBoard that has it open goes on reading. Throws FileError.
  void begin(const std::vector<EpochResult>& history);
  /// Adds the last of `history` and flushes it; after a failed try it begins anew. Throws FileError.
  void add(const std::vector<EpochResult>& history);

 private:
  std::filesystem::path path_;
  std::ofstream file_;
};

/// The Castagnoli CRC of some bytes, as TensorFlow masks it: rotated right by 15 bits, plus 0xa282ead8.
[[nodiscard]] std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace dnm
