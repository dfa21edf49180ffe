// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace dnm {

/// What a file held when it was read or written, to notice that another program has changed it.
struct FileStamp {
  std::uint64_t size = 0;      ///< in bytes
  std::uint64_t checksum = 0;  ///< of its bytes: FNV-1a, 64 bits
  std::int64_t seconds = 0;    ///< since 1970: when the file was last written
  bool operator==(const FileStamp&) const = default;
};

/// The stamp of a file of that content that was written at that time. Linear in the content.
[[nodiscard]] FileStamp stamp_of(std::string_view content, std::int64_t seconds);
/// The stamp of the file as it is; nothing if there is no file that can be read. Reads all of it.
[[nodiscard]] std::optional<FileStamp> stamp_of_file(const std::filesystem::path& path);
/// Whether both are of the same content, whenever it was written.
[[nodiscard]] inline bool same_content(const FileStamp& a, const FileStamp& b) {
  return a.size == b.size && a.checksum == b.checksum;
}

/// Seconds since 1970.
[[nodiscard]] std::int64_t seconds_now();
/// When the file was last written, in seconds since 1970; 0 if that cannot be found out.
[[nodiscard]] std::int64_t written_at(const std::filesystem::path& path);

}  // namespace dnm
