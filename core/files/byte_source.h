// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "core/files/descriptor.h"
#include "core/support/task_control.h"

namespace dnm {

/// The bytes of a file from its first to its last. A file that begins as gzip (RFC 1952, several members included) is
/// unpacked on the way, whatever its name.
class ByteSource {
 public:
  /// Throws FileError (missing, a folder, a pipe, unreadable).
  explicit ByteSource(const std::filesystem::path& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Fills `into` with the next `bytes` bytes and returns their number, which is less only at the end. Throws FileError
  /// for compressed data that are truncated or damaged, or followed by anything but zeros.
  [[nodiscard]] std::size_t read(char* into, std::size_t bytes);
  /// The share of the file that has been read, in [0, 1].
  [[nodiscard]] double fraction() const;
  /// The bytes of the file itself.
  [[nodiscard]] std::uint64_t file_size() const { return size_; }
  [[nodiscard]] bool is_compressed() const { return inflater_ != nullptr; }

 private:
  class Inflater;
  std::size_t read_file(char* into, std::size_t bytes);

  std::filesystem::path path_;
  std::ifstream file_;
  std::uint64_t size_ = 0;
  std::uint64_t taken_ = 0;
  std::unique_ptr<Inflater> inflater_;  ///< null: not compressed
};

/// Whether a file is compressed with gzip; false for one that cannot be read.
[[nodiscard]] bool begins_as_gzip(const std::filesystem::path& path);

/// Whether a path names what can be read only once: "-" (standard input), a pipe, a terminal.
[[nodiscard]] bool is_stream(const std::filesystem::path& path);

/// What a stream gave until its end, as a file without a name that can be read more than once; it disappears with this
/// object.
class StreamCopy {
 public:
  /// Waits for the end of the stream. Throws FileError (unreadable, full disk), Cancelled.
  StreamCopy(const std::filesystem::path& path, const TaskControl& control);
  /// Can be opened like the path of a file while this object exists.
  [[nodiscard]] std::filesystem::path path() const;

 private:
  Descriptor copy_;
};

/// The first `bytes` bytes of a file, unpacked; fewer when it is shorter. Throws FileError.
[[nodiscard]] std::string start_of_file(const std::filesystem::path& path, std::size_t bytes);

}  // namespace dnm
