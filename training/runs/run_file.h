// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/support/error.h"

// What the binary files of a run folder have in common.
namespace dnm {

/// Appends all bytes of an unsigned integer, the lowest first.
template <class Number>
void put_fixed(std::string& bytes, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}
/// The number in at most eight such bytes.
[[nodiscard]] inline std::uint64_t read_fixed(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = (number << 8) | static_cast<unsigned char>(bytes[i]);
  return number;
}

/// Appends seven bits a byte, the lowest first; every byte but the last has its highest bit set.
inline void put_varint(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>((number & 0x7F) | 0x80);
  bytes += static_cast<char>(number);
}

[[nodiscard]] inline FileError cannot_write(const std::filesystem::path& path) {
  return FileError("cannot write " + path.string() + "; the disk may be full or the folder gone");
}

}  // namespace dnm
