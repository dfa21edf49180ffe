// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// What messages call an archive and its entries.
struct ZipKind {
  std::string_view archive;      ///< "NumPy archive"
  std::string_view entry;        ///< "array"
  std::string_view ending = {};  ///< of the names of all entries, ".npy"; left out where an entry is named
};

/// One entry while it is read, from its first byte to its last.
class ZipEntry {
 public:
  /// The next bytes; false where there are fewer, or they are damaged.
  [[nodiscard]] bool read(void* into, std::size_t bytes);
  /// After the last byte: whether there is no more, and the checksum fits.
  [[nodiscard]] bool is_intact();

 private:
  friend class ZipArchive;
  struct Handle;
  struct Close {
    void operator()(Handle* file) const;
  };
  explicit ZipEntry(Handle* file) : file_(file) {}
  std::unique_ptr<Handle, Close> file_;
};

/// Reads the entries of a zip archive. Every mismatch between the declared and the stored content, checksums included,
/// is a FileError that names file and entry; an entry that would not fit in memory is a ResourceError.
class ZipArchive {
 public:
  /// Throws FileError for a missing file and one that is not a complete zip archive.
  ZipArchive(const std::filesystem::path& path, const ZipKind& kind);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// In the order of the archive; of several of one name the one that is opened.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool has(std::string_view name) const;
  /// Bytes of the unpacked entry, no more than the stored ones can unpack to.
  [[nodiscard]] std::uint64_t size(std::string_view name) const;
  /// The archive must outlive what it returns.
  [[nodiscard]] ZipEntry open(std::string_view name) const;
  [[nodiscard]] std::string content(std::string_view name) const;

 private:
  struct Handle;
  [[nodiscard]] std::string stored_name(std::string_view name) const;
  [[noreturn]] void fail(std::string_view name, const std::string& why) const;

  std::filesystem::path path_;
  ZipKind kind_;
  std::unique_ptr<Handle> handle_;
};

/// What libzip says of the code with which it could not open an archive.
[[nodiscard]] std::string zip_problem(int code);

}  // namespace dnm
