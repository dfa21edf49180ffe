// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/network_builder.h"
#include "core/files/npy_array.h"
#include "core/files/tensor_stack.h"
#include "core/files/zip_archive.h"
#include "core/network/network.h"

namespace dnm {

/// Reads the arrays of a NumPy archive (.npz: a zip of .npy files). Every mismatch between the declared and the stored
/// content, checksums included, is a FileError that names file and array; an array that would not fit in memory is a
/// ResourceError.
class NpzReader {
 public:
  /// Throws FileError for a missing file or one that is not a zip archive.
  explicit NpzReader(const std::filesystem::path& path);

  [[nodiscard]] bool has(std::string_view array) const { return archive_.has(array); }
  /// The arrays in the order of the archive: those of numbers, or all of them. O(arrays).
  [[nodiscard]] std::vector<TensorShape> arrays(bool numbers_only) const;
  /// An array whose header is read.
  [[nodiscard]] NpyArray open(std::string_view array) const;
  /// Integers of any type, each of which must lie in [0, 2^31). O(length), no second copy.
  [[nodiscard]] std::vector<NodeIndex> indices(std::string_view array) const;
  /// The same with each in [0, 2^63).
  [[nodiscard]] std::vector<std::uint64_t> counts(std::string_view array) const;
  /// A scalar text: numpy str (returned as UTF-8) or bytes.
  [[nodiscard]] std::string text(std::string_view array) const;

 private:
  ZipArchive archive_;
};

/// Collects arrays and writes them as an .npz that is identical byte for byte on every machine: stored, not compressed
/// (compressors differ between versions), with a fixed date.
class NpzWriter {
 public:
  /// int32, without a copy: `values` must live until save() and be below 2^31.
  void add_indices(std::string_view array, std::span<const NodeIndex> values);
  /// int64.
  void add_counts(std::string_view array, std::span<const std::uint64_t> values);
  /// int32 where the last (largest) value fits, else int64.
  void add_offsets(std::string_view array, std::span<const std::uint64_t> values);
  /// A list of NumPy's str; as long as the longest of the texts each. Throws ResourceError.
  void add_texts(std::string_view array, std::span<const std::string> utf8);
  /// A column as int64, float64 (NaN where a node has no value) or bool where these read back as the same texts, else
  /// as str.
  void add_column(std::string_view array, const NodeColumn& column);
  /// float32.
  void add_ones(std::string_view array, std::size_t length);
  /// A scalar: numpy bytes of ASCII, or numpy str from UTF-8.
  void add_bytes(std::string_view array, std::string_view ascii);
  void add_text(std::string_view array, std::string_view utf8);

  /// Replaces the file at `path` (the temporary of write_atomically). Throws FileError, which names `shown`.
  void save(const std::filesystem::path& path, const std::filesystem::path& shown) const;

 private:
  struct Array {
    std::string name;
    std::string prefix;
    std::vector<std::byte> owned;
    std::span<const std::byte> data;  ///< repeated …
    std::size_t bytes = 0;            ///< … until there are so many
  };
  Array& add(std::string_view array, std::string_view type, std::string_view shape);
  void add_copy(std::string_view array, std::string_view type, std::string_view shape, std::span<const std::byte> data);
  std::vector<Array> arrays_;
};

}  // namespace dnm
