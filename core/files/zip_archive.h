// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace dnm {

/// Reads the entries of a zip archive. Every mismatch between the declared and the stored content, checksums included,
/// is a FileError that names file and entry; an entry that would not fit in memory is a ResourceError.
class ZipArchive {
 public:
  /// `kind` says in messages what the file should be: "PyTorch archive". Throws FileError for a missing file and one
  /// that is not a complete zip archive.
  ZipArchive(const std::filesystem::path& path, const std::string& kind);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  /// In the order of the archive.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool has(const std::string& name) const;
  /// Bytes of the unpacked entry, no more than the stored ones can unpack to.
  [[nodiscard]] std::uint64_t size(const std::string& name) const;
  [[nodiscard]] std::string content(const std::string& name) const;

 private:
  struct Handle;
  std::filesystem::path path_;
  std::unique_ptr<Handle> handle_;
};

}  // namespace dnm
