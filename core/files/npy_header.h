// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// The dictionary at the start of a .npy file (NumPy Enhancement Proposal 1).
struct NpyHeader {
  /// "<i4", "|S3", "<U12": byte order, kind, size; of a record the list of its fields.
  std::string type;
  std::vector<std::uint64_t> shape{};  ///< empty for a scalar
  bool fortran_order = false;          ///< the first index runs fastest, not the last
  /// Bytes per element, or nothing for a type other than a plain number, bool or text.
  [[nodiscard]] std::optional<std::uint64_t> item_bytes() const;
  /// The length of the numbers that an element consists of (two for a complex one), whose bytes `big_endian` reverses.
  [[nodiscard]] std::uint64_t number_bytes() const;
  [[nodiscard]] bool big_endian() const { return type.starts_with('>'); }
  /// 'b', 'i', 'u', 'f', 'c', 'S', 'U' or another of NumPy's letters.
  [[nodiscard]] char kind() const { return type.size() < 2 ? '\0' : type[1]; }
  [[nodiscard]] bool is_numeric() const;
  /// The product of the shape; nothing beyond 2^64.
  [[nodiscard]] std::optional<std::uint64_t> length() const;
};

/// Reads "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }"; nothing for any other text.
[[nodiscard]] std::optional<NpyHeader> parse_npy_header(std::string_view text);
/// Magic, version 1.0, length and the padded dictionary for an array of up to one dimension; `shape` as "()" or "(3,)".
[[nodiscard]] std::string npy_prefix(std::string_view type, std::string_view shape);

}  // namespace dnm
