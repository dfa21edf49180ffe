// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <zlib.h>

namespace dnm {

/// A checkpoint ends with a comment of its zip archive that holds the CRC-32 of all bytes before it, which tells a
/// damaged one: "dnm-crc32 0123abcd".
inline constexpr std::string_view checkpoint_comment_start = "dnm-crc32 ";
inline constexpr std::size_t checkpoint_comment_size = checkpoint_comment_start.size() + 8;

/// The comment that follows these bytes.
[[nodiscard]] inline std::string checkpoint_comment(std::string_view bytes) {
  uLong sum = crc32_z(0, nullptr, 0);
  sum = crc32_z(sum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  std::string digits(8, '0');
  for (std::size_t i = 8; i-- > 0; sum >>= 4) digits[i] = "0123456789abcdef"[sum & 15U];
  return std::string(checkpoint_comment_start) + digits;
}

}  // namespace dnm
