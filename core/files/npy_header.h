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
  std::string type;                    ///< "<i4", "|S3", "<U12": byte order, kind, size
  std::vector<std::uint64_t> shape{};  ///< empty for a scalar
  /// Bytes per element, or nothing for a type other than a plain number, bool or text.
  [[nodiscard]] std::optional<std::uint64_t> item_bytes() const;
};

/// Reads "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }"; nothing for any other text.
[[nodiscard]] std::optional<NpyHeader> parse_npy_header(std::string_view text);
/// Magic, version 1.0, length and the padded dictionary for an array of up to one dimension; `shape` as "()" or "(3,)".
[[nodiscard]] std::string npy_prefix(std::string_view type, std::string_view shape);

}  // namespace dnm
