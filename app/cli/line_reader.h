// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/files/descriptor.h"
#include "core/support/task_control.h"

namespace dnm::cli {

/// The lines of a text in UTF-8 as they come: of a pipe those that are there.
class LineReader {
 public:
  /// "-" is standard input; a file may be compressed with gzip. Throws FileError.
  explicit LineReader(std::string path);

  /// Waits for one line and returns those that are there by then, `most` at most; none at the end. Without line ends.
  /// Throws FileError for a line that is not UTF-8 or too long, once those before it were returned; Cancelled.
  [[nodiscard]] std::vector<std::string> next(std::size_t most, const TaskControl& control);
  /// Returned so far.
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

 private:
  /// Appends what there is to the buffer, after waiting for it where `wait`. False when there is nothing now.
  [[nodiscard]] bool read_more(bool wait, const TaskControl& control);
  [[nodiscard]] std::string name() const;

  std::string path_;
  Descriptor stream_;
  std::string buffer_;
  std::size_t taken_ = 0;  ///< bytes of the buffer that were returned
  bool at_end_ = false;
  std::uint64_t lines_ = 0;
};

}  // namespace dnm::cli
