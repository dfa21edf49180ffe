// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

struct gzFile_s;

namespace dnm {

/// Reads a file from its start, plain or compressed by gzip.
class PackedFile {
 public:
  /// Throws FileError when there is no such file, or it cannot be read.
  explicit PackedFile(const std::filesystem::path& path);

  /// Fills `target` as far as the file goes; returns the bytes read. Throws FileError for compressed data that are
  /// damaged.
  std::size_t read(std::span<std::uint8_t> target);
  /// To be called once a read has met the end: throws FileError when the compressed data did not end as they should.
  void check_end();
  /// Throws FileError: "PATH is cut short (WHAT); fetch it again".
  [[noreturn]] void throw_short(const std::string& what) const;

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };

  [[noreturn]] void throw_damaged();

  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

}  // namespace dnm
